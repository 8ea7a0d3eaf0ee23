"""Office documents are zip archives: the same report gives the same bytes, and the properties say nothing made up."""

import io
import zipfile
from xml.sax.saxutils import escape

_BEGINNING = (1980, 1, 1, 0, 0, 0)  # of time, for zip archives
_PROPERTIES = "docProps/core.xml"
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>'
)


def settled(archive: bytes, title: str) -> bytes:
    """The archive without times and without the name of the software: its entries in order, its properties the title."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as made, zipfile.ZipFile(written, "w") as out:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, _BEGINNING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else the bytes would tell the operating system
            out.writestr(entry, _CORE.format(title=escape(title)).encode() if name == _PROPERTIES else made.read(name))
    return written.getvalue()
