"""PDF: the published sample, and pages drawn here."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from govinfo.keys import Section
from govinfo.readers import read
from govinfo.reading import Reading

pytest.importorskip("pdfplumber", reason="needs the extra 'pdf'")

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the published samples are not part of the package")


@pytest.fixture(scope="module", name="reading")
def published() -> Reading:
    return read(SAMPLES / "huaian-2024.pdf")


@needs_samples
class TestThePublishedSample:
    """A city's report whose section 3 is cut by a page break, within a label."""

    def test_every_figure(self, reading: Reading) -> None:
        truth = json.loads((SAMPLES / "huaian-2024.truth.json").read_text("utf-8"))
        wrong = {
            address: (reading.report[address], said) for address, said in truth["cells"].items()
            if reading.report[address] != (None if said is None else Decimal(str(said)))
        }  # fmt: skip
        assert wrong == {}
        assert set(reading.origins) == set(truth["cells"])
        assert (reading.report.organ, reading.report.year) == (truth["organ"], truth["year"])
        assert {str(table.matrix.key): table.form.id for table in reading.report.tables} == truth["forms"]

    def test_the_sentences_with_figures_are_whole(self, reading: Reading) -> None:
        truth = json.loads((SAMPLES / "huaian-2024.truth.json").read_text("utf-8"))
        prose = f"{reading.report.overview}\n{reading.report.problems}\n{reading.report.other_matters}"
        assert [claim for claim in truth["claims"] if claim not in prose] == []

    def test_headings_in_order(self, reading: Reading) -> None:
        assert [heading.section for heading in reading.headings] == list(Section)

    def test_no_page_number_is_left(self, reading: Reading) -> None:
        texts = [reading.report.overview or "", reading.report.problems or "", *(leftover.text for leftover in reading.leftovers)]
        assert not [text for text in texts if any(f"- {page} -" in text for page in range(1, 7))]

    def test_each_cell_has_a_place_of_its_own(self, reading: Reading) -> None:
        places = [(origin.page, origin.table, origin.row, origin.column) for origin in reading.origins.values()]
        assert len(set(places)) == len(places)
        assert {origin.page for origin in reading.origins.values()} == {3, 4, 5}
