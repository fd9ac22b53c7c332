"""The certificate that an installation signs with, as its settings name it: outside the checkout, closed to others."""

import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from resolution_monitor.errors import SettingsError

CERTIFICATE, PASSPHRASE = "RESOLUTION_MONITOR_SIGNING_CERTIFICATE", "RESOLUTION_MONITOR_SIGNING_PASSPHRASE"


@dataclass(frozen=True, slots=True)
class Signing:
    """
    Where the secrets of a signature lie.

    Attributes:
        certificate: PKCS#12: key, certificate and the chain above it.
        passphrase: The one line of this file opens it.
    """

    certificate: Path
    passphrase: Path

    def secrets(self) -> tuple[bytes, bytes]:
        """
        Certificate and passphrase.

        Raises:
            SettingsError: One of them is missing, empty, or open to others than its owner.
        """
        certificate, passphrase = (_secret(path) for path in (self.certificate, self.passphrase))
        return certificate, passphrase.rstrip(b"\r\n")


def signing_of(environment: Mapping[str, str], root: Path) -> Signing | None:
    """
    Both files as the environment names them; None where it names neither.

    Args:
        root: The checkout: what lies there may be copied, or handed on, with the code; its var/ is an installation's.

    Raises:
        SettingsError: Only one is named, or one lies in the checkout.
    """
    told = {name: environment.get(name) for name in (CERTIFICATE, PASSPHRASE)}
    if not any(told.values()):
        return None
    paths = []
    for name, path in told.items():
        if not path:
            raise SettingsError(f"{name} names no file; {CERTIFICATE} and {PASSPHRASE} are set both, or neither")
        real = Path(path).resolve()
        if real.is_relative_to(root.resolve()) and not real.is_relative_to((root / "var").resolve()):
            raise SettingsError(f"{path} lies in the checkout; move it out, and name its new place in {name}")
        paths.append(real)
    return Signing(*paths)


def _secret(path: Path) -> bytes:
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise SettingsError(f"{path} can be read by others than its owner; chmod 600 {path}")
        content = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}, with which editions are signed, cannot be read ({error.strerror})") from error
    if not content.strip():
        raise SettingsError(f"{path}, with which editions are signed, is empty; write it anew")
    return content
