"""What the prose claims: the set of sentences, how numbers are written, what is never claimed, and that reading ends."""

import re
from collections.abc import Callable
from decimal import Decimal, localcontext
from itertools import pairwise

import pytest

from govinfo.forms import CN_2019, CN_2021
from govinfo.keys import OutcomeGroup, ReportScope, Section
from govinfo.prose import Bound, Claim, ClaimKind, FeeStatement, Period, claims, plain_text, processing_fee
from govinfo.prose.text import plain
from govinfo.prose.tokens import Sort, tokens
from govinfo.prose.vocabulary import MEASURES
from govinfo.report import Report
from tests.sentences import Part, Passage, passages, read, said, told

PASSAGES = passages()


def overview(text: str, **said_of: object) -> tuple[Claim, ...]:
    return claims(Report(overview=text, **said_of))  # type: ignore[arg-type]  # attributes of a report


# --- the set of sentences ------------------------------------------------------------------------------------------------------------


def scores(part: Part) -> tuple[float, float]:
    """Precision and recall of the readings in a part."""
    right = wrong = missed = 0
    for passage in PASSAGES:
        if passage.part is part:
            found = passage.found()
            right, wrong, missed = (
                right + len(found & passage.readings),
                wrong + len(found - passage.readings),
                missed + len(passage.readings - found),
            )
    return right / (right + wrong), right / (right + missed)


def test_the_set_is_large_and_both_parts_are_measured() -> None:
    assert len(PASSAGES) >= 150
    assert sum(passage.part is Part.MEASURED for passage in PASSAGES) >= 40


@pytest.mark.parametrize("part", [Part.WORK, Part.OPENED])
def test_nothing_is_misread_in_the_sentences_that_were_worked_with(part: Part) -> None:
    precision, recall = scores(part)
    assert precision == 1
    assert recall >= 0.97


def test_the_sentences_that_were_only_measured_are_read_no_worse_than_then() -> None:
    precision, recall = scores(Part.MEASURED)  # 0.947 and 0.973 when they were first read
    assert precision >= 0.947
    assert recall >= 0.97


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage.text[:20])
def test_what_is_read_for_certain_is_right(passage: Passage) -> None:
    sure = {(claim.start, said(claim)) for claim in read(passage.text) if told(claim) and claim.certain}
    assert sure <= passage.readings


# --- how figures are written ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "number", "bound", "step"),
    [
        ("57件", 57, Bound.EXACT, 1),
        ("５７件", 57, Bound.EXACT, 1),
        ("五十七件", 57, Bound.EXACT, 1),
        ("一百零七件", 107, Bound.EXACT, 1),
        ("两千件", 2000, Bound.EXACT, 1),
        ("1,234件", 1234, Bound.EXACT, 1),
        ("1.2万件", 12000, Bound.EXACT, 1000),
        ("300余件", 300, Bound.MORE, 1),
        ("近900件", 900, Bound.LESS, 1),
        ("约900件", 900, Bound.ABOUT, 1),
        ("900件左右", 900, Bound.ABOUT, 1),
    ],
)
def test_numbers_are_read_as_they_are_written(written: str, number: int, bound: Bound, step: int) -> None:
    claim = overview(f"共收到政府信息公开申请{written}。")[-1]
    assert claim.number == number
    assert claim.bound is bound
    assert claim.step == step


@pytest.mark.parametrize("unit", ["件", "万件", "余件", "元", "万元"])
@pytest.mark.parametrize("written", ["9" * 30, "9" * 5_000, "0." + "4" * 30])
def test_a_figure_with_more_digits_than_a_cell_holds_counts_nothing(written: str, unit: str) -> None:
    assert not overview(f"收取信息处理费{written}{unit}。收到政府信息公开申请{written}{unit}，占{written}%，增长{written}%。")
    assert [claim.number for claim in overview(f"收到政府信息公开申请5件，共{written}{unit}，答复4件。")] == [5, 4]


@pytest.mark.parametrize("number", [12_345, 123_456])
def test_a_number_that_begins_as_the_hotline_does_is_a_number(number: int) -> None:
    assert [claim.number for claim in overview(f"收到政府信息公开申请{number}件。")] == [number]
    assert not overview("依托12345政务服务便民热线受理群众诉求，12345、12315平台。")


