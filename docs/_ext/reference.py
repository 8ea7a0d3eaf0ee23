"""The reference pages, written from the code when the documentation is built.

Forms, rules, the JSON shape, the command line and the public names are data or declarations of the library; their
pages are derived from them, so that they cannot disagree. The pages land in `reference/generated/`, which git ignores.
"""

import ast
import inspect
import json
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import click
from outcomes import outcomes
from pictures import anatomy, flow
from sphinx.application import Sphinx

import govinfo
from govinfo import columns, convert, corpus, findings, metrics, prose, reading, simulate, strategies
from govinfo import form as form_module
from govinfo.cli.commands import govinfo as command_line
from govinfo.cli.examples import example
from govinfo.findings import Rule, Words
from govinfo.form import Band, Cell, Evidence, Form, Kind, Line, Matrix, Note
from govinfo.forms import FORMS
from govinfo.report import BLANK, Report, Table
from govinfo.rules import NOT_COMPUTABLE, RULES

EVIDENCE = {
    Evidence.OFFICIAL: "official: the words of an instrument",
    Evidence.PRACTICE: "practice: seen in published reports and notices",
    Evidence.UNVERIFIED: "unverified: common knowledge, not checked against the instrument",
}


def setup(app: Sphinx) -> dict[str, bool]:
    """Hook the writing of the pages into the build."""
    app.connect("builder-inited", write)
    app.connect("autodoc-process-docstring", as_rst)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write(app: Sphinx) -> None:
    """Write every generated page anew."""
    folder = Path(app.srcdir) / "reference" / "generated"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, page in pages():
        (folder / f"{name}.md").write_text("\n".join(page) + "\n", encoding="utf-8")
    for name, picture in (("flow", flow("en")), ("flow-zh", flow("zh")), ("anatomy", anatomy(FORMS[-1]))):
        (folder / f"{name}.svg").write_text("\n".join(picture) + "\n", encoding="utf-8")


def pages() -> Iterator[tuple[str, Iterable[str]]]:
    """Every generated page: its name and its lines."""
    for form in FORMS:
        yield f"form-{form.id}", form_page(form)
    yield "rules", rules_page(RULES.values())
    yield "json-shape", json_shape(FORMS[-1])
    yield "outcomes", outcomes(FORMS)
    yield "damages", damages_page(strategies.DAMAGES)
    yield "commands", commands_page(command_line)
    yield "names", names_page(govinfo, form_module, reading, findings, prose, metrics, convert, columns, strategies, simulate, corpus)


def damages_page(damages: Iterable[strategies.Damage]) -> Iterator[str]:
    """What can be amiss with a document that the strategies draw."""
    rows = ((_code(each.name), _both(each.says), "yes" if each.exact else "no", ", ".join(each.formats)) for each in damages)
    yield from table(("damage", "what is amiss", "all is still there", "in"), rows)


# --- forms -----------------------------------------------------------------------------------------------------------


def form_page(form: Form) -> Iterator[str]:
    """A form: its headings, its tables line by line, its equations, and an anchor for every address."""
    years = f"{form.first_year}-{form.last_year}" if form.last_year else f"from {form.first_year}"
    yield f"# {form.id}: {form.english}"
    yield ""
    yield f"{form.label}, {form.instrument}. For the report years {years}."
    yield f"{len(form.cells)} figures, {len(form.balances)} equations."
    yield ""
    yield from _notes(form.notes)
    yield "## Headings"
    yield ""
    rows = ([_code(line.key), line.label, line.english, line.basis, _list(line.aliases)] for line in form.sections)
    yield from table(("section", "printed", "English", "articles", "also seen"), rows)
    for matrix in form.matrices:
        yield from _matrix(form, matrix)


def _matrix(form: Form, matrix: Matrix) -> Iterator[str]:
    heading = form.section(matrix.key)
    yield f"## {heading.label}"
    yield ""
    yield f"{heading.english}. Section `{matrix.key}`, {len(matrix.cells)} figures, {len(matrix.balances)} equations."
    yield ""
    for band in matrix.bands:
        yield from _band(matrix, band)
    if matrix.identities:
        yield f"### Equations of {matrix.key}"
        yield ""
        codes = {code: [b for b in matrix.balances if b.code == code] for code in dict.fromkeys(b.code for b in matrix.balances)}
        for code, balances in codes.items():
            lines = ", ".join(_code(balance.line) for balance in balances)
            yield f"- {_rule_link(code)}, {len(balances)}x: {lines}"
        yield ""


