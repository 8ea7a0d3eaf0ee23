"""A report as a PDF in the official look, set by typst. Needs the extra `pdf` and a Chinese font.

Every word of the report goes to typst as data, so that whatever looks like markup in it is only text. Nothing is read
but the fonts of the system, and nothing is fetched.
"""

import json
from collections.abc import Collection, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from govinfo.errors import MissingExtraError, RenderError
from govinfo.form import Form
from govinfo.renderers.layout import Part
from govinfo.renderers.outline import Details, Heading, Paragraph, Piece, Title
from govinfo.renderers.page import Grid, balanced, printed, title_of
from govinfo.report import Report, Table

if TYPE_CHECKING:
    from typst import Fonts

SONG = (
    "FangSong_GB2312", "FangSong", "仿宋_GB2312", "仿宋", "STFangsong", "Noto Serif CJK SC", "Noto Serif SC",
    "Source Han Serif SC", "Source Han Serif CN",
    "SimSun", "宋体", "NSimSun", "Songti SC", "STSong", "AR PL SungtiL GB", "AR PL UMing CN",
)  # fmt: skip
"""Families for prose and figures, the preferred first."""
HEI = (
    "SimHei", "黑体", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN",
    "Microsoft YaHei", "微软雅黑", "PingFang SC", "Heiti SC",
    "STHeiti", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback",
)  # fmt: skip
"""Families for titles and headings, the preferred first."""

_PAPER, _SIDE, _TALL = 595.28, 62.0, 690.0  # points: the width of A4, its margins, the height that a table may take on one page
_SIZE, _SMALLEST = 9.0, 4.0  # points, in tables


def render_pdf(source: Report | Form) -> bytes:
    """The report, or the empty form, as a PDF; the same report and fonts give the same bytes.

    Raises `MissingExtraError`, and `RenderError` where no Chinese font is installed or a character cannot be printed.
    """
    try:
        import typst  # noqa: PLC0415 -- an extra, imported where it is used
    except ImportError as error:
        raise MissingExtraError("pdf", "writing pdf") from error
    found = printed(source, "pdf")
    fonts = _installed()
    song, hei = chosen(fonts.families())
    said = {
        "title": title_of(found),
        "song": song,
        "hei": hei,
        "side": _SIDE,
        "size": _SIZE,
        "tall": _TALL,
        "pieces": list(_pieces(found)),
    }
    template = files("govinfo.renderers").joinpath("official.typ").read_bytes()
    pdf = typst.compile(template, font_paths=fonts, sys_inputs={"said": json.dumps(said, ensure_ascii=False)})
    assert isinstance(pdf, bytes)  # noqa: S101 -- a PDF is one file, not a list of pages
    return pdf


def chosen(families: Collection[str]) -> tuple[list[str], list[str]]:
    """The installed families for prose and for headings, the preferred first. Raises `RenderError` where there are none."""
    song, hei = ([name for name in wanted if name in families] for wanted in (SONG, HEI))
    if not song and not hei:
        remedy = "install a Chinese font: on Debian and Ubuntu the package fonts-noto-cjk, on Fedora google-noto-serif-cjk-fonts"
        raise RenderError("pdf", "no Chinese font is installed", remedy)
    return song or hei, hei or song


@lru_cache(maxsize=1)
def _installed() -> "Fonts":
    """The fonts of this system; looking through them takes as long as setting a report."""
    from typst import Fonts  # noqa: PLC0415 -- as above

    return Fonts()


def _pieces(found: tuple[Piece, ...]) -> Iterator[dict[str, Any]]:
    for piece in found:
        match piece:
            case Title(text):
                yield {"kind": "title", "text": text}
            case Details(text):
                yield {"kind": "details", "text": text}
            case Heading(text):
                yield {"kind": "heading", "text": text}
            case Paragraph(text):
                yield {"kind": "paragraph", "text": text.strip()}
            case Table():
                grid = Grid.of(piece)
                if grid.layout.rows:
                    yield _table(grid)


def _table(grid: Grid) -> dict[str, Any]:
    widths = grid.widths(_PAPER - 2 * _SIDE, _SIZE)
    boxes: list[dict[str, Any]] = []
    for box, text in zip(grid.layout.boxes, grid.texts, strict=True):
        inside = sum(widths[box.column : box.column + box.colspan]) / _SIZE - 0.8
        size = grid.fitted(box, text, widths, _SIZE)
        boxes.append(
            {
                "x": box.column,
                "y": box.row,
                "colspan": box.colspan,
                "rowspan": box.rowspan,
                "band": box.part is Part.BAND,
                "centred": grid.centred(box),
                "lines": balanced(text, inside) if box.part is Part.HEAD else (text,),
                "size": max(_SMALLEST, size),
                "broken": size < _SMALLEST,
            }
        )
    return {"kind": "table", "rows": grid.layout.rows, "widths": widths, "boxes": boxes}
