"""A PDF as pictures, a page each, to be looked at before anything is published."""

import io

_DOTS_AN_INCH = 110
_POINTS_AN_INCH = 72


def render_png(pdf: bytes) -> list[bytes]:
    """One PNG a page, in order."""
    # Imported only here: most previews are looked at as PDF.
    import pypdfium2

    pictures = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            buffer = io.BytesIO()
            page.render(scale=_DOTS_AN_INCH / _POINTS_AN_INCH).to_pil().save(buffer, format="PNG")
            pictures.append(buffer.getvalue())
    return pictures
