"""Archives of documents: what is in them, and the one report that `read` takes from one."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from zipfile import ZipInfo

from govinfo.errors import ReadError
from govinfo.readers.package import Package, plain_name
from govinfo.reading import Reading

DOCUMENTS = (
    ".txt", ".md", ".markdown", ".htm", ".html", ".shtml", ".xhtml", ".mht", ".mhtml",
    ".pdf", ".docx", ".docm", ".doc", ".wps", ".rtf", ".odt",
    ".xlsx", ".xlsm", ".xls", ".et", ".xlsb", ".ods",
)  # fmt: skip
"""How the names of documents end that a report may be in. What kind a document is says its content, not its name."""

_UTF8 = 0x800
_BESIDE = ("._", "~$")
_SHOWN = 3


def members(content: bytes, endings: tuple[str, ...] = (*DOCUMENTS, ".zip")) -> Iterator[tuple[str, bytes | ReadError]]:
    """The documents in an archive in name order, each with its name, or why it cannot be unpacked. Raises `ReadError` for the whole.

    Nothing is written anywhere, so a name may be any (`../../x.txt`); the second of one name is `x.txt (2)`. An archive within is given as
    it is. Left out is what the system that packed it keeps beside documents: `__MACOSX`, `._x.html`, `~$x.docx`.
    """
    package = Package.of(content)
    seen: Counter[str] = Counter()
    for shown, member in sorted(((_named(member), member) for member in package.members), key=lambda each: each[0]):
        path = PurePosixPath(shown)
        if path.suffix.lower() in endings and "__MACOSX" not in path.parts and not path.name.startswith(_BESIDE):
            seen[shown] += 1
            name = shown if seen[shown] == 1 else f"{shown} ({seen[shown]})"
            try:
                content = b"".join(package.unpacked(member))
            except ReadError as error:
                yield name, error
            else:
                yield name, content


def read_archive(content: bytes, read: Callable[[bytes], Reading]) -> Reading:
    """Read the one document in an archive. Raises `ReadError` where it has none, or several."""
    found: list[tuple[str, bytes | ReadError]] = []
    for name, data in members(content):
        found.append((name, data))
        if len(found) > _SHOWN:
            break
    if not found:
        raise ReadError("an archive without a document of a known kind", remedy=f"looked for are {', '.join(DOCUMENTS)}")
    if len(found) > 1:
        names = ", ".join(name for name, _ in found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
        raise ReadError(
            f"an archive of several documents ({names})", remedy="unpack it and give them one at a time; the command line reads each"
        )
    ((name, data),) = found
    if isinstance(data, ReadError):
        raise data
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


def _named(member: ZipInfo) -> str:
    """The name as it was meant: without a flag it is in the code page of who packed it, which `zipfile` takes for cp437."""
    name = plain_name(member)
    if member.flag_bits & _UTF8:
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
