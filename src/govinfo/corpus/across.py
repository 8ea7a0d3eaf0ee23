"""What only many reports together show: over the years of each body, over governments and their bodies, and copies of one report."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, Literal

from attrs import evolve, frozen

from govinfo.columns import iterate
from govinfo.columns.arrow import np, pa, pc
from govinfo.corpus.batches import listed
from govinfo.corpus.database import Corpus
from govinfo.corpus.pool import mapped
from govinfo.findings import Finding, Severity, Verdict, Words
from govinfo.keys import ReportScope
from govinfo.report import Report
from govinfo.rules import DEFAULT, Profile, check_parts, check_years

Kind = Literal["years", "parts", "copy", "conflict"]


@frozen
class Across:
    """One thing found over several reports of a data set.

    `kind`: `years` and `parts` are findings of the rules over years and over wholes; a `copy` is one report in several documents, and
    nothing wrong; a `conflict` is several different reports of one body, year and scope: they are not compared. `sources` are the
    documents: of years the earlier first, of parts the whole first. `finding` is there for years and parts, without its `about`: what
    is found over millions of reports does not hold on to them.
    """

    kind: Kind
    organ: str | None
    year: int | None
    sources: tuple[str, ...]
    message: Words
    finding: Finding | None = None

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
_HEAD = ("source", "organ_id", "name", "figures")


def across(corpus: Corpus, *, complete: bool = False, profile: Profile = DEFAULT, processes: int = 1) -> Iterator[Across]:
    """Everything that is found over several reports: copies, conflicts, years, parts.

    `complete` declares that the table of organs lists every body below each government; only then are sums compared with it.
    A few thousand reports are held at a time for each of the `processes`, and the years of one body, or the bodies of one government.
    With more than one a program needs `if __name__ == "__main__":`, as for `build`. What is found does not depend on how many.
    """
    yield from copies(corpus)
    yield from _years(corpus, profile, processes)
    if corpus.organs.by_id:
        yield from _parts(corpus, profile, processes, complete=complete)


def copies(corpus: Corpus) -> Iterator[Across]:
    """Documents that are copies: of the same bytes, or with the same figures of one body and year (of any size but none)."""
    same = """SELECT any_value(organ) AS organ, any_value(year) AS year, list(source ORDER BY source) AS sources FROM reports
        GROUP BY sha256 HAVING count(*) > 1 ORDER BY sources"""
    for row in corpus.query(same).to_pylist():
        yield Across("copy", row["organ"], row["year"], tuple(row["sources"]), _SAME_CONTENT)
    alike = """SELECT any_value(o.name) AS organ, year, list(source ORDER BY source) AS sources FROM reports r JOIN organs o USING (organ)
        WHERE figures IS NOT NULL AND year IS NOT NULL GROUP BY o.organ_id, year, scope, figures
        HAVING count(DISTINCT sha256) > 1 ORDER BY sources"""
    for row in corpus.query(alike).to_pylist():
        yield Across("copy", row["organ"], row["year"], tuple(row["sources"]), _SAME_FIGURES)


@frozen
class _Filed:
    """A report with its source, and the body that filed it."""

    source: str
    body: str
    figures: str | None
    report: Report


Groups = Iterator[tuple[str, list[_Filed]]]


def _groups(block: Any) -> Groups:
    """The reports of a block that belong together, by what they have in common.

    The name of the body stands in place of what each report prints: they are known to be one.
    """
    heads = zip(*(block.column(name).to_pylist() for name in ("together", *_HEAD)), strict=True)
    for together, rows in groupby(zip(heads, iterate(block), strict=True), key=lambda row: row[0][0]):
        yield together, [_Filed(source, body, figures, evolve(report, organ=name)) for (_, source, body, name, figures), report in rows]


def blocks(batches: Iterable[Any]) -> Iterator[Any]:
    """Rows as tables that have all rows with the same `together`, which are neighbours."""
    held: list[Any] = []
    for batch in (each for each in batches if each.num_rows):
        keys = batch.column("together")
        begins = np.flatnonzero(pc.not_equal(keys.slice(1), keys.slice(0, len(keys) - 1)).to_numpy(zero_copy_only=False)) + 1
        cut = int(begins[-1]) if len(begins) else 0  # before it all are whole
        if cut or (held and held[-1].column("together")[-1] != keys[0]):
            yield pa.Table.from_batches([*held, batch.slice(0, cut)] if cut else held)
            held = []
        held.append(batch.slice(cut))
    if held:
        yield pa.Table.from_batches(held)


def _single(filed: Sequence[_Filed]) -> tuple[list[_Filed], list[list[_Filed]]]:
    """One report for each body, year and scope; those of which there are several that differ.

    One without a table (a page that only names the report) is neither, where there is another.
    """
    single: list[_Filed] = []
    several: list[list[_Filed]] = []
    for _, group in groupby(filed, key=lambda each: (each.body, each.report.year, each.report.scope)):
        same = list(group)
        same = [each for each in same if each.figures is not None] or same
        if len({each.figures for each in same}) == 1:
            single.append(same[0])
        else:
            several.append(same)
    return single, several


def _told(kind: Kind, report: Report, year: int | None, sources: tuple[str, ...], finding: Finding) -> Across:
    message = Words(finding.message("zh"), finding.message("en"))
    return Across(kind, report.organ, year, sources, message, evolve(finding, about=()))


# --- years -------------------------------------------------------------------------------------------------------------


def _years(corpus: Corpus, profile: Profile, processes: int) -> Iterator[Across]:
    sql = f"""SELECT o.organ_id || '/' || coalesce(r.scope, '') AS together, r.source, o.organ_id, o.name, r.figures,
        {corpus.report_columns}
        {_JOINED} WHERE r.year IS NOT NULL ORDER BY together, r.year, r.source"""
    for found in mapped(partial(_over_years, profile), blocks(corpus.batches(sql)), processes):
        yield from found


def _over_years(profile: Profile, block: Any) -> list[Across]:
    found: list[Across] = []
    for _, filed in _groups(block):
        single, several = _single(filed)
        for same in several:
            first = same[0].report
            found.append(Across("conflict", first.organ, first.year, tuple(each.source for each in same), _CONFLICT))
        if len(single) > 1:
            source_of = {id(each.report): each.source for each in single}
            for finding in listed(check_years([each.report for each in single], profile=profile)):
                sources = tuple(source_of[id(about.report)] for about in finding.about)
                found.append(_told("years", single[0].report, finding.about[-1].year, sources, finding))
    return found


# --- governments and their bodies ----------------------------------------------------------------------------------------


def _parts(corpus: Corpus, profile: Profile, processes: int, *, complete: bool) -> Iterator[Across]:
    leaves = set(corpus.organs.by_id) - {organ.parent for organ in corpus.organs.by_id.values()}
    expected: dict[str, list[str]] = {}
    for key in sorted(leaves) if complete else ():
        for government in corpus.organs.above(key):
            expected.setdefault(government, []).append(corpus.organs.by_id[key].name)
    sql = f"""SELECT a.above || '/' || r.year AS together, r.source, o.organ_id, o.name, r.figures, a.above,
        {corpus.report_columns}
        {_JOINED} JOIN organs_above a ON o.organ_id = a.organ_id
        WHERE r.year IS NOT NULL AND r.figures IS NOT NULL AND a.above IN (SELECT above FROM organs_above WHERE above <> organ_id)
        ORDER BY together, o.organ_id, r.scope, r.source"""  # noqa: S608 -- names of ours
    given = ((block, _of(block, expected) if complete else None) for block in blocks(corpus.batches(sql)))
    for found in mapped(partial(_over_parts, profile), given, processes):
        yield from found


def _of(block: Any, expected: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {above: expected.get(above, []) for above in pc.unique(block.column("above")).to_pylist()}


def _over_parts(profile: Profile, given: tuple[Any, Mapping[str, list[str]] | None]) -> list[Across]:
    block, expected = given
    found: list[Across] = []
    for together, filed in _groups(block):
        above = together.rpartition("/")[0]
        single, _ = _single(filed)
        wholes = [one for one in single if one.body == above and one.report.scope is not ReportScope.OWN_ORGAN]
        parts: dict[str, _Filed] = {}
        for one in single:
            if one.report.scope is not ReportScope.AGGREGATE and all(one is not whole for whole in wholes):
                parts.setdefault(one.body, one)  # of two reports of a body, that which says that it counts its own work comes first
        if len(wholes) == 1 and parts:
            whole = wholes[0]
            sources = (whole.source, *(one.source for one in parts.values()))
            names = None if expected is None else expected[above]
            checked = check_parts(whole.report, [one.report for one in parts.values()], expected=names, profile=profile)
            found += [_told("parts", whole.report, whole.report.year, sources, finding) for finding in listed(checked)]
    return found
