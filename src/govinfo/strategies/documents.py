"""Documents as they are published, with what reading them must give."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, get_args

from attrs import evolve, frozen
from hypothesis import strategies as st

from govinfo.form import Form
from govinfo.forms import FORMS
from govinfo.renderers import render
from govinfo.report import MAX_COUNT, Report, Value
from govinfo.strategies.damage import Damage, damages
from govinfo.strategies.printed import Part, parts_of
from govinfo.strategies.reports import Bounds, form_of, with_all_tables
from govinfo.strategies.writers import as_docx, as_html, as_markdown, as_pdf, as_xlsx

DocumentFormat = Literal["markdown", "html", "docx", "xlsx", "pdf"]

_FORMATS: tuple[DocumentFormat, ...] = get_args(DocumentFormat)
_WRITERS: Mapping[DocumentFormat, Callable[[Sequence[Part]], str | bytes]] = MappingProxyType(
    {"markdown": as_markdown, "html": as_html, "docx": as_docx, "xlsx": as_xlsx, "pdf": as_pdf}
)
_WORDS = "政府信息公开工作推进群众服务平台管理监督保障情况年度规范完善加强全市各级部门答复申请办理网站发布解读回应，。；：“”、（）"
_SENTENCES = st.text(st.sampled_from(_WORDS), min_size=1, max_size=60).map(lambda words: f"我们{words}等。")
_PROSE = st.just("") | st.lists(_SENTENCES, min_size=1, max_size=3).map("\n".join)


@frozen(repr=False)
class Document:
    """A document, and the report that was printed in it.

    `damage` says what is amiss with it, None where nothing is. Where `exact`, a reader has to see through it:
    `read(document.content).report == document.report` (prose that was in a PDF is equal up to white space). Where not,
    something was lost: a reader may refuse it, or leave cells without value, but `wrong` finds nothing in what it gives.
    """

    report: Report
    format: DocumentFormat
    content: bytes
    damage: Damage | None = None

    def __repr__(self) -> str:
        """Short, for a counterexample that can be read: not its content."""
        amiss = f", damage={self.damage.name!r}" if self.damage else ""
        return f"<Document of {self.report!r} as {self.format}, {len(self.content):,} bytes{amiss}>"

    def _repr_pretty_(self, printer: Any, _: bool) -> None:  # noqa: FBT001 -- as IPython calls it, and Hypothesis
        printer.text(repr(self))

    @property
    def exact(self) -> bool:
        """Whether reading must give all that was printed."""
        return self.damage is None or self.damage.exact

    def wrong(self, read: Report) -> dict[str, tuple[Value | None, Value]]:
        """The figures of a report that this document does not say, by address: (what was printed there, what was read)."""
        printed = {address: value for table in self.report.tables for address, value in table.by_address.items()}
        found = {address: value for table in read.tables for address, value in table.by_address.items() if value is not None}
        return {address: (printed.get(address), value) for address, value in found.items() if value != printed.get(address)}


def documents(
    *,
    format: DocumentFormat | None = None,  # noqa: A002 -- as in `render`
    damage: str | None = None,
    lossy: bool = False,
    form: Form | None = None,
    forms: Sequence[Form] = FORMS,
    year: int | None = None,
    max_value: int = MAX_COUNT,
    blanks: bool = False,
) -> st.SearchStrategy[Document]:
    """Documents of that format (Markdown or HTML where none is named) and the report that was printed in each of them.

    Most are damaged, as published ones are: see `DAMAGES` for the names and for which formats they are; `damage` names the
    one that all have. Reading gives back the report, unless `lossy` is set, or a damage is named, after which something
    may be lost: see `Document`. docx, xlsx and pdf need the extras `office` and `pdf`. The other parameters are those of
    `reports`. Raises `ValueError` for a format or a damage that there is not, and for a damage that the format cannot have.
    """
    if format is not None and format not in _FORMATS:
        raise ValueError(f"given {format!r}, accepted are {', '.join(_FORMATS)}")
    on = [form] if form else list(reversed(forms))
    every = damages(on)
    named = {each.name: each for each in every}
    if damage is not None and damage not in named:
        raise ValueError(f"given {damage!r}, accepted are {', '.join(named)}")
    on = on if year is None else [form_of(year, on)]
    wanted: Sequence[DocumentFormat] = ("markdown", "html") if format is None else (format,)
    bounds = Bounds(forms, max_value, blanks=blanks)
    drawn = st.one_of([with_all_tables(each, bounds, year=year or each.first_year) for each in on])
    ways: Sequence[Damage | None] = (None, *(each for each in every if each.exact or lossy)) if damage is None else (named[damage],)
    kinds: list[tuple[DocumentFormat, Damage | None]] = [
        (kind, each) for kind in wanted for each in ways if each is None or kind in each.formats
    ]
    if not kinds:
        raise ValueError(f"{damage!r} is no damage of {', '.join(wanted)}, but of {', '.join(named[damage or ''].formats)}")
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
        if damage is None:
            content = render(report, form)
            return Document(report, form, content if isinstance(content, bytes) else content.encode())

        def below(most: int) -> int:
            return draw(st.integers(0, most - 1))

        report = damage.said(report)
        content = _WRITERS[form](damage.printed(parts_of(report), below))
        if isinstance(content, str):
            content = damage.spoiled(content, below) if damage.spoiled else content.encode()
        return Document(report, form, content, damage)

    return document()
