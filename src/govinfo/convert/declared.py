"""The forms as plain data, so that programs in other languages can build on the same declaration."""

from typing import Any

from govinfo.balance import Balance
from govinfo.form import Band, Cell, Form, Line, Matrix, Note

FORM_SCHEMA = "govinfo.form/1"


def form_data(form: Form) -> dict[str, Any]:
    """Everything that a form declares, and what follows from it: its cells by address and its equations.

    In a balance the cells of `left` add up to those of `right`.

    >>> from govinfo.forms import CN_2021
    >>> form_data(CN_2021)["tables"][1]["balances"][0]["right"]
    ['requests.total_concluded.natural_person', 'requests.carried_forward.natural_person']
    """
    return {
        "schema": FORM_SCHEMA,
        "id": form.id,
        "label": {"zh": form.label, "en": form.english},
        "instrument": form.instrument,
        "first_year": form.first_year,
        "last_year": form.last_year,
        "notes": [_note(note) for note in form.notes],
        "sections": [_line(line) for line in form.sections],
        "tables": [_table(matrix) for matrix in form.matrices],
    }


def _table(matrix: Matrix) -> dict[str, Any]:
    return {
        "section": str(matrix.key),
        "printed_as_one_row": matrix.flat,
        "bands": [_band(band) for band in matrix.bands],
        "cells": [_cell(cell) for cell in matrix.cells],
        "balances": [_balance(balance) for balance in matrix.balances],
    }


def _band(band: Band) -> dict[str, Any]:
    return {
        "key": str(band.key),
        "label": band.label,
        "corner": band.corner,
        "basis": band.basis,
        "rows": [_line(line) for line in band.rows],
        "columns": [{**_line(line), "kind": str(line.kind), "signed": line.signed, "unit": line.unit or None} for line in band.columns],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "key": str(line.key),
        "label": {"zh": line.label, "en": line.english},
        "within": list(line.within),
        "aliases": list(line.aliases),
        "basis": line.basis,
        "notes": [_note(note) for note in line.notes],
    }


def _note(note: Note) -> dict[str, str]:
    return {"zh": note.zh, "en": note.en, "evidence": str(note.evidence)}


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "address": cell.address,
        "row": str(cell.row.key),
        "column": str(cell.column.key),
        "label": {"zh": cell.label, "en": cell.english},
        "kind": str(cell.kind),
        "signed": cell.signed,
        "unit": cell.unit or None,
    }


def _balance(balance: Balance) -> dict[str, Any]:
    return {"code": balance.code, "line": balance.line, "left": list(balance.left), "right": list(balance.right)}
