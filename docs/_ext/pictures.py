"""The pictures of the documentation, drawn from the code: inline SVG in the colours of the page, so light and dark both do."""

from collections.abc import Iterator
from html import escape
from typing import Any

from govinfo.form import Form

_INK, _SOFT, _ACCENT, _FILL = (
    "var(--color-foreground-primary)",
    "var(--color-foreground-muted)",
    "var(--color-brand-content)",
    "var(--color-background-secondary)",
)


_WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "title": "From a document to findings",
        "said": "A document (HTML, Word, Excel, PDF, text or JSON) is read into a Reading: the report with origins, repairs and leftovers. "
        "The report is checked, which gives findings with four verdicts; located, which gives the suspect cells; "
        "and rendered or converted, which gives documents and JSON again.",
        "document": ("document", "HTML · Word · Excel", "PDF · text · JSON"),
        "reading": ("Reading", "the report", "origin of every cell", "what was repaired", "what found no place"),
        "check": ("Findings", "holds · broken", "unknown · not applicable"),
        "locate": ("Diagnosis", "the cells to suspect,", "blanks that sums decide"),
        "render": ("document", "the official form, in six", "formats; or JSON"),
    },
    "zh": {
        "title": "从文件到核对结果",
        "said": "读取一份文件（网页、Word、Excel、PDF、文本或JSON），得到报告及其每一格的出处、修复之处和未归处的文字。"
        "核对报告，得到四种结论；定位，得到可疑的格；再写成文件或JSON。",
        "document": ("文件", "网页 · Word · Excel", "PDF · 文本 · JSON"),
        "reading": ("读取结果", "报告本身", "每一格的出处", "修复了什么", "什么没有归处"),
        "check": ("核对结果", "成立 · 不成立", "无法判断 · 不适用"),
        "locate": ("定位", "可疑的格，", "合计能确定的空白"),
        "render": ("文件", "官方格式，六种文件", "或JSON"),
    },
}


def flow(lang: str) -> Iterator[str]:
    """From a document to findings, suspects and documents again."""
    words = _WORDS[lang]
    yield from _head(760, 250, words["title"], words["said"])
    yield from _box(10, 90, 140, 70, *words["document"])
    yield from _arrow(150, 125, 250, 125, "read")
    yield from _box(250, 60, 170, 130, *words["reading"])
    for start, end, verb in ((85, 40, "check"), (125, 125, "locate"), (165, 210, "render")):
        yield from _arrow(420, start, 560, end, verb)
        yield from _box(560, end - 35, 190, 70, *words[verb])
    yield "</svg>"


