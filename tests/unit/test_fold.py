"""What publishers vary in a label makes no difference; what the form distinguishes does."""

from typing import Any

import opencc
import pytest

from govinfo.fold import fold, label_key, simplified, without_notes

OPENCC: Any = opencc.OpenCC("t2s")  # pyright: ignore[reportUnknownVariableType]  # it has no types
SAME = [
    ("（一）予以公开", "(一)予以公开"),
    ("商业企业", "商业\n企业"),
    ("商业企业", "商 业\u3000企业"),
    ("商业企业", "商业\u200b企业"),
    ("科研机构", "科研| 机构"),
    ("3.危及“三安全一稳定”", "3.危及「三安全一稳定」"),
    ("3.危及“三安全一稳定”", '3．危及"三安全一稳定"'),
    ("行政许可", "⾏政许可"),  # a Kangxi radical, as PDF text has it
    ("规范性文件", "規範性文件"),
    ("本年增/减", "本年增／减"),
    ("第二十条第（一）项", "第二十条  第(一)项"),
]
SAME_LABEL = [
    ("3.其他", "3、其他"),
    ("（七）总计", "总计"),
    ("一、本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量"),
    ("规范性文件", "規範性檔案"),
    ("程序", "程式"),
    ("1.属于国家秘密", "（1）属于国家秘密"),
]
DIFFERENT = [("结果维持", "结果纠正"), ("其他", "其他结果"), ("一、总体情况", "总体情况"), ("本年制发件数", "本年废止件数")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_variants_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert label_key(one) == label_key(other)


@pytest.mark.parametrize(("one", "other"), SAME_LABEL)
def test_labels_match_without_numbering_and_in_taiwan_wording(one: str, other: str) -> None:
    assert label_key(one) == label_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("figure", ["2023.5", "1,036", "12.75"])
def test_a_number_is_no_numbering(figure: str) -> None:
    assert label_key(figure) == fold(figure)


def test_notes_in_brackets_go_unless_nothing_else_is_left() -> None:
    assert without_notes("规章(含(联合)发文)") == "规章"
    assert without_notes("(含联合发文)") == "(含联合发文)"


def test_script_is_converted_and_ascii_is_left_alone() -> None:
    assert simplified("現將") == "现将"
    assert simplified("R301") == "R301"


def test_every_character_of_gb2312_is_converted_as_opencc_does() -> None:
    plane = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    characters = "".join(code.decode("gb2312", "ignore") for code in plane)
    assert [simplified(character) for character in characters] == [_converted(character) for character in characters]


@pytest.mark.parametrize("phrase", ["答覆", "回覆", "藉口", "英哩", "深沈", "毛坏", "反反覆覆", "重慶"])
def test_phrases_are_converted_as_opencc_does(phrase: str) -> None:
    assert simplified(phrase) == _converted(phrase) != phrase


def _converted(text: str) -> str:
    return str(OPENCC.convert(text))


@pytest.mark.parametrize(
    ("key", "bare"),
    [("a(b(c)d)e", "ae"), ("a)b(c", "a)b(c"), ("a((b)c", "a(c"), ("(a)", "(a)"), ("a(b)c(d)", "ac"), ("a" + "(" * 9999 + ")" * 9999, "a")],
)
def test_notes_in_notes(key: str, bare: str) -> None:
    assert without_notes(key) == bare


def test_accents_that_a_space_kept_apart() -> None:
    assert fold(fold("¯¸")) == fold("¯¸")
