"""Tables as documents damage them, and where their figures are put: what `grids.json` records.

Each base is a table that some kind of document has: rows with or without ends, padded or not, with columns that the source knows, with
empty cells that leave no trace. Each is damaged in every single place, and in two places by lot.
"""

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import evolve, field, frozen

from govinfo.form import Form
from govinfo.forms import CN_2019, CN_2021
from govinfo.readers.grid import GridCell
from govinfo.readers.groups import Stretch
from govinfo.readers.match import place, place_best
from govinfo.readers.placed import Placed
from govinfo.reading import Origin
from tests.toy import TOY

Row = tuple[str, ...]
FORMS = (TOY, CN_2019, CN_2021)


def _divided(rows: Iterable[str | Row]) -> tuple[Row, ...]:
    """The cells of each row, which may be written as one text with bars between them."""
    return tuple(tuple(row.split("|")) if isinstance(row, str) else row for row in rows)


@frozen
class Drawing:
    """A table as a source has it: `spans` says that the source knows the columns of its cells, all else is as in `Stretch`."""

    form: Form
    key: str
    rows: tuple[Row, ...] = field(converter=_divided)
    ended: bool = True
    last: bool = False
    traced: bool = True
    spans: bool = False
    cut: bool = False  # the last cell has no end

    def stretch(self) -> Stretch:
        """The cells as the readers hand them over."""
        final = len(self.rows) - 1
        rows = [
            tuple(
                GridCell(
                    text,
                    Origin(text, row=number + 1, column=place + 1),
                    closed=not (self.cut and number == final and place == len(row) - 1),
                    start=place if self.spans else 0,
                    end=place + 1 if self.spans else 0,
                )
                for place, text in enumerate(row)
            )
            for number, row in enumerate(self.rows)
        ]
        return Stretch(tuple(rows) if self.ended else (tuple(cell for row in rows for cell in row),), self.ended, self.last, self.traced)


_TOY = ("一、读者|读者情况||", "|儿童|其他|总计", "（一）借出|1|2|3", "（二）其他|14|5|19", "（三）总计|15|7|22")
_BELOW = ("二、去向||读者情况||", "||儿童|其他|总计", "二、去向|（一）借出|1|2|3", "|（二）其他|14|5|19", "|（三）总计|15|7|22")
_PADDED = ("读者情况||||", "儿童|其他|总计||", "二、去向|（一）借出|1|2|3", "（二）其他|14|5|19|", "（三）总计|15|7|22|")
_RUN = ("读者情况|儿童|其他|总计", "（一）借出|1|2|3", "（二）其他|14|5|19", "（三）总计|15|7|22")
_RULES = ("第二十条第（一）项|||", "信息内容|本年制发件数|本年废止件数|现行有效件数", "规章|1|2|3", "行政规范性文件|4|5|6")
_DECISIONS = (
    "第二十条第（五）项",
    "信息内容|本年处理决定数量",
    "行政许可|7",
    "第二十条第（六）项",
    "信息内容|本年处理决定数量",
    "行政处罚|8",
    "行政强制|9",
)
_YEARS = ("信息内容|上一年项目数量|本年增/减|处理决定数量", "行政许可|1|2|3", "其他对外管理服务事项|4|5|6")
_PUNISHED = ("行政处罚|7|8|9", "行政强制|10|11|12")
_EXCHANGED = ("信息内容|本年增/减|上一年项目数量|处理决定数量",)
_RESULTS = "结果维持|结果纠正|其他结果|尚未审结|总计"
_DISPUTES = (
    "行政复议|||||行政诉讼||||||||||",
    f"{_RESULTS}|未经复议直接起诉|||||复议后起诉||||",
    f"|||||{_RESULTS}|{_RESULTS}",
    "1|2|3|4|10|5|6|7|8|26|9|11|12|13|45",
)

