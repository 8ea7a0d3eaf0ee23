"""Laws over the project's pages: README, changelog, the reference of rules and forms."""

import re
import tomllib
from itertools import pairwise
from typing import Any

import pytest

from govinfo.findings import Rule
from govinfo.form import Form
from govinfo.forms import FORMS
from govinfo.rules import RULES
from tests.house.sources import ROOT

CHANGES = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _commands(readme: str) -> list[str]:
    return [line for line in _read(readme).splitlines() if line.startswith("python3 -m venv ")]


def test_the_readme_prints_the_two_commands_that_do_everything() -> None:
    demo, tests = _commands("README.md")
    assert demo.endswith("govinfo demo")
    assert tests.endswith("pytest")
    assert "[test]" in tests


def test_both_readmes_print_the_same_commands() -> None:
    assert _commands("README.md") == _commands("README.zh-CN.md")


def test_the_readmes_have_the_same_parts() -> None:
    english, chinese = (re.findall(r"^(#+) |^```(\w+)", _read(name), re.MULTILINE) for name in ("README.md", "README.zh-CN.md"))
    assert english == chinese


def test_the_changelog_is_kept() -> None:
    text = _read("CHANGELOG.md")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert text.startswith("# Changelog\n")
    assert headings[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", heading) for heading in headings[1:])
    versions = [tuple(map(int, heading[1:].partition("]")[0].split("."))) for heading in headings[1:]]
    assert all(newer > older for newer, older in pairwise(versions))
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= set(CHANGES)


def test_an_extra_is_for_users_or_for_those_who_work_on_it() -> None:
    extras: dict[str, list[str]] = tomllib.loads(_read("pyproject.toml"))["project"]["optional-dependencies"]
    (everything,) = extras["all"]
    users = set(everything.removeprefix("govinfo[").removesuffix("]").split(","))
    assert set(extras) == users | {"all", "spark", "test", "docs", "dev", "bench", "mutation"}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_every_rule_is_documented(rule: Rule[Any]) -> None:
    assert re.fullmatch(r"[A-Z]\d{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    said = [rule.statement, rule.source] + ([rule.exceptions] if rule.exceptions else [])
    assert all(words.zh.strip() and words.en.strip() for words in said)
    assert set(rule.forms) <= {form.id for form in FORMS}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_line_of_a_form_is_documented(form: Form) -> None:
    lines = {line for matrix in form.matrices for line in (*matrix.rows, *matrix.columns)}
    assert all(line.label.strip() and line.english.strip() for line in (*form.sections, *lines))
    assert all(line.basis for line in form.sections)
    assert all(note.zh.strip() and note.en.strip() for line in lines for note in line.notes)
    # A line either names its articles or stands under a band or a total that does: only totals have none of their own.
    rows = {row for matrix in form.matrices for row in matrix.rows if not row.basis}
    assert {str(row.key) for row in rows} <= {"total_concluded"}


def test_codes_and_names_of_rules_are_one_to_one() -> None:
    assert all(code == rule.code for code, rule in RULES.items())
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
