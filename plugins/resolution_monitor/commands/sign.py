"""./monitor sign: an issued edition gets an electronic signature, or the one it has is proved."""

from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor.commands.opened import opened_context


def sign(
    edition: Annotated[str, typer.Argument(help="Its name, as the last line of each page tells it.")],
) -> None:
    """
    Sign an issued edition with the installation's certificate, or prove that it is.

    The signed file (PAdES-B) lies beside the unsigned one, which is its beginning, byte for byte. Given again, the
    command proves the signature that is there. A demonstration signs with a certificate of its own, named as that.
    """
    from resolution_monitor.pipeline.sign import sign as sign_edition

    with opened_context() as context:
        done = sign_edition(context, edition)
    at = f" at {done.proof.signed_at:%Y-%m-%d %H:%M}" if done.proof.signed_at else ""
    console = Console(highlight=False, soft_wrap=True)
    for line in (
        f"{'signed' if done.is_new else 'was signed, and nothing changed since'}: {done.path}",
        f"  by        {done.proof.signer}{at}",
        f"  unsigned  sha256 {done.unsigned_sha256}",
        f"  signed    sha256 {done.signed_sha256}",
    ):
        console.print(line, markup=False)
