"""JSON Schema (2020-12) of what govinfo writes, generated from the forms: reports, and the findings of `govinfo check`.

The schema of reports says all that a schema can say: no other keys, every range, the rows and columns of the form that
is named for each table, a mark for every cell without a value. What it cannot say, `from_json` still refuses: a key
that stands twice, `1.0` for `1`, a day that the calendar lacks, text that no UTF-8 can hold.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from govinfo.convert.plain_data import KEYS, SCHEMA, SECTIONS, TEXTS, layout
from govinfo.errors import FormatError
from govinfo.form import Cell, Form, Kind, Line, Matrix
from govinfo.forms import FORMS
from govinfo.keys import ReportScope
from govinfo.report import MAX_COUNT, MONEY_FRACTION_DIGITS, MONEY_INTEGER_DIGITS, CellState

Schema = dict[str, Any]
Name = Literal["report", "findings"]

IDS: Mapping[Name, str] = {"report": "urn:govinfo:report:1", "findings": "urn:govinfo:findings:1"}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# As `govinfo.report.plain` writes an amount; negative zero is no way of writing 0.
_MONEY = rf"^(?!-[0.]+$)-?(0|[1-9][0-9]{{0,{MONEY_INTEGER_DIGITS - 1}}})(\.[0-9]{{1,{MONEY_FRACTION_DIGITS}}})?$"
_FOLDED = r"^(\S+( \S+)*)?$"
_ADDRESS = rf"^({'|'.join(SECTIONS)})\.[^.]+\.[^.]+$"
_SAID = {
    "schema": ("格式标识", "which schema this is"),
    "organ": ("公开主体", "whose report it is; null: the document did not say"),
    "year": ("报告年度", "the year that it reports on"),
    "scope": ("统计范围：本机关或汇总", "whether the figures count the organ alone or all bodies below it as well"),
    "title": ("标题", "the title line"),
    "published_on": ("发布日期", "the day of publication"),
    "forms": ("各表所用格式", "the form that each table is on; null: there is no such table"),
    "overview": ("总体情况", "the prose of section 1; empty: a heading with nothing under it; null: no such heading"),
    "problems": ("存在的主要问题及改进情况", "the prose of section 5"),
    "other_matters": ("其他需要报告的事项", "the prose of section 6"),
    "marks": (
        "不是单纯数字的格：空白、斜杠、短横、注释等",
        "for every cell that shows something else than a plain figure, what it shows; a cell that is null has one",
    ),
}


def json_schema(name: Name = "report", *, forms: Sequence[Form] = FORMS) -> Schema:
    """The JSON Schema of `govinfo.report/1`, or of the array that `govinfo check --format json` writes.

    For the forms of the library it is also in the package, as `schemas/report-1.schema.json` and
    `schemas/findings-1.schema.json`. Raises `FormatError` for another name.

    >>> json_schema("findings")["$id"]
    'urn:govinfo:findings:1'
    """
    match name:
        case "report":
            return _report(forms)
        case "findings":
            return _findings()
    raise FormatError(name, IDS)


def _object(properties: Schema, optional: Sequence[str] = ()) -> Schema:
    """An object with these keys and no others."""
    required = [key for key in properties if key not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _where(properties: Schema) -> Schema:
    """Any object in which these keys stand so; with its type, which strict validators (Ajv) ask for."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _with(properties: Schema) -> Schema:
    """Any object in which these keys stand so, or not at all."""
    return {"type": "object", "properties": properties}


def _said(zh: str, en: str, schema: Schema) -> Schema:
    """The schema with what it is about, in Chinese and in English."""
    return {"title": zh, "description": en, **schema}


# --- reports ---------------------------------------------------------------------------------------------------------


