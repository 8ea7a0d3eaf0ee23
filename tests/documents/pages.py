"""Reports as published pages lay them out in HTML, with what goes wrong there: for golden documents and for properties."""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape

from attrs import frozen

from govinfo.form import Form, Matrix
from govinfo.renderers.layout import layout_of


@frozen
class Tag:
    """One cell of an HTML table: its text, its spans, and the address where it holds a figure."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    address: str | None = None


Rows = Sequence[Sequence[Tag]]
Change = Callable[[list[list[Tag]]], Rows]


@frozen
class Look:
    """How a page is written: each attribute names one of the ways below."""

    spans: str = "right"
    labels: str = "plain"
    blanks: str = "nothing"
    around: str = "body"
    tables: str = "tables"
    encoding: str = "utf-8"
    declared: str = "utf-8"


SPANS = ("right", "px", "missing", "zero", "past the end", "too short", "huge", "padded")
LABELS = ("plain", "p", "word", "fonts", "br", "spaced")
BLANKS = ("nothing", "nbsp", "o:p", "span", "ideographic", "mixed")
AROUND = ("body", "layout", "deep", "site", "side by side")
TABLES = ("tables", "one table", "divs")
MADE = ("rows of divs", "rows of spans", "lists", "lists of spans")  # without a style that says so
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "big5hkscs")
DECLARED = ("", "utf-8", "gb2312", "big5")


def rows_of(matrix: Matrix, texts: Mapping[str, str]) -> list[list[Tag]]:
    """The rows of a table, with the spans that the form has."""
    return [
        [Tag(texts[box.address] if box.address else box.text, box.colspan, box.rowspan, box.address) for box in boxes]
        for boxes in layout_of(matrix).lines
    ]


def page(form: Form, texts: Mapping[str, str], look: Look, seed: int, change: Change | None = None) -> str:
    """A whole report of 2023, with a line of prose in each prose section; `change` may alter the rows of each table."""
    chance = random.Random(seed)
    pieces = [("title", "某县某局2023年政府信息公开工作年度报告")]
    matrices = {matrix.key: matrix for matrix in form.matrices}
    for section in form.sections:
        pieces.append(("heading", section.label))
        if (matrix := matrices.get(section.key)) is None:
            pieces.append(("prose", f"这是{section.label[2:]}一节的文字。"))
        else:
            rows = rows_of(matrix, texts)
            pieces.append(("table", "\n".join(_row(row, look, chance) for row in (change(rows) if change else rows))))
    return _around(_body(pieces, look), look)


def _body(pieces: Sequence[tuple[str, str]], look: Look) -> str:
    written: list[str] = []
    for kind, text in pieces:
        if look.tables == "one table":
            written.append(text if kind == "table" else f'<tr><td colspan="10"><p>{text}</p></td></tr>')
        elif kind == "table":
            written.append(f"<table border=1><tbody>{text}</tbody></table>" if look.tables == "tables" else _made(text, look.tables))
        else:
            written.append(f"<h1>{text}</h1>" if kind == "title" else f"<p>{text}</p>")
    inside = "\n".join(written)
    return f"<table>{inside}</table>" if look.tables == "one table" else inside


def _made(rows: str, tables: str) -> str:
    if tables not in MADE:
        return _divs(rows)
    around, row, cell = {
        "rows of divs": ("div", "div", "div"), "rows of spans": ("div", "div", "span"),
        "lists": ("div", "ul", "li"), "lists of spans": ("ul", "li", "span"),
    }[tables]  # fmt: skip
    rows = re.sub(r"<td[^>]*>", f'<{cell} class="cell">', rows).replace("</td>", f"</{cell}>")
    return f'<{around} class="sheet">{rows.replace("<tr>", f"<{row}>").replace("</tr>", f"</{row}>")}</{around}>'


def _divs(rows: str) -> str:
    for tag, shown in (("tr", "table-row"), ("td", "table-cell")):
        rows = rows.replace(f"<{tag}", f'<div style="display: {shown}"').replace(f"</{tag}>", "</div>")
    return f'<div style="display:table">{rows}</div>'


def _row(row: Sequence[Tag], look: Look, chance: random.Random) -> str:
    cells = [_cell(cell, look, chance) for cell in row]
    if look.spans == "padded" and look.tables not in MADE:
        filling = ((f'<td rowspan="{cell.rowspan}"></td>' for _ in range(cell.colspan - 1)) for cell in row)
        cells = [each for said, more in zip(cells, filling, strict=True) for each in (said, *more)]
    return f"<tr>{''.join(cells)}</tr>"


def _cell(cell: Tag, look: Look, chance: random.Random) -> str:
    said = "".join(
        f' {name}="{value}"' for name, count in (("colspan", cell.colspan), ("rowspan", cell.rowspan))
        if (value := _span(name, count, cell, look.spans, chance))
    )  # fmt: skip
    return f"<td{said}>{_text(cell, look, chance)}</td>"


def _span(name: str, count: int, cell: Tag, how: str, chance: random.Random) -> str:
    plain = str(count) if count > 1 else ""
    own = cell.address is not None
    ways = {
        "px": f"{plain}px" if plain else chance.choice(("", "1px", " 1", "+1")),
        "missing": "",
        "padded": plain if name == "rowspan" else "",
        "zero": plain or chance.choice(("", "0" if name == "colspan" else "", "x", "-3")),
        "past the end": str(count + chance.randrange(4)) if plain and not own else plain,
        "too short": str(max(1, count - chance.randrange(3))) if plain else "",
        "huge": chance.choice((plain, plain, "1000000000", "99999999999999999999")) if plain and not own else plain,
    }
    return ways.get(how, plain)


_EMPTY = {
    "nothing": "", "nbsp": "<p>&nbsp;</p>", "o:p": "<p><o:p> </o:p></p>", "span": "<span style='x'>\n</span>", "ideographic": "&#12288;",
}  # fmt: skip


def _text(cell: Tag, look: Look, chance: random.Random) -> str:
    if not cell.text:
        return chance.choice(sorted(_EMPTY.values())) if look.blanks == "mixed" else _EMPTY[look.blanks]
    text = escape(cell.text)
    if cell.address:
        return {"plain": text, "br": f"{text}<br>"}.get(look.labels, f'<p align="center"><span lang=EN-US>{text}</span></p>')
    return _label(cell.text, text, look, chance)


def _label(said: str, text: str, look: Look, chance: random.Random) -> str:
    place = chance.randrange(len(said))
    apart = re.sub(r"([（）()、．.“”]|[^（）()、．.“”]+)", r"<span style='font-family:仿宋'>\1</span>", text)
    ways = {
        "p": f"<p>\n   {text}\n</p>",
        "word": f"<p>{apart}<o:p></o:p></p>",
        "fonts": "".join(f"<font face=宋体>{character}</font>" for character in text),
        "br": f"{escape(said[:place])}<br/>{escape(said[place:])}",
        "spaced": "&nbsp;".join(map(escape, said)) if len(said) < 5 else f"<b> {text}</b>",
    }
    return ways.get(look.labels, text)


_NAVIGATION = "<nav><ul><li><a href=/>首页</a></li><li>政务公开</li><li>政府信息公开年报</li></ul></nav>"
_LINKS = "<div class=list><ul><li>某县某局2022年政府信息公开工作年度报告</li><li>政策文件</li></ul></div>"
_FOOT = "<div class=foot><p>主办单位：某县人民政府</p><p>版权所有 ICP备00000000号</p></div>"


def _around(body: str, look: Look) -> str:
    match look.around:
        case "layout":
            body = f"<table width=100%><tr><td><table><tr><td>{body}</td></tr></table></td></tr></table>"
        case "deep":
            body = "<table><tr><td width=10></td><td>" * 12 + body + "</td></tr></table>" * 12
        case "site":
            body = f"<div>{_NAVIGATION}{_LINKS}</div><div id=zoom><script>var a='<td>1</td>';</script>{body}</div>{_FOOT}"
        case "side by side":
            body = f"<table><tr><td>{_LINKS}</td><td>{body}</td></tr><tr><td colspan=2>{_FOOT}</td></tr></table>"
        case _:
            pass
    declared = f'<meta http-equiv="Content-Type" content="text/html; charset={look.declared}">' if look.declared else ""
    head = f"<head>{declared}<title>某网站</title><style>td {{ color: red }}</style></head>"
    return f"<!DOCTYPE html><html>{head}<body>\n{body}\n<!-- {'0' * 3} --></body></html>\n"
