"""The reports whose findings and diagnoses are recorded, and how: `RECORDED` has a function for each file."""

import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from attrs import evolve

import govinfo
from govinfo.findings import Findings, Verdict
from govinfo.form import Form, Identity, Kind, Line, Matrix
from govinfo.forms import FORMS
from govinfo.keys import ReportScope
from govinfo.locator import locate
from govinfo.locator.generic import GenericSearch
from govinfo.locator.network import structure_of
from govinfo.locator.search import NetworkSearch
from govinfo.report import BLANK, MAX_COUNT, CellState, Mark, Report, Table, Value
from govinfo.rules import check, check_parts, check_years
from tests.broken import random_damage, random_table
from tests.golden.records import Entry, Records, of_diagnosis, of_findings, unique_names
from tests.rule_cases import CN_2019, CN_2021, Case
from tests.toy import BOOKS, books
from tests.unit import (
    test_locator,
    test_rules_bounds,
    test_rules_cells,
    test_rules_claims,
    test_rules_parts,
    test_rules_prose,
    test_rules_report,
    test_rules_years,
)

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
PUBLISHED = ("huaian-2024.pdf", "jingyan-office-2023.txt", "shanghai-general-office-2019.html")
TEXT = (
    "2023年，我局认真贯彻落实条例。\n（一）主动公开。主动公开信息1200余条，制发行政规范性文件3件。\n"
    "（二）依申请公开。收到政府信息公开申请12件，同比增长20%；答复11件，其中予以公开5件，占45.5%；不予公开2件。\n（四）监督保障。未发生行政复议。"
)
FEE = "本年度收取信息处理费3件400元，其中县公安局1件100元、县财政局2件300元。统计期限自2023年1月1日起至12月31日止。"


def _of_cases(cases: list[Case]) -> Records:
    """Of each case all that its rule says, not only what the case asks for."""
    named = unique_names((case.id, case.found, case.code) for case in cases)
    return {name: of_findings(found().of(code)) for name, found, code in named}


# --- whole reports ---------------------------------------------------------------------------------------------------


def _shown(matrix: Matrix, figure: Callable[[int], int | Mark]) -> Table:
    """The table whose cells show what the function gives for their number."""
    shown: dict[str, Value | Mark] = {}
    for cell in matrix.cells:
        value = figure(cell.index)
        shown[cell.address] = Decimal(value) if cell.kind is Kind.MONEY and isinstance(value, int) else value
    return Table.of(matrix, shown)


def _filled(form: Form, figure: Callable[[int], int | Mark]) -> Report:
    """A report on that form whose cells show what the function gives for their number in the table."""
    tables: dict[str, Any] = {str(matrix.key): _shown(matrix, figure) for matrix in form.matrices}
    return Report(year=form.first_year, organ="井研县人民政府", **tables)


def _drawn(form: Form, seed: int, **said: Any) -> Report:
    """A report on that form with some wrong and some empty cells, and prose that fits it here and there."""
    dice = random.Random(seed)
    choices: list[int | Mark] = [0, 0, 1, 2, 7, 12, 60, BLANK]
    known: dict[str, Any] = {"year": form.first_year, "overview": TEXT, "problems": "存在问题，下一步改进。", "other_matters": FEE} | said
    return Report(
        proactive=_shown(form.proactive, lambda _: dice.choice(choices)),
        requests=random_damage(random_table(form.requests, dice), dice),
        disputes=random_damage(random_table(form.disputes, dice), dice),
        **known,
    )


