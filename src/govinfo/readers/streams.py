"""The packed streams of a PDF, unpacked within limits before pdfminer unpacks them without any."""

import zlib
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from govinfo.errors import ReadError

MOST_UNPACKED = 100 * 1024 * 1024
"""The most bytes that all compressed streams of a document may unpack to."""

_PIECE = 1 << 18
_EXPANDING = frozenset(("FlateDecode", "Fl", "LZWDecode", "LZW", "RunLengthDecode", "RL"))
_LEFT: ContextVar[list[int]] = ContextVar("bytes that streams may still unpack to")


@contextmanager
def limited() -> Generator[None]:
    """Within it a stream that unpacks to too much raises `ReadError`; other users of pdfminer in the process notice nothing."""
    _watch()
    token = _LEFT.set([MOST_UNPACKED])
    try:
        yield
    finally:
        _LEFT.reset(token)


@lru_cache(maxsize=1)
def _watch() -> None:
    """Look at each stream before it is decoded. There is no other place: streams are made deep within pdfminer, some encrypted."""
    from pdfminer.pdftypes import PDFStream  # noqa: PLC0415 -- an extra, imported where it is used

    decode = PDFStream.decode

    def watched(stream: PDFStream) -> None:
        if (left := _LEFT.get(None)) is not None:
            _refuse_bomb(stream, left)
        decode(stream)

    PDFStream.decode = watched  # type: ignore[method-assign, assignment]  # the one way, as above


def _refuse_bomb(stream: Any, left: list[int]) -> None:
    """Count what a stream unpacks to, a piece at a time."""
    from pdfminer.ascii85 import ascii85decode, asciihexdecode  # noqa: PLC0415 -- as above

    data: bytes = stream.rawdata
    if stream.decipher:
        data, stream.decipher = stream.decipher(stream.objid, stream.genno, data, stream.attrs), None
        stream.rawdata = data
    names = [str(getattr(each, "name", "")) for each, _ in stream.get_filters()]
    if sum(name in _EXPANDING for name in names) > 1:
        raise ReadError("a PDF with a stream that is packed twice", remedy="save it again from the program that made it")
    for name in names:
        if name in {"ASCII85Decode", "A85"}:
            data = ascii85decode(data)
        elif name in {"ASCIIHexDecode", "AHx"}:
            data = asciihexdecode(data)
        elif name in {"FlateDecode", "Fl"}:
            whole = _inflated(data, left)
            if whole is not None and names[0] == name:
                stream.rawdata = zlib.compress(whole, 0)  # pdfminer mends a broken one byte by byte, which takes for ever
            return
        elif name in {"LZWDecode", "LZW"}:
            _count_lzw(data, left)
            return
        elif name in {"RunLengthDecode", "RL"}:
            _spend(left, 64 * len(data))
            return
        else:
            return


def _inflated(data: bytes, left: list[int]) -> bytes | None:
    """None where the stream is whole; of a broken one what pdfminer makes of it."""
    unpacker = zlib.decompressobj()
    parts: list[bytes] = []
    rest, place = data[:_PIECE], _PIECE
    try:
        while not unpacker.eof and (rest or place < len(data)):
            if not rest:
                rest, place = data[place : place + _PIECE], place + _PIECE
            out = unpacker.decompress(rest, _PIECE)
            _spend(left, len(out))
            parts.append(out)
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return b"".join(parts) if place >= len(data) and len(rest) <= len("CRC") else b""
    return None if unpacker.eof else b"".join(parts)


def _count_lzw(data: bytes, left: list[int]) -> None:
    import io  # noqa: PLC0415 -- hardly any PDF of these years has such a stream

    from pdfminer.lzw import LZWDecoder  # noqa: PLC0415 -- the same

    for piece in LZWDecoder(io.BytesIO(data)).run():
        _spend(left, len(piece))


def _spend(left: list[int], size: int) -> None:
    left[0] -= size
    if left[0] < 0:
        raise ReadError(f"its streams unpack to more than {MOST_UNPACKED} bytes", remedy="`readers.streams.MOST_UNPACKED` sets the limit")
