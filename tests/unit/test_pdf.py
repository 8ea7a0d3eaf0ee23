"""PDF: the published sample, and pages drawn here."""

import base64
import json
import sys
import zlib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import frozen

from govinfo.errors import MissingExtraError, ReadError
from govinfo.forms import FORMS
from govinfo.keys import Section
from govinfo.readers import pdf, read, streams
from govinfo.readers.breaks import blocks_of
from govinfo.readers.grid import Line
from govinfo.readers.pages import Page, PageChar
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


def drawn(
    *contents: bytes, more: Mapping[int, bytes] | None = None, resources: bytes = b"", kids: bytes = b"", trailer: bytes = b""
) -> bytes:
    """A PDF of one page for each content stream; `more` are further objects by number, from 100."""
    pages = {10 + 2 * number: content for number, content in enumerate(contents)}
    listed = kids or b" ".join(b"%d 0 R" % number for number in pages)
    objects: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (listed, len(pages)),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    for number, content in pages.items():
        objects[number] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>%s>>/Contents %d 0 R>>" % (
            resources,
            number + 1,
        )
        objects[number + 1] = stream(content)
    objects |= more or {}
    out, places = bytearray(b"%PDF-1.7\n"), dict[int, int]()
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n" + b"".join(b"%d 1\n%010d 00000 n \n" % pair for pair in places.items())
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (max(objects) + 1, trailer, start)
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), entries, content)


WORDS = b"BT /F 12 Tf 70 700 Td (twenty characters and some more of them) Tj ET"
_BOX = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<%s>>>>"
ENCRYPT = b"/Encrypt<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -1>>/ID[(abcdefghabcdefgh)(abcdefghabcdefgh)]" % (b"o" * 32, b"u" * 32)


def doubling() -> bytes:
    """Ten drawings each of which draws the next ten times."""
    more = {
        100 + level: stream(b"/X Do " * 10, _BOX % (b"/X %d 0 R" % (101 + level))) for level in range(10)
    }  # fmt: skip
    more[110] = stream(b"0 0 1 1 re f", _BOX % b"")
    return drawn(WORDS + b" /X Do", more=more, resources=b"/XObject<</X 100 0 R>>")


class TestRefusals:
    """Each within bounds, with one sentence."""

    @pytest.mark.parametrize(
        "content",
        [
            b"%PDF-1.7 x",
            drawn(b"0 0 100 100 re f"),
            drawn(WORDS),
            drawn(WORDS, trailer=ENCRYPT),
            drawn(WORDS)[:-200],
            drawn(WORDS)[:300],
            drawn(WORDS, kids=b"2 0 R 10 0 R"),
            drawn(WORDS + b" /X Do", more={100: stream(b"/X Do", _BOX % b"/X 100 0 R")}, resources=b"/XObject<</X 100 0 R>>"),
            doubling(),
            drawn(WORDS, more={11: stream(zlib.compress(zlib.compress(bytes(1024))), b"/Filter[/FlateDecode/FlateDecode]")}),
            drawn(b" ".join(b"%d %d 3 3 re S" % (number % 500, number // 500) for number in range(40_000))),
            drawn(*[b""] * (pdf.MOST_PAGES + 1)),
        ],
        ids=[
            "nothing", "scanned", "no report", "encrypted", "cut", "cut early", "page loop",
            "drawing loop", "doubling", "packed twice", "lines", "pages",
        ],
    )  # fmt: skip
    def test_refused(self, content: bytes) -> None:
        with pytest.raises(ReadError) as caught:
            read(content)
        assert caught.value.problem
        assert caught.value.remedy
        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize(
        ("content", "filters"),
        [
            (zlib.compress(bytes(110 << 20)), b"/FlateDecode"),
            (base64.a85encode(zlib.compress(bytes(110 << 20))) + b"~>", b"[/ASCII85Decode/FlateDecode]"),
            (zlib.compress(bytes(110 << 20))[:-50], b"/FlateDecode"),
            (b"\x81 " * 2_000_000 + b"\x80", b"/RunLengthDecode"),
        ],
        ids=["zlib", "as text", "cut short", "run lengths"],
    )
    def test_a_bomb_is_refused_with_the_limit_that_it_breaks(self, content: bytes, filters: bytes) -> None:
        with pytest.raises(ReadError) as caught:
            read(drawn(WORDS, more={11: stream(content, b"/Filter" + filters)}))
        assert str(streams.MOST_UNPACKED) in caught.value.problem
        assert "MOST_UNPACKED" in caught.value.remedy

    def test_a_scan_is_refused_as_such(self) -> None:
        with pytest.raises(ReadError, match="scanned"):
            read(drawn(b"0 0 100 100 re f"))

    def test_an_encrypted_file_as_such(self) -> None:
        with pytest.raises(ReadError, match="encrypted"):
            read(drawn(WORDS, trailer=ENCRYPT))

    def test_the_time_is_limited(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf, "MOST_SECONDS", -1.0)
        with pytest.raises(ReadError, match="seconds"):
            read(drawn(WORDS))

    def test_without_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "pdfplumber", None)
        with pytest.raises(MissingExtraError) as caught:
            read(drawn(WORDS))
        assert caught.value.extra == "pdf"


@frozen
class Setting:
    """Text set on lines: what a page would print, without a page."""

    size: float = 10.0

    def line(self, text: str, x: float, y: float) -> list[PageChar]:
        return [
            PageChar(character, x + self.size * place, x + self.size * (place + 1), y, y + self.size, self.size)
            for place, character in enumerate(text)
        ]  # fmt: skip

    def page(self, *lines: tuple[str, float, float], number: int = 1) -> Page:
        return Page(number, 595, 842, tuple(character for line in lines for character in self.line(*line)), ())


def texts(*pages: Page) -> list[str]:
    return [block.text for block in blocks_of(pages, FORMS) if isinstance(block, Line)]


class TestParagraphs:
    """Lines are joined where they run to the margin; nothing else is changed."""

    set = Setting()
    full = "甲" * 40

    def test_a_full_line_goes_on(self) -> None:
        page = self.set.page(
            (self.full[:38], 120, 100), (self.full, 100, 120), ("乙乙。", 100, 140), (self.full[:38], 120, 160), ("丙。", 100, 180)
        )
        assert texts(page) == [self.full[:38] + self.full + "乙乙。", self.full[:38] + "丙。"]

    def test_a_heading_stays_alone(self) -> None:
        page = self.set.page((self.full, 100, 100), ("一、总体情况", 100, 120), (self.full, 100, 140))
        assert texts(page) == [self.full, "一、总体情况", self.full]

    def test_over_the_page_without_its_number(self) -> None:
        one = self.set.page((self.full, 100, 100), ("- 1 -", 280, 800))
        two = self.set.page(("乙。", 100, 100), ("- 2 -", 280, 800), number=2)
        assert texts(one, two) == [self.full + "乙。"]

    def test_a_number_that_does_not_count_pages_stays(self) -> None:
        one = self.set.page((self.full, 100, 100), ("共计：", 100, 120), number=1)
        two = self.set.page(("3", 100, 70), ("5", 100, 800), number=2)
        assert "5" in texts(one, two)

    def test_a_character_printed_twice_counts_once(self) -> None:
        page = Page(1, 595, 842, (*self.set.line("加粗", 100, 100), *self.set.line("加粗", 100.3, 100)), ())
        assert texts(page) == ["加粗"]

    def test_figures_apart_are_two(self) -> None:
        page = Page(1, 595, 842, (*self.set.line("12", 100, 100), *self.set.line("34", 130, 100)), ())
        assert texts(page) == ["12 34"]
