"""Files of reports as JSON: what is one, and how it is divided."""

import io

import pytest

from govinfo.convert.lines import begins_as_json, texts
from govinfo.errors import DataError


@pytest.mark.parametrize(
    ("content", "found"),
    [(b' \n{"a"', True), (b"\xef\xbb\xbf{}", True), (b"{\\rtf1 a}", False), (b"[1]", False), (b"", False), (b"a{", False)],
)
def test_a_brace_begins_json_but_in_rtf(content: bytes, found: bool) -> None:
    file = io.BytesIO(content)
    assert begins_as_json(file) is found
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"{\n}\n{\n}", [(None, b"{\n}\n{\n}")]),
        (b"\xef\xbb\xbf{}\n", [(None, b"{}\n")]),
        (b"\xef\xbb\xbf{}\r\n\r\n{\n", [(1, b"{}"), (3, b"{")]),
        (b"", [(None, b"")]),
    ],
)
def test_one_report_a_line_where_the_first_line_is_closed(content: bytes, found: list[tuple[int | None, bytes]]) -> None:
    assert list(texts(io.BytesIO(content))) == found


@pytest.mark.parametrize(("content", "before"), [(b"{}\n{}\n{        }\n{}", 2), (b"{        }", 0), (b"{        \n}", 0)])
def test_a_text_that_is_too_large_is_never_held(content: bytes, before: int) -> None:
    found = texts(io.BytesIO(content), largest=6)
    for _ in range(before):
        next(found)
    with pytest.raises(DataError):
        next(found)
