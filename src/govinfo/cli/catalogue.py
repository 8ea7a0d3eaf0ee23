"""What the library knows, for reading on the screen: its rules and its forms."""

import click
from rich.cells import cell_len

from govinfo.cli.gaps import SEVERITIES
from govinfo.findings import Extent, Lang, Words
from govinfo.forms import FORMS, form_by_id
from govinfo.renderers.terminal import Screen, render_terminal
from govinfo.rules import RULES

EXTENTS = {
    Extent.CELL: Words("每格一次", "each cell"),
    Extent.ROW: Words("每行一次", "each row"),
    Extent.COLUMN: Words("每列一次", "each column"),
    Extent.TABLE: Words("每表一次", "each table"),
    Extent.REPORT: Words("每份报告一次", "each report"),
    Extent.YEARS: Words("前后两年", "two consecutive years"),
    Extent.PARTS: Words("上下级报告", "a report and those it adds up"),
}

NEXT_STEPS = Words(
    "接下来可以试：\n"
    "  govinfo check 文件或文件夹          校验自己的报告\n"
    "  govinfo read 文件 --format json     转为数据\n"
    "  govinfo convert 文件 --to markdown  转为 Markdown\n"
    "  govinfo rules R301                  查看一条规则的说明",
    "What to try next:\n"
    "  govinfo check FILE_OR_FOLDER        check reports of your own\n"
    "  govinfo read FILE --format json     one report as data\n"
    "  govinfo convert FILE --to markdown  write it as Markdown\n"
    "  govinfo rules R301                  what a rule asks for, and why",
)


def all_rules(lang: Lang) -> str:
    """A line for each rule: code, name, severity, what it asks for."""
    return _columns([(rule.code, rule.name, SEVERITIES[rule.severity].said(lang), rule.statement.said(lang)) for rule in RULES.values()])


def rule(code: str, lang: Lang) -> str:
    """Everything about one rule. Raises `click.UsageError` where there is none of that code."""
    found = RULES.get(code.upper())
    if found is None:
        raise click.UsageError(f"no rule has the code {code!r}; known are {', '.join(RULES)}")
    any_form = Words("所有格式", "any").said(lang)
    about = [
        (Words("严重程度", "severity"), SEVERITIES[found.severity].said(lang)),
        (Words("范围", "held against"), EXTENTS[found.extent].said(lang)),
        (Words("适用格式", "forms"), ", ".join(found.forms) or any_form),
        (Words("依据", "source"), found.source.said(lang)),
    ]
    if found.exceptions:
        about.append((Words("已知的正当例外", "known legitimate exceptions"), found.exceptions.said(lang)))
    lines = _columns([(f"  {name.said(lang)}", text) for name, text in about])
    return f"{found.code} {found.name}\n  {found.statement.said(lang)}\n{lines}"


def all_forms(lang: Lang) -> str:
    """A line for each form: id, years, figures, equations, instrument."""
    counted = Words("格、{}条勾稽关系", "figures, {} equations").said(lang)
    return _columns(
        [
            (
                form.id,
                f"{form.first_year}-{form.last_year or ''}",
                Words(form.label, form.english).said(lang),
                f"{len(form.cells)} {counted.format(len(form.balances))}",
                form.instrument,
            )
            for form in FORMS
        ]
    )


def form(form_id: str, screen: Screen) -> str:
    """The empty form. Raises `UnknownFormError`."""
    found = form_by_id(form_id)
    return f"{found.id} {found.instrument}\n{render_terminal(found, None, screen)}".rstrip("\n")


def _columns(rows: list[tuple[str, ...]]) -> str:
    """Rows of text with their columns aligned, Chinese characters two wide."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    padded = (zip(row, widths, strict=True) for row in rows)
    return "\n".join("  ".join(text + " " * (width - cell_len(text)) for text, width in row).rstrip() for row in padded)
