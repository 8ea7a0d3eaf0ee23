"""Findings as GitHub Actions annotations: https://docs.github.com/actions/reference/workflow-commands-for-github-actions."""

from collections.abc import Iterator

from govinfo.cli.checking import Checked
from govinfo.cli.located import cells, spot
from govinfo.cli.suspects import suspects_of
from govinfo.findings import Finding, Lang, Severity, Verdict

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def annotation_lines(checked: Checked, lang: Lang) -> Iterator[str]:
    """A line for each suspect, then one for each finding that is broken; what is unknown is a notice."""
    for address, words in suspects_of(checked):
        place = spot(checked, address)
        yield _line("error", {"file": place.path, "line": place.line, "title": _SUSPECT[lang]}, words.said(lang))
    for finding in checked.listed:
        yield _annotation(checked, finding, lang)


_SUSPECT = {"zh": "可疑的格", "en": "suspect"}


def _annotation(checked: Checked, finding: Finding, lang: Lang) -> str:
    place = spot(checked, next(iter(cells(checked, finding)), None))
    level = _LEVELS[finding.severity] if finding.verdict is Verdict.BROKEN else "notice"
    return _line(level, {"file": place.path, "line": place.line, "title": f"{finding.code} {finding.name}"}, finding.message(lang))


def _line(command: str, properties: dict[str, str | int | None], message: str) -> str:
    said = ",".join(f"{name}={_escaped(str(value), property_=True)}" for name, value in properties.items() if value is not None)
    return f"::{command} {said}::{_escaped(message)}"


def _escaped(text: str, *, property_: bool = False) -> str:
    """As the toolkit of GitHub Actions escapes; commas and colons end a property."""
    pairs = [("%", "%25"), ("\r", "%0D"), ("\n", "%0A")] + ([(":", "%3A"), (",", "%2C")] if property_ else [])
    for character, escape in pairs:
        text = text.replace(character, escape)
    return text
