"""An issued edition is signed: the signed file lies beside the unsigned one, which stays as its hash says."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resolution_monitor.errors import NothingToReportError, SettingsError, SigningError
from resolution_monitor.pipeline.context import Context, stage
from resolution_monitor.pipeline.demonstration_certificate import demonstration_certificate
from resolution_monitor.pipeline.files import write_file
from resolution_monitor.pipeline.installation import holds_demonstration
from resolution_monitor.pipeline.sign_pdf import Proof, proof_of, signed
from resolution_monitor.signing import CERTIFICATE, PASSPHRASE
from resolution_monitor.store.briefing_rows import pdfs_of_edition

# Between name and ending: what finds an edition's files by the signs of its hash finds this one too.
_ENDING = ".signed.pdf"


@dataclass(frozen=True, slots=True)
class Signature:
    """
    A signed edition.

    Attributes:
        is_new: Whether it was signed only now.
        unsigned_sha256: As stored with the edition; of the first bytes of the signed file.
    """

    path: Path
    proof: Proof
    is_new: bool
    unsigned_sha256: str
    signed_sha256: str


@stage
def sign(context: Context, edition: str) -> Signature:
    """
    Sign an edition, or prove the signature that it has.

    Raises:
        NothingToReportError: There is no such edition.
        SettingsError: No certificate is set, or it cannot be used.
        SigningError: The edition is not issued, its PDF changed or is lost, or the signed file is not what was signed.
        StorageError: The signed file cannot be written.
    """
    pdf, path = _unsigned(context, edition)
    target = path.with_name(f"{path.stem}{_ENDING}")
    is_new = not target.exists()
    content = signed(pdf, *_secrets(context), context.now) if is_new else target.read_bytes()
    proof = proof_of(content)
    if not proof.is_intact or not content.startswith(pdf):
        raise SigningError(f"{target} is not what was signed: a byte changed; move it away and sign {edition} again")
    if is_new:
        write_file(target, content)
    return Signature(target, proof, is_new, *(hashlib.sha256(one).hexdigest() for one in (pdf, content)))


def _unsigned(context: Context, edition: str) -> tuple[bytes, Path]:
    """The very bytes that were stored with the edition, and where they lie."""
    rows = pdfs_of_edition(context.database, edition)
    if not rows:
        raise NothingToReportError(f"there is no edition {edition}; ./monitor editions lists them")
    _require_issued(context, edition, rows[0])
    folder = context.settings.briefings_folder
    for path in sorted(folder.glob(f"*-{edition[-8:]}.pdf")):
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() in {row["pdf_sha256"] for row in rows}:
            return content, path
    raise SigningError(
        f"no PDF below {folder} is the one that was stored as {edition}: it changed or is lost; bring it back first"
    )


def _require_issued(context: Context, edition: str, row: dict[str, Any]) -> None:
    if row["state"] != "issued" and not holds_demonstration(context.database):
        raise SigningError(f"{edition} is a {row['state']} edition; only what was issued is signed")


def _secrets(context: Context) -> tuple[bytes, bytes]:
    """In a demonstration its own certificate whatever is set: what is made up never bears a real signature."""
    if holds_demonstration(context.database):
        return demonstration_certificate(context.settings.demonstration_manifest.parent, context.now)
    if context.settings.signing is None:
        raise SettingsError(
            f"no certificate is set: name its file in {CERTIFICATE}, and that of its passphrase in {PASSPHRASE}"
        )
    return context.settings.signing.secrets()
