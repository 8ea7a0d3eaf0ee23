"""Web archives (`.mht`), what browsers and WPS save a page as and what some sites name `.doc`: the page in one (RFC 2557)."""

import base64
import binascii
import quopri
import re

from govinfo.errors import ReadError

_HEAD = 4096  # bytes
_MADE = re.compile(rb"\s*(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE)
_PAGE = re.compile(rb"^content-type:\s*text/html\b", re.IGNORECASE | re.MULTILINE)
_PACKED = re.compile(rb"^content-transfer-encoding:\s*([a-z0-9-]+)", re.IGNORECASE | re.MULTILINE)
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")


def is_web_archive(content: bytes) -> bool:
    """Whether some bytes begin as a message does."""
    return b"mime-version:" in content[:_HEAD].lower() and _MADE.match(content[:_HEAD]) is not None


def page_in(content: bytes) -> bytes:
    """The first page in a web archive, unpacked. Raises `ReadError` where it has none."""
    found = _PAGE.search(content)
    end = _END_OF_HEAD.search(content, found.end()) if found else None
    if found is None or end is None:
        raise ReadError("a web archive without a page", remedy="save the page again, as HTML")
    start = max(content.rfind(b"\n\n", 0, found.start()), content.rfind(b"\n\r\n", 0, found.start())) + 1
    head = content[start : end.start()]
    lines = [line.strip() for line in head.split(b"\n")]
    divider = next((line for line in lines if line.startswith(b"--")), b"")
    stop = content.find(b"\n" + divider, end.end()) if divider else -1
    body = content[end.end() : stop if stop >= 0 else len(content)]
    packed = _PACKED.search(head)
    match packed[1].lower() if packed else b"":
        case b"base64":
            try:
                body = base64.b64decode(body)
            except binascii.Error as error:
                raise ReadError(f"a broken web archive: {error}", remedy="save the page again, as HTML") from error
        case b"quoted-printable":
            body = quopri.decodestring(body)
        case _:
            pass
    return body
