"""What kind of document some bytes are, by what is in them, and the reader for each kind that is not text."""

from collections.abc import Callable

from govinfo.form import Form
from govinfo.reading import Reading

Reader = Callable[[bytes, tuple[Form, ...]], Reading]

_HEAD = 1024  # bytes: mail and web servers put some before the beginning of a PDF


def reader_of(content: bytes) -> Reader | None:
    """The reader of PDF and Office documents and of archives of them; None for anything else, which may be text."""
    if b"%PDF-" in content[:_HEAD]:
        from govinfo.readers.pdf import read_pdf  # noqa: PLC0415 -- readers are loaded for the documents that there are

        return read_pdf
    return None