BASES: dict[str, Drawing] = {
    "rows of cells": Drawing(TOY, "requests", _TOY),
    "rows of cells, the source ends": Drawing(TOY, "requests", _TOY, last=True),
    "rows under a corner": Drawing(TOY, "requests", _BELOW),
    "rows under a corner, the source ends": Drawing(TOY, "requests", _BELOW, last=True),
    "rows filled up": Drawing(TOY, "requests", _PADDED),
    "rows with columns": Drawing(TOY, "requests", _BELOW, spans=True),
    "rows without a trace": Drawing(TOY, "requests", _TOY, traced=False),
    "a run": Drawing(TOY, "requests", _RUN, ended=False),
    "a run, the source ends": Drawing(TOY, "requests", _RUN, ended=False, last=True),
    "a run without a trace": Drawing(TOY, "requests", _RUN, ended=False, traced=False),
    "a run without a trace, the source ends": Drawing(TOY, "requests", _RUN, ended=False, traced=False, last=True),
    "bands": Drawing(CN_2021, "proactive", _RULES + _DECISIONS),
    "bands in a run": Drawing(CN_2021, "proactive", _RULES + _DECISIONS, ended=False),
    "bands with heads of one": Drawing(CN_2019, "proactive", _YEARS + _PUNISHED),
    "bands with exchanged heads of one": Drawing(CN_2019, "proactive", _EXCHANGED + _YEARS[1:] + _PUNISHED),
    "one row": Drawing(CN_2021, "disputes", _DISPUTES),
}

_WIDER = ("信息内容|本年制发件数|本年废止件数|现行有效件数|备注",)
_PAD = _PADDED[:2]


def _run(*rows: str, last: bool = False) -> Drawing:
    return Drawing(TOY, "requests", (_RUN[0], *rows), ended=False, traced=False, last=last)


def _toy(*rows: str, last: bool = False) -> Drawing:
    return Drawing(TOY, "requests", rows, last=last)


