"""Sessions that no gate runs: the mutation testing of what everything else stands on.

`nox -s mutation -- balance form` changes these modules in small ways, one at a time, and counts the changes that their tests notice.
Without names it takes all of `SUITES`. CONTRIBUTING.md says how to read what it leaves in `build/mutation/`.
"""

import json
import shutil
from pathlib import Path

import nox

ROOT = Path(__file__).parent

# Module -> its tests: a change that they let pass has survived, whatever the rest of the suite would say of it.
# Laws that take more than some seconds are left out where quicker tests make the same claim.
SUITES = {
    "balance": ["unit/test_balance.py", "laws/test_balances.py"],
    "form": ["unit/test_form.py", "unit/test_forms.py", "laws/test_own_form.py", "laws/test_balances.py"],
    "report": ["unit/test_report.py", "laws/test_tables.py", "laws/test_pickling.py"],
    "figure": ["unit/test_report.py", "unit/test_table.py", "laws/test_tables.py"],
    "table": ["unit/test_report.py", "unit/test_table.py", "laws/test_tables.py", "laws/test_pickling.py"],
    "readers/match": [
        "unit/test_match.py",
        "unit/test_shifted.py",
        "unit/test_read.py",
        "documents/test_pages.py",
        "laws/test_own_form.py",
        "golden/test_texts.py",
    ],
    "convert": [
        "unit/test_convert.py",
        "unit/test_upgrade.py",
        "laws/test_json.py",
        "laws/test_json_schema.py",
        "laws/test_csv.py",
        "laws/test_formats.py",
        "house/test_schemas.py",
        "golden/test_texts.py",
    ],
    "locator": ["unit/test_locator.py", "laws/test_locator_laws.py", "golden/test_golden.py"],
    "rules": [
        *(f"unit/{path.name}" for path in sorted(ROOT.glob("tests/unit/test_rules_*.py"))),
        "laws/test_rules_laws.py",
        "golden/test_golden.py",
    ],
}

SLOW = [  # seconds each, and claims that quicker tests make as well
    "unit/test_match.py::test_a_form_that_is_not_tried_would_not_have_fitted",
    "unit/test_read.py::TestRefusals",
    "laws/test_locator_laws.py::test_sizes_agree_with_an_integer_program",
    "laws/test_json_schema.py::test_both_refuse_and_accept_alike_whatever_stands_anywhere",
]
WORDING = [r"^\s*(return |yield |facts=|\w+ = )?\(*Words\("]  # lines that only say something: tests assert on data, not on wording

# mutmut runs pytest many times in one process. pytest keeps the ids of a parametrised test and escapes them again: those of a
# Chinese id are then not found, and every change that they would have judged counts as noticed. So ids are made anew.
ANEW = """

def pytest_generate_tests(metafunc):
    for mark in metafunc.definition.iter_markers("parametrize"):
        object.__setattr__(mark._param_ids_from or mark, "_param_ids_generated", None)
"""


@nox.session(python=False)
def mutation(session: nox.Session) -> None:
    """Mutate the named modules (all by default) and print the score of each."""
    for module in session.posargs or SUITES:
        place = ROOT / "build" / "mutation" / module.replace("/", "-")
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        for name in ("src", "tests"):
            (place / name).symlink_to(ROOT / name)
        (place / "conftest.py").write_text((ROOT / "conftest.py").read_text(encoding="utf-8") + ANEW, encoding="utf-8")
        settings = {
            "source_paths": ["src"],
            "only_mutate": [f"src/govinfo/{module}.py", f"src/govinfo/{module}/*"],
            "also_copy": ["conftest.py"],
            "pytest_add_cli_args": [
                "-n0",
                "-p",
                "no:cacheprovider",
                "--hypothesis-profile=mutation",
                *(f"--deselect=tests/{test}" for test in SLOW),
            ],
            "pytest_add_cli_args_test_selection": [f"tests/{path}" for path in SUITES[module]],
            "do_not_mutate_patterns": WORDING,
            "timeout_multiplier": 10.0,
            "timeout_constant": 2.0,  # seconds: a loaded machine must not look like a loop without end
            "process_isolation": "forkserver",  # forks before any test has run: what a test leaves in a cache hides a change
            "use_git_change_detection": False,
            "track_dependencies": False,
        }
        section = "\n".join(["", "[tool.mutmut]", *(f"{key} = {json.dumps(value)}" for key, value in settings.items()), ""])
        (place / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8") + section, encoding="utf-8")
        with session.chdir(place):
            session.run("mutmut", "run", "--max-children", "2", env={"PYTHONHASHSEED": "0"})
