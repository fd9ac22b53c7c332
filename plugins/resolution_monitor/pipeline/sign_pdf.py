"""A PDF of ours gets an electronic signature behind its last byte, and such a signature is proved; alone knows pyHanko.

An incremental update: the unsigned file is the beginning of the signed one, byte for byte.
"""

import contextlib
import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import parser
from cryptography.hazmat.primitives.serialization import pkcs12

from resolution_monitor.errors import SettingsError, SigningError

_FIELD = "ChuKy"
_FIELD_NAME = "Chữ ký số"  # as a reader of screens says it
_LOGGERS = "pyhanko", "pyhanko_certvalidator"


@dataclass(frozen=True, slots=True)
class Proof:
    """
    What a signature proves. Whether its signer is trusted, only a list of authorities can tell: readers bring theirs.

    Attributes:
        is_intact: Nothing of what was signed has changed, the signature is its key's, and it covers the whole file.
        signer: The subject of the certificate.
    """

    is_intact: bool
    signer: str
    signed_at: datetime | None


def signed(pdf: bytes, certificate: bytes, passphrase: bytes, now: datetime) -> bytes:
    """
    The PDF with a PAdES-B signature, which its pages do not show.

    Args:
        certificate: PKCS#12: key, certificate and the chain above it.
        passphrase: Opens it.

    Raises:
        SettingsError: The certificate cannot be opened, or is not valid now.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    _require_valid(certificate, passphrase, now)
    signer = signers.SimpleSigner.load_pkcs12_data(certificate, other_certs=(), passphrase=passphrase)
    writer, written = IncrementalPdfFileWriter(io.BytesIO(pdf)), io.BytesIO()
    field = fields.SigFieldSpec(_FIELD, readable_field_name=_FIELD_NAME)
    fields.append_signature_field(writer, field)
    _announce(writer)
    metadata = signers.PdfSignatureMetadata(
        field_name=_FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    signers.sign_pdf(writer, metadata, signer, existing_fields_only=True, output=written)
    return written.getvalue()


def _require_valid(certificate: bytes, passphrase: bytes, now: datetime) -> None:
    try:
        opened = pkcs12.load_pkcs12(certificate, passphrase)
    except ValueError as error:
        raise SettingsError(
            "the certificate is no PKCS#12 that its passphrase opens; correct one of the two files"
        ) from error
    if opened.key is None or opened.cert is None:
        raise SettingsError("the PKCS#12 holds no key with its certificate; write it anew with both")
    first, last = opened.cert.certificate.not_valid_before_utc, opened.cert.certificate.not_valid_after_utc
    if not first <= now <= last:
        raise SettingsError(f"the certificate is valid from {first:%Y-%m-%d} to {last:%Y-%m-%d} only; take another")


def _announce(writer: Any) -> None:
    """The field takes its place among what a reader of screens says: PDF/UA knows no field without one."""
    from pyhanko.pdf_utils import generic

    make: Any = generic  # it tells types of some calls only

    page = writer.root["/Pages"]["/Kids"].raw_get(0)
    field = writer.root["/AcroForm"]["/Fields"].raw_get(0)
    tree = writer.root["/StructTreeRoot"]
    document, numbers = tree["/K"].raw_get(0), tree["/ParentTree"]["/Nums"]
    key = make.NumberObject(1 + max(int(number) for number in list(numbers)[::2]))
    place = {"/Type": make.NameObject("/OBJR"), "/Obj": field, "/Pg": page}
    element = {"/Type": make.NameObject("/StructElem"), "/S": make.NameObject("/Form"), "/P": document, "/Pg": page}
    element["/K"] = make.DictionaryObject({make.NameObject(name): value for name, value in place.items()})
    reference = writer.add_object(
        make.DictionaryObject({make.NameObject(name): value for name, value in element.items()})
    )
    field.get_object()[make.NameObject("/StructParent")] = key
    numbers.append(key)
    numbers.append(reference)
    document.get_object()["/K"].append(reference)
    page.get_object()[make.NameObject("/Tabs")] = make.NameObject("/S")
    assert isinstance(numbers, make.ArrayObject)  # noqa: S101 - else the line above changed a copy
    for changed in (document, page, field, tree.raw_get("/ParentTree")):
        writer.mark_update(changed)


def proof_of(content: bytes) -> Proof:
    """
    What the one signature of a file proves.

    Raises:
        SigningError: It has none, or several, or can no longer be read as a PDF.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.general import ValueErrorWithMessage
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    try:
        with _unheard():
            (signature,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
            # Trusted for the asking: whether a byte changed is no question of whom to trust, nor of the machine's list.
            status = validate_pdf_signature(signature, ValidationContext(trust_roots=[signature.signer_cert]))
    except (PdfError, ValueErrorWithMessage, ValueError, KeyError) as error:
        raise SigningError(f"no signature can be read there ({error}); sign the edition again") from error
    covers = status.coverage == SignatureCoverageLevel.ENTIRE_FILE and _is_filled(content, signature)
    subject = status.signing_cert.subject.human_friendly
    return Proof(bool(status.intact and status.valid and covers), subject, status.signer_reported_dt)


def _is_filled(content: bytes, signature: Any) -> bool:
    """Whether the gap that no signature covers holds it as it was written, and noughts: nothing else may hide there."""
    start, end = int(signature.byte_range[1]), int(signature.byte_range[2])
    written = bytes(signature.pkcs7_content)
    is_same = content[start:end] == b"<%s>" % written.hex().upper().encode()
    return is_same and not any(written[parser.peek(written) :])


@contextlib.contextmanager
def _unheard() -> Iterator[None]:
    """pyHanko tells the log, with a traceback, that it trusts nobody; we ask only whether a byte changed."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
