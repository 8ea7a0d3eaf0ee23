"""Every example in README and docs runs, and prints what is printed there.

They run from top to bottom. `pycon` blocks are doctests, those of one page share their names. In `console` blocks the
lines after `$ ` are run, and what follows is their output. In both, `...` stands for anything, and a line may be broken
where the output has a space. They find the bundled example, `office-2023.txt`, in the folder that they run in. Commands
that are only shown (`sh` and `yaml` blocks, code within a sentence) name commands and options that there are, `toml`
blocks are profiles, and `python` blocks import what there is.
"""

import ast
import doctest
import importlib
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import click
import pytest

from govinfo.cli.commands import govinfo as command_line
from govinfo.rules import Profile
from tests.house.sources import named, tracked

EXAMPLE = "office-2023.txt"
FENCE = re.compile(r"^```(?P<kind>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = [path for path in tracked() if path.suffix == ".md"]
LENIENT = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def _blocks(path: Path, *kinds: str) -> Iterator[tuple[int, str, str]]:
    """The page's blocks of those kinds from top to bottom: the number of the first line, counted from 0, the kind, the code."""
    text = path.read_text(encoding="utf-8")
    for block in FENCE.finditer(text):
        if block["kind"] in kinds:
            yield text.count("\n", 0, block.start("code")), block["kind"], block["code"]


def _has(*kinds: str) -> list[Path]:
    return [path for path in PAGES if any(_blocks(path, *kinds))]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the bundled example in it; the one that the test runs in."""
    (tmp_path / EXAMPLE).write_bytes((files("govinfo") / "examples" / EXAMPLE).read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", _has("pycon", "console"), ids=named)
def test_examples(path: Path, folder: Path) -> None:
    """From top to bottom in one folder, as somebody does who follows the page: a file that one block writes is there for the next."""
    language = "zh_CN.UTF-8" if path.stem.endswith("zh-CN") else "en_US.UTF-8"
    environment = {**os.environ, "LC_ALL": language, "LANG": language, "PYTHONUTF8": "1", "COLUMNS": "140"}
    names: dict[str, object] = {}
    wrong: list[str] = []
    for first, kind, code in _blocks(path, "pycon", "console"):
        if kind == "console":
            wrong += (f"{named(path)}:{first}: {each}" for each in _run(code, folder, environment))
            continue
        examples = doctest.DocTestParser().get_doctest(code, names, named(path), str(path), first)
        runner = doctest.DocTestRunner(optionflags=LENIENT)
        runner.run(examples, out=wrong.append, clear_globs=False)
        names = examples.globs
    assert not wrong, "".join(wrong)


def _run(code: str, folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Run each command of a block; those that print something else than the page says, with what they print."""
    for command, expected in _commands(code):
        program, *arguments = shlex.split(command)
        assert program == "govinfo", f"{command}: only this project's command line is run here"
        done = subprocess.run(
            [sys.executable, "-m", program, *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        printed = done.stdout + done.stderr
        if not doctest.OutputChecker().check_output(expected, printed, LENIENT):
            yield f"{command}\n{printed}"


def _commands(code: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^\$ ", code, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield command, expected


def _shown(path: Path) -> Iterator[list[str]]:
    """The words behind `govinfo` of each command that the page shows without running it."""
    text = path.read_text(encoding="utf-8")
    lines = [line for _, _, code in _blocks(path, "sh", "yaml") for line in code.splitlines()]
    lines += re.findall(r"`([^`\n]+)`", FENCE.sub("", text))
    for line in lines:
        if found := re.search(r"(?:^|[\s/])govinfo ([a-z]+(?: .*)?)$", line.partition(" > ")[0]):
            yield found[1].split()


def test_commands_that_are_shown_exist() -> None:
    shown = [(named(path), words) for path in PAGES for words in _shown(path)]
    assert len(shown) > 20  # so that a change of the pages' layout does not leave this without a subject
    for page, words in shown:
        for command, rest in _resolved(command_line, words, page):
            options = {text for option in command.get_params(click.Context(command)) for text in option.opts}
            assert [word for word in rest if word.startswith("-") and word != "-" and word not in options] == [], f"{page}: {words}"


def _resolved(group: click.Group, words: list[str], page: str) -> Iterator[tuple[click.Command, list[str]]]:
    """The commands that some words name (`a|b` names two), each with the words behind it."""
    name, *rest = words
    for one in name.split("|"):
        assert one in group.commands, f"{page}: {words}"
        command = group.commands[one]
        if isinstance(command, click.Group) and rest:
            yield from _resolved(command, rest, page)
        else:
            yield command, rest


def test_profiles_that_are_shown_are_profiles() -> None:
    shown = [(named(path), code) for path in PAGES for _, _, code in _blocks(path, "toml")]
    assert len(shown) > 1
    for _, code in shown:
        assert Profile.from_toml(code).name == "own"


def test_programs_that_are_shown_compile_and_import_what_there_is() -> None:
    """`python` blocks are programs that need what is not here: a cluster, a table of the reader's. Their page says so."""
    shown = [(named(path), code) for path in PAGES for _, _, code in _blocks(path, "python")]
    assert shown
    for page, code in shown:
        for node in ast.walk(ast.parse(code, page)):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("govinfo") and node.module != "govinfo.spark":
                module = importlib.import_module(node.module)
                assert [alias.name for alias in node.names if not hasattr(module, alias.name)] == [], page


def test_the_readmes_have_examples() -> None:
    for kind in ("pycon", "console"):
        assert {"README.md", "README.zh-CN.md"} <= {named(path) for path in _has(kind)}
