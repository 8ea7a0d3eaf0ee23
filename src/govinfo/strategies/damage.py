"""What goes wrong on the way from an office to a reader, as published reports show it: see `DAMAGES`.

A damage changes what is printed (`printed`) or how it is written down. After some nothing is lost, and reading has to see
through them; after the others a figure may be lost, but none may be another: that is the law for whoever reads.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, cast

from attrs import evolve, frozen

from govinfo.findings import Words
from govinfo.form import Form
from govinfo.forms import FORMS
from govinfo.report import Mark, Report, Value
from govinfo.strategies.printed import Part, Rows, Spanning

Below = Callable[[int], int]
"""Chooses a number from 0 up to, but not including, that one."""

_TEXT = ("markdown", "html")
_ALL = (*_TEXT, "docx", "xlsx", "pdf")


def _same(report: Report) -> Report:
    return report


def _as_it_was(parts: Sequence[Part], _: Below) -> list[Part]:
    return list(parts)


@frozen
class Damage:
    """One way in which published documents differ from the form.

    `exact` says whether reading must give all that was printed: where it is False, some of it may be lost. `formats` are
    the documents that can be so. `said` changes the report before it is printed (what is published in Traditional script
    is read so), `printed` the lines and tables, `spoiled` the text of the document.
    """

    name: str
    says: Words
    exact: bool
    formats: tuple[str, ...] = _ALL
    said: Callable[[Report], Report] = _same
    printed: Callable[[Sequence[Part], Below], list[Part]] = _as_it_was
    spoiled: Callable[[str, Below], bytes] | None = None


# --- words --------------------------------------------------------------------------------------------------------------


def _words(change: Callable[[str], str], *, figures: bool = False) -> Callable[[Sequence[Part], Below], list[Part]]:
    """Change every label and every line of text; and every figure where asked."""

    def printed(parts: Sequence[Part], _: Below) -> list[Part]:
        def cell(each: Spanning) -> Spanning:
            return evolve(each, text=change(each.text)) if figures or each.address is None else each

        return [change(part) if isinstance(part, str) else [[cell(each) for each in row] for row in part] for part in parts]

    return printed


def _labels(change: Callable[[str], str]) -> Callable[[Sequence[Part], Below], list[Part]]:
    """Change the labels of tables alone."""

    def printed(parts: Sequence[Part], below: Below) -> list[Part]:
        return [part if isinstance(part, str) else _words(change)([part], below)[0] for part in parts]

    return printed


# Labels that most published pages print in two halves. None of them can come out of the words of the strategies' prose.
_HALVES = (("商业", "企业"), ("科研", "机构"), ("结果", "维持"), ("结果", "纠正"))


def _halved(text: str) -> str:
    for one, other in _HALVES:
        text = text.replace(f"{one}{other}", f"{one} {other}")
    return text


def _punctuated(text: str) -> str:
    """Half-width brackets, `1、` for `1.`, straight quotes."""
    text = re.sub(r"^(\d)\.(?=\D)", r"\1、", text)
    return text.replace("（", "(").replace("）", ")").replace("“", '"').replace("”", '"')


_READINGS = (
    "務wù匯huì區qū單dān國guó執zhí報bào審shěn對duì屬shǔ廢fèi強qiáng後hòu復fù應yīng數shù會huì業yè構gòu機jī決jué況kuàng無wú現xiàn當dāng發fā"
    "監jiān確què範fàn糾jiū級jí組zǔ結jié統tǒng經jīng維wéi網wǎng縣xiàn總zǒng織zhī繳jiǎo繼jì續xù罰fá處chù補bǔ規guī計jì訟sòng訪fǎng許xǔ訴sù"
    "詢xún認rèn請qǐng議yì護hù讀dú費fèi購gòu轉zhuǎn辦bàn進jìn門mén開kāi關guān項xiàng題tí額é類lèi"
)
_PINYIN = dict(re.findall(r"([\u4e00-\u9fff])([^\u4e00-\u9fff]+)", _READINGS))
_TEXTS = ("organ", "title", "overview", "problems", "other_matters")


@cache
def _converter() -> Callable[[str], str]:
    import opencc  # noqa: PLC0415 -- takes a while to load, and only this needs it

    return cast("Callable[[str], str]", cast("Any", opencc).OpenCC("s2t").convert)


@cache
def _traditional_of(character: str) -> str:
    return _converter()(character)


def _traditional(text: str) -> str:
    """Character by character, as cheap converters do it: so a word is the same wherever it stands."""
    return "".join(_traditional_of(character) for character in text)


def _with_pinyin(text: str) -> str:
    return "".join(f"{character}({_PINYIN[character]})" if character in _PINYIN else character for character in _traditional(text))


def _in_traditional(report: Report) -> Report:
    """The report whose words, also those in cells, are in Traditional script."""
    texts: dict[str, Any] = {name: _traditional(text) for name in _TEXTS if (text := getattr(report, name))}
    values: dict[str, Value | Mark] = {}
    marks: dict[str, Mark] = {}
    for address, mark in report.marks.items():
        parts: dict[str, Any] = {
            part: None if (text := getattr(mark, part)) is None else _traditional(text) for part in ("raw", "note", "unit")
        }
        worded = evolve(mark, **parts)
        if report[address] is None:
            values[address] = worded
        else:
            marks[address] = worded
    return evolve(report.replace(values, marks), **texts)


# Characters that were lost on pages, and an old name that offices kept.
_LOST = (
    ("其他法律行政法规禁止公开", "其他法律行政止公开"),
    ("现行有效件数", "现行有效件"),
    ("本年增/减", "本年增/"),
    ("科研机构", "科研机"),
)


def _garbled(text: str) -> str:
    for whole, left in _LOST:
        text = text.replace(whole, left)
    return text


def _renamed(forms: Sequence[Form]) -> Callable[[Sequence[Part], Below], list[Part]]:
    """Headings under another name that is seen in print."""
    names = {line.label: line.aliases for form in forms for line in form.sections if line.aliases}

    def printed(parts: Sequence[Part], below: Below) -> list[Part]:
        return [names[part][below(len(names[part]))] if isinstance(part, str) and part in names else part for part in parts]

    return printed


# --- cells and rows ---------------------------------------------------------------------------------------------------


def _non_breaking(parts: Sequence[Part], _: Below) -> list[Part]:
    def rows(table: Rows) -> Rows:
        return [[each if each.text or each.goes_on else evolve(each, text="\u00a0") for each in row] for row in table]

    return [part if isinstance(part, str) else rows(part) for part in parts]


def _noted(parts: Sequence[Part], _: Below) -> list[Part]:
    """A footnote under each table."""
    changed: list[Part] = []
    for part in parts:
        changed += [part] if isinstance(part, str) else [part, "注：数据统计截至12月31日。"]
    return changed


MUTILATIONS = ("cell gone", "cell doubled", "cell emptied", "cells merged", "row gone", "row doubled", "row merged", "rows exchanged")


def mutilated(rows: Rows, how: str, below: Below, touched: list[str]) -> Rows:
    """The rows with one cell or row taken out, doubled, emptied or merged with the next; `touched` collects the addresses."""
    row = below(len(rows))
    column = below(len(rows[row]))
    cell = rows[row][column]
    changed = [list(each) for each in rows]
    touched += [each.address for each in (rows[row] if "row" in how else [cell]) if each.address]
    match how:
        case "cell gone":
            del changed[row][column]
        case "cell doubled":
            changed[row].insert(column, cell)
        case "cell emptied":
            changed[row][column] = evolve(cell, text="")
        case "cells merged" if column + 1 < len(rows[row]) and not rows[row][column + 1].goes_on:
            after = changed[row].pop(column + 1)
            touched += [after.address] if after.address else []
            changed[row][column] = evolve(cell, colspan=cell.colspan + after.colspan)
        case "row gone":
            del changed[row]
        case "row doubled":
            changed.insert(row, rows[row])
        case "row merged" if row + 1 < len(rows) and [c.colspan for c in rows[row]] == [c.colspan for c in rows[row + 1]]:
            touched += [each.address for each in rows[row + 1] if each.address]
            changed[row + 1] = [evolve(each, text="", goes_on=True, address=None) for each in rows[row + 1]]
        case "rows exchanged":
            other = below(len(rows))
            changed[row], changed[other] = changed[other], changed[row]
        case _:
            pass
    return [each for each in changed if each]


def _mutilated(how: str) -> Callable[[Sequence[Part], Below], list[Part]]:
    def printed(parts: Sequence[Part], below: Below) -> list[Part]:
        tables = [number for number, part in enumerate(parts) if not isinstance(part, str) and part]
        changed = list(parts)
        if tables:
            number = tables[below(len(tables))]
            rows = changed[number]
            assert not isinstance(rows, str)  # noqa: S101 -- the number of a table
            changed[number] = mutilated(rows, how, below, [])
        return changed

    return printed


def _added(parts: Sequence[Part], below: Below) -> list[Part]:
    """A row that the form does not have, as some offices add one."""
    changed = list(parts)
    for number, part in enumerate(parts):
        if not isinstance(part, str) and part:
            place = 1 + below(len(part))
            like = part[place - 1]
            extra = [evolve(cell, text="7" if cell.address else "其他主动公开文件", goes_on=False, address=None) for cell in like]
            changed[number] = [*part[:place], extra, *part[place:]]
    return changed


# --- how it is written down ---------------------------------------------------------------------------------------------


def _cut(text: str, below: Below) -> bytes:
    return text[: below(len(text) + 1)].encode()


def _in_gb(text: str, _: Below) -> bytes:
    return text.encode("gb18030")


_NAVIGATION = "<nav><ul><li><a href=/>首页</a></li><li>政务公开</li><li>政府信息公开年报</li></ul></nav>"
_FOOT = "<div class=foot><p>主办单位：某县人民政府</p><p>版权所有 ICP备00000000号</p></div>"


def _titled(report: Report) -> Report:
    """A page on a site has a title; without one nothing tells where the links end."""
    return evolve(report, title=report.title or f"{report.organ or ''}{report.year}年政府信息公开工作年度报告")


def _on_a_site(text: str, _: Below) -> bytes:
    return text.replace("<body>", f"<body>{_NAVIGATION}<div id=main>", 1).replace("</body>", f"</div>{_FOOT}</body>", 1).encode()


def _in_a_layout_table(text: str, _: Below) -> bytes:
    begin, end = "<table width=100%><tr><td width=10></td><td>" * 2, "</td></tr></table>" * 2
    return text.replace("<body>", f"<body>{begin}", 1).replace("</body>", f"{end}</body>", 1).encode()


def _pixels(text: str, _: Below) -> bytes:
    return re.sub(r'((?:col|row)span="\d+)"', r'\1px"', text).encode()


def _loose(how: str, says: Words, formats: tuple[str, ...] = _ALL) -> Damage:
    return Damage(how, says, exact=False, formats=formats, printed=_mutilated(how))


_GRIDLESS = ("markdown", "html", "docx")  # a cell can be missing from a row; a workbook and a page have no gaps


def damages(forms: Sequence[Form]) -> tuple[Damage, ...]:
    """All that is known to go wrong with documents on those forms."""
    page = ("html",)
    return (
        Damage("spaced labels", Words("栏目名称断开", "labels in two halves"), exact=True, printed=_words(_halved)),
        Damage(
            "other punctuation",
            Words("半角括号、顿号、引号", "other brackets, quotes and stops in labels"),
            exact=True,
            printed=_labels(_punctuated),
        ),
        Damage("renamed headings", Words("标题用别的名称", "headings under other names"), exact=True, printed=_renamed(forms)),
        Damage(
            "Traditional script",
            Words("转为繁体", "converted to Traditional script"),
            exact=True,
            said=_in_traditional,
            printed=_words(_traditional),
        ),
        Damage(
            "pinyin",
            Words("转为繁体并插入拼音", "converted, with pinyin behind characters"),
            exact=True,
            formats=_TEXT,
            said=_in_traditional,
            printed=_words(_with_pinyin, figures=True),
        ),
        Damage("non-breaking blanks", Words("空格填有不换行空格", "blanks filled with spaces"), exact=True, printed=_non_breaking),
        Damage("footnotes", Words("表下有注", "a note under each table"), exact=True, printed=_noted),
        Damage("wrong charset", Words("编码与声明不符", "in another encoding than declared"), exact=True, formats=page, spoiled=_in_gb),
        Damage(
            "website",
            Words("有导航和页脚", "with what a site puts around it"),
            exact=True,
            formats=page,
            said=_titled,
            spoiled=_on_a_site,
        ),
        Damage("layout table", Words("用表格排版", "laid out by tables"), exact=True, formats=page, spoiled=_in_a_layout_table),
        Damage("spans in pixels", Words("跨列写成像素", 'spans such as colspan="2px"'), exact=True, formats=page, spoiled=_pixels),
        Damage("garbled labels", Words("栏目名称缺字", "characters lost in labels"), exact=False, printed=_labels(_garbled)),
        Damage("row added", Words("多出一行", "a row that the form does not have"), exact=False, printed=_added),
        _loose("cell gone", Words("缺一格", "a cell is missing"), _GRIDLESS),
        _loose("cell doubled", Words("重一格", "a cell stands twice"), _GRIDLESS),
        _loose("cell emptied", Words("一格变空", "a cell lost its text")),
        _loose("cells merged", Words("两格合并", "two cells became one")),
        _loose("row gone", Words("缺一行", "a row is missing")),
        _loose("row doubled", Words("重一行", "a row stands twice")),
        _loose("row merged", Words("两行合并", "two rows became one")),
        _loose("rows exchanged", Words("两行互换", "two rows changed places")),
        Damage("cut", Words("文件不全", "the rest of the document is missing"), exact=False, formats=_TEXT, spoiled=_cut),
    )


DAMAGES = damages(FORMS)
"""All that is known to go wrong with documents on the released forms."""
