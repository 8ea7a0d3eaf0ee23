"""Laws over the files of the project: docstrings, length, excuses with reasons, nothing of anyone's machine."""

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import ROOT, SOURCE, named, python_files, tracked

MOST_LINES = 400
"""Of a source file, blank lines not counted: one that passes it wants to be two. Forms are tables, and exempt."""

PYTHON = python_files()
EXCUSE = re.compile(r"#\s*(noqa|type:\s*ignore|pyright:\s*ignore|fmt:|pragma)")
SPECIFIC = re.compile(
    r"#\s*(?:noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)* -- \S"
    r"|type: ignore\[[a-z-]+(?:, ?[a-z-]+)*\]\s+# \S"
    r"|pyright: ignore\[\w+(?:, ?\w+)*\]\s+# \S"
    r"|fmt: (?:skip|off|on)$"
    r"|pragma: no cover -- \S)"
)


@pytest.mark.parametrize("path", PYTHON, ids=named)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [p for p in python_files("src") if p.parent != SOURCE / "forms"], ids=named)
def test_a_source_file_has_one_purpose(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(lines) <= MOST_LINES


@pytest.mark.parametrize("path", PYTHON, ids=named)
def test_every_excuse_names_its_rule_and_its_reason(path: Path) -> None:
    vague = [f"{line}: {text}" for line, text in _comments(path) if EXCUSE.search(text) and not SPECIFIC.search(text)]
    assert not vague


def _comments(path: Path) -> Iterator[tuple[int, str]]:
    with path.open("rb") as lines:
        for token in tokenize.tokenize(lines.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def test_the_law_on_excuses_tells_good_from_bad() -> None:
    hash_ = "# "  # so that this list is not itself a list of excuses
    good = ["noqa: S102 -- why", "type: ignore[arg-type]  # why", "pyright: ignore[reportX]  # why", "noqa: A1, B2 -- why"]
    bad = ["noqa", "noqa: S102", "type: ignore", "type: ignore[arg-type]", "pyright: ignore", "pragma: no cover"]
    assert all(SPECIFIC.search(hash_ + text) for text in good)
    assert not any(SPECIFIC.search(hash_ + text) for text in bad)
    assert all(EXCUSE.search(hash_ + text) for text in (*good, *bad))


# Built from pieces, so that the law is not its own first offender.
FORBIDDEN = re.compile(
    "|".join(
        (
            "/" + "work" + "/",
            "/" + "tmp" + "/" + "bash",
            "farm" + "-",
            r"issues " + "(?:show|list)",
            "DESIGN" + r"\.md",
            "SPEC" + r"\.md",
            "PUBLISHED" + r"\.md",
            "STYLE" + r"\.md",
            "Cla" + "ude",
            "Chat" + "GPT",
            "A" + "I-generated",
            "Co-Authored" + "-By",
        )
    ),
    re.IGNORECASE,
)


def test_no_file_speaks_of_the_machine_that_it_was_written_on() -> None:
    offenders = [
        f"{named(path)}:{number}: {line.strip()}"
        for path in tracked()
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1)
        if FORBIDDEN.search(line)
    ]
    assert not offenders


def test_only_tests_look_for_documents_beside_the_project() -> None:
    beside = "shared" + "/"
    assert not [named(p) for p in tracked() if not p.is_relative_to(ROOT / "tests") and beside in p.read_text("utf-8", "replace")]


def test_the_laws_see_the_project() -> None:
    seen = {named(path) for path in tracked()}
    assert {"pyproject.toml", "README.md", "src/govinfo/report.py", "tests/house/test_sources.py"} <= seen
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