ODD: dict[str, Drawing] = {
    "a page number after an empty cell": _run("（一）借出|1|2|3", "（二）其他|14|14|8", "（三）总计|15|2|17"),
    "a page number before an empty cell": _run("（一）借出|8|2|2", "（二）其他|14|5|19", "（三）总计|14|7|21", last=True),
    "a page number among empty cells": _run("（一）借出|1|3", "（二）其他|14|14|8", "（三）总计|15|2|17"),
    "a wrong sum": _run("（一）借出|1|2|3", "（二）其他|14|5|20", "（三）总计|15|7|22", last=True),
    "a wrong sum beside a row that is short": _run("（一）借出|1|3", "（二）其他|14|5|20", "（三）总计|15|7|22", last=True),
    "a slash where rows leave no trace": _run("（一）借出|/|2|2", "（二）其他|14|5|19", "（三）总计|14|7|21", last=True),
    "words where rows leave no trace": _run("（一）借出|1|2|3", "（二）其他|14件|5|19", "（三）总计|15|7|22"),
    "the first of three rows alone": _run("（一）借出|1|2|3", last=True),
    "no row but the last": _run("（三）总计|15|7|22"),
    "a column of its own": Drawing(CN_2021, "proactive", (*_WIDER, "规章|1|2|3|", "行政规范性文件|4|5|6|无")),
    "a figure in a column of its own beside a blank": Drawing(CN_2021, "proactive", (*_WIDER, "规章|1||3|4", "行政规范性文件|4|5|6|7")),
    "the same where columns are known": Drawing(CN_2021, "proactive", (*_WIDER, "规章|1||3|4", "行政规范性文件|4|5|6|7"), spans=True),
    "money in another unit": Drawing(CN_2021, "proactive", ("信息内容|本年收费金额（单位：元）", "行政事业性收费|51250")),
    "filled up, a figure lost": _toy(*_PAD, "（一）借出|1|2||", "（二）其他|14|5|19|", "（三）总计|15|7|22|"),
    "filled up, a figure doubled": _toy(*_PAD, "（一）借出|1|1|2|3", "（二）其他|14|5|19|", "（三）总计|15|7|22|"),
    "filled up, nothing in a row": _toy(*_PAD, "（一）借出||||", "（二）其他|14|5|19|", "（三）总计|15|7|22|"),
    "filled up, blanks first": _toy(*_PAD, "（一）借出||1|2|3", "（二）其他|14|5|19|", "（三）总计|15|7|22|"),
    "filled up, blanks around": _toy(*_PAD, "（一）借出|1||2|3", "（二）其他|14|5|19|", "（三）总计|15|7||"),
    "filled up, a head lost": _toy("读者情况||||", "儿童|总计|||", "（一）借出|1|2||", "（二）其他|14|5|19|", "（三）总计|15|7|22|"),
    "filled up, narrower heads": _toy("读者情况|||", "儿童|其他|总计|", "（一）借出|1|2|3|", "（二）其他|14|5|19|", "（三）总计|15|7||"),
    "filled up, heads of two widths": _toy(
        "读者情况||||", "儿童|其他|总计|", "（一）借出|1|2|3|", "（二）其他|14|5|19|", "（三）总计|15|7||"
    ),
    "filled up, as wide as the labels and figures": _toy(*_PAD, "二、去向|（一）借出|1|2|", "（二）其他|14|5||", "（三）总计|15|7|22|"),
    "filled up, no two rows of one width": _toy(
        "读者情况|||", "儿童|其他|总计||", "（一）借出|1|2|3|||", "（二）其他|14|5|19||||", "（三）总计|15|7|22"
    ),
    "filled up, one row": _toy("儿童|其他|总计|", "（一）借出|1|2|3"),
    "filled up, one row with a blank behind": _toy("儿童|其他|总计||", "（一）借出|1|2|3|||"),
    "filled up, one row with a blank before": _toy("儿童|其他|总计||", "（一）借出||||1|2|3"),
    "under a corner, blanks": _toy(*_BELOW[:2], "二、去向|（一）借出|1|2|", "|（二）其他||5|19", "（三）总计|15|7|22|"),
    "under a corner, votes for both layouts": _toy(*_BELOW[:2], "二、去向|（一）借出|1|2|3", "（二）其他|14|5|19|", "（三）总计||15|7|22"),
    "under a corner, bare rows": _toy(*_BELOW[:2], "（一）借出|1|2|3", "（二）其他|14|5|19", "（三）总计|15|7|22"),
    "under a corner, an empty cell before the label": _toy(*_BELOW[:2], "|（一）借出|1|2|3", "|（二）其他|14|5|19", "|（三）总计|15||"),
    "under a corner, only the heads tell": _toy("某某||读者情况||", _BELOW[1], "（一）借出||1|2|", "（二）其他||14|5|"),
    "under a corner, the heads tell between rows": _toy(
        "某某||读者情况||", _BELOW[1], "（一）借出||1|2|3", "（二）其他|14|5|19|", "（三）总计||15|7|"
    ),
    "under a corner, neither rows nor heads tell": _toy(
        "读者情况||||", _BELOW[1], "（一）借出||1|2|3", "（二）其他|14|5|19|", "（三）总计||15|7|"
    ),
    "under a corner, rows of another width": _toy(*_RUN[:2], "|（二）其他|14||19", _RUN[3]),
    "filled up, only the heads tell": _toy(*_PAD, "（一）借出||1|2|", "（二）其他||14|5|"),
    "columns known, wider heads": evolve(_toy("读者情况|儿童|其他|总计|", *_RUN[1:]), spans=True),
    "columns known, wider heads, the source ends": evolve(_toy("读者情况|儿童|其他|总计|", *_RUN[1:], last=True), spans=True),
    "bands without a trace": evolve(BASES["bands in a run"], traced=False),
    "a slash and an empty cell where no sums are": Drawing(
        CN_2021, "proactive", (_RULES[1], "规章|/|2|3", "行政规范性文件|4|5"), ended=False, traced=False
    ),
    "a wrong sum before a lost row": _run("（一）借出|1|2|4", "（三）总计|15|7"),
    "no heads, figures at the right": _toy("（一）借出||1|2|3", "（二）其他||14|5|19", "（三）总计|15|7|"),
    "no heads, empty cells before the labels": _toy("|（一）借出|1||3", "|（二）其他|14||19"),
    "no heads": _toy("（一）借出|1|2|3", "（二）其他|14|5|19", "（三）总计|15|7|22"),
    "heads of another form": Drawing(
        CN_2021, "proactive", ("信息内容|本年新制作数量|本年新公开数量|对外公开总数量", "规章|1|2|3", "行政规范性文件|4|5|6")
    ),
    "the source ends in a row": _toy(*_TOY[:3], "（二）其他|14", last=True),
    "the source ends behind a label": _toy(*_TOY[:3], "（二）其他", last=True),
    "the source ends in a row with a blank": _toy(*_TOY[:3], "（二）其他||5", last=True),
    "the source ends in a row behind an empty cell": _toy(*_BELOW[:3], "|（二）其他|14|5", last=True),
    "the source ends in a row in another place": _toy(*_BELOW[:3], "（二）其他|14|5", last=True),
    "the source ends in a row under lost heads": _toy("读者情况|||", "|儿童|总计", "（一）借出|1|2|3", "（二）其他|14|5", last=True),
    "the source ends in a row with a damaged label": _toy(*_TOY[:3], "（二）其某|14|5", last=True),
    "figures only": _toy("1|2|3", "14|5|19"),
    "nothing": _toy("|||"),
}
TWO: dict[str, tuple[Drawing, Drawing]] = {
    "the same": (_toy(*_TOY), _toy(*_TOY)),
    "a row with another figure": (_toy(*_TOY), _toy(*_TOY[:4], "（三）总计|15|7|23")),
    "two rows with other figures": (_toy(*_TOY), _toy(*_TOY[:3], "（二）其他|14|6|19", "（三）总计|15|7|23")),
    "three rows with other figures": (_toy(*_TOY), _toy(*_TOY[:2], "（一）借出|1|2|4", "（二）其他|14|6|19", "（三）总计|15|7|23")),
    "three of more rows": (
        BASES["bands"],
        Drawing(CN_2021, "proactive", (*_RULES[:2], "规章|1|2|4", "行政规范性文件|4|5|7", *_DECISIONS[:2], "行政许可|8")),
    ),
    "a trace only in the first": (_toy(*_TOY[:3]), Drawing(TOY, "requests", ("（二）其他|14|5|19",), ended=False, traced=False)),
    "a row whose figures cannot be read": (_toy(*_TOY), _toy(*_TOY[:4], "（三）总计|15|7")),
    "a row that breaks off": (_toy(*_TOY), evolve(_toy(*_TOY, last=True), cut=True)),
}


