"""A report as one HTML page: semantic, printable on A4, without script and without anything to fetch."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from govinfo.form import Form
from govinfo.renderers.layout import Box, Part
from govinfo.renderers.outline import Details, Heading, Paragraph, Piece, Title
from govinfo.renderers.page import Grid, printed, title_of
from govinfo.report import Report, Table

_PAGE, _SIZE = 660.0, 12.0  # CSS pixels: the width of the text on A4, the size in tables there

_STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --rule: #555; --band: #dce6f2; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e4e4; --paper: #17191c; --rule: #7d8590; --band: #26354a; } }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.75 "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; }
main { max-width: 56rem; margin: 0 auto; padding: 2rem 1rem 3rem; }
h1, h2 { line-height: 1.4; break-after: avoid; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; text-align: center; text-wrap: balance; }
h2 { margin: 2rem 0 .6rem;
  font: bold 1.1rem/1.4 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", SimHei, sans-serif; }
p { margin: 0; text-indent: 2em; text-align: justify; overflow-wrap: anywhere; }
p.details { text-indent: 0; text-align: center; }
div { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .85rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
th, td { border: 1px solid var(--rule); padding: .3em .35em; font-weight: normal; text-align: center; text-wrap: balance; }
.band { background: var(--band); }
.left { text-align: left; }
.corner { font-family: "AR PL KaitiM GB", KaiTi, STKaiti, "Noto Serif CJK SC", serif; }
@media print {
  @page { size: A4; margin: 20mm 17mm; }
  :root { color-scheme: light; --ink: #000; --paper: #fff; --rule: #000; --band: #dce6f2; }
  main { max-width: none; padding: 0; }
  body { font-size: 12pt; }
  table { font-size: 9pt; line-height: 1.25; }
  th, td { padding: .2em .25em; }
  .band { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  tr { break-inside: avoid; }
  /* Without padding the outer rules are cut off. A table that fits onto one page stands on one. */
  div { overflow-x: visible; padding: 0 1px; break-inside: avoid; }
}
"""


def render_html(source: Report | Form) -> str:
    """The report, or the empty form, as one HTML page. Raises `RenderError` for characters that HTML cannot hold."""
    found = printed(source, "html")
    head = f'<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n<title>{escape(title_of(found))}</title>'
    body = "\n".join(_body(found))
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n{head}\n<style>{_STYLE}</style>\n</head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _body(found: tuple[Piece, ...]) -> Iterator[str]:
    number = 0
    for piece in found:
        match piece:
            case Title(text):
                yield f"<h1>{escape(text)}</h1>"
            case Details(text):
                yield f'<p class="details">{escape(text)}</p>'
            case Heading(text):
                number += 1
                yield f'<h2 id="section-{number}">{escape(text)}</h2>'
            case Paragraph(text):
                yield f"<p>{escape(text.strip())}</p>"
            case Table():
                yield from _table(Grid.of(piece), number)


def _table(grid: Grid, number: int) -> Iterator[str]:
    if not grid.layout.rows:
        return
    # The heading names the table: a caption would only print its words again.
    yield f'<div>\n<table aria-labelledby="section-{number}">'
    shares = (f"{width / _PAGE:.2%}" for width in grid.widths(_PAGE, _SIZE))
    yield "<colgroup>" + "".join(f'<col style="width: {share}">' for share in shares) + "</colgroup>"
    for is_head, rows in groupby(enumerate(grid.lines), key=lambda line: line[0] < grid.heads):
        group = "thead" if is_head else "tbody"
        yield f"<{group}>"
        for _, boxes in rows:
            yield "<tr>" + "".join(_cell(grid, box, text) for box, text in boxes) + "</tr>"
        yield f"</{group}>"
    yield "</table>\n</div>"


def _cell(grid: Grid, box: Box, text: str) -> str:
    tag = "td" if box.part in {Part.CORNER, Part.FIGURE} else "th"
    scope = {
        Part.BAND: "rowgroup",
        Part.HEAD: "colgroup" if box.colspan > 1 else "col",
        Part.LABEL: "rowgroup" if box.rowspan > 1 else "row",
    }
    classes = [box.part.value] if box.part in {Part.BAND, Part.CORNER} else []
    classes += [] if grid.centred(box) else ["left"]
    said = {
        "class": " ".join(classes),
        "scope": scope.get(box.part, ""),
        "rowspan": str(box.rowspan) if box.rowspan > 1 else "",
        "colspan": str(box.colspan) if box.colspan > 1 else "",
    }
    attributes = "".join(f' {name}="{value}"' for name, value in said.items() if value)
    return f"<{tag}{attributes}>{escape(text)}</{tag}>"