def _checks() -> Iterator[tuple[str, Callable[[], Findings]]]:
    unreadable = Mark(CellState.UNREADABLE, "约十件")
    kinds: dict[str, Callable[[int], int | Mark]] = {
        "zeros": lambda _: 0,
        "all different": lambda n: n * n + 1,
        "blank": lambda _: BLANK,
        "unreadable": lambda _: unreadable,
        "every second cell blank": lambda n: BLANK if n % 2 else 4,
    }
    for form in FORMS:
        for kind, figure in kinds.items():
            yield f"{form.id} {kind}", partial(check, _filled(form, figure))
        for seed, organ in enumerate(("某某县财政局", "某某县人民政府", None)):
            yield f"{form.id} drawn {seed}", partial(check, _drawn(form, seed, organ=organ))
    for one, other in ((CN_2019, CN_2019), (CN_2019, CN_2021), (CN_2021, CN_2021)):
        first = 2021 if one is CN_2021 else 2019 if other is CN_2019 else 2020
        run = (_drawn(one, 7, organ="某某县财政局", year=first), _drawn(other, 8, organ="某某县财政局", year=first + 1))
        yield f"{one.id} to {other.id} drawn", partial(check_years, run)
    parts = [
        evolve(_drawn(CN_2021, seed, organ=organ, scope=ReportScope.OWN_ORGAN), requests=None)
        for seed, organ in ((1, "某某县审计局"), (2, "某某县财政局"))
    ]
    whole = evolve(_drawn(CN_2021, 3, organ="某某县人民政府", scope=ReportScope.AGGREGATE), requests=None)
    yield "a whole and parts drawn", partial(check_parts, whole, parts, complete=True)
    yield "an empty report", partial(check, Report())


def _whole_reports() -> Records:
    return {name: of_findings(found(), told=(Verdict.BROKEN, Verdict.UNKNOWN)) for name, found in _checks()}


def _samples() -> Records:
    """What is said of published reports; their words are not ours to keep, so only what was decided of which cells."""
    read = {name: govinfo.read(SAMPLES / name) for name in PUBLISHED}
    found = {name: of_findings(check(one), quotes=False) for name, one in read.items()}
    return found | {f"{name} located": of_diagnosis(one.report, locate(one.report)) for name, one in read.items()}


# --- the locator -----------------------------------------------------------------------------------------------------


def _broken() -> Iterator[tuple[str, Report]]:
    for form in FORMS:
        for section in ("requests", "disputes"):
            for seed in range(24):
                dice = random.Random(seed)
                table = random_damage(random_table(form.matrix(section), dice), dice)
                yield f"{form.id} {section} {seed}", Report(requests=table) if section == "requests" else Report(disputes=table)
    blanks: list[int | Mark] = [0, 1, 2, 3, 12, MAX_COUNT, BLANK]
    for seed in range(40):
        dice = random.Random(seed)
        figures = [dice.choice(blanks[: 4 + seed % 4]) for _ in BOOKS.addresses]
        yield f"toy {seed}", Report(requests=Table.of(BOOKS, dict(zip(BOOKS.addresses, figures, strict=True))))
    # Of many thousands drawn, tables where flows fail at a limit while two cells and more are still to be chosen.
    for seed in (21, 65, 205, 453, 617, 653, 833, 1061, 1137, 1597):
        dice = random.Random(seed)
        yield f"toy at its limits {seed}", Report(requests=books(*(dice.choice([0, 0, 1, MAX_COUNT]) for _ in BOOKS.addresses)))
    for seed in range(40):
        dice = random.Random(seed)
        few: list[int | Mark] = [0, 1, 2, 3, 5]
        few += [BLANK] if seed % 2 else []
        yield f"no network {seed}", test_locator.odd(*(dice.choice(few) for _ in test_locator.ODD.addresses))
    yield "exchanged", Report(requests=books(20, 40, 60, 7, 8, 15, 47, 28, 75))


def _diagnoses() -> Records:
    found = {name: of_diagnosis(one, locate(one, limit=6)) for name, one in _broken()}
    # What is given up says so, proposes nothing that is not enough, and deduces nothing.
    few = {f"{name}, of one cell": of_diagnosis(one, locate(one, limit=2, most=1)) for name, one in list(_broken())[::3]}
    none = {f"{name}, of none": of_diagnosis(one, locate(one, most=0)) for name, one in list(_broken())[1::12]}
    return found | few | none


