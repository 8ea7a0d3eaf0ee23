"""A released form never changes silently: data in the world is addressed by it."""

import hashlib
import json
from typing import Any

import attrs
import pytest

from govinfo.form import Form
from govinfo.forms import FORMS

ADDRESSES = {
    "cn-2019": "87fe85eb9cf2204d",
    "cn-2021": "9cd0f702b70b13b5",
}
DECLARATIONS = {
    "cn-2019": "6d60aa67f493d9a6",
    "cn-2021": "3ed4370070a07f0c",
}


def digest(value: object) -> str:
    """A short digest of plain data in one canonical writing."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def addressed(form: Form) -> list[Any]:
    """What stored data depends on: the cells in order, what they hold, and what adds up to what."""
    cells = [[cell.address, cell.kind, cell.signed, cell.unit] for cell in form.cells.values()]
    return [form.id, cells, [[b.code, b.line, b.left, b.right] for b in form.balances]]


def declared(form: Form) -> Any:
    """The whole declaration, but for the way back from a matrix to its form."""
    return attrs.asdict(form, filter=lambda attribute, _: attribute.name != "form")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_cells_and_balances_of_a_released_form_never_change(form: Form) -> None:
    assert digest(addressed(form)) == ADDRESSES[form.id], (
        "addresses, their order, kinds, units or balances of a released form have changed: stored data would change its meaning. "
        "Take the change back; a new version of the printed form is a new file in govinfo.forms."
    )


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_wording_of_a_released_form_changes_only_on_purpose(form: Form) -> None:
    assert digest(declared(form)) == DECLARATIONS[form.id], (
        "the declaration of a released form has changed. If it is a correction (an alias seen in print, a note, a basis), say so in "
        f"CHANGELOG.md and write the new digest here: {digest(declared(form))!r}."
    )