# --- damage ----------------------------------------------------------------------------------------------------------

Damage = tuple[str, int, int]


def _drop(row: list[str], place_: int) -> None:
    del row[place_]


def _double(row: list[str], place_: int) -> None:
    row.insert(place_, row[place_])


def _swap(row: list[str], place_: int) -> None:
    row[place_ - 1], row[place_] = row[place_], row[place_ - 1]


def _blank(row: list[str], place_: int) -> None:
    row[place_] = ""


def _strange(row: list[str], place_: int) -> None:
    row[place_] = f"{row[place_]}7" if row[place_].isdecimal() else row[place_][:-1] + "某"


OF_CELLS: Mapping[str, Callable[[list[str], int], None]] = {
    "blank": _blank,
    "drop": _drop,
    "double": _double,
    "swap": _swap,
    "strange": _strange,
}


def _lose(rows: list[list[str]], number: int) -> None:
    del rows[number]


def _repeat(rows: list[list[str]], number: int) -> None:
    rows.insert(number, list(rows[number]))


def _contradict(rows: list[list[str]], number: int) -> None:
    rows.append([*rows[number][:-1], "77"])


def _own_row(rows: list[list[str]], number: int) -> None:
    rows.insert(number, ["送人的", *["88"] * (len(rows[number]) - 1)])


def _own_words(rows: list[list[str]], number: int) -> None:
    rows.insert(number, ["另有说明", *[""] * (len(rows[number]) - 1)])


def _column(rows: list[list[str]], number: int) -> None:
    for row in rows[number:]:
        row.append("99" if row[-1].isdecimal() else "备注")


def _pad(rows: list[list[str]], number: int) -> None:
    for row in rows[number:]:
        row.append("")


def _cut(rows: list[list[str]], number: int) -> None:
    del rows[number + 1 :]
    del rows[number][max(1, len(rows[number]) - 1) :]


OF_ROWS: Mapping[str, Callable[[list[list[str]], int], None]] = {
    "lose row": _lose,
    "repeat row": _repeat,
    "repeat row with another figure": _contradict,
    "own row": _own_row,
    "own words": _own_words,
    "column": _column,  # from this row on
    "pad": _pad,
    "cut": _cut,
}


def damages(drawing: Drawing) -> Iterator[Damage]:
    """Every way to damage a row, and its first cells and its last one."""
    for row, cells in enumerate(drawing.rows):
        yield from ((kind, row, 0) for kind in OF_ROWS)
        for place_ in sorted({0, min(1, len(cells) - 1), len(cells) - 1}):
            yield from ((kind, row, place_) for kind in OF_CELLS if cells[place_] or kind in {"drop", "double"})


def damaged(drawing: Drawing, damage: Damage) -> Drawing:
    """The table with one place damaged; as it is where there is no such place."""
    kind, number, place_ = damage
    rows = [list(row) for row in drawing.rows]
    if number >= len(rows) or place_ >= max(1, len(rows[number])):
        return drawing
    if kind in OF_CELLS:
        OF_CELLS[kind](rows[number], place_)
    else:
        OF_ROWS[kind](rows, number)
    return evolve(drawing, rows=tuple(tuple(row) for row in rows if row), cut=drawing.cut or kind == "cut")


