"""Bytes to text: which encoding is believed, and which is refused."""

import re

import pytest

from govinfo.errors import ReadError
from govinfo.forms import FORMS
from govinfo.readers.encoding import decoded

SIMPLIFIED = "政府信息公开工作年度报告\n行政许可 行政处罚 自然人 商业企业 科研机构 总计\n本年新收政府信息公开申请数量"
TRADITIONAL = "政府信息公開工作年度報告\n行政許可 行政處罰 自然人 商業企業 科研機構 總計\n本年新收政府信息公開申請數量"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312"])
def test_simplified(encoding: str) -> None:
    assert decoded(SIMPLIFIED.encode(encoding), FORMS) == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "big5", "gb18030", "gbk"])
def test_traditional(encoding: str) -> None:
    assert decoded(TRADITIONAL.encode(encoding), FORMS) == TRADITIONAL


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5", "iso-8859-1"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_a_wrong_declaration_is_not_believed(declared: str, encoding: str) -> None:
    text = f'<meta charset="{declared}">{TRADITIONAL}'
    assert decoded(text.encode(encoding), FORMS) == text


def test_a_character_cut_in_two_at_the_end() -> None:
    for encoding in ("utf-8", "gb18030"):
        assert decoded(SIMPLIFIED.encode(encoding)[:-1], FORMS) == SIMPLIFIED[:-1]


def test_utf8_stored_as_gbk_is_undone_where_nothing_was_lost() -> None:
    text = "\n".join(word for word in re.findall(r"\w+", SIMPLIFIED) if _survives(word))
    assert decoded(text.encode().decode("gb18030").encode(), FORMS) == text


def test_utf8_stored_as_gbk_with_losses_is_refused() -> None:
    lost = SIMPLIFIED.encode().replace("行".encode(), b"\xe8\xa1").decode("gb18030", "replace").encode()
    with pytest.raises(ReadError):
        decoded(lost, FORMS)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"\x80\x81\xff", "政府".encode("gb18030") + b"\xff\xff", b"\xe6\x94\xbf" * 3 + b"\xff\xff"]
)
def test_what_is_not_certain_is_refused(content: bytes) -> None:
    try:
        text = decoded(content, FORMS)
    except ReadError:
        return
    assert text == content.decode("utf-16")


def _survives(text: str) -> bool:
    try:
        return text.encode().decode("gb18030").encode("gb18030") == text.encode()
    except UnicodeError:
        return False
