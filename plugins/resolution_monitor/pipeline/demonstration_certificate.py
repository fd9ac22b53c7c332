"""The certificate of a demonstration: made by itself, worth nothing, and named so that nobody takes it for another."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from resolution_monitor.errors import storage_error

SUBJECT = "DỮ LIỆU MINH HỌA - không có giá trị pháp lý"
# Protects nothing: neither does the certificate.
_PASSPHRASE = b"demonstration"
_KEY_BITS = 3072
_VALID = timedelta(days=3650)
_BEFORE = timedelta(days=1)


def demonstration_certificate(folder: Path, now: datetime) -> tuple[bytes, bytes]:
    """
    PKCS#12 and passphrase; made once and kept, readable to its owner only.

    Raises:
        StorageError: It cannot be kept.
    """
    path = folder / "signing.p12"
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(".partial")
            partial.unlink(missing_ok=True)
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(_made(now))
            partial.rename(path)
        return path.read_bytes(), _PASSPHRASE
    except OSError as error:
        raise storage_error(folder, error) from error


def _made(now: datetime) -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SUBJECT)])
    signs_only = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - _BEFORE)
        .not_valid_after(now + _VALID)
        .add_extension(signs_only, critical=True)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        SUBJECT.encode(), key, certificate, None, BestAvailableEncryption(_PASSPHRASE)
    )
