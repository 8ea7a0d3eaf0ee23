"""Archives of documents: what is in them, and the one report that `read` takes from one."""

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from govinfo.errors import ReadError
from govinfo.readers.package import Package
from govinfo.reading import Reading

DOCUMENTS = (
    ".txt", ".md", ".markdown", ".htm", ".html", ".shtml", ".xhtml", ".mht", ".mhtml",
    ".pdf", ".docx", ".docm", ".doc", ".wps", ".rtf", ".odt",
    ".xlsx", ".xlsm", ".xls", ".et", ".xlsb", ".ods",
)  # fmt: skip
"""How the names of documents end that a report may be in. What kind a document is says its content, not its name."""

_UTF8 = 0x800
_SHOWN = 3


def members(content: bytes, endings: tuple[str, ...] = DOCUMENTS) -> Iterator[tuple[str, bytes]]:
    """The documents in an archive in name order, each with its name. Raises `ReadError`."""
    package = Package.of(content)
    named = sorted((_named(package, name), name) for name in package.names)
    for shown, name in named:
        path = PurePosixPath(shown)
        if path.suffix.lower() in endings and not any(part.startswith((".", "~$", "__MACOSX")) for part in path.parts):
            yield shown, package.read(name)


def read_archive(content: bytes, read: Callable[[bytes], Reading]) -> Reading:
    """Read the one document in an archive. Raises `ReadError` where it has none, or several."""
    found: list[tuple[str, bytes]] = []
    for name, data in members(content):
        found.append((name, data))
        if len(found) > _SHOWN:
            break
    if not found:
        raise ReadError("an archive without a document of a known kind", remedy=f"looked for are {', '.join(DOCUMENTS)}")
    if len(found) > 1:
        names = ", ".join(name for name, _ in found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
        raise ReadError(f"an archive of several documents ({names})", remedy="the command line reads each; here give them one at a time")
    ((name, data),) = found
    if is_archive(data):
        raise ReadError(f"{name}: an archive within an archive", remedy="unpack it first")
    try:
        return read(data)
    except ReadError as error:
        raise ReadError(f"{name}: {error.problem}", remedy=error.remedy) from error.__cause__


def is_archive(content: bytes) -> bool:
    """Whether some bytes are an archive that is not itself a document. Raises `ReadError` where it is broken."""
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    names = Package.of(content).names
    return "[Content_Types].xml" not in names and "mimetype" not in names


def _named(package: Package, name: str) -> str:
    """The name as it was meant: without a flag it is in the code page of who packed it, which `zipfile` takes for cp437."""
    if package.names[name].flag_bits & _UTF8:
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