def _structures() -> Records:
    """The networks that the balances of forms were found to be: cell -> (node that it brings a unit into, node that it takes it from)."""
    lines, number = test_locator.lines, Line("n", "数", "number")
    thrice = tuple(Identity(f"X{n}", ("a", "b"), ("c",)) for n in (1, 2, 3))
    apart = (Identity("X1", ("a", "b"), ("c",)), Identity("X2", ("d",), ("e", "f")), Identity("X3", ("c",), ("d", "g")))
    matrices = {f"{matrix.form.id} {matrix.key}": matrix for form in FORMS for matrix in form.matrices} | {
        "toy": BOOKS,
        "odd": test_locator.ODD,
        "thrice the same": test_locator.matrix_of(lines("abc"), thrice, number),
        "four times the same": test_locator.matrix_of(lines("abc"), (*thrice, Identity("X4", ("c",), ("b", "a"))), number),
        "in a row": test_locator.matrix_of(lines("abcdefg"), apart[:2], number),
        "joined later": test_locator.matrix_of(lines("abcdefg"), apart, number),
        "twice the even": test_locator.matrix_of(lines("abcd"), (thrice[0], Identity("X2", ("a",), ("b", "d"))), number),
        "signed": test_locator.matrix_of(lines("abc"), thrice[:1], evolve(number, signed=True)),
        "money": test_locator.matrix_of(lines("abc"), thrice[:1], evolve(number, kind=Kind.MONEY)),
    }
    return {name: list(_structure(matrix)) for name, matrix in matrices.items()}


def _structure(matrix: Matrix) -> Iterator[Entry]:
    structure = structure_of(matrix)
    names = [address.partition(".")[2] for address in matrix.addresses]
    yield {"all_network": structure.all_network, "part": list(structure.part), "degree": list(structure.degree)}
    for tied in structure.tied:
        codes = [f"{balance.code} {balance.line}" for balance in tied.balances]
        yield {"tied": codes, "cells": len(tied.cells), "network": tied.network, "counts": tied.counts}
    yield {"ends": {names[cell]: list(ends) for cell, ends in structure.ends.items()}}
    for node, around in enumerate(structure.neighbours):
        yield {"node": node, "towards": {str(other): [names[cell] for cell in cells] for other, cells in around.items()}}
    yield {"least": sorted({*structure.low})}


def _steps() -> Records:
    """What the searches spend on broken tables: steps are counted, not timed, so a search that works more shows itself here."""
    return {name: list(_spent(one)) for name, one in _broken()}


def _spent(one: Report) -> Iterator[Entry]:
    for table in one.tables:
        structure, figures = structure_of(table.matrix), [0 if value is None else int(value) for value in table.figures]
        missing = [cell for cell, value in enumerate(table.figures) if value is None]
        for place, tied in enumerate(structure.tied):
            blanks = [cell for cell in missing if cell in tied.cells]
            demand = {node: lacks for node, lacks in structure.demands(figures).items() if structure.part[node] == place}
            search: NetworkSearch | GenericSearch = GenericSearch(structure, tied, figures, blanks)
            if tied.network:
                search = NetworkSearch(structure, figures, demand, blanks)
            allowed = getattr(search, "_left")  # noqa: B009 -- what a search may spend and has left is nobody's business but this record's
            found = search.run(4)
            spent = allowed - getattr(search, "_left")  # noqa: B009 -- as above
            yield {"part": place, "sets": len(found.solutions), "complete": found.complete, "steps": spent}


RECORDED: dict[str, Callable[[], Records]] = {
    "cells": lambda: _of_cases(test_rules_cells.CASES),
    "report": lambda: _of_cases(test_rules_report.CASES),
    "prose": lambda: _of_cases(test_rules_prose.CASES),
    "years": lambda: _of_cases(test_rules_years.CASES),
    "parts": lambda: _of_cases(test_rules_parts.CASES),
    "bounds": lambda: _of_cases(test_rules_bounds.CASES),
    "claims": lambda: _of_cases(test_rules_claims.CASES),
    "whole_reports": _whole_reports,
    "locator": _diagnoses,
    "structures": _structures,
    "steps": _steps,
    "samples": _samples,
}