def _band(matrix: Matrix, band: Band) -> Iterator[str]:
    if len(matrix.bands) > 1:
        yield f"### {band.label or band.key}"
        yield ""
        yield f"Articles: {band.basis}." if band.basis else ""
        yield ""
    rows = ([_code(r.key), " › ".join(r.path), r.english, r.basis, _list(r.aliases)] for r in band.rows)
    yield from table(("row", "printed", "English", "articles", "also seen"), rows)
    columns = ([_code(c.key), " › ".join(c.path), c.english, c.basis, c.unit, _kind(c), _list(c.aliases)] for c in band.columns)
    yield from table(("column", "printed", "English", "articles", "unit", "holds", "also seen"), columns)
    for line in (*band.rows, *band.columns):
        yield from _notes(line.notes, line.label)
    cells = [cell for cell in matrix.cells if cell.band == band]
    grid = ([row.label, *(_anchor(cell) for cell in cells if cell.row == row)] for row in band.rows)
    yield from table(("addresses", *(column.label for column in band.columns)), grid)


def _notes(notes: Sequence[Note], label: str = "") -> Iterator[str]:
    for note in notes:
        yield f"- {label}{': ' if label else ''}{note.zh} {note.en} *({EVIDENCE[note.evidence]})*"
    if notes:
        yield ""


def _kind(line: Line) -> str:
    what = "money" if line.kind is Kind.MONEY else "count"
    return f"signed {what}" if line.signed else what


def _anchor(cell: Cell) -> str:
    return f'<a id="{cell.address}" href="#{cell.address}" title="{cell.address}">{cell.column.key}</a>'


# --- rules -----------------------------------------------------------------------------------------------------------


def rules_page(rules: Iterable[Rule[Any]]) -> Iterator[str]:
    """Every rule with all that its declaration says."""
    yield "# Rules"
    yield ""
    yield "A rule's code never changes. A broken *error* is against the form or a statute, a *warning* against custom;"
    yield "an *info* is worth a look."
    yield ""
    for rule in rules:
        yield f"(rule-{rule.code.lower()})="
        yield f"## {rule.code} {rule.name}"
        yield ""
        yield rule.statement.en
        yield ""
        yield rule.statement.zh
        yield ""
        yield from table(
            ("severity", "one instance is a", "forms", "source"),
            [[rule.severity, rule.extent, _list(map(_code, rule.forms)) or "any", f"{rule.source.en} ({rule.source.zh})"]],
        )
        if rule.exceptions:
            yield f"Legitimate exceptions: {rule.exceptions.en} ({rule.exceptions.zh})."
            yield ""
        for limit in rule.thresholds:
            yield f"- Threshold `{limit.name}`, {limit.default} unless a profile sets it: {_both(limit.meaning)}."
        for verdict, why in rule.never:
            yield f"- Never *{verdict}*: {_both(why)}."
        yield ""
        broken = example(rule.code).rule.explain(example(rule.code))
        yield f"An example, as it is said: {broken.en} ({broken.zh})"
        yield ""
    yield "## Not computable"
    yield ""
    yield "Rules that nothing in a report can decide. They never give a finding."
    yield ""
    about = ([rule.code, rule.name, _both(rule.statement), _both(rule.source), _both(rule.reason)] for rule in NOT_COMPUTABLE)
    yield from table(("code", "name", "statement", "source", "why not"), about)


def _both(words: Words) -> str:
    return f"{words.en} ({words.zh})"


def _rule_link(code: str) -> str:
    return f"[{code}](#rule-{code.lower()})" if code in RULES else _code(code)


# --- JSON, command line, names ---------------------------------------------------------------------------------------


def json_shape(form: Form) -> Iterator[str]:
    """The JSON of a report on the form with one blank cell and zeros, one row of a table a line."""
    zeros = {str(m.key): Table.of(m, {c.address: Decimal() if c.kind is Kind.MONEY else 0 for c in m.cells}) for m in form.matrices}
    report = Report(year=form.first_year, title=None, overview="", problems="", other_matters="", **zeros)  # type: ignore[arg-type]  # tables only
    document = govinfo.to_dict(report.replace({form.requests.addresses[0]: BLANK}))
    yield "```json"
    yield "{"
    for number, (key, value) in enumerate(document.items(), 1):
        comma = "" if number == len(document) else ","
        if key in zeros:
            rows = (f"    {_json(row)}: {_json(cells)}" for row, cells in value.items())
            yield f"  {_json(key)}: {{"
            yield ",\n".join(rows)
            yield f"  }}{comma}"
        else:
            yield f"  {_json(key)}: {_json(value)}{comma}"
    yield "}"
    yield "```"


