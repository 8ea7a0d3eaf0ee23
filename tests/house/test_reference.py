"""The generated reference leaves nothing out: every public name, every command with its options, every outcome with its articles."""

import importlib
import re
import sys
from collections import Counter
from types import ModuleType

import click
import pytest

import govinfo
from govinfo.cli.commands import govinfo as command_line
from govinfo.keys import Outcome, OutcomeGroup
from tests.house.sources import ROOT

pytest.importorskip("sphinx", reason="the documentation is built with the extra `docs`")


@pytest.fixture
def reference(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(sys, "path", [str(ROOT / "docs" / "_ext"), *sys.path])
    return importlib.import_module("reference")


@pytest.fixture
def pages(reference: ModuleType) -> dict[str, str]:
    return {name: "\n".join(lines) for name, lines in reference.pages()}


def test_every_public_name_has_one_entry(pages: dict[str, str]) -> None:
    headed = Counter(re.findall(r"^### (\w+)$", pages["names"], re.MULTILINE))
    entries = Counter(re.findall(r"^\.\. auto(?:class|function|data):: [\w.]+?\.?(\w+)$", pages["names"], re.MULTILINE))
    assert {name: (headed[name], entries[name]) for name in govinfo.__all__} == dict.fromkeys(govinfo.__all__, (1, 1))


def test_a_constant_is_documented_where_that_very_value_is_assigned(pages: dict[str, str]) -> None:
    constants = re.findall(r"^\.\. autodata:: ([\w.]+)\.(\w+)$", pages["names"], re.MULTILINE)
    assert len(constants) > 1
    for module, name in constants:
        if name in govinfo.__all__:
            assert getattr(importlib.import_module(module), name) is getattr(govinfo, name), name


def test_every_command_is_there_with_every_option(pages: dict[str, str]) -> None:
    parts = dict(re.findall(r"^## govinfo (\w+)$(.*?)(?=^## |\Z)", pages["commands"], re.MULTILINE | re.DOTALL))
    assert sorted(parts) == sorted(command_line.commands)
    for name, command in command_line.commands.items():
        options = [option for option in command.params if isinstance(option, click.Option)]
        assert [text for option in options for text in option.opts if f"`{text}`" not in parts[name]] == []


def test_every_outcome_stands_under_its_heading(pages: dict[str, str]) -> None:
    parts = dict(re.findall(r"`OutcomeGroup\.(\w+)`$(.*?)(?=^## )", pages["outcomes"], re.MULTILINE | re.DOTALL))
    shown = {group: re.findall(r"^\| `(\w+)`", text, re.MULTILINE) for group, text in parts.items()}
    assert shown == {group.name: [outcome.name for outcome in Outcome if outcome.group is group] for group in OutcomeGroup}


def test_an_article_that_nothing_explains_stops_the_build(reference: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = importlib.import_module("outcomes").ARTICLES
    monkeypatch.delitem(articles, 37)
    with pytest.raises(KeyError):
        list(reference.outcomes(govinfo.FORMS))
