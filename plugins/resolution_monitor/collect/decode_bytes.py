"""Bytes become letters before anybody knows their encoding: for looking at them, never for reading figures."""

from collections.abc import Iterator


def decoded(content: bytes) -> str:
    """A text as UTF-16 or UTF-8; as Latin-1, which loses nothing, where it is neither."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content[2:].decode("utf-16-le" if content[0] == 0xFF else "utf-16-be", "replace")
    if b"\x00" in content[:200]:
        return content.decode("utf-16-be" if content[:1] == b"\x00" else "utf-16-le", "replace")
    try:
        return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def is_one_byte(content: bytes) -> bool:
    """Whether each letter of a text is one byte, beyond ASCII."""
    return (
        not content.isascii()
        and b"\x00" not in content[:200]
        and decoded(content[:4_000]).encode("latin-1", "replace") == content[:4_000]
    )


def loose_texts(stream: bytes) -> Iterator[str]:
    """Whatever stands between zero bytes, one byte or two a letter: properties and drawings keep their texts so."""
    for piece in stream.split(b"\x00"):
        if len(piece) > 1:
            yield _utf8_or_latin(piece)
    for offset in (0, 1):
        yield from filter(None, stream[offset:].decode("utf-16-le", "replace").split("\x00"))


def _utf8_or_latin(piece: bytes) -> str:
    try:
        return piece.decode("utf-8")
    except UnicodeDecodeError:
        return piece.decode("latin-1")
