"""What the library knows, for reading on the screen: its rules and its forms."""

import json
from typing import Any

import click
from attrs import asdict
from rich.cells import cell_len

from govinfo.cli import said
from govinfo.cli.examples import example
from govinfo.cli.gaps import SEVERITIES
from govinfo.convert import form_data, json_schema
from govinfo.convert.json_schema import Name
from govinfo.findings import Extent, Lang, Limit, NotComputable, Rule, Words
from govinfo.forms import FORMS, form_by_id
from govinfo.renderers.terminal import Screen, render_terminal
from govinfo.rules import NOT_COMPUTABLE, RULES

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
    """Everything about one rule, and what it says of a report that breaks it. Raises `click.UsageError` for no such code."""
    found = _found(code)
    if isinstance(found, NotComputable):
        why = Words("不能由报告判断", "nothing in a report can decide it")
        lines = _columns([(Words("依据", "source").said(lang), found.source.said(lang)), (why.said(lang), found.reason.said(lang))])
        return f"{found.code} {found.name}\n  {found.statement.said(lang)}\n{_indented(lines)}"
    any_form = Words("所有格式", "any").said(lang)
    about = [
        (Words("严重程度", "severity"), SEVERITIES[found.severity].said(lang)),
        (Words("范围", "held against"), EXTENTS[found.extent].said(lang)),
        (Words("适用格式", "forms"), ", ".join(found.forms) or any_form),
        (Words("依据", "source"), found.source.said(lang)),
    ]
    about += [(Words("可调的界限", "threshold"), f"{t.name} = {t.default}: {t.meaning.said(lang)}") for t in found.thresholds]
    if found.exceptions:
        about.append((Words("已知的正当例外", "legitimate exceptions"), found.exceptions.said(lang)))
    about.append((Words("不成立之例", "example, broken"), found.explain(example(found.code)).said(lang)))
    lines = _columns([(name.said(lang), text) for name, text in about])
    return f"{found.code} {found.name}\n  {found.statement.said(lang)}\n{_indented(lines)}"


def rules_data(code: str | None) -> list[dict[str, Any]]:
    """Every rule, or the one of that code, as plain data. Raises `click.UsageError` where there is none of that code."""
    return [_data(_found(code))] if code else [_data(each) for each in RULES.values()]


def _data(found: Rule[Any] | NotComputable) -> dict[str, Any]:
    data = {"code": found.code, "name": found.name, "statement": asdict(found.statement), "source": asdict(found.source)}
    if isinstance(found, NotComputable):
        return {**data, "not_computable": asdict(found.reason)}
    return {
        **data,
        "severity": found.severity.value,
        "extent": found.extent.value,
        "forms": list(found.forms),
        "exceptions": asdict(found.exceptions) if found.exceptions else None,
        "thresholds": [{"name": t.name, "default": _plain(t.default), "meaning": asdict(t.meaning)} for t in found.thresholds],
        "example": asdict(found.explain(example(found.code))),
    }


def _plain(limit: Limit) -> int | str:
    return limit if isinstance(limit, int) else str(limit)


def _found(code: str) -> Rule[Any] | NotComputable:
    known: dict[str, Rule[Any] | NotComputable] = {**RULES, **{rule.code: rule for rule in NOT_COMPUTABLE}}
    if (found := known.get(code.upper())) is None:
        raise click.UsageError(f"no rule has the code {code!r}; known are {', '.join(known)}")
    return found


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


def forms_data(form_id: str | None) -> bytes:
    """An array of every form as plain data, or the one of that id. Raises `UnknownFormError`."""
    return said.json_bytes(form_data(form_by_id(form_id)) if form_id else [form_data(form) for form in FORMS])


def schema(name: Name, form_id: str | None = None) -> bytes:
    """A JSON Schema; that of reports for one form only where one is named. Raises `UnknownFormError`."""
    found = json_schema(name, forms=(form_by_id(form_id),) if form_id else FORMS)
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _columns(rows: list[tuple[str, ...]]) -> str:
    """Rows of text with their columns aligned, Chinese characters two wide."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    padded = (zip(row, widths, strict=True) for row in rows)
    return "\n".join("  ".join(text + " " * (width - cell_len(text)) for text, width in row).rstrip() for row in padded)


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
