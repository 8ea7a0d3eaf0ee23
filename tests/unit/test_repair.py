"""Damaged text, mended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.readers.repair import mend
from govinfo.reading import RepairKind


def kinds(text: str) -> list[RepairKind]:
    return [edit.kind for edit in mend(text).edits]


@pytest.mark.parametrize(
    "text",
    [
        "銀行(háng)业",
        "重(chóng)庆",
        "是否?,A",
        "(jìng)",
        "縣(市)",
        "微信(WeChat)",
        "A(fā)",
        "行(háng)业",
        "手机(app)",
        "标准(ISO)",
        "第(一)项",
        "政府（fǔ",
        "",
    ],
)
def test_real_brackets_stay(text: str) -> None:
    mended = mend(text)
    assert mended.text == text
    assert mended.edits == ()


def test_a_reading_behind_a_traditional_character_goes() -> None:
    mended = mend("按照統(tǒng)一部署")
    assert mended.text == "按照統一部署"
    (edit,) = mended.edits
    assert (edit.kind, edit.original, edit.repaired) == (RepairKind.PINYIN, "統(tǒng)", "統")


@pytest.mark.parametrize("text", ["縣(市)", "微信(WeChat)", "A(fā)", "是(jìng，", "第(a)项", "网站(e)"])
def test_real_brackets_stay_beside_damage(text: str) -> None:
    assert mend(f"{text}，統(tǒng)一、數(shù)據、發(fā)布").text == f"{text}，統一、數據、發布"


def test_several_readings_are_damage_whatever_the_characters() -> None:
    assert mend("个(gè)人(rén)大(dà)").text == "个人大"
    assert mend("个(gè)人(rén)").text == "个(gè)人(rén)"


def test_the_toneless_and_doubled_flavour() -> None:
    assert mend("政府(fu)(fu)公开(kai)(kai)事(shi)(shi)项，手机(app)").text == "政府公开事项，手机(app)"


def test_a_neutral_tone_goes_with_the_others() -> None:
    assert mend("個(gè)數(shù)據(jù)們(men)").text == "個數據們"


def test_gbk_damage_is_undone_where_the_reading_is_known() -> None:
    mended = mend("工作?,F(xiàn)將匯報。現(xiàn)在")
    assert mended.text == "工作。現將匯報。現在"
    assert [edit.kind for edit in mended.edits] == [RepairKind.GBK, RepairKind.PINYIN]
    assert mended.edits[0].original == "?,F(xiàn)"
    assert mend("工作?，F(xiàn)將匯報。現(xiàn)在").text == "工作。現將匯報。現在"


def test_gbk_damage_stays_where_the_reading_is_not_known() -> None:
    text = "工作?,F(xiàn)將匯報。統(tǒng)一，數(shù)據，發(fā)布"
    mended = mend(text)
    assert "?,F(xiàn)將" in mended.text
    assert mended.edits[0].kind is RepairKind.DAMAGED


def test_damage_that_cannot_be_undone_is_reported() -> None:
    mended = mend("提高水平?！彼o出了答复")
    assert mended.text == "提高水平?！彼o出了答复"
    (edit,) = mended.edits
    assert edit.kind is RepairKind.DAMAGED
    assert edit.repaired == edit.original


def test_offsets_lead_back_to_the_original() -> None:
    text = "一統(tǒng)二數(shù)三?,F(xiàn)四現(xiàn)五"
    mended = mend(text)
    assert mended.text == "一統二數三。現四現五"
    for character in "一二三四五":
        assert text[mended.source(mended.text.index(character))] == character


@given(
    st.lists(
        st.sampled_from(["統(tǒng)", "数(shù)", "?,F(xiàn)", "現(xiàn)", "a", "（", ")", "府(fu)(fu)", "政", "?！彼o", "\n"]), max_size=30
    )
)
def test_the_edits_explain_the_difference(pieces: list[str]) -> None:
    text = "".join(pieces)
    mended = mend(text)
    at, rebuilt = 0, ""
    for edit in mended.edits:
        assert text[edit.start : edit.end] == edit.original
        rebuilt += text[at : edit.start] + edit.repaired
        at = edit.end
    assert rebuilt + text[at:] == mended.text
    assert mend("没有损坏").edits == ()
    for offset, character in enumerate(mended.text):
        source = mended.source(offset)
        assert any(edit.start <= source < edit.end for edit in mended.edits) or text[source] == character
