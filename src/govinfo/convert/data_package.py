"""The Frictionless Data Package that says what the columns of our CSV mean, for the tools that read such descriptions."""

from collections.abc import Sequence
from typing import Any

from govinfo.convert.csv_text import SHAPES, TIDY, Shape, wide_columns
from govinfo.convert.plain_data import SECTIONS
from govinfo.errors import FormatError
from govinfo.form import Cell, Form, Kind
from govinfo.forms import FORMS
from govinfo.keys import ReportScope
from govinfo.report import MAX_COUNT, CellState

Field = dict[str, Any]

_COUNT: Field = {"type": "integer", "constraints": {"minimum": 0, "maximum": MAX_COUNT}}
_CHANGE: Field = {"type": "integer", "constraints": {"minimum": -MAX_COUNT, "maximum": MAX_COUNT}}
_MONEY: Field = {"type": "number"}
_TEXT: Field = {"type": "string"}
_SAID: dict[str, tuple[str, str, Field]] = {
    "report": (
        "报告序号",
        "the reports of the file, numbered from 1",
        {"type": "integer", "constraints": {"required": True, "minimum": 1}},
    ),
    "organ": ("公开主体", "whose report it is", _TEXT),
    "year": ("报告年度", "the year that it reports on", {"type": "year"}),
    "scope": (
        "统计范围",
        "own_organ, or aggregate: all bodies below it as well",
        {**_TEXT, "constraints": {"enum": [*map(str, ReportScope)]}},
    ),
    "title": ("标题", "the title line", _TEXT),
    "published_on": ("发布日期", "the day of publication", {"type": "date"}),
    "overview": ("总体情况", "the prose of section 1", _TEXT),
    "problems": ("存在的主要问题及改进情况", "the prose of section 5", _TEXT),
    "other_matters": ("其他需要报告的事项", "the prose of section 6", _TEXT),
    "form": ("格式", "the form that the table is on; nothing where the row is no cell", _TEXT),
    "address": ("地址", "the address of a cell, or the name of what else the report says", {**_TEXT, "constraints": {"required": True}}),
    "label_zh": ("行与列", "row and column as printed", _TEXT),
    "label_en": ("行与列（英文）", "row and column in English", _TEXT),
    "value": ("数值", "the figure; nothing where the cell has none", _MONEY),
    "unit": ("单位", "the unit that the form fixes", _TEXT),
    "state": ("状态", "what stands in the cell; only value carries a figure", {**_TEXT, "constraints": {"enum": [*map(str, CellState)]}}),
    "raw": ("格内文字", "the text of a cell that shows something else than a plain figure", _TEXT),
    "note": ("注释", "what the figure was printed with", _TEXT),
    "printed_unit": ("格内单位", "the unit that was printed with the figure", _TEXT),
    "text": ("文字", "what the report says, where the row is no cell", _TEXT),
    "marks": ("格内标记", "for every cell that shows something else than a plain figure, what it shows (JSON)", _TEXT),
    **{f"form_{section}": (f"格式：{section}", f"the form that the table of section {section} is on", _TEXT) for section in SECTIONS},
}


def data_package(shape: Shape = "tidy", *, path: str = "reports.csv", forms: Sequence[Form] = FORMS) -> dict[str, Any]:
    """The descriptor (`datapackage.json`) of a file that `to_csv` wrote in that shape; its fields in Chinese and English.

    Text fields begin with an apostrophe where they are empty or would be taken for a formula: see `to_csv`. Raises
    `FormatError` for another shape.

    >>> [field["name"] for field in data_package()["resources"][0]["schema"]["fields"]][:3]
    ['report', 'organ', 'year']
    """
    if shape not in SHAPES:
        raise FormatError(shape, SHAPES)
    cells = {address: cell for form in reversed(forms) for address, cell in form.cells.items()}
    heads: Sequence[str] = TIDY if shape == "tidy" else wide_columns(forms)
    schema: Field = {"fields": [_field(head, cells.get(head)) for head in heads], "missingValues": [""]}
    schema["primaryKey"] = ["report", "address"] if shape == "tidy" else ["report"]
    return {
        "profile": "tabular-data-package",
        "name": f"govinfo-reports-{shape}",
        "title": "政府信息公开工作年度报告 | Yearly open government information reports",
        "resources": [
            {
                "name": "reports",
                "path": path,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "doubleQuote": True, "lineTerminator": "\r\n"},
                "schema": schema,
            }
        ],
    }


def _field(head: str, cell: Cell | None) -> Field:
    if cell is None:
        zh, en, kind = _SAID[head]
        return {"name": head, "title": zh, "description": en, **kind}
    kind = _MONEY if cell.kind is Kind.MONEY else _CHANGE if cell.signed else _COUNT
    return {"name": head, "title": cell.label, "description": cell.english, **kind, **({"unit": cell.unit} if cell.unit else {})}
