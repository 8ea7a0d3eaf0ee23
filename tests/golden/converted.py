"""Reports, forms and their descriptions as data: what the files in `converted/` record, and what wrong data is told."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from decimal import Decimal
from functools import partial
from typing import Any

from govinfo.convert import (
    configure_converter,
    data_package,
    form_data,
    from_csv,
    from_dict,
    from_json,
    json_schema,
    make_converter,
    to_csv,
    to_dict,
    to_json,
)
from govinfo.convert.wire import decoded
from govinfo.form import Band, Evidence, Form, Identity, Kind, Line, Matrix, Note
from govinfo.forms import CN_2019, CN_2021
from govinfo.keys import ReportScope, Section
from govinfo.report import ABSENT, BLANK, MAX_COUNT, CellState, Mark, Report, Table, Value

# A form with everything that a form can declare: several bands, change, money, notes, a flat table, a key that is no name.
EVERY = Form(
    "every",
    "样样格式",
    "the form with everything",
    "样样办〔2101〕1号",
    2101,
    2109,
    (
        Line(Section.OVERVIEW, "一、总体情况", "I. Overview"),
        Line(Section.PROACTIVE, "二、藏书", "II. Books kept", basis="第一条", notes=(Note("一年一次", "once a year", Evidence.OFFICIAL),)),
        Line(Section.REQUESTS, "三、借书", "III. Books lent", aliases=("外借",)),
    ),
    (
        Matrix(
            Section.PROACTIVE,
            (
                Band(
                    "kept",
                    (
                        Line("novels", "小说", "Novels", ("书", "文学")),
                        Line("poems", "诗", "Poems", ("书", "文学"), aliases=("诗歌", "诗集")),
                    ),
                    (Line("now", "现有", "Now", unit="册"), Line("change", "增/减", "Change", ("比上年",), signed=True)),
                    label="第一条第（一）项",
                    corner="书目",
                    basis="第一条",
                ),
                Band("paid", (Line("fines", "罚金", "Fines"),), (Line("amount", "金额", "Amount", kind=Kind.MONEY, unit="万元"),)),
            ),
        ),
        Matrix(
            Section.REQUESTS,
            (
                Band(
                    "lent",
                    (Line("a-b", "甲", "A"), Line("all", "=合计", "All")),
                    (Line("first", "上半年", "First half"), Line("second", "下半年", "Second half")),
                ),
            ),
            (Identity("E1", ("a-b",), ("all",)),),
            flat=True,
        ),
    ),
    (Note("未经核实", "not checked", Evidence.UNVERIFIED), Note("常见", "often seen", Evidence.PRACTICE)),
)
# The same table, changed: another column, another unit, another label. What is said of a cell of both is said by the first of the forms.
NEXT = Form(
    "next",
    "后来格式",
    "the later form",
    "",
    2110,
    None,
    (Line(Section.PROACTIVE, "二、藏书情况", "II. What is kept"),),
    (
        Matrix(
            Section.PROACTIVE,
            (Band("kept", (Line("novels", "长篇", "Long ones"),), (Line("now", "现有", "Now", unit="本"), Line("lost", "遗失", "Lost"))),),
        ),
    ),
)
FORMS = (EVERY, NEXT)
NOVELS, POEMS = "proactive.novels.now", "proactive.poems.change"


def _marked(form: Form) -> Report:
    """A report that says everything, with every kind of mark; its figures are all different."""
    marks = [
        BLANK,
        ABSENT,
        Mark(CellState.SLASH, "/"),
        Mark(CellState.DASH, "—"),
        Mark(CellState.UNREADABLE, "1 2 : 3"),
        Mark(CellState.DASH, "--", "无：“零”", "件"),
    ]
    tables: dict[str, Table] = {}
    for matrix in form.matrices:
        shown: dict[str, Value | Mark] = {
            cell.address: Decimal(f"{cell.index}.50") if cell.kind is Kind.MONEY else -cell.index if cell.signed else cell.index + 100
            for cell in matrix.cells
        }
        values = {a: Mark(CellState.VALUE, f"{v}（其中：1件）", "其中：1件", "件") for a, v in list(shown.items())[:1]}
        values |= {a: Mark(CellState.VALUE, f"{v}万元", unit="万元") for a, v in list(shown.items())[-1:]}
        places = list(shown)[1:-1]
        shown |= {address: mark for address, mark in zip(places[:: max(1, len(places) // 6)], marks, strict=False) if len(places) > 6}
        tables[str(matrix.key)] = Table.of(matrix, shown, values)
    proactive, requests, disputes = (tables.get(key) for key in ("proactive", "requests", "disputes"))
    return Report(
        organ="某局",
        year=form.first_year,
        scope=ReportScope.AGGREGATE,
        title="“年度”报告",
        published_on=dt.date(2024, 1, 31),
        overview="第一段：10:30\n第二段",
        problems="",
        other_matters=None,
        proactive=proactive,
        requests=requests,
        disputes=disputes,
    )


SMALL = Report(
    organ="=甲",
    year=2101,
    scope=ReportScope.OWN_ORGAN,
    title="'题",
    overview='一,"二"\r\n三\n\r四',
    problems="-无",
    proactive=Table.of(
        EVERY.proactive,
        {
            NOVELS: 1200,
            "proactive.novels.change": -3,
            "proactive.poems.now": BLANK,
            POEMS: Mark(CellState.DASH, "-", "", "@"),
            "proactive.fines.amount": Decimal("0.50"),
        },
        {NOVELS: Mark(CellState.VALUE, "+1200", "'", "=册")},
    ),
)
LATER = Report(year=2110, published_on=dt.date(2111, 3, 1), proactive=Table(NEXT.proactive, (0, 5)))
BOTH = Report(organ="", proactive=LATER.proactive, requests=Table(EVERY.requests, (1, 2, MAX_COUNT, 0)))
SEVERAL = (SMALL, Report(), LATER, BOTH, _marked(EVERY))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _lines() -> str:
    reports = [(each, (CN_2019, CN_2021)) for each in (_marked(CN_2019), _marked(CN_2021))] + [
        (each, FORMS) for each in (*SEVERAL, SMALL.replace({"proactive.fines.amount": BLANK}))
    ]
    texts: list[str] = []
    for report, forms in reports:
        texts.append(text := to_json(report))
        # What was written is read back by every way; the fast one is taken unless a colon could be an escape, or a key is no plain word.
        assert from_json(text, forms=forms) == from_json(text.encode(), forms=forms) == from_dict(to_dict(report), forms=forms) == report
        assert decoded(text.encode(), forms) == decoded(text.encode() + b"\n", forms) == report
        converter = make_converter(forms=forms)
        assert converter.structure(converter.unstructure(report), Report) == report
        assert converter.unstructure(report) == to_dict(report)
        assert json.loads(to_json(report, indent=2)) == json.loads(text) == to_dict(report)
        assert decoded(to_json(report, indent=2).encode(), forms) == report
    return "\n".join((*texts, to_json(SMALL, indent=3), ""))


def _csv(reports: tuple[Report, ...], shape: Any, forms: tuple[Form, ...]) -> str:
    text = to_csv(reports, shape=shape, forms=forms)
    assert from_csv(text, forms=forms) == list(reports)
    return text.replace("\r", "\\r")  # so that every end of a line is seen


def _without_nulls() -> str:
    converter = make_converter(forms=FORMS)
    configure_converter(converter, forms=FORMS, omit_nulls=True)
    plain: list[Any] = [converter.unstructure(report) for report in SEVERAL]
    assert [converter.structure(each, Report) for each in deepcopy(plain)] == list(SEVERAL)
    return _json(plain)


TEXTS: Mapping[str, Callable[[], str]] = {
    "converted/reports.jsonl": _lines,
    "converted/tidy.csv": partial(_csv, SEVERAL, "tidy", FORMS),
    "converted/wide.csv": partial(_csv, SEVERAL, "wide", FORMS),
    "converted/without-nulls.json": _without_nulls,
    "converted/package-tidy.json": lambda: _json(data_package()),
    "converted/package-wide.json": lambda: _json(data_package("wide", path="all.csv", forms=FORMS)),
    "converted/form.json": lambda: _json([form_data(form) for form in FORMS]),
    "converted/schema.json": lambda: _json(json_schema(forms=FORMS)),
    "converted/schema-findings.json": lambda: _json(json_schema("findings")),
}
