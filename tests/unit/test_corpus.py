"""A data set made: what is read and what is not again, what a bad document costs, and builds that are stopped."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext, suppress
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from govinfo.convert import from_dict, to_json
from govinfo.corpus import Corpus, Summary, build
from govinfo.corpus.batches import Failure, attempt, digest, published_at
from govinfo.corpus.listing import MANIFEST, Document, Entry, entries, parts
from govinfo.corpus.part import Made, Task, make
from govinfo.corpus.pool import Alone, Limits
from govinfo.corpus.store import SCHEMAS, held, pq, read_manifest, spans, write_manifest
from govinfo.errors import CorpusError, MissingExtraError
from govinfo.reading import Reading
from tests.harmful import harmful, quick
from tests.stopped import UNMEASURED, command, content_of, killed_build, make_documents

resource: Any = pytest.importorskip("resource", reason="kills processes and limits files as POSIX has it")

EXAMPLE = (files("govinfo") / "examples" / "office-2023.txt").read_bytes()


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    return [row for part in read_manifest(out)["parts"] for row in pq.read_table(out / table / f"{part['key']}.parquet").to_pylist()]


class Reads:
    """A reader that counts what it is given."""

    def __init__(self) -> None:
        self.given: list[bytes] = []

    def __call__(self, content: bytes) -> Reading:
        self.given.append(content)
        return quick(content)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_documents(tmp_path / "given", 6)
    return tmp_path / "given"


def made(folder: Path, out: Path, reader: Callable[[bytes], Reading], **settings: Any) -> Made:
    """One part of all files of a folder, made in this process; rows are taken from whatever part is there."""
    out.mkdir(exist_ok=True)
    before = tuple(key for _, _, key in spans(out))
    done = make(Task(tuple(entries([folder])), out, before=before, **settings), lambda _: nullcontext(), reader)
    write_manifest(out, [done.part])
    return done


# --- what is listed -----------------------------------------------------------------------------------------------------


def test_files_are_listed_folder_by_folder_in_order_of_names_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b/2.html", "b/1.pdf", "b/c/0.txt", "b/d.css", "a.html", "b/下/甲.docx"):
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    found = ["a.html", "b/1.pdf", "b/2.html", "b/c/0.txt", "b/下/甲.docx"]
    assert [entry.name for entry in entries(["b", "a.html", "b/c", "./b"])] == found
    with pytest.raises(CorpusError) as raised:
        list(entries(["none"]))
    assert raised.value.where == "none"


def test_a_name_that_is_no_text_is_shown_in_codes(tmp_path: Path) -> None:
    Path(bytes(tmp_path).decode() + "/a\udcff\n.txt").write_bytes(b"x")
    (entry,) = entries([tmp_path])
    assert entry.name.endswith("/a\\xff\\n.txt")
    assert Path(entry.path).read_bytes() == b"x"


def test_no_two_files_have_one_name(tmp_path: Path) -> None:
    names = ("a\n", "a\\n", "a\\\\n", "\udc85", "\x85", "\\x85", "\\u0085", "\u202e", "\\u202e", "\U000e0001", "\xad", "\x1b")
    for name in names:
        Path(os.fsdecode(bytes(tmp_path)) + f"/{name}.txt").write_bytes(b"x")
    found = [entry.name for entry in entries([tmp_path])]
    assert len(set(found)) == len(names)
    assert all(name.isprintable() for name in found)


@pytest.mark.parametrize(
    ("page", "address"),
    [
        (b"<!-- saved from url=(0020)https://a.gov.cn/x -->", "https://a.gov.cn/x"),
        (b"<!--\n Page saved with SingleFile \n url: http://b.gov.cn/y \n-->", "http://b.gov.cn/y"),
        (b'<link rel="canonical" href="https://c.gov.cn/z"/>', "https://c.gov.cn/z"),
        (b"<link href='https://d.gov.cn' rel='icon'>", None),
        (b"<!-- saved from url=(0016)about:internet -->", None),
        (b"text", None),
    ],
)
def test_the_address_of_a_saved_page_is_known(page: bytes, address: str | None) -> None:
    assert published_at(page) == address


# --- what is read, and what not again -------------------------------------------------------------------------------------


def test_only_what_changed_is_read_again_and_the_result_is_that_of_a_new_build(folder: Path, tmp_path: Path) -> None:
    reads, out = Reads(), tmp_path / "out"
    assert made(folder, out, reads).read == 6
    assert made(folder, out, reads).read == 0
    (folder / "000001.txt").write_text("改局", "utf-8")
    (folder / "000000a.txt").write_text("新局", "utf-8")
    (folder / "000004.txt").unlink()
    reads.given.clear()
    done = made(folder, out, reads)
    assert (done.read, done.files) == (2, 6)
    assert sorted(map(bytes.decode, reads.given)) == ["改局", "新局"]
    made(folder, tmp_path / "anew", quick)
    assert content_of(out) == content_of(tmp_path / "anew")
    assert [row["organ"] for row in rows(out, "reports")] == ["第0局", "新局", "改局", "第2局", "第3局", "第5局"]


def test_rows_are_taken_over_table_by_table_in_order(tmp_path: Path) -> None:
    folder, out = tmp_path / "given", tmp_path / "out"
    folder.mkdir()
    for name in "ace":
        (folder / f"{name}.txt").write_bytes(EXAMPLE + name.encode())
    made(folder, out, attempt_of)
    (folder / "b.txt").write_bytes(EXAMPLE)
    assert made(folder, out, attempt_of).read == 1
    made(folder, tmp_path / "anew", attempt_of)
    assert content_of(out) == content_of(tmp_path / "anew")
    sources = [Path(row["source"]).stem for row in rows(out, "origins")]
    assert sources == sorted(sources)
    assert len(sources) > 4 * 190


def attempt_of(content: bytes) -> Reading:
    found = attempt("", None, content).outcome
    assert isinstance(found, Reading)
    return found


def test_another_version_of_the_code_takes_nothing_over(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    made(folder, out, quick)
    monkeypatch.setattr("govinfo.corpus.store.made_with", lambda: "another")
    assert spans(out) == []
    assert made(folder, out, quick).read == 6


def test_an_upgrade_of_what_reads_pdf_reads_anew_and_what_was_missing_costs_what_it_was_missing_for(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(content: bytes) -> Reading:
        if content.decode() == "第3局":
            raise MissingExtraError("pdf", "PDF")
        return quick(content)

    def installed(version: str | None) -> None:
        monkeypatch.setattr("govinfo.corpus.store.extras", lambda: json.dumps({"pdfplumber": version}))
        monkeypatch.setattr("govinfo.corpus.part.extras", lambda: json.dumps({"pdfplumber": version}))

    out = tmp_path / "out"
    installed(None)
    assert made(folder, out, without).failures == {"missing-extra": 1}
    assert made(folder, out, quick).read == 0
    installed("1")
    done = made(folder, out, quick)
    assert (done.read, done.failures) == (1, {})
    made(folder, tmp_path / "anew", quick)
    assert content_of(out) == content_of(tmp_path / "anew")
    installed("2")
    assert made(folder, out, quick).read == 6


def test_a_part_never_holds_other_than_its_name_says(folder: Path, tmp_path: Path) -> None:
    changing = folder / "000002.txt"
    left = ["乙局", "丙局"]

    def reader(content: bytes) -> Reading:
        if left and content.decode() == "第5局":  # the last: what was read before it is changed now
            changing.write_text(left.pop(0), "utf-8")
        return quick(content)

    made(folder, tmp_path / "out", reader)
    assert [row["organ"] for row in rows(tmp_path / "out", "reports")][2] == "丙局"
    made(folder, tmp_path / "anew", quick)
    assert content_of(tmp_path / "out") == content_of(tmp_path / "anew")
    left += ["丁局", "戊局", "己局"]
    changing.write_text("甲局", "utf-8")
    with pytest.raises(CorpusError):
        made(folder, tmp_path / "never", reader)


def test_what_may_pass_is_read_again_when_asked(folder: Path, tmp_path: Path) -> None:
    source = next(iter(entries([folder]))).name
    lost = {source: Failure("crashed", "its reader ended the process")}
    done = made(folder, tmp_path / "out", quick, lost=lost)
    assert (done.read, done.failures) == (5, {"crashed": 1})
    assert made(folder, tmp_path / "out", quick).failures == {"crashed": 1}
    again = made(folder, tmp_path / "out", quick, retry=True)
    assert (again.read, again.failures) == (1, {})
    made(folder, tmp_path / "anew", quick)
    assert content_of(tmp_path / "out") == content_of(tmp_path / "anew")


def test_archives_give_their_documents_and_what_cannot_be_read_is_a_row(tmp_path: Path) -> None:
    folder, out = tmp_path / "given", tmp_path / "out"
    folder.mkdir()
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("x/甲.txt", "甲局")
        archive.writestr("y.txt", "乙局")
    (folder / "b.zip").write_bytes(b"PK\x03\x04 broken")
    (folder / "c.txt").write_bytes(b"\x00\x01")
    (folder / "d").mkdir()
    task = Task((*entries([folder]), Entry("d", str(folder / "d"), "Permission denied")), out)
    out.mkdir()
    done = make(task, lambda _: nullcontext(), lambda content: harmful(content) if content.isascii() else quick(content))
    write_manifest(out, [done.part])
    assert [(Path(row["source"]).name, row["organ"], row["bytes"]) for row in rows(out, "reports")] == [
        ("甲.txt", "甲局", 6),
        ("y.txt", "乙局", 6),
    ]
    failures = rows(out, "failures")
    assert [(Path(row["source"]).name, row["kind"], row["sha256"] is None) for row in failures] == [
        ("b.zip", "unreadable", True),
        ("c.txt", "unreadable", False),
        ("d", "unopened", True),
    ]
    assert all(row["problem"] for row in failures)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_every_member_of_an_archive_is_a_row_whatever_its_name_and_a_broken_one_costs_itself(tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    with zipfile.ZipFile(folder / "inner.zip", "w") as archive:
        archive.writestr("q.txt", "己局")
    names = {"x.txt": "甲局", "../../x.txt": "乙局", "a\\y.txt": "丙局", "a/y.txt": "丁局", ".z.txt": "戊局"}
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for name, text in names.items():
            archive.writestr(name, text)
        archive.writestr("x.txt", "庚局")
        archive.write(folder / "inner.zip", "inner.zip")
        for beside in ("__MACOSX/._x.txt", "._x.txt", "~$x.docx", "x.jpg"):
            archive.writestr(beside, "x")
        archive.writestr("bad.txt", "辛局")
    spoiled = bytearray((folder / "a.zip").read_bytes())
    spoiled[spoiled.index("辛局".encode())] ^= 1
    (folder / "a.zip").write_bytes(spoiled)
    (folder / "inner.zip").unlink()
    made(folder, tmp_path / "out", lambda content: quick(content) if content[:2] != b"PK" else quick(b"zip"))
    start = f"{folder.as_posix()}/a.zip/"
    assert {row["source"].removeprefix(start): row["organ"] for row in rows(tmp_path / "out", "reports")} == {
        "../../x.txt": "乙局", ".z.txt": "戊局", "a/y.txt": "丙局", "a/y.txt (2)": "丁局", "inner.zip": "zip",
        "x.txt": "甲局", "x.txt (2)": "庚局",
    }  # fmt: skip
    ((source, kind),) = [(row["source"], row["kind"]) for row in rows(tmp_path / "out", "failures")]
    assert (source, kind) == (f"{start}bad.txt", "unreadable")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are of POSIX")
def test_a_link_to_nothing_and_a_pipe_are_rows_and_a_link_to_a_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "up").symlink_to("..")
    (folder / "up.html").symlink_to("..")
    os.mkfifo(folder / "pipe.txt")
    made(folder, tmp_path / "out", quick)
    assert len(rows(tmp_path / "out", "reports")) == 6
    for name in ("a.css", "b.CSS", "c.php?id=7", "d"):
        (folder / name).write_text("x")
    aside = Counter[str]()
    assert len(list(entries([folder], aside))) == 9
    assert aside == {".css": 2, "": 2, "/": 2}
    found = {Path(row["source"]).name: row["kind"] for row in rows(tmp_path / "out", "failures")}
    assert found == {"gone.txt": "unopened", "loop.txt": "unopened", "pipe.txt": "unopened"}


def test_reports_as_json_are_sources_and_have_no_trace(tmp_path: Path) -> None:
    folder, out = tmp_path / "given", tmp_path / "given" / "out"
    folder.mkdir()
    report = attempt_of(EXAMPLE).report
    later = evolve(report, year=2024)
    (folder / "a.txt").write_bytes(EXAMPLE)
    (folder / "b.json").write_bytes(("\ufeff" + to_json(report)).encode())
    (folder / "c.jsonl").write_text("\n".join([to_json(report), "", to_json(later), '{"x": 1}', "null"]), "utf-8")
    (folder / "d.json").write_bytes(b"[1]")
    first = made(folder, out, attempt_of)
    assert made(folder, out, attempt_of).part == first.part  # the manifest that lies in the folder now is no source
    start = f"{folder.as_posix()}/"
    found = {row["source"].removeprefix(start): (row["year"], row["figures"]) for row in rows(out, "reports")}
    figures = found["a.txt"][1]
    assert found == {"a.txt": (2023, figures), "b.json": (2023, figures), "c.jsonl:1": (2023, figures), "c.jsonl:3": (2024, figures)}
    failed = {row["source"].removeprefix(start): row["kind"] for row in rows(out, "failures")}
    assert failed == dict.fromkeys(("c.jsonl:4", "c.jsonl:5", "d.json"), "unreadable")
    assert {Path(row["source"]).name for row in rows(out, "origins")} == {"a.txt"}
    codes = [{row["code"] for row in rows(out, "findings") if row["source"] == start + name} for name in ("a.txt", "b.json")]
    assert codes[0] == codes[1]  # that is: no heading is missed where there is no document
    with Corpus(out) as data:
        assert {each["source"]: from_dict(each["report"]) for each in data.documents()}[f"{start}c.jsonl:3"] == later


def test_a_report_that_cannot_be_checked_is_a_failure_and_not_one_without_findings(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(reading: Reading) -> list[object]:
        if reading.report.organ == "第3局":
            raise ZeroDivisionError
        return []

    monkeypatch.setattr("govinfo.corpus.batches.check", check)
    made(folder, tmp_path / "out", quick)
    assert [row["kind"] for row in rows(tmp_path / "out", "failures")] == ["defect"]
    assert len(rows(tmp_path / "out", "reports")) == 5


# --- the data set -----------------------------------------------------------------------------------------------------------


def test_a_folder_of_something_else_is_left_alone(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as raised:
        build([folder], folder)
    assert raised.value.where == str(folder)
    for source in (tmp_path / "none", Path(os.devnull)):
        with pytest.raises(CorpusError):
            build([source], tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "mine", [{"corpus.json": "{}"}, {"corpus.json": "mine"}, {"corpus.json": "[1]", ".lock": ""}, {".lock": "", "x": ""}]
)
def test_a_folder_that_looks_like_a_data_set_is_left_alone(folder: Path, tmp_path: Path, mine: dict[str, str]) -> None:
    out = tmp_path / "out"
    (out / "reports").mkdir(parents=True)
    for name, content in {**mine, "reports/mine.parquet": "mine"}.items():
        (out / name).write_text(content, "utf-8")
    with pytest.raises(CorpusError):
        build([folder], out, processes=1)
    assert {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} == {*mine, "reports/mine.parquet"}


def test_a_file_of_yours_in_a_data_set_stays(folder: Path, tmp_path: Path) -> None:
    made(folder, tmp_path / "out", quick)
    (tmp_path / "out" / "reports" / "mine.parquet").write_bytes(b"mine")
    made(folder, tmp_path / "out", quick)
    assert (tmp_path / "out" / "reports" / "mine.parquet").exists()


def test_a_data_set_may_lie_among_its_sources_and_be_called_anything(folder: Path) -> None:
    out = folder / "o'x [ab]* ?\n中"
    first = made(folder, out, quick)
    assert made(folder, out, quick).part == first.part
    with Corpus(out) as data:
        assert data.query("SELECT count(*) AS n FROM reports").to_pylist() == [{"n": first.part.documents}]
    (out / "reports" / f"{first.part.key}.parquet").unlink()
    with pytest.raises(CorpusError) as raised:
        Corpus(out)
    assert raised.value.where.endswith(f"{first.part.key}.parquet")


@pytest.mark.parametrize("of", [errno.ENOSPC, errno.EACCES])
def test_a_folder_that_cannot_be_written_is_named(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, of: int) -> None:
    def refuse(*_: object, **_settings: object) -> None:
        raise OSError(of, os.strerror(of), str(tmp_path / "out"))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(CorpusError) as raised:
        build([folder], tmp_path / "out", processes=1)
    assert raised.value.where == str(tmp_path / "out")
    assert ("make room" in raised.value.remedy) == (of == errno.ENOSPC)


def test_two_builds_do_not_meet(tmp_path: Path) -> None:
    with held(tmp_path / "out"), pytest.raises(CorpusError), held(tmp_path / "out"):
        pass


@pytest.mark.parametrize(
    "content",
    [
        None, b"{", b"[]", b"7", b'{"schema": "govinfo.corpus/99"}', b'{"schema": "govinfo.corpus/1"}',
        b'{"schema": "govinfo.corpus/1", "parts": [{}]}', b'{"schema": "govinfo.corpus/1", "parts": [3]}',
        b'{"schema": "govinfo.corpus/1", "parts": [{"key": "../x"}]}',
    ],
)  # fmt: skip
def test_what_is_no_data_set_is_said(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / MANIFEST).write_bytes(content)
    with pytest.raises(CorpusError):
        read_manifest(tmp_path)


def test_a_damaged_part_is_said_and_made_again_once_it_is_deleted(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    key = made(folder, out, quick).part.key
    whole = content_of(out)
    (out / "reports" / f"{key}.parquet").write_bytes(b"PAR1")
    with pytest.raises(CorpusError):
        make(Task(tuple(entries([folder])), out), lambda _: nullcontext(), quick)
    (out / "reports" / f"{key}.parquet").unlink()
    assert spans(out) == []
    made(folder, out, quick)
    assert content_of(out) == whole


# --- in processes -----------------------------------------------------------------------------------------------------------


def test_a_document_that_ends_its_process_costs_that_document_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govinfo.corpus.building.parts", partial(parts, mean=3))
    folder = tmp_path / "given"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_bytes(EXAMPLE)
    for number, word in enumerate(["EXIT", "LOOP", "HUNGRY", "DEFECT"]):
        (folder / f"{number}{word}.txt").write_text(word)
    steps: list[Any] = []
    monkeypatch.chdir(tmp_path)  # names decide the parts, and the path of this folder is another each time
    summary = build(["given"], tmp_path / "out", processes=2, seconds=2, reader=harmful, step=steps.append)
    kinds = {Path(row["source"]).stem[1:]: row["kind"] for row in rows(tmp_path / "out", "failures")}
    assert kinds == {"EXIT": "crashed", "LOOP": "time-limit", "HUNGRY": "memory", "DEFECT": "defect"}
    assert (summary.documents, summary.reports, len(read_manifest(tmp_path / "out")["parts"])) == (10, 6, len(steps))
    assert len(steps) > 2
    assert sum(step.files for step in steps) == 10
    assert summary.failures == {"crashed": 1, "defect": 1, "memory": 1, "time-limit": 1}


def test_of_documents_that_are_read_alone_one_that_ends_its_process_costs_itself() -> None:
    with Alone(Limits(2), harmful) as alone:
        told = [alone.attempt(Document(word, word.encode(), url=f"https://{word}")) for word in ("EXIT", "DEFECT", "LOOP")]
        read = alone.attempt(Document("good", EXAMPLE))
    assert [each.outcome.kind for each in told if isinstance(each.outcome, Failure)] == ["crashed", "defect", "time-limit"]
    assert [(each.url, each.sha256, each.size) for each in told] == [
        (f"https://{word}", digest(word.encode()), len(word)) for word in ("EXIT", "DEFECT", "LOOP")
    ]
    assert read == attempt("good", None, EXAMPLE)


def test_a_build_that_is_killed_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    make_documents(tmp_path / "given", 300)
    whole = subprocess.run(command(tmp_path / "given", tmp_path / "whole"), check=True, cwd=Path(__file__).parents[2], capture_output=True)
    assert whole.returncode == 0
    kills = killed_build(tmp_path / "given", tmp_path / "out", random.Random(3), 4, most=2)
    assert kills
    assert content_of(tmp_path / "out") == content_of(tmp_path / "whole")
    assert json.loads((tmp_path / "out" / MANIFEST).read_bytes())["documents"] == 300


def test_ctrl_c_is_no_pages_of_traces(tmp_path: Path) -> None:
    make_documents(tmp_path / "given", 300)  # more than are read before it comes
    out = tmp_path / "out"
    with subprocess.Popen(
        [sys.executable, "-m", "govinfo", "corpus", "build", str(tmp_path / "given"), "--out", str(out), "--processes", "2"],
        stderr=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True, cwd=tmp_path,
    ) as process:  # fmt: skip
        while process.poll() is None and not (out / ".lock").exists():
            time.sleep(0.02)
        time.sleep(0.4)  # its processes have begun, and most likely not ended their imports
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in told
    assert not (out / MANIFEST).exists()


def test_a_terminal_sees_how_far_a_build_is(tmp_path: Path) -> None:
    make_documents(tmp_path / "given", 3)
    ours, theirs = os.openpty()
    arguments = ["corpus", "build", str(tmp_path / "given"), "--out", str(tmp_path / "out"), "--processes", "1", "--lang", "en"]
    seen = b""
    with subprocess.Popen([sys.executable, "-m", "govinfo", *arguments], stderr=theirs, stdout=subprocess.PIPE) as process:
        os.close(theirs)
        with suppress(OSError):  # what Linux says when the other side is closed
            while piece := os.read(ours, 1 << 16):
                seen += piece
        os.close(ours)
        told = process.communicate()[0].decode()
    assert b"3/3" in seen
    assert b"3 failed" in seen
    assert told.splitlines()[0].endswith("3 documents, 3 of them read now; 0 reports, 0 findings")


def test_a_full_disk_is_one_error_and_harms_nothing(tmp_path: Path) -> None:
    make_documents(tmp_path / "given", 40)
    few = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, resource.RLIM_INFINITY))  # noqa: E731 -- what a test says once
    arguments = [
        sys.executable,
        "-m",
        "govinfo",
        "corpus",
        "build",
        str(tmp_path / "given"),
        "--out",
        str(tmp_path / "out"),
        "--processes",
        "1",
    ]
    done = subprocess.run(arguments, preexec_fn=few, env=UNMEASURED, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert {path.name for path in (tmp_path / "out").rglob("*") if path.is_file()} == {".lock"}
    assert build([tmp_path / "given"], tmp_path / "out", processes=1) == Summary(40, 40, 0, 0, {"unreadable": 40})
    assert set(SCHEMAS) <= {path.name for path in (tmp_path / "out").iterdir()}
