"""The last touch to a PDF before it is written: what PDF/UA-1 and PDF/A-3 ask for and WeasyPrint leaves out.

Works on WeasyPrint's own objects, in the child that makes them: the file is never parsed again.
"""

from collections.abc import Callable, Mapping
from typing import Any

# What WeasyPrint puts around a part of a heading or paragraph bears its name again, and would be heard as another.
_ONCE = frozenset({"/P", *(f"/H{level}" for level in range(1, 7))})
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
        _set_apart_running_titles(pdf)
        for item in pdf.objects:
            if isinstance(item, dict):
                _mend(pdf, item, media_types)
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


def _set_apart_running_titles(pdf: Any) -> None:
    """What stands in the margins of each page belongs to no part of the text: whoever hears it does so at each page."""
    root = _referred(pdf, pdf.catalog["StructTreeRoot"])
    read = {pdf.catalog["StructTreeRoot"]}
    _note_below(pdf, root, read)
    marked = _referred(pdf, root["ParentTree"])["Nums"]
    for page, parents in zip(marked[::2], marked[1::2], strict=True):
        if not isinstance(parents, list):
            continue  # a link, not a page
        apart = {mcid for mcid, parent in enumerate(parents) if parent not in read}
        parents[:] = [b"null" if mcid in apart else parent for mcid, parent in enumerate(parents)]
        written = _referred(pdf, _referred(pdf, pdf.page_references[page])["Contents"]).stream
        for place, part in enumerate(written):
            if isinstance(part, dict) and part.get("MCID") in apart:
                written[place - 1 : place + 1] = ["/Artifact", b"<</Type /Pagination>>"]
    for element in _elements(pdf):
        if element.reference not in read:
            element.clear()


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


def _in_points(box: list[float], height: float) -> list[float]:
    """A box from the upper left corner down, in pixels, as one from the lower left corner up."""
    left, top, right, bottom = (_POINTS * side for side in box)
    return [round(side, 3) for side in (left, height - bottom, right, height - top)]


def _referred(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