def _report(forms: Sequence[Form]) -> Schema:
    text = {"type": ["string", "null"]}
    kinds: dict[str, Schema] = {
        **dict.fromkeys(TEXTS, text),
        "schema": {"const": SCHEMA},
        "year": {"type": ["integer", "null"], "minimum": 1000, "maximum": 9999},
        "scope": {"enum": [*map(str, ReportScope), None]},
        "published_on": {"type": ["string", "null"], "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "forms": _object({section: {"enum": [*(m.form.id for m in _matrices(forms, section)), None]} for section in SECTIONS}),
        **{section: {"type": ["object", "null"]} for section in SECTIONS},
        "marks": {"type": "object", "propertyNames": {"pattern": _ADDRESS}, "additionalProperties": {"$ref": "#/$defs/mark"}},
    }
    tables = [matrix for section in SECTIONS for matrix in _matrices(forms, section)]
    said = {**_SAID, **{str(line.key): (line.label, line.english) for form in reversed(forms) for line in form.sections}}
    return {
        "$schema": _DIALECT,
        "$id": IDS["report"],
        **_said("政府信息公开工作年度报告", "One yearly open government information report, as it was published", {}),
        **_object({key: _said(*said.get(key, (key, key)), kinds[key]) for key in KEYS}),
        "allOf": [
            *(_named(matrix) for matrix in tables),
            *(_unnamed(section) for section in SECTIONS),
            *(_marked(cell) for cell in {cell.address: cell for matrix in tables for cell in matrix.cells}.values()),
        ],
        "$defs": {
            "count": {"type": ["integer", "null"], "minimum": 0, "maximum": MAX_COUNT},
            "change": {"type": ["integer", "null"], "minimum": -MAX_COUNT, "maximum": MAX_COUNT},
            "money": {"type": ["string", "null"], "pattern": _MONEY},
            "mark": _said(
                "格内标记",
                "What a cell shows where that is not a plain figure",
                _object(
                    {
                        "state": _said("状态", "only `value` carries a figure", {"enum": [*map(str, CellState)]}),
                        "raw": _said("格内文字", "the text of the cell", {"type": "string", "pattern": _FOLDED}),
                        "note": _said("注释", "what the figure was printed with", {"type": "string"}),
                        "unit": _said("单位", "the unit that was printed with it", {"type": "string"}),
                    },
                    optional=("note", "unit"),
                ),
            ),
            **{name: schema for matrix in tables for name, schema in _table(matrix).items()},
        },
    }


def _matrices(forms: Sequence[Form], section: str) -> list[Matrix]:
    return [matrix for form in forms for matrix in form.matrices if matrix.key == section]


def _table_name(matrix: Matrix) -> str:
    return f"{matrix.form.id}.{matrix.key}"


def _table(matrix: Matrix) -> dict[str, Schema]:
    """The table by its name, and under longer names what its rows have in common: the columns of a band."""
    name, rows, columns = _table_name(matrix), dict[str, Schema](), dict[str, Schema]()
    for row, cells in layout(matrix).items():
        bands = dict.fromkeys(str(cell.band.key) for cell in cells.values())
        own = ".".join((name, *bands))
        columns[own] = _object({column: _cell(cell) for column, cell in cells.items()})
        rows[row] = _line(next(iter(cells.values())).row, {"$ref": f"#/$defs/{own}"})
    return {name: _said(f"{matrix.form.label}：{matrix.key}", f"section {matrix.key} on {matrix.form.english}", _object(rows)), **columns}


def _line(line: Line, schema: Schema) -> Schema:
    return _said(" › ".join(line.path), line.english, schema)


def _cell(cell: Cell) -> Schema:
    kind = "money" if cell.kind is Kind.MONEY else "change" if cell.signed else "count"
    line, unit = cell.column, cell.unit
    # The unit in words: a keyword of our own would be an error for a strict validator.
    zh, en = (f"{' › '.join(line.path)}（{unit}）", f"{line.english}, in {unit}") if unit else (" › ".join(line.path), line.english)
    return _said(zh, en, {"$ref": f"#/$defs/{kind}"})


def _named(matrix: Matrix) -> Schema:
    """Where a form is named for a section, its table is there, and marks of the section are at its cells."""
    section = matrix.key
    other = {"not": {"type": "string", "pattern": rf"^{section}\."}}
    return {
        "if": _where({"forms": _where({section: {"const": matrix.form.id}})}),
        "then": _with(
            {
                section: {"$ref": f"#/$defs/{_table_name(matrix)}"},
                "marks": {"type": "object", "propertyNames": {"anyOf": [other, {"enum": list(matrix.addresses)}]}},
            }
        ),
    }


def _unnamed(section: str) -> Schema:
    """Where no form is named for a section, it has neither table nor marks."""
    return {
        "if": _where({"forms": _where({section: {"type": "null"}})}),
        "then": _with(
            {
                section: {"type": "null"},
                "marks": {"type": "object", "propertyNames": {"not": {"type": "string", "pattern": rf"^{section}\."}}},
            }
        ),
    }


def _marked(cell: Cell) -> Schema:
    """A cell that is null has a mark that says why; a mark of a cell that is not says that it is a value."""
    section, row, column = cell.address.split(".")
    null: Schema = {"type": "null"}
    for key in (column, row, section):
        null = _where({key: null})
    is_value: Schema = {"state": {"const": str(CellState.VALUE)}}
    return {
        "if": null,
        "then": _with({"marks": _where({cell.address: {"not": _where(is_value)}})}),
        "else": _with({"marks": _with({cell.address: _with(is_value)})}),
    }


# --- findings --------------------------------------------------------------------------------------------------------


def _findings() -> Schema:
    address = {"type": "string", "pattern": _ADDRESS}
    side = {"anyOf": [{"type": ["integer", "null"]}, {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}]}
    cells = {"type": "object", "propertyNames": address, "additionalProperties": {"type": "integer", "minimum": 0}}
    finding = _object(
        {
            "code": _said("规则编号", "the code of the rule; see `govinfo rules`", {"type": "string", "pattern": "^[A-Z][0-9]{3}$"}),
            "name": _said("规则名称", "the short name of the rule", {"type": "string"}),
            "verdict": _said("结论", "only what is broken or unknown is listed", {"enum": ["broken", "unknown"]}),
            "severity": _said("严重程度", "what a broken rule is worth", {"enum": ["error", "warning", "info"]}),
            "cells": _said("涉及的格", "every cell that this instance of the rule used", {"type": "array", "items": address}),
            "left": _said("左边", "one side of the rule's formula; null: unknown, or nothing is compared", side),
            "right": _said("右边", "the other side", side),
            "message": _said("说明", "the finding in words, in the language that was asked for", {"type": "string"}),
        }
    )
    suspect = _object(
        {
            "cells": _said("更正建议", "address to proposed figure: after these corrections every sum holds", cells),
            "unique": _said("是否唯一", "no other set of this size exists", {"type": "boolean"}),
        }
    )
    source = _object(
        {
            "source": _said("来源", "the document that was checked", {"type": "string"}),
            "year": _said(*_SAID["year"], {"type": ["integer", "null"], "minimum": 1000, "maximum": 9999}),
            "organ": _said(*_SAID["organ"], {"type": ["string", "null"]}),
            "findings": _said("不成立或无法判断之处", "what is broken or unknown", {"type": "array", "items": {"$ref": "#/$defs/finding"}}),
            "suspects": _said("可疑的格", "the smallest sets of corrections", {"type": "array", "items": {"$ref": "#/$defs/suspect"}}),
            "deduced": _said("可推算的格", "cells without a figure that the sums determine", cells),
        }
    )
    return {
        "$schema": _DIALECT,
        "$id": IDS["findings"],
        **_said("校验结果", "What `govinfo check --format json` writes; `--format jsonl` writes one `source` a line", {}),
        "type": "array",
        "items": {"$ref": "#/$defs/source"},
        "$defs": {"source": source, "finding": finding, "suspect": suspect},
    }
