"""Archives (zip), and the XML parts of Office documents within them: unpacked and parsed within limits, nothing fetched."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from attrs import define, field

from govinfo.errors import ReadError

MOST_MEMBERS = 10_000
"""The most files that an archive may hold."""

MOST_UNPACKED = 100 * 1024 * 1024
"""The most bytes that all files read from an archive may unpack to."""

MOST_RATIO = 1000
"""How many times its packed size a file may unpack to; XML of Word packs to a tenth, and the best that deflate can do is 1032."""

MOST_NESTED = 150
"""How deep the elements of an XML part may be nested; those of Word go down to about fifty."""

MOST_ELEMENTS = 2_000_000
"""The most elements that an XML part may have."""

_PIECE = 1 << 16
_SMALL = 1 << 20  # bytes, below which the ratio does not matter
_ENCRYPTED = 1


@define(eq=False)
class Package:
    """An archive: its members by name, read one at a time."""

    archive: zipfile.ZipFile
    names: dict[str, zipfile.ZipInfo]
    left: int = field(factory=lambda: MOST_UNPACKED)

    @classmethod
    def of(cls, content: bytes) -> "Package":
        """Open an archive. Raises `ReadError` where it is broken or beyond a limit."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise ReadError(f"a broken ZIP archive, or one that was cut short: {error}", remedy="get the file again") from error
        members = [member for member in archive.infolist() if member.filename]  # `is_dir` fails of a file without a name
        if len(members) > MOST_MEMBERS:
            raise ReadError(
                f"an archive of {len(members)} files",
                remedy=f"accepted are at most {MOST_MEMBERS} (`readers.package.MOST_MEMBERS` sets it)",
            )
        return cls(archive, {plain_name(member): member for member in members if not member.is_dir()})

    @property
    def members(self) -> Iterator[zipfile.ZipInfo]:
        """Every file in it, also those of one name, of which `names` has the last."""
        return (member for member in self.archive.infolist() if member.filename and not member.is_dir())

    def read(self, name: str) -> bytes:
        """A member, whole. Raises `ReadError` where it is encrypted, broken or beyond a limit."""
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member, piece by piece; raises as `read` does, with nothing unpacked beyond the limit."""
        return self.unpacked(self.names[name])

    def unpacked(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """The same of a member that is no longer known by its name."""
        name = plain_name(member)
        if member.flag_bits & _ENCRYPTED:
            raise ReadError(f"encrypted: {name}", remedy="remove the password first")
        size = 0
        try:
            with self.archive.open(member) as file:
                while piece := file.read(_PIECE):
                    size += len(piece)
                    self.left -= len(piece)
                    if self.left < 0:
                        raise ReadError(
                            f"unpacks to more than {MOST_UNPACKED} bytes", remedy="`readers.package.MOST_UNPACKED` sets the limit"
                        )
                    if size > max(_SMALL, member.compress_size * MOST_RATIO):
                        raise ReadError(
                            f"{name} unpacks to more than {MOST_RATIO} times its size",
                            remedy="no document packs so well; `readers.package.MOST_RATIO` sets the limit",
                        )
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError) as error:
            if isinstance(error, ReadError):
                raise
            raise ReadError(f"a broken archive: {name}: {error}", remedy="get the file again") from error

    def xml(self, name: str) -> Element:
        """The root of an XML part. Raises `ReadError` also for a DOCTYPE, which no Office document has."""
        parser = XMLParser(target=_Builder(name))  # noqa: S314 -- the builder refuses what makes it unsafe
        try:
            for piece in self.pieces(name):
                parser.feed(piece)
            root: Element = parser.close()
        except (ParseError, LookupError) as error:
            raise ReadError(f"broken XML in {name}: {error}", remedy="save the document again from the program that made it") from error
        return root


def plain_name(member: zipfile.ZipInfo) -> str:
    """The name of a member, with the strokes that it should have."""
    return member.filename.lstrip("/").replace("\\", "/")


class _Builder(TreeBuilder):
    """Builds the tree, and refuses entities, depth and mass before they can do harm."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.depth, self.count = name, 0, 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:  # noqa: ARG002 -- called so by the parser
        raise ReadError(
            f"a document type declaration in {self.name}", remedy="no Office document has one; it can define entities without end"
        )

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.depth += 1
        self.count += 1
        if self.depth > MOST_NESTED:
            raise ReadError(
                f"elements nested deeper than {MOST_NESTED} in {self.name}",
                remedy="no document of Word or Excel is; `readers.package.MOST_NESTED` sets the limit",
            )
        if self.count > MOST_ELEMENTS:
            raise ReadError(
                f"more than {MOST_ELEMENTS} elements in {self.name}",
                remedy="no report is so large; `readers.package.MOST_ELEMENTS` sets the limit",
            )
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)
