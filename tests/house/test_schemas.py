"""The schemas in the package are what the forms give now; `govinfo form --format json-schema` writes the first anew."""

import json
from importlib.resources import files

import pytest

from govinfo.convert import form_data, json_schema
from govinfo.convert.json_schema import Name
from govinfo.forms import FORMS


@pytest.mark.parametrize("name", ["report", "findings"])
def test_the_shipped_schema_is_the_generated_one(name: Name) -> None:
    shipped = (files("govinfo") / "schemas" / f"{name}-1.schema.json").read_text(encoding="utf-8")
    assert json.loads(shipped) == json_schema(name)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_form_as_data_says_all_of_the_form(form: object) -> None:
    (own,) = (each for each in FORMS if each is form)
    data = form_data(own)
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data
    assert [cell["address"] for table in data["tables"] for cell in table["cells"]] == list(own.cells)
    balances = [(b["code"], tuple(b["left"]), tuple(b["right"])) for table in data["tables"] for b in table["balances"]]
    assert balances == [(b.code, b.left, b.right) for b in own.balances]
    aliases = [line["aliases"] for table in data["tables"] for band in table["bands"] for line in (*band["rows"], *band["columns"])]
    assert aliases == [list(line.aliases) for m in own.matrices for band in m.bands for line in (*band.rows, *band.columns)]