# --- what is recorded --------------------------------------------------------------------------------------------------

Said = dict[str, str]


def told(placed: Placed, reasons: dict[str, str]) -> Said:
    """What is said of each row, of each text that is left, and of the whole.

    A row is its figures in the order of the form, `-` where nothing is printed and `?` where no cell stands for it, with the unit of
    money; or `unread` with the text that was printed, the reason, and where. Each reason gets a name of its own in `reasons`.
    """
    said: Said = {
        "all": f"rows {placed.rows}, heads {placed.heads}, twice {placed.twice}, used {len(placed.used)}, told {len(placed.told)}"
    }
    for band in placed.matrix.bands:
        for own in band.rows:
            row = str(own.key)
            addresses = [f"{placed.matrix.key}.{row}.{column.key}" for column in band.columns]
            if any(address in placed.cells for address in addresses):
                said[row] = " ".join(_figure(placed, address) for address in addresses)
            elif raws := dict.fromkeys(placed.unreadable[address] for address in addresses if address in placed.unreadable):
                assert len(raws) == 1
                said[row] = f"unread {next(iter(raws))}"
    for line, why in placed.left:
        reason, where = reasons.setdefault(why, f"reason {len(reasons) + 1}"), f"{line.origin.row}.{line.origin.column}"
        if unread := next((name for name, what in said.items() if what == f"unread {line.text}"), None):
            said[unread] += f", {reason}, {where}"
        else:
            said[f"left at {where}"] = f"{line.text}, {reason}"
    said.update({f"damaged {cell.text}": label for cell, label in placed.damaged})
    return said


def _figure(placed: Placed, address: str) -> str:
    if address not in placed.cells:
        return "?"
    cell, unit = placed.cells[address]
    return f"{cell.text or '-'}{f'({unit})' if unit else ''}"


def _outcome(drawing: Drawing, reasons: dict[str, str]) -> Said:
    stretch = drawing.stretch()
    found = place(drawing.form.matrix(drawing.key), [stretch], FORMS)
    best = place_best(drawing.key, [stretch], FORMS)
    assert not found.cells.keys() & found.unreadable.keys()
    assert all(placed.matrix is form.matrix(drawing.key) for form, placed in best)
    assert all(placed.score == best[0][1].score >= found.score for _, placed in best)
    return told(found, reasons) | {"best": " ".join(form.id for form, _ in best)}


def _damaged(base: Drawing, lot: random.Random, reasons: dict[str, str]) -> Iterator[tuple[str, Said]]:
    single = list(damages(base))
    for several in (*((one,) for one in single), *(tuple(lot.sample(single, 2)) for _ in range(25))):
        drawing = base
        for each in several:
            drawing = damaged(drawing, each)
        yield " + ".join(f"{kind} {row + 1}.{place_ + 1}" for kind, row, place_ in several), _outcome(drawing, reasons)


def recorded() -> str:
    """JSON: base -> what is said of the table as it is, then what is said otherwise where it is damaged; null is no longer said.

    Damages of which the same is said are one entry.
    """
    lot = random.Random(7)
    cases: list[str] = []
    reasons: dict[str, str] = {}
    for name, base in BASES.items():
        whole = _outcome(base, reasons)
        alike: dict[str, list[str]] = {}
        for damage, said in _damaged(base, lot, reasons):
            changed = {key: said.get(key) for key in {**whole, **said} if said.get(key) != whole.get(key)}
            alike.setdefault(json.dumps(changed, ensure_ascii=False), []).append(damage)
        entries = {"as it is": json.dumps(whole, ensure_ascii=False)} | {", ".join(names): changed for changed, names in alike.items()}
        cases.append(f"{json.dumps(name)}: {{\n" + ",\n".join(f"  {json.dumps(names)}: {said}" for names, said in entries.items()) + "\n}")
    odd = {name: _outcome(drawing, reasons) for name, drawing in ODD.items()}
    for name, (first, second) in TWO.items():
        both = place(first.form.matrix(first.key), [first.stretch(), second.stretch()], FORMS)
        odd[f"two, {name}"] = told(both, reasons)
    cases.append(
        '"odd": {\n' + ",\n".join(f"  {json.dumps(name)}: {json.dumps(said, ensure_ascii=False)}" for name, said in odd.items()) + "\n}"
    )
    named = json.dumps({name: why for why, name in reasons.items()}, ensure_ascii=False, indent=2)
    return "{\n" + ",\n".join([f'"reasons": {named}', *cases]) + "\n}\n"