def test_a_list_that_an_endless_figure_stands_in_is_not_read_past_it() -> None:
    assert not overview(f"政府信息公开申请中，予以公开、部分公开分别为{'9' * 30}件、3件。")


@pytest.mark.parametrize("part", [f"县公安局{'9' * 30}件", f"县公安局1件{'9' * 30}元", "县公安局1件0.12345678元"])
def test_a_breakdown_of_the_fee_with_an_endless_figure_is_none(part: str) -> None:
    text = f"全年收取信息处理费5件2950元，其中{part}200元、县财政局2件300元、县教育局2件2650元。"
    assert processing_fee(Report(other_matters=text)).breakdown == ()


def test_what_is_said_is_read_exactly_whatever_the_context() -> None:
    with localcontext(prec=3):
        (claim,) = overview("全年收到政府信息公开申请12345件。")
    assert claim.number == 12_345


def test_a_number_that_a_space_divides_is_not_guessed() -> None:
    assert not overview("共收到政府信息公开申请5 7件。")


def test_a_figure_is_marked_in_the_text_as_published() -> None:
    text = "我局  共收到政府信息公開申請\n５７件，\n答覆 55 件。"
    found = overview(text)
    assert [text[c.start : c.end] for c in found] == ["５７件", "55 件"]
    assert found[1].marked.count("【55 件】") == 1


@pytest.mark.parametrize(
    ("text", "scope", "period"),
    [
        ("2023年，全市收到政府信息公开申请5件。", ReportScope.AGGREGATE, Period.YEAR),
        ("本机关收到政府信息公开申请5件。", ReportScope.OWN_ORGAN, Period.YEAR),
        ("收到政府信息公开申请5件。", None, Period.YEAR),
        ("2022年收到政府信息公开申请5件。", None, Period.PREVIOUS),
        ("上年度收到政府信息公开申请5件。", None, Period.PREVIOUS),
        ("上半年收到政府信息公开申请5件。", None, Period.OTHER),
    ],
)
def test_scope_and_period_are_those_that_are_said(text: str, scope: ReportScope | None, period: Period) -> None:
    (claim,) = overview(text, year=2023)
    assert (claim.scope, claim.period) == (scope, period)
    assert bool(claim.readings) == (period is Period.YEAR) or claim.measure == "subset"


def test_parts_and_shares_keep_what_they_are_part_of() -> None:
    total, part, share = overview("收到政府信息公开申请8件，其中自然人6件，占75%。")
    assert part.part_of is not None
    assert (part.part_of.number, part.applicant) == (8, "natural_person")
    assert share.part_of == part
    assert (share.kind, share.number) == (ClaimKind.SHARE, 75)
    assert total.part_of is None


def test_growth_has_the_sign_of_its_word() -> None:
    found = overview("收到政府信息公开申请8件，比上年减少2件，下降20%。")
    assert [(c.kind, c.number) for c in found] == [(ClaimKind.COUNT, 8), (ClaimKind.CHANGE, -2), (ClaimKind.GROWTH, -20)]


def test_readings_are_cells_of_the_report_s_own_form() -> None:
    text = "政府信息公开申请由本机关作其他处理3件。"
    new, old = (overview(text, year=year)[0].readings for year in (2023, 2020))
    assert new == (tuple(f"requests.{row}.total" for row in ("other_uncorrected", "other_fee_unpaid", "other_misc")),)
    assert old == (("requests.other_processing.total",),)


def test_every_address_of_the_vocabulary_is_in_a_form() -> None:
    names = {address for form in (CN_2019, CN_2021) for matrix in form.matrices for address in matrix.addresses}
    rows = {name.rpartition(".")[0] for name in names} | {f"requests.{group}" for group in OutcomeGroup}
    assert {cell for measure in MEASURES for reading in measure.sums for cell in reading} <= rows | names


def test_no_phrase_is_also_a_counter_example() -> None:
    for measure in MEASURES:
        assert not {*measure.phrases, *measure.likely} & set(measure.not_these), measure.key
        assert measure.source


@pytest.mark.parametrize("section", ["overview", "problems", "other_matters"])
def test_every_section_of_prose_is_read(section: str) -> None:
    (claim,) = claims(Report(**{section: "收到政府信息公开申请5件。"}))  # type: ignore[arg-type]  # attributes of a report
    assert claim.section is Section(section)


