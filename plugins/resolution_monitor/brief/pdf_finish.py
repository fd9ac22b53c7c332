"""The last touch to a PDF before it is written: what PDF/UA-1 and PDF/A-3 ask for and WeasyPrint leaves out.

Works on WeasyPrint's own objects, in the child that makes them: the file is never parsed again.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

# What WeasyPrint puts around a part of a heading or paragraph bears its name again, and would be heard as another.
_ONCE = frozenset({"/P", *(f"/H{level}" for level in range(1, 7))})
# What is nothing without anything in it; an empty cell is a cell.
_NOTHING = frozenset({"/Span", "/NonStruct", "/P", "/Div"})
# A drawing no larger than this, in pixels, may go without words.
_SIGN = 16.0
# How the elements of the margins of the first page are named.
MARGIN = b"(margin)"
# CSS pixels -> points.
_POINTS = 0.75
# Says that the file claims PDF/UA-1, and, since PDF/A knows no such word, what the word means.
_ACCESSIBLE = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


def finisher(media_types: Mapping[str, str]) -> Callable[[Any, Any], None]:
    """
    What WeasyPrint calls with its document and its PDF before it writes.

    Args:
        media_types: Name of each attached file -> what it is; the tables of the machine would differ from ours.
    """

    def finish(document: Any, pdf: Any) -> None:
        _claim(pdf)
        _set_apart(pdf)
        for item in pdf.objects:
            if isinstance(item, dict):
                _mend(pdf, item, media_types)
        for table in _elements(pdf):
            if table["S"] == "/Table":
                _head_columns_only(pdf, table)
        if "AF" in pdf.catalog:
            # Each attached file once: WeasyPrint lists those of the document twice.
            pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])

    return finish


def _claim(pdf: Any) -> None:
    """One block of metadata that claims both standards; not packed, so that whoever looks for it finds it."""
    stream = _referred(pdf, pdf.catalog["Metadata"])
    (metadata,) = stream.stream
    stream.stream = [metadata.replace(b"</rdf:RDF>", _ACCESSIBLE.lstrip())]
    stream.compress = False


def _set_apart(pdf: Any) -> None:
    """
    Leave out what nobody is to hear: signs beside their own words, elements of nothing, and what stands in the margins
    from the second page on; that of the first page is read once, at the end.
    """
    root = _referred(pdf, pdf.catalog["StructTreeRoot"])
    document = _referred(pdf, root["K"][0])
    _read_margins_once(pdf, document)
    read = {document.reference}
    _note_read(pdf, document, read)
    marked = _referred(pdf, root["ParentTree"])["Nums"]
    for page, parents in zip(marked[::2], marked[1::2], strict=True):
        if not isinstance(parents, list):
            continue  # a link, not a page
        apart = {mcid for mcid, parent in enumerate(parents) if parent not in read}
        parents[:] = [b"null" if mcid in apart else parent for mcid, parent in enumerate(parents)]
        _mark_apart(_referred(pdf, _referred(pdf, pdf.page_references[page])["Contents"]).stream, apart)
    for element in _elements(pdf):
        if element.reference not in read:
            element.clear()


def _read_margins_once(pdf: Any, document: Any) -> None:
    """WeasyPrint ties what stands in margins to elements that the document does not list."""
    listed = set(document["K"])
    for element in _elements(pdf):
        is_margin = element.get("P") == document.reference and element.reference not in listed
        if is_margin and element["Pg"] == pdf.page_references[0]:
            element["T"] = MARGIN
            document["K"].append(element.reference)


def _note_read(pdf: Any, element: Any, read: set[bytes]) -> bool:
    """Note what is heard of an element, and whether that is anything; what is not leaves its parent."""
    if element.get("S") == "/Figure" and _is_sign(element):
        return False
    kids = element.get("K", [])
    heard = [kid for kid in kids if not isinstance(kid, bytes) or _note_read(pdf, _referred(pdf, kid), read)]
    if "K" in element:
        kids[:] = heard
    if not heard and element.get("S") in _NOTHING:
        return False
    read.add(element.reference)
    return True


def _is_sign(figure: Any) -> bool:
    """A small drawing without words: what it means is written beside it."""
    left, top, right, bottom = figure["A"]["BBox"]
    return "Alt" not in figure and max(right - left, bottom - top) <= _SIGN


def _mark_apart(written: list[Any], apart: set[int]) -> None:
    for place, part in enumerate(written):
        if isinstance(part, dict) and part.get("MCID") in apart:
            kind = b"<</Type /Layout>>" if written[place - 1] == "/Figure" else b"<</Type /Pagination>>"
            written[place - 1 : place + 1] = ["/Artifact", kind]


def _elements(pdf: Any) -> list[Any]:
    return [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/StructElem"]


def _note_below(pdf: Any, element: dict[str, Any], read: set[bytes]) -> None:
    for kid in element.get("K", ()):
        if isinstance(kid, bytes) and kid not in read:
            read.add(kid)
            _note_below(pdf, _referred(pdf, kid), read)


def _mend(pdf: Any, item: dict[str, Any], media_types: Mapping[str, str]) -> None:
    if item.get("S") in _ONCE and _referred(pdf, item["P"]).get("S") == item["S"]:
        item["S"] = "/NonStruct"
    elif item.get("S") == "/TH":
        row = _referred(pdf, item["P"])
        item["A"]["Scope"] = "/Column" if _referred(pdf, row["P"])["S"] == "/THead" else "/Row"
    elif item.get("S") == "/Figure":
        page = _referred(pdf, item["Pg"])
        item["A"]["BBox"][:] = _in_points(item["A"]["BBox"], page["MediaBox"][3])
    elif item.get("Type") == "/Filespec":
        media_type = media_types[item["UF"].string]
        _referred(pdf, item["EF"]["F"]).extra["Subtype"] = f"/{media_type.replace('/', '#2f')}"


def _head_columns_only(pdf: Any, table: Any) -> None:
    """In a table so small that headings outnumber cells, what heads a row is a cell: it tells nothing apart."""
    cells = list(_cells(pdf, table))
    headings = [cell for cell in cells if cell["S"] == "/TH"]
    if 2 * len(headings) <= len(cells):
        return
    names = []
    for heading in headings:
        if heading["A"]["Scope"] == "/Row":
            heading["S"] = "/TD"
            del heading["A"]["Scope"]
            names += [heading.pop("ID")] if "ID" in heading else []
    for cell in cells:
        if "Headers" in cell["A"]:
            cell["A"]["Headers"][:] = [name for name in cell["A"]["Headers"] if name not in names]


def _cells(pdf: Any, element: Any) -> Iterator[Any]:
    for kid in element["K"]:
        if isinstance(kid, bytes):
            below = _referred(pdf, kid)
            if below["S"] in ("/TH", "/TD"):
                yield below
            elif below["S"] in ("/TR", "/THead", "/TBody", "/TFoot"):
                yield from _cells(pdf, below)


def _in_points(box: list[float], height: float) -> list[float]:
    """A box from the upper left corner down, in pixels, as one from the lower left corner up."""
    left, top, right, bottom = (_POINTS * side for side in box)
    return [round(side, 3) for side in (left, height - bottom, right, height - top)]


def _referred(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
