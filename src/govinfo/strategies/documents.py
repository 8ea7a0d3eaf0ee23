"""Documents as they are published, with what reading them must give."""

from collections.abc import Sequence
from typing import Literal, get_args

from attrs import evolve, field, frozen
from hypothesis import strategies as st

from govinfo.form import Form
from govinfo.forms import FORMS
from govinfo.renderers import render
from govinfo.report import MAX_COUNT, Report
from govinfo.strategies.reports import Bounds, form_of, with_all_tables

DocumentFormat = Literal["markdown", "html", "docx", "xlsx", "pdf"]
Damage = Literal["spaced labels", "wrong charset", "non-breaking blanks"]

_FORMATS: tuple[DocumentFormat, ...] = get_args(DocumentFormat)
_DAMAGE: dict[DocumentFormat, tuple[Damage, ...]] = {
    "markdown": ("spaced labels",),
    "html": ("spaced labels", "wrong charset", "non-breaking blanks"),
}
# Labels that most published pages print in two halves. None of them can come out of the words below.
_HALVES = (("商业", "企业"), ("科研", "机构"), ("结果", "维持"), ("结果", "纠正"))
_WORDS = "政府信息公开工作推进群众服务平台管理监督保障情况年度规范完善加强全市各级部门答复申请办理网站发布解读回应，。；：“”、（）"
_SENTENCES = st.text(st.sampled_from(_WORDS), min_size=1, max_size=60).map(lambda words: f"我们{words}等。")
_PROSE = st.just("") | st.lists(_SENTENCES, min_size=1, max_size=3).map("\n".join)


@frozen
class Document:
    """A document and what it says: `read(document.content).report == document.report`.

    `damage` says what is amiss with it, None where nothing is; a reader has to see through it. Prose that was in a PDF
    is equal up to white space.
    """

    report: Report
    format: DocumentFormat
    content: bytes = field(repr=False)
    damage: Damage | None = None


def documents(
    *,
    format: DocumentFormat | None = None,  # noqa: A002 -- as in `render`
    form: Form | None = None,
    forms: Sequence[Form] = FORMS,
    year: int | None = None,
    max_value: int = MAX_COUNT,
    blanks: bool = False,
) -> st.SearchStrategy[Document]:
    """Documents of that format (Markdown or HTML where none is named) and the report that each of them must be read as.

    Some are damaged, as published ones are: labels in two halves, pages in another encoding than they declare, blanks
    that are filled with spaces. docx, xlsx and pdf need the extras `office` and `pdf`. The other parameters are those
    of `reports`. Raises `ValueError` for a format that there is not.
    """
    if format is not None and format not in _FORMATS:
        raise ValueError(f"given {format!r}, accepted are {', '.join(_FORMATS)}")
    on = [form] if form else list(reversed(forms))
    on = on if year is None else [form_of(year, on)]
    wanted: Sequence[DocumentFormat] = ("markdown", "html") if format is None else (format,)
    bounds = Bounds(forms, max_value, blanks=blanks)
    drawn = st.one_of([with_all_tables(each, bounds, year=year or each.first_year) for each in on])
    kinds: list[tuple[DocumentFormat, Damage | None]] = [(kind, damage) for kind in wanted for damage in (None, *_DAMAGE.get(kind, ()))]
    return _written(drawn, kinds)


def _written(drawn: st.SearchStrategy[Report], kinds: Sequence[tuple[DocumentFormat, Damage | None]]) -> st.SearchStrategy[Document]:
    """Documents of the drawn reports, with words such as reports have: a heading is taken for one wherever it stands."""

    @st.composite
    def document(draw: st.DrawFn) -> Document:
        report = draw(drawn)
        organ = draw(st.none() | st.sampled_from(("某市人民政府", "某县教育局", "某省某厅（委）")))
        title = draw(st.none() | st.just(f"{organ or ''}{report.year}年政府信息公开工作年度报告"))
        report = evolve(report, organ=organ, title=title, overview=draw(_PROSE), problems=draw(_PROSE), other_matters=draw(_PROSE))
        form, damage = draw(st.sampled_from(kinds))
        content = render(report, form)
        return Document(report, form, content if isinstance(content, bytes) else _damaged(content, damage), damage)

    return document()


def _damaged(text: str, damage: Damage | None) -> bytes:
    match damage:
        case "spaced labels":
            for one, other in _HALVES:
                text = text.replace(f"{one}{other}", f"{one} {other}")
        case "non-breaking blanks":
            text = text.replace("></td>", ">&nbsp;</td>")
        case "wrong charset":
            return text.encode("gb18030")
        case None:
            pass
    return text.encode()
