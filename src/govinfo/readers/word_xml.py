"""Word documents that are one XML file: WordprocessingML of 2003, which many systems fill in from templates, and Flat OPC.

Both become the package that Word would save: of 2003 the names are the same but for their namespace and two of them, and what
differs otherwise holds no text of a report.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import tostring

from govinfo.form import Form
from govinfo.readers.package import Package
from govinfo.readers.word import read_word
from govinfo.reading import Reading

_OF_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
_FLAT = b"http://schemas.microsoft.com/office/2006/xmlPackage"
_NOW = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RENAMED = ((_OF_2003, _NOW), (b"<w:vmerge", b"<w:vMerge"), (b"<w:hmerge", b"<w:hMerge"))
_PART = f"{{{_FLAT.decode()}}}"
_MAIN, _STYLES = "word/document.xml", "word/styles.xml"
_NAME = re.compile("word/[a-z]{1,40}[.]xml")
_HEAD = 4096  # bytes, in which the namespaces stand


def read_word_xml(content: bytes, forms: tuple[Form, ...]) -> Reading:
    """Read a Word document that is one XML file. Raises `ReadError`."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, data in dict(_parts(content)).items():
            archive.writestr(name, data)
    return read_word(Package.of(written.getvalue()), _MAIN, forms)


def _parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    if _FLAT not in content[:_HEAD]:
        for said, meant in _RENAMED:
            content = content.replace(said, meant)
        yield _MAIN, content.lstrip()
        yield _STYLES, content.lstrip()
        return
    with io.BytesIO() as written:
        with zipfile.ZipFile(written, "w") as archive:
            archive.writestr(_MAIN, content.lstrip())
        root = Package.of(written.getvalue()).xml(_MAIN)
    for part in root:
        for data in part:
            name = part.get(f"{_PART}name", "").lstrip("/")
            if data.tag == f"{_PART}xmlData" and len(data) and _NAME.fullmatch(name):
                yield name, tostring(data[0])
