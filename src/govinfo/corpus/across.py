"""What only many reports together show: over the years of each body, over governments and their bodies, and copies of one report."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Literal

from attrs import evolve, frozen

from govinfo.corpus.batches import listed
from govinfo.corpus.database import Corpus
from govinfo.findings import Finding, Severity, Verdict, Words
from govinfo.keys import ReportScope
from govinfo.report import Report
from govinfo.rules import DEFAULT, Profile, check_parts, check_years

Kind = Literal["years", "parts", "copy", "conflict"]


@frozen
class Across:
    """One thing found over several reports of a data set.

    `kind`: `years` and `parts` are findings of the rules over years and over wholes (`finding` is there); a `copy` is one report in
    several documents, and nothing wrong; a `conflict` is several different reports of one body, year and scope: they are not compared.
    `sources` are the documents: of years the earlier first, of parts the whole first.
    """

    kind: Kind
    organ: str | None
    year: int | None
    sources: tuple[str, ...]
    finding: Finding | None = None
    said: Words | None = None

    @property
    def message(self) -> Words:
        """What is found, in both languages."""
        if self.finding is not None:
            return Words(self.finding.message("zh"), self.finding.message("en"))
        assert self.said is not None  # noqa: S101 -- a copy and a conflict say it
        return self.said

    @property
    def is_error(self) -> bool:
        """Whether a rule of severity error is broken."""
        return self.finding is not None and self.finding.verdict is Verdict.BROKEN and self.finding.severity is Severity.ERROR


_SAME_CONTENT = Words("内容完全相同的文件", "documents of the same bytes")
_SAME_FIGURES = Words("同一机关、同一年度、数字完全相同的文件", "documents with the same figures of the same body and year")
_CONFLICT = Words(
    "同一机关、同一年度有数字不同的几份报告，未作跨年和汇总比较", "different reports of one body and year: they are not compared"
)
_JOINED = "FROM reports r JOIN prose p ON r.source = p.source JOIN organs o ON r.organ = o.organ"


def across(corpus: Corpus, *, complete: bool = False, profile: Profile = DEFAULT) -> Iterator[Across]:
    """Everything that is found over several reports: copies, conflicts, years, parts.

    `complete` declares that the table of organs lists every body below each government; only then are sums compared with it.
    A few thousand reports are held at a time, and the years of one body, or the bodies of one government.
    """
    yield from copies(corpus)
    yield from _years(corpus, profile)
    if corpus.organs.by_id:
        yield from _parts(corpus, profile, complete=complete)


def copies(corpus: Corpus) -> Iterator[Across]:
    """Documents that are copies: of the same bytes, or with the same figures of one body and year (of any size but none)."""
    same = """SELECT any_value(organ) AS organ, any_value(year) AS year, list(source ORDER BY source) AS sources FROM reports
        GROUP BY sha256 HAVING count(*) > 1 ORDER BY sources"""
    for row in corpus.query(same).to_pylist():
        yield Across("copy", row["organ"], row["year"], tuple(row["sources"]), said=_SAME_CONTENT)
    alike = """SELECT any_value(o.name) AS organ, year, list(source ORDER BY source) AS sources FROM reports r JOIN organs o USING (organ)
        WHERE figures IS NOT NULL AND year IS NOT NULL GROUP BY o.organ_id, year, scope, figures
        HAVING count(DISTINCT sha256) > 1 ORDER BY sources"""
    for row in corpus.query(alike).to_pylist():
        yield Across("copy", row["organ"], row["year"], tuple(row["sources"]), said=_SAME_FIGURES)


@frozen
class _Filed:
    """A report with its source, and the body that filed it."""

    source: str
    body: str
    figures: str | None
    report: Report


def _filed(rows: Iterable[tuple[tuple[Any, ...], Report]]) -> list[_Filed]:
    """The name of the body stands in place of what each report prints: they are known to be one."""
    return [_Filed(source, body, figures, evolve(report, organ=name)) for (_, source, body, name, figures), report in rows]


def _single(filed: Sequence[_Filed]) -> tuple[list[_Filed], list[list[_Filed]]]:
    """One report for each body, year and scope; those of which there are several that differ."""
    single: list[_Filed] = []
    several: list[list[_Filed]] = []
    for _, group in groupby(filed, key=lambda each: (each.body, each.report.year, each.report.scope)):
        same = list(group)
        if len({each.figures for each in same}) == 1:
            single.append(same[0])
        else:
            several.append(same)
    return single, several


def _years(corpus: Corpus, profile: Profile) -> Iterator[Across]:
    sql = f"""SELECT o.organ_id || '/' || coalesce(r.scope, '') AS together, r.source, o.organ_id, o.name, r.figures,
        {corpus.report_columns}
        {_JOINED} WHERE r.year IS NOT NULL ORDER BY together, r.year, r.source"""
    rows = corpus.reports(sql, ("together", "source", "organ_id", "name", "figures"))
    for _, group in groupby(rows, key=lambda row: row[0][0]):
        single, several = _single(_filed(group))
        for same in several:
            first = same[0].report
            yield Across("conflict", first.organ, first.year, tuple(each.source for each in same), said=_CONFLICT)
        if len(single) > 1:
            source_of = {id(each.report): each.source for each in single}
            for finding in listed(check_years([each.report for each in single], profile=profile)):
                sources = tuple(source_of[id(about.report)] for about in finding.about)
                yield Across("years", single[0].report.organ, finding.about[-1].year, sources, finding)


def _parts(corpus: Corpus, profile: Profile, *, complete: bool) -> Iterator[Across]:
    leaves = set(corpus.organs.by_id) - {organ.parent for organ in corpus.organs.by_id.values()}
    expected: dict[str, list[str]] = {}
    for key in sorted(leaves) if complete else ():
        for government in corpus.organs.above(key):
            expected.setdefault(government, []).append(corpus.organs.by_id[key].name)
    sql = f"""SELECT a.above || '/' || r.year AS together, r.source, o.organ_id, o.name, r.figures, a.above,
        {corpus.report_columns}
        {_JOINED} JOIN organs_above a ON o.organ_id = a.organ_id
        WHERE r.year IS NOT NULL AND a.above IN (SELECT above FROM organs_above WHERE above <> organ_id)
        ORDER BY together, o.organ_id, r.scope, r.source"""  # noqa: S608 -- names of ours
    rows = corpus.reports(sql, ("together", "source", "organ_id", "name", "figures", "above"))
    for _, each in groupby(rows, key=lambda row: row[0][0]):
        group = list(each)
        above: str = group[0][0][-1]
        single, _ = _single(_filed([(head[:-1], report) for head, report in group]))
        wholes = [one for one in single if one.body == above and one.report.scope is not ReportScope.OWN_ORGAN]
        parts = [one for one in single if one.report.scope is not ReportScope.AGGREGATE and one not in wholes]
        if len(wholes) == 1 and parts:
            whole = wholes[0]
            found = check_parts(
                whole.report, [one.report for one in parts], expected=expected.get(above) if complete else None, profile=profile
            )
            for finding in listed(found):
                yield Across("parts", whole.report.organ, whole.report.year, (whole.source, *(one.source for one in parts)), finding)