def anatomy(form: Form) -> Iterator[str]:
    """The three tables of a form, with the sums that tie them; every figure is counted from the form."""
    tables = {matrix.key: (len(matrix.cells), len(matrix.balances)) for matrix in form.matrices}
    rows, columns = len(form.requests.rows), len(form.requests.columns)
    codes: dict[str, int] = {}
    for balance in form.balances:
        codes[balance.code] = codes.get(balance.code, 0) + 1
    yield from _head(760, 520, f"The three tables of {form.id} and their sums", (
        f"Section 2 has {tables['proactive'][0]} figures and no sums. "
        f"Section 3 has {rows} rows and {columns} columns: in every row the six kinds of "
        "applicant add up to the total; in every column the outcomes add up to the row total concluded, and new plus carried in equals "
        "concluded plus carried forward. Section 4 has three tracks side by side, each of which adds up to its own total."
    ))  # fmt: skip
    yield _text(10, 20, "二 主动公开", _INK, bold=True)
    yield _text(10, 38, f"{tables['proactive'][0]} figures, no sums", _SOFT)
    for n, columns_here in enumerate(band.columns for band in form.proactive.bands for _ in band.rows):
        for k, _ in enumerate(columns_here):
            yield _rect(10 + k * 36, 48 + n * 16, 34, 14)
    yield _text(180, 20, "三 收到和处理申请", _INK, bold=True)
    yield _text(180, 38, f"{rows} rows × {columns} columns, {tables['requests'][1]} sums", _SOFT)
    x0, step = 180, 46
    bands = (("一、新收", 1), ("二、上年结转", 1), (f"（一）…（六） {rows - 4} outcomes", rows - 4), ("（七）总计", 1), ("四、结转下年", 1))
    y = 64
    for label, lines in bands:
        high, total = 15 if lines == 1 else 7, label == "（七）总计"
        for line in range(lines):
            for column in range(columns):
                yield _rect(x0 + column * step, y + line * (high + 2), step - 2, high, strong=total or column == columns - 1)
        yield _text(x0 + columns * step + 8, y + lines * (high + 2) // 2 + 4, label, _INK)
        y += lines * (high + 2) + 6
    yield _text(x0, 56, "自然人", _SOFT, 11)
    yield _text(x0 + step, 56, "法人或其他组织（五类）", _SOFT, 11)
    yield _text(x0 + (columns - 1) * step, 56, "总计", _SOFT, 11)
    for n, (code, said) in enumerate((
        ("R301", "every column: 一 + 二 = （七） + 四"),
        ("R302", "every column: the outcomes = （七）"),
        ("R303", "every row: the six kinds of applicant = 总计"),
    )):  # fmt: skip
        yield _text(x0, y + 18 + n * 20, f"{code}  {codes[code]}×  {said}", _ACCENT)
    y += 104
    yield _text(10, y, "四 复议和诉讼", _INK, bold=True)
    yield _text(10, y + 18, f"{tables['disputes'][0]} figures, {tables['disputes'][1]} sums", _SOFT)
    for track, balance in enumerate(form.disputes.balances):
        left = x0 + track * 182
        for k, _ in enumerate(balance.cells):
            yield _rect(left + k * 35, y - 12, 33, 15, strong=k == len(balance.left))
        yield _text(left, y + 22, f"{balance.code}: {len(balance.left)} results = 总计", _ACCENT, 12)
    yield "</svg>"


def _head(width: int, height: int, title: str, said: str) -> Iterator[str]:
    yield (
        f'<div class="picture" tabindex="0"><svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}. {escape(said)}" '
        'xmlns="http://www.w3.org/2000/svg">'
    )
    yield f"<title>{escape(title)}</title><desc>{escape(said)}</desc>"
    yield (
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path d="M0 0L8 4L0 8z" fill="{_ACCENT}"/></marker></defs>'
    )


def _rect(x: int, y: int, width: int, height: int, *, strong: bool = False) -> str:
    fill, stroke = (_ACCENT, _ACCENT) if strong else (_FILL, _SOFT)
    opacity = ' fill-opacity="0.3"' if strong else ""
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="2" fill="{fill}"{opacity} stroke="{stroke}" stroke-width="0.8"/>'


def _text(x: int, y: int, text: str, colour: str, size: int = 13, *, bold: bool = False, middle: bool = False) -> str:
    style = (' font-weight="600"' if bold else "") + (' text-anchor="middle"' if middle else "")
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}"{style}>{escape(text)}</text>'


def _box(x: int, y: int, width: int, height: int, title: str, *lines: str) -> Iterator[str]:
    yield f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="6" fill="{_FILL}" stroke="{_SOFT}"/>'
    first = y + (height - 18 * len(lines) - 20) // 2 + 16
    yield _text(x + width // 2, first, title, _INK, 15, bold=True, middle=True)
    for n, line in enumerate(lines, 1):
        yield _text(x + width // 2, first + 2 + n * 18, line, _SOFT, 12, middle=True)


def _arrow(x1: int, y1: int, x2: int, y2: int, verb: str) -> Iterator[str]:
    yield f'<path d="M{x1} {y1}L{x2 - 3} {y2}" stroke="{_ACCENT}" stroke-width="1.5" fill="none" marker-end="url(#tip)"/>'
    yield _text((x1 + x2) // 2, (y1 + y2) // 2 - 8, verb, _ACCENT, 13, bold=True, middle=True)
