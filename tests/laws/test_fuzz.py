"""Any bytes give a reading or one clear error. The long run of the same is `python -m tests.documents.fuzz`."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.fuzz import outcome, seeds, spoiled

pytest.importorskip("docx", reason="needs the extra 'office'")
pytest.importorskip("openpyxl", reason="needs the extra 'office'")


@pytest.fixture(scope="module", autouse=True)
def _without_libreoffice() -> Iterator[None]:
    for kind in ("docx", "xlsx", "pdf", "zip", "html", "text"):
        seeds(kind)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")  # it is another's program, and slow
        yield


@pytest.mark.parametrize(("kind", "count"), [("docx", 40), ("xlsx", 60), ("pdf", 12), ("zip", 40), ("html", 80), ("text", 150)])
def test_spoiled_documents(kind: str, count: int) -> None:
    if not seeds(kind):
        pytest.skip("nothing to spoil: no Chinese font is installed")
    outcomes = {number: outcome(spoiled(kind, random.Random(number))) for number in range(count)}
    assert {number: said for number, said in outcomes.items() if said not in {"read", "refused"}} == {}
    assert set(outcomes.values()) == {"read", "refused"}  # spoiled neither too little nor too much


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(max_examples=150)
def test_any_bytes(content: bytes) -> None:
    assert outcome(content) in {"read", "refused"}


@given(st.sampled_from((b"PK\x03\x04", b"%PDF-1.7\n", b"{\\rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>")), st.binary(max_size=200))
@settings(max_examples=60)
def test_any_bytes_that_begin_as_a_document(head: bytes, content: bytes) -> None:
    assert outcome(head + content) in {"read", "refused"}
