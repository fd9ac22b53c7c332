"""An issued edition is signed so that others can prove it; what is not ours to sign, or was changed, is refused."""

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW, ROOT
from page_standards import complaints

from resolution_monitor.brief.render_pdf import render_pdf
from resolution_monitor.errors import SettingsError, SigningError
from resolution_monitor.pipeline.demonstration_certificate import SUBJECT, demonstration_certificate
from resolution_monitor.pipeline.sign_pdf import Proof, proof_of, signed
from resolution_monitor.signing import CERTIFICATE, PASSPHRASE, Signing, signing_of

HTML = """<html lang="vi"><head><title>Báo cáo</title><link rel="stylesheet" href="print.css"></head>
<body><h1>BÁO CÁO</h1><p>Tiến độ 95,5%</p></body></html>"""


@dataclass(frozen=True)
class Signed:
    """A page without and with its signature."""

    pdf: bytes
    content: bytes


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    pdf = render_pdf(HTML, ROOT / "report_templates" / "_shared", "abc")
    secrets = demonstration_certificate(tmp_path_factory.mktemp("demonstration"), datetime.now(UTC))
    return Signed(pdf, signed(pdf, *secrets, datetime.now(UTC)))


def proof_or_none(content: bytes) -> Proof | None:
    try:
        return proof_of(content)
    except SigningError:
        return None


def test_a_signature_holds(made: Signed):
    """
    Nothing changed, the whole file is covered, its signer is named as made up; the unsigned file is its beginning.
    """
    proof = proof_of(made.content)

    assert proof.is_intact
    assert SUBJECT in proof.signer
    assert proof.signed_at is not None
    assert made.content.startswith(made.pdf)
    assert made.pdf != made.content


def test_a_signed_page_can_be_heard(made: Signed):
    """
    The field of the signature has a name and a place among what is read out.
    """
    assert [] == complaints(made.content)


def test_a_changed_byte_is_found(made: Signed):
    """
    Whichever byte is changed, before, in and behind the signature, also in its empty room, or added: it is found.
    """
    gap = made.content.index(b"/Contents <") + 11
    end = made.content.index(b">", gap)
    places = [6, len(made.pdf) // 2, len(made.pdf) + 40, gap + 1, end - 2, len(made.content) - 9]
    letter = next(at for at in range(gap, end) if made.content[at : at + 1].isalpha())
    changed = [flipped(made.content, at, 1) for at in places]
    # The same number in another writing, and a byte more.
    changed += [flipped(made.content, letter, 32), made.content + b"\n"]
    proofs = [proof_or_none(content) for content in changed]

    assert [] == [proof for proof in proofs if proof and proof.is_intact]


def flipped(content: bytes, at: int, bits: int) -> bytes:
    changed = bytearray(content)
    changed[at] ^= bits
    return bytes(changed)


def test_pdfsig_says_the_same(made: Signed, tmp_path: Path):
    """
    Poppler, which shares no line with pyHanko, finds the signature valid, and invalid once a byte is changed.
    """
    if shutil.which("pdfsig") is None:
        pytest.skip("pdfsig is not installed here (apt-get install poppler-utils): pyHanko alone proved the signature")
    changed = flipped(made.content, len(made.pdf) // 2, 1)
    told = []
    for name, content in (("whole", made.content), ("changed", changed)):
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(content)
        told.append(subprocess.run(["pdfsig", file], capture_output=True, text=True, check=False).stdout)

    assert "Signature is Valid." in told[0]
    assert "Total document signed" in told[0]
    assert "ETSI.CAdES.detached" in told[0]
    assert "Signature is Valid." not in told[1]
    assert "Digest Mismatch" in told[1]


def test_a_certificate_is_opened_or_refused(made: Signed, tmp_path: Path):
    """
    Of the wrong passphrase, of something else, or out of its time: a sentence, and nothing is signed.
    """
    certificate, passphrase = demonstration_certificate(tmp_path, NOW)

    assert 0o600 == (tmp_path / "signing.p12").stat().st_mode & 0o777
    assert certificate == demonstration_certificate(tmp_path, NOW + timedelta(days=1))[0]
    with pytest.raises(SettingsError, match="no PKCS#12 that its passphrase opens"):
        signed(made.pdf, certificate, b"another", NOW)
    with pytest.raises(SettingsError, match="no PKCS#12 that its passphrase opens"):
        signed(made.pdf, b"-----BEGIN CERTIFICATE-----", passphrase, NOW)
    with pytest.raises(SettingsError, match=r"is valid from \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d only"):
        signed(made.pdf, certificate, passphrase, NOW + timedelta(days=4000))


def test_secrets_lie_outside_and_closed(tmp_path: Path):
    """
    Both files are named or neither; none in the checkout, none that others may read, none that is empty.
    """
    files = {CERTIFICATE: tmp_path / "sign.p12", PASSPHRASE: tmp_path / "passphrase"}
    for path in files.values():
        path.write_bytes(b"secret\n")
        path.chmod(0o600)
    told = {name: str(path) for name, path in files.items()}
    signing = signing_of(told, ROOT)

    assert signing_of({}, ROOT) is None
    assert Signing(*files.values()) == signing
    assert (b"secret\n", b"secret") == signing.secrets()
    with pytest.raises(SettingsError, match=f"{PASSPHRASE} names no file"):
        signing_of({CERTIFICATE: told[CERTIFICATE]}, ROOT)
    with pytest.raises(SettingsError, match="lies in the checkout; move it out"):
        signing_of({**told, CERTIFICATE: str(ROOT / "sign.p12")}, ROOT)
    files[PASSPHRASE].chmod(0o640)
    with pytest.raises(SettingsError, match="can be read by others than its owner; chmod 600"):
        signing.secrets()
    files[PASSPHRASE].chmod(0o600)
    files[PASSPHRASE].write_bytes(b"\n")
    with pytest.raises(SettingsError, match="is empty"):
        signing.secrets()


def test_hash_of_the_unsigned_file_stays_provable(made: Signed):
    """
    Whoever has the signed file alone finds the unsigned one in it by the hash that is stored with the edition.
    """
    kept = hashlib.sha256(made.pdf).hexdigest()
    ends = [at + 6 for at in range(len(made.content)) if made.content.startswith(b"%%EOF\n", at)]

    assert kept in {hashlib.sha256(made.content[:end]).hexdigest() for end in ends}