def commands_page(group: click.Group) -> Iterator[str]:
    """Every command with its usage, what it does, and its options, walked through click."""
    yield "# Command line"
    yield ""
    root = click.Context(group, info_name="govinfo")
    yield from _command(group, root)
    yield from _commands(group, root, "##")


def _commands(group: click.Group, parent: click.Context, level: str) -> Iterator[str]:
    for name in group.list_commands(parent):
        if (command := group.get_command(parent, name)) is not None and not command.hidden:
            context = click.Context(command, info_name=name, parent=parent)
            yield f"{level} {context.command_path}"
            yield ""
            yield from _command(command, context)
            if isinstance(command, click.Group):
                yield from _commands(command, context, level + "#")


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    yield "```text"
    yield command.get_usage(context)
    yield "```"
    yield ""
    yield inspect.cleandoc(command.help or "").replace("\b", "")
    yield ""
    options = [option for option in command.get_params(context) if isinstance(option, click.Option) and not option.hidden]
    yield from table(("option", "takes", "meaning", "default"), ([*_option(option, context)] for option in options))


def _option(option: click.Option, context: click.Context) -> Iterator[str]:
    yield ", ".join(map(_code, (*option.opts, *option.secondary_opts)))
    metavar = option.make_metavar(context)
    yield "" if option.is_flag else ", ".join(map(_code, option.type.choices)) if isinstance(option.type, click.Choice) else _code(metavar)
    yield option.help or ""
    shown = option.show_default if isinstance(option.show_default, str) else ""
    yield shown or (_code(str(option.default)) if option.show_default else "")


def names_page(*modules: ModuleType) -> Iterator[str]:
    """Every public name with its docstring, under the module that it is imported from; each once."""
    yield "# Python"
    yield ""
    seen: set[str] = set()
    for module in modules:
        yield f"## {module.__name__}"
        yield ""
        for paragraph in (inspect.getdoc(module) or "").split("\n\n"):
            yield f"```pycon\n{paragraph}\n```" if paragraph.startswith(">>>") else paragraph
            yield ""
        for name in public(module):
            if name not in seen:
                yield f"### {name}"
                yield ""
                yield "```{eval-rst}"
                yield from _directive(module, name, getattr(module, name))
                yield "```"
                yield ""
        seen.update(public(module))


def public(module: ModuleType) -> Sequence[str]:
    """The names that a module lists; else the classes and functions that it defines without an underscore."""
    if (listed := getattr(module, "__all__", None)) is not None:
        return listed
    own = (name for name, value in vars(module).items() if getattr(value, "__module__", None) == module.__name__)
    return [name for name in own if not name.startswith("_") and callable(getattr(module, name))]


def _directive(package: ModuleType, name: str, value: object) -> Iterator[str]:
    if inspect.isclass(value):
        yield f".. autoclass:: {package.__name__}.{name}"
        yield "   :members:"
        if not issubclass(value, Exception):
            yield "   :undoc-members:"
    elif inspect.isfunction(value):
        yield f".. autofunction:: {package.__name__}.{name}"
    else:
        yield f".. autodata:: {_home(name, value)}.{name}"
        yield "   :no-value:"


def _home(name: str, value: object) -> str:
    """The module that assigns a constant: there its docstring stands, below it. Others may have a name alike."""
    for module_name, module in sorted(sys.modules.items()):
        if module_name.startswith("govinfo.") and vars(module).get(name) is value:
            body = ast.parse(inspect.getsource(module)).body
            targets = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
            targets += [node.target for node in body if isinstance(node, ast.AnnAssign)]
            if any(isinstance(target, ast.Name) and target.id == name for target in targets):
                return module_name
    raise LookupError(name)


def as_rst(app: Sphinx, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:  # noqa: ARG001 -- Sphinx calls it so
    """Docstrings are Markdown, in which single backticks are code; autodoc expects reStructuredText."""
    lines[:] = [
        re.sub(r"(?<!`)`([^`]+)`(?!`)(?=(\w?))", lambda code: f"``{code[1]}``" + ("\\ " if code[2] else ""), line) for line in lines
    ]


# --- Markdown --------------------------------------------------------------------------------------------------------


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table without the columns that are empty in every row."""
    kept = [list(row) for row in rows]
    filled = [i for i, _ in enumerate(heads) if any(i < len(row) and row[i] for row in kept)]
    yield _row(heads[i] for i in filled)
    yield _row("---" for _ in filled)
    for row in kept:
        yield _row(row[i] if i < len(row) else "" for i in filled)
    yield ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _code(text: str) -> str:
    return f"`{text}`"


def _list(texts: Iterable[str]) -> str:
    return ", ".join(texts)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
