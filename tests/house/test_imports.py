"""Laws over what is imported and what is public. The layers themselves are contracts of import-linter (pyproject)."""

import ast
import subprocess
import sys
import tomllib

import pytest

import govinfo
from tests.house.sources import ROOT, SOURCE

HEAVY = (
    "numpy",
    "pyarrow",
    "polars",
    "duckdb",
    "hypothesis",
    "opencc",
    "rich",
    "click",
    "docx",
    "openpyxl",
    "pdfplumber",
    "pyspark",
    "pydantic",
    "pytest",
)


def test_import_is_light() -> None:
    script = f"import sys, govinfo; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, encoding="utf-8").stdout.split()
    assert loaded == []


def test_the_command_line_loads_what_a_command_needs_when_it_runs() -> None:
    late = ("numpy", "pyarrow", "polars", "duckdb", "hypothesis", "docx", "openpyxl", "pdfplumber", "pyspark")
    script = f"import sys, govinfo.cli; print(*sorted(set({late!r}) & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, encoding="utf-8").stdout.split()
    assert loaded == []


@pytest.mark.parametrize("module", [path.stem for path in SOURCE.glob("*") if path.suffix == ".py" or (path / "__init__.py").is_file()])
def test_every_module_has_its_layer(module: str) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    assert module == "__init__" or module in {layer.strip("()") for layer in layers}


def test_the_package_itself_only_names_what_is_public() -> None:
    tree = ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8"))
    assert all(isinstance(node, ast.ImportFrom | ast.Assign | ast.AnnAssign | ast.Expr | ast.FunctionDef | ast.If) for node in tree.body)
    assert all(hasattr(govinfo, name) for name in govinfo.__all__)
