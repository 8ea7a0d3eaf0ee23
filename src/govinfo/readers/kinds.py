"""What kind of document some bytes are, by what is in them, and the reader for each kind that is not text."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from govinfo.errors import ReadError
from govinfo.form import Form
from govinfo.readers.web_archive import is_web_archive, page_in
from govinfo.reading import Reading

if TYPE_CHECKING:
    from govinfo.readers.package import Package

Reader = Callable[[bytes, tuple[Form, ...]], Reading]

_HEAD = 1024  # bytes: mail and web servers put some before the beginning of a PDF
_WORD_XML = (b"http://schemas.microsoft.com/office/word/2003/wordml", b"http://schemas.microsoft.com/office/2006/xmlPackage")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What an old Office file holds, by the name of its stream; the first that is there says what the file is.
_STREAMS = {"EncryptedPackage": "encrypted", "WordDocument": "word", "Workbook": "workbook", "Book": "workbook"}


def reader_of(content: bytes) -> Reader | None:
    """The reader of PDF and Office documents and of archives of them; None for anything else, which may be text.

    Readers are loaded for the documents that there are, so that text needs none of the extras.
    """
    return next((reader for is_one, reader in _KINDS if is_one(content)), None)


def _is_word_xml(content: bytes) -> bool:
    head = content[: 4 * _HEAD]
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") and any(name in head for name in _WORD_XML)


def _read_pdf(content: bytes, forms: tuple[Form, ...]) -> Reading:
    from govinfo.readers.pdf import read_pdf  # noqa: PLC0415 -- as above

    return read_pdf(content, forms)


def _read_web_archive(content: bytes, forms: tuple[Form, ...]) -> Reading:
    from govinfo.readers import read  # noqa: PLC0415 -- the page in it is a document like any other

    page = page_in(content)
    if reader_of(page) is not None:
        raise ReadError("a web archive whose page is a document of another kind", remedy="give that document by itself")
    return read(page, forms=forms)


def _read_word_xml(content: bytes, forms: tuple[Form, ...]) -> Reading:
    from govinfo.readers.word_xml import read_word_xml  # noqa: PLC0415 -- as above

    return read_word_xml(content, forms)


def _read_zip(content: bytes, forms: tuple[Form, ...]) -> Reading:
    from govinfo.readers.package import Package  # noqa: PLC0415 -- as above

    package = Package.of(content)
    if "mimetype" in package.names:
        kind = package.read("mimetype").decode("ascii", "replace")
        if "opendocument.spreadsheet" in kind:
            return _read_workbook(content, forms)
        return _convert(content, forms, kind="an OpenDocument text", ending=".odt")
    if "[Content_Types].xml" not in package.names:
        from govinfo.readers import read  # noqa: PLC0415 -- an archive holds documents of any kind
        from govinfo.readers.archive import read_archive  # noqa: PLC0415 -- as above

        return read_archive(content, partial(read, forms=forms))
    kind, main = _main(package)
    if kind == "word":
        from govinfo.readers.word import read_word  # noqa: PLC0415 -- as above

        return read_word(package, main, forms)
    if kind == "workbook":
        from govinfo.readers.sheet import read_workbook  # noqa: PLC0415 -- as above

        return read_workbook(package, main, forms)
    if kind == "binary":
        for name in package.names:  # unpacked once within the limits, before others unpack it without
            for _ in package.pieces(name):
                pass
        return _read_workbook(content, forms)
    raise ReadError("an Office file that is neither a Word document nor a workbook", remedy="accepted are docx and xlsx")


def _main(package: "Package") -> tuple[str, str]:
    """What an Office file is, and the name of its main part, as `[Content_Types].xml` says."""
    for each in package.xml("[Content_Types].xml"):
        kind, name = each.get("ContentType", ""), each.get("PartName", "").lstrip("/")
        if name in package.names:
            if "sheet.binary" in kind and kind.endswith("main"):
                return "binary", name
            if kind.endswith("main+xml") and ("wordprocessingml" in kind or "ms-word" in kind):
                return "word", name
            if kind.endswith("main+xml") and ("spreadsheetml" in kind or "ms-excel" in kind):
                return "workbook", name
    for kind, name in (("word", "word/document.xml"), ("workbook", "xl/workbook.xml")):
        if name in package.names:
            return kind, name
    return "", ""


def _read_old(content: bytes, forms: tuple[Form, ...]) -> Reading:
    found = {kind: place for name, kind in _STREAMS.items() if (place := content.find(f"{name}\0".encode("utf-16-le"))) >= 0}
    if "encrypted" in found:
        raise ReadError("an encrypted Office file", remedy="remove its password first")
    if found and min(found, key=found.__getitem__) == "workbook":
        return _read_workbook(content, forms)
    return _convert(content, forms, kind="an old Word or WPS document", ending=".doc")


def _read_workbook(content: bytes, forms: tuple[Form, ...]) -> Reading:
    from govinfo.readers.calamine import read_other_workbook  # noqa: PLC0415 -- as above

    return read_other_workbook(content, forms)


def _convert(content: bytes, forms: tuple[Form, ...], *, kind: str, ending: str) -> Reading:
    from govinfo.readers.libreoffice import converted  # noqa: PLC0415 -- as above
    from govinfo.readers.package import Package  # noqa: PLC0415 -- as above
    from govinfo.readers.word import read_word  # noqa: PLC0415 -- as above

    package = Package.of(converted(content, kind, ending))
    return read_word(package, _main(package)[1], forms)


_KINDS: tuple[tuple[Callable[[bytes], bool], Reader], ...] = (
    (lambda content: b"%PDF-" in content[:_HEAD], _read_pdf),
    (lambda content: content.startswith((b"PK\x03\x04", b"PK\x05\x06")), _read_zip),
    (lambda content: content.startswith(_OLE), _read_old),
    (is_web_archive, _read_web_archive),
    (_is_word_xml, _read_word_xml),
    (lambda content: content.startswith(b"{\\rtf"), partial(_convert, kind="an RTF file", ending=".rtf")),
)