def test_nothing_is_claimed_by_nothing() -> None:
    assert claims(Report()) == claims(Report(overview="", problems="\n", other_matters="无。")) == ()


# --- the fee -------------------------------------------------------------------------------------------------------------------------


def test_the_fee_is_read_with_its_breakdown() -> None:
    fee = processing_fee(Report(other_matters="全年共收取信息处理费25件2950元，其中市公安局3件350元、市自然资源局22件2600元。"))
    assert (fee.collected_cases, fee.collected_yuan) == (25, Decimal(2950))
    assert fee.statement is FeeStatement.CHARGED
    assert fee.breakdown == (("市公安局", 3, Decimal(350)), ("市自然资源局", 22, Decimal(2600)))


def test_notices_and_amounts_are_told_apart() -> None:
    fee = processing_fee(Report(other_matters="全年发出信息处理费收费通知8件，总金额2600元，实际收取1900元。"))
    assert (fee.notices, fee.notified_yuan, fee.collected_yuan) == (8, Decimal(2600), Decimal(1900))


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("本年度未收取信息处理费。", FeeStatement.NONE_CHARGED),
        ("2023年没有产生信息处理费。", FeeStatement.NONE_CHARGED),
        ("本年度收取信息处理费0元。", FeeStatement.NONE_CHARGED),
        ("11件至30件每件收取信息处理费100元，本年度未收取。", FeeStatement.NONE_CHARGED),
        ("无其他需要报告的事项。", FeeStatement.SILENT),
        ("严格执行信息处理费管理办法。", FeeStatement.SILENT),
    ],
)
def test_none_charged_is_not_silence(text: str, statement: FeeStatement) -> None:
    assert processing_fee(Report(other_matters=text)).statement is statement


# --- text and tokens -----------------------------------------------------------------------------------------------------------------


def test_every_character_knows_where_it_stood() -> None:
    text = " 政 府\n信息公開，\t申 請 12 34 件。"
    made = plain(text)
    assert all(text[place] == kept or made.text[n] in "开请" for n, (place, kept) in enumerate(zip(made.places, made.text, strict=False)))
    assert plain_text(text).endswith("12 34件。")


def test_longer_phrases_hide_the_shorter_ones_in_them() -> None:
    found = [token.measure.key for token in tokens("主动公开、不予公开、予以公开、依申请公开") if token.measure]
    assert found == ["proactive_items", "denied", "granted", "requests"]


PATHOLOGICAL: dict[str, Callable[[int], str]] = {
    "digits": lambda n: "1" * n,
    "commas": lambda n: "1," * n,
    "numerals": lambda n: "一" * n,
    "fillers": lambda n: "收到" + "共计" * n + "件",
    "near fillers": lambda n: "收到" + "政府信息" * n + "公开",
    "brackets": lambda n: "收到申请" + "(" * n + "5件",
    "closing": lambda n: "收到申请" + ")" * n + "5件",
    "phrases": lambda n: "依申请公开收到" * n + "5件",
    "negations": lambda n: "未收到" * n,
    "figures": lambda n: "收到政府信息公开申请5件，" * n,
    "distributed": lambda n: "、".join(["予以公开"] * n) + "分别为" + "、".join(["5件"] * n),
    "years": lambda n: "2023年" * n,
    "spaces": lambda n: "5 " * n,
    "lines": lambda n: "收\n" * n,
}


@pytest.mark.parametrize("kind", PATHOLOGICAL)
def test_reading_ends_on_pathological_text(kind: str) -> None:
    found = overview(PATHOLOGICAL[kind](3_000))
    assert all(0 <= claim.start < claim.end for claim in found)


@pytest.mark.parametrize("kind", PATHOLOGICAL)
def test_tokens_grow_no_faster_than_the_text(kind: str) -> None:
    small, large = (len(tokens(plain(PATHOLOGICAL[kind](n)).text)) for n in (200, 2_000))
    assert large <= 11 * small + 10


def test_tokens_are_in_order_and_do_not_overlap() -> None:
    text = plain("".join(passage.text for passage in PASSAGES)).text
    found = tokens(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert sum(token.sort is Sort.NUMBER for token in found) >= len(re.findall(r"\d+件", text))
