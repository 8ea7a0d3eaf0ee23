"""The command line: what it prints for programs, its exit codes, and that it survives consoles, pipes and bad input."""

import datetime as dt
import errno
import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Sequence
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner, Result

import govinfo
from govinfo.cli import streams
from govinfo.cli.commands import govinfo as commands
from govinfo.cli.sources import Document, Given, Unreadable, listed, readings
from govinfo.forms import CN_2021
from govinfo.report import BLANK, CellState, Mark, Report, Table, folded

EXAMPLE = Path(str(files("govinfo").joinpath("examples/office-2023.txt")))
TOTAL = "requests.granted.total"


def zeros(year: int = 2023) -> Report:
    """A report of which no rule says anything: figures all 0, prose that names all that is asked for."""
    tables = {m.key: Table(m, tuple(0 if c.kind == "count" else Decimal(0) for c in m.cells)) for m in CN_2021.matrices}
    return Report(
        organ="某某县财政局",
        year=year,
        title=f"某某县财政局{year}年政府信息公开工作年度报告",
        published_on=dt.date(year + 1, 1, 20),
        overview="主动公开、依申请公开、政府信息管理、平台建设、监督保障。" * 20,
        problems="存在的主要问题及改进情况。",
        other_matters="收取信息处理费0元。",
        proactive=tables["proactive"],
        requests=tables["requests"],
        disputes=tables["disputes"],
    )


CLEAN = zeros()
BLANKED = CLEAN.replace({TOTAL: BLANK})
WRONG = CLEAN.replace({TOTAL: 3})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, report in (("clean", CLEAN), ("blanked", BLANKED), ("wrong", WRONG)):
        (tmp_path / f"{name}.json").write_text(govinfo.to_json(report), encoding="utf-8")
    return tmp_path


def run(*args: str | Path, data: bytes = b"") -> Result:
    result = CliRunner().invoke(commands, list(map(str, args)), input=data)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def complaints(result: Result) -> list[str]:
    return result.stderr.splitlines()


# --- exit codes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["clean.json"], 0),
        (["blanked.json"], 0),
        (["wrong.json"], 1),
        (["clean.json", "wrong.json"], 1),
        (["missing.json"], 2),
        (["wrong.json", "missing.json", "clean.json"], 2),
    ],
)
def test_the_exit_code_of_check_is_the_worst_of_all(folder: Path, names: Sequence[str], code: int) -> None:
    result = run("check", *(folder / name for name in names))
    assert result.exit_code == code
    assert len(complaints(result)) == sum("missing" in name for name in names)


@pytest.mark.parametrize("command", ["read", "check", "show"])
def test_what_can_be_read_is_handled_all_the_same(folder: Path, command: str) -> None:
    result = run(command, folder / "missing.json", folder / "clean.json")
    assert result.exit_code == 2
    assert "clean.json" in result.stdout
    assert len(complaints(result)) == 1
    assert "missing.json" in complaints(result)[0]


@pytest.mark.parametrize(
    "line", ["", "check", "nonsense", "check --format xml -", "convert -", "read --lang fr -", "rules R999", "form cn-1999"]
)
def test_misuse_is_exit_code_2(line: str) -> None:
    assert run(*line.split()).exit_code == 2


def test_a_broken_report_is_no_error_of_read_show_and_convert(folder: Path) -> None:
    for args in (["read"], ["show"], ["convert", "--to", "json"]):
        assert run(*args, folder / "wrong.json").exit_code == 0


# --- sources ---------------------------------------------------------------------------------------------------------


def test_a_folder_is_every_file_of_a_known_kind_at_any_depth_in_name_order(folder: Path) -> None:
    (folder / "a" / "deep").mkdir(parents=True)
    (folder / "a" / "deep" / "x.JSON").write_text(govinfo.to_json(CLEAN), encoding="utf-8")
    (folder / "note.unknown").write_text("no report", encoding="utf-8")
    found = listed([str(folder)])
    assert found == [Given(folder / name) for name in ("a/deep/x.JSON", "blanked.json", "clean.json", "wrong.json")]


def test_a_folder_without_documents_cannot_be_read(tmp_path: Path) -> None:
    assert run("read", tmp_path).exit_code == 2


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\n\n"])
@pytest.mark.parametrize("suffix", ["json", "jsonl", "data"])
def test_json_lines_are_several_sources_with_their_lines(tmp_path: Path, newline: str, suffix: str) -> None:
    path = tmp_path / f"years.{suffix}"
    path.write_bytes(newline.join(govinfo.to_json(zeros(year)) for year in (2021, 2022, 2023)).encode())
    found = list(readings(Given(path)))
    assert [document.reading.report.year for document in found if isinstance(document, Document)] == [2021, 2022, 2023]
    step = 2 if newline == "\n\n" else 1
    assert [document.source for document in found] == [f"{path}:{1 + step * n}" for n in range(3)]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_one_json_document_however_it_is_laid_out(indent: int | None, mark: bytes) -> None:
    result = run("read", "-", "--format", "json", data=mark + govinfo.to_json(CLEAN, indent=indent).encode() + b"\n")
    assert govinfo.from_json(result.stdout_bytes) == CLEAN


def test_a_wrong_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "years.jsonl"
    path.write_text("\n".join([govinfo.to_json(CLEAN), '{"schema": 1}', govinfo.to_json(WRONG)]), encoding="utf-8")
    found = list(readings(Given(path)))
    assert [type(each) for each in found] == [Document, Unreadable, Document]
    assert found[1].source == f"{path}:2"


RUBBISH = [b"", b"\x00\x01\x02", b"{", b"{}", b"[]", b"{" * 100_000, b"\xff\xfe{", "今天天气很好。\n".encode(), b'{"a":\n1}\n{']


@pytest.mark.parametrize("data", RUBBISH)
@pytest.mark.parametrize("command", ["read", "check", "show"])
def test_bad_input_is_one_line_and_exit_code_2(command: str, data: bytes) -> None:
    result = run(command, "-", data=data)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(complaints(result)) >= 1
    assert all(line.startswith("govinfo: -") and len(line) < 500 for line in complaints(result))


@pytest.mark.skipif(sys.platform == "win32", reason="file names are text there")
def test_a_file_name_that_is_no_text_does_no_harm(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb1\xa8.json"))
    path.write_text(govinfo.to_json(CLEAN), encoding="utf-8")
    assert run("read", path).exit_code == 0
    assert json.loads(run("check", path, "--format", "json").stdout_bytes)[0]["source"].endswith(".json")


# --- JSON ------------------------------------------------------------------------------------------------------------


def test_read_prints_the_report_document(folder: Path) -> None:
    assert govinfo.from_json(run("read", folder / "wrong.json", "--format", "json").stdout_bytes) == WRONG


def test_read_prints_json_lines_for_several(folder: Path) -> None:
    lines = run("read", folder, "--format", "json").stdout_bytes.splitlines()
    assert list(map(govinfo.from_json, lines)) == [BLANKED, CLEAN, WRONG]


def test_a_trace_tells_all_that_the_reading_knows() -> None:
    traced = json.loads(run("read", EXAMPLE, "--trace").stdout_bytes)
    reading = govinfo.read(EXAMPLE)
    assert set(traced) == {"source", "report", "headings", "leftovers", "repairs", "origins"}
    assert traced["source"] == str(EXAMPLE)
    assert govinfo.from_dict(traced["report"]) == reading.report
    assert [heading["section"] for heading in traced["headings"]] == [heading.section for heading in reading.headings]
    assert [repair["original"] for repair in traced["repairs"]] == [repair.original for repair in reading.repairs]
    assert [leftover["text"] for leftover in traced["leftovers"]] == [leftover.text for leftover in reading.leftovers]
    assert set(traced["origins"]) == set(reading.origins)
    assert all(origin["line"] == reading.origins[address].line for address, origin in traced["origins"].items())


def checks(*args: str | Path, data: bytes = b"") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("check", *args, "--format", "json", data=data).stdout_bytes)
    return found


def test_check_prints_one_array_of_what_is_broken_or_unknown(folder: Path) -> None:
    blanked, clean, wrong = checks(folder)
    assert all(list(each) == ["source", "year", "organ", "findings", "suspects", "deduced"] for each in (blanked, clean, wrong))
    assert clean == {
        "source": str(folder / "clean.json"),
        "year": 2023,
        "organ": "某某县财政局",
        "findings": [],
        "suspects": [],
        "deduced": {},
    }
    assert {(f["code"], f["verdict"], f["severity"]) for f in wrong["findings"]} == {
        ("R302", "broken", "error"),
        ("R303", "broken", "error"),
        ("R305", "broken", "error"),
    }
    assert wrong["suspects"] == [{"cells": {TOTAL: 0}, "unique": True}]
    assert (blanked["suspects"], blanked["deduced"], wrong["deduced"]) == ([], {TOTAL: 0}, {})


def verdicts(checked: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(finding["code"], finding["verdict"], finding["severity"]) for finding in checked["findings"]}


def test_a_finding_says_everything_about_its_instance(folder: Path) -> None:
    (found,) = checks(folder / "wrong.json")
    columns = [str(column.key) for column in CN_2021.requests.columns]
    row = next(finding for finding in found["findings"] if finding["code"] == "R303")
    assert row.pop("message")
    assert row == {
        "code": "R303",
        "name": "row-sum",
        "verdict": "broken",
        "severity": "error",
        "cells": [f"requests.granted.{column}" for column in columns],
        "left": 0,
        "right": 3,
    }


def test_an_unknown_side_is_null(folder: Path) -> None:
    (found,) = checks(folder / "blanked.json")
    sides = {(f["left"], f["right"]) for f in found["findings"] if f["code"] in ("R302", "R303") and f["verdict"] == "unknown"}
    assert sides == {(None, 0), (0, None)}


def test_nothing_read_is_an_empty_array(tmp_path: Path) -> None:
    assert checks(tmp_path / "missing.json") == []


def test_jsonl_is_the_same_an_object_a_line(folder: Path) -> None:
    lines = run("check", folder, "--format", "jsonl").stdout_bytes.splitlines()
    assert [json.loads(line) for line in lines] == checks(folder)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_messages_come_in_both_languages(folder: Path, lang: str) -> None:
    (found,) = checks(folder / "wrong.json", "--lang", lang)
    assert any("一" <= character <= "鿿" for character in found["findings"][0]["message"].replace("总计", "")) == (lang == "zh")


@pytest.mark.parametrize(("locale", "lang"), [("zh_CN.UTF-8", "zh"), ("zh_TW.Big5", "zh"), ("en_US.UTF-8", "en"), ("C", "en")])
def test_the_language_is_that_of_the_locale(folder: Path, monkeypatch: pytest.MonkeyPatch, locale: str, lang: str) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert run("check", folder / "wrong.json").stdout == run("check", folder / "wrong.json", "--lang", lang).stdout


def test_the_text_lists_ten_of_a_kind_and_counts_the_rest() -> None:
    noted = {address: Mark(CellState.VALUE, "0件") for address in CN_2021.requests.addresses}
    text = run("check", "-", "--lang", "en", data=govinfo.to_json(CLEAN.replace({}, noted)).encode()).stdout
    assert sum(line.startswith("  note C104 section 3") for line in text.splitlines()) == 10
    assert "165 more" in text


# --- convert ---------------------------------------------------------------------------------------------------------


def test_convert_to_json_is_the_report(folder: Path) -> None:
    assert run("convert", folder / "wrong.json", "--to", "json", "-o", folder / "out").exit_code == 0
    assert govinfo.from_json((folder / "out").read_bytes()) == WRONG


def test_convert_to_markdown_is_what_render_writes(folder: Path) -> None:
    result = run("convert", folder / "wrong.json", "--to", "markdown")
    assert result.stdout_bytes.decode() == govinfo.render(WRONG, "markdown")


def test_a_markdown_document_holds_one_report(folder: Path) -> None:
    result = run("convert", folder, "--to", "markdown", "-o", folder / "out.md")
    assert result.exit_code == 2
    assert not (folder / "out.md").exists()


@pytest.mark.parametrize(("form", "start"), [("html", b"<!doctype html>"), ("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_convert_writes_documents(folder: Path, form: str, start: bytes) -> None:
    result = run("convert", folder / "clean.json", "--to", form, "-o", folder / "out")
    if form == "pdf" and result.exit_code == 2:
        pytest.skip("no Chinese font on this machine")
    assert (folder / "out").read_bytes().lower().startswith(start.lower())


@pytest.mark.parametrize("form", ["csv", "csv-wide"])
def test_convert_to_csv_is_one_table_of_all_reports(folder: Path, form: str) -> None:
    assert run("convert", folder, "--to", form, "-o", folder / "all.table").exit_code == 0  # as .csv it would be a source itself
    text = (folder / "all.table").read_bytes().decode("utf-8-sig")
    reports = govinfo.from_csv(text)
    assert CLEAN in reports
    assert WRONG in reports
    printed = run("convert", folder, "--to", form).stdout_bytes.decode()
    assert govinfo.from_csv(printed) == reports
    (folder / "out").mkdir()
    assert run("convert", folder / "clean.json", "--to", form, "-o", folder / "out").exit_code == 0
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["datapackage.json", "reports.csv"]
    described = json.loads((folder / "out" / "datapackage.json").read_text(encoding="utf-8"))
    heads = [field["name"] for field in described["resources"][0]["schema"]["fields"]]
    assert (folder / "out" / "reports.csv").read_text(encoding="utf-8-sig").splitlines()[0] == ",".join(heads)


def test_json_lines_have_both_names(folder: Path) -> None:
    assert run("convert", folder, "--to", "jsonl").stdout == run("convert", folder, "--to", "json").stdout


def test_declarations_and_schemas_are_there_for_programs() -> None:
    form = json.loads(run("form", "cn-2021", "--format", "json").stdout)
    assert [form["id"], len(form["tables"])] == ["cn-2021", 3]
    assert [each["id"] for each in json.loads(run("form", "--format", "json").stdout)] == ["cn-2019", "cn-2021"]
    assert json.loads(run("form", "--format", "json-schema").stdout) == govinfo.json_schema()
    narrow = json.loads(run("form", "cn-2019", "--format", "json-schema").stdout)
    assert narrow == govinfo.json_schema(forms=[govinfo.CN_2019])
    assert json.loads(run("rules", "--format", "json-schema").stdout) == govinfo.json_schema("findings")
    assert run("form", "cn-2020", "--format", "json").exit_code == 2


def test_convert_into_a_folder_writes_a_file_for_each_source(folder: Path) -> None:
    (folder / "lines.jsonl").write_text("\n".join(map(govinfo.to_json, (CLEAN, WRONG))), encoding="utf-8")
    (folder / "out").mkdir()
    assert run("convert", folder, "--to", "markdown", "-o", folder / "out").exit_code == 0
    written = {path.name: path.read_text(encoding="utf-8") for path in (folder / "out").iterdir()}
    assert sorted(written) == ["blanked.md", "clean.md", "lines-1.md", "lines-2.md", "wrong.md"]
    assert written["lines-2.md"] == written["wrong.md"] == govinfo.render(WRONG, "markdown")


def test_two_sources_of_one_name_do_not_share_a_file(folder: Path) -> None:
    (folder / "out").mkdir()
    result = run("convert", folder / "clean.json", folder / "clean.json", "--to", "html", "-o", folder / "out")
    assert result.exit_code == 2
    assert list((folder / "out").iterdir()) == []


def test_nor_do_names_that_some_file_systems_take_for_one(folder: Path) -> None:
    for name in ("a", "b", "out"):
        (folder / name).mkdir()
    (folder / "a" / "Report.json").write_text(govinfo.to_json(CLEAN), encoding="utf-8")
    (folder / "b" / "report.json").write_text(govinfo.to_json(WRONG), encoding="utf-8")
    assert run("convert", folder / "a", folder / "b", "--to", "html", "-o", folder / "out").exit_code == 2
    assert list((folder / "out").iterdir()) == []


@pytest.mark.parametrize("name", ["old", "new"])
def test_on_a_full_disk_a_file_is_as_it_was(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "old").write_text("before", encoding="utf-8")
    before = sorted(path.name for path in folder.iterdir())

    def full(handle: int, *_: object) -> None:
        os.write(handle, b"a little")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("govinfo.cli.streams.os.fdopen", full)
    result = run("convert", folder / "clean.json", "--to", "html", "-o", folder / name)
    assert result.exit_code == 2
    (complaint,) = complaints(result)
    assert f"{folder / name}: " in complaint
    assert sorted(path.name for path in folder.iterdir()) == before
    assert (folder / "old").read_text(encoding="utf-8") == "before"


def test_nothing_is_written_where_nothing_was_read(folder: Path) -> None:
    (folder / "out").write_text("before", encoding="utf-8")
    assert run("convert", folder / "missing.json", "--to", "json", "-o", folder / "out").exit_code == 2
    assert (folder / "out").read_text(encoding="utf-8") == "before"


def test_a_file_that_cannot_be_written_is_one_line(folder: Path) -> None:
    result = run("convert", folder / "clean.json", "--to", "json", "-o", folder / "no" / "such" / "folder")
    assert result.exit_code == 2
    assert len(complaints(result)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="permissions and links of POSIX")
def test_a_file_keeps_its_mode_and_a_link_stays_one(folder: Path) -> None:
    target, link = folder / "target", folder / "link"
    target.write_text("before", encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    run("convert", folder / "clean.json", "--to", "json", "-o", link)
    assert link.is_symlink()
    assert govinfo.from_json(target.read_bytes()) == CLEAN
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(path.name for path in folder.iterdir()) == ["blanked.json", "clean.json", "link", "target", "wrong.json"]


# --- catalogue, demo -------------------------------------------------------------------------------------------------


def test_every_rule_is_listed_and_explained() -> None:
    listing = run("rules").stdout.splitlines()
    assert [line.split()[0] for line in listing] == list(govinfo.RULES)
    for code, rule in govinfo.RULES.items():
        explained = run("rules", code.lower(), "--lang", "en").stdout
        assert all(words in explained for words in (code, rule.name, rule.statement.en, rule.source.en))


def test_every_form_is_listed_and_printed_empty() -> None:
    assert [line.split()[0] for line in run("form").stdout.splitlines()] == [form.id for form in govinfo.FORMS]
    for form in govinfo.FORMS:
        assert all(section.label in run("form", form.id).stdout for section in form.sections)


def test_the_demo_reads_the_bundled_example_and_ends_well() -> None:
    result = run("demo", "--lang", "zh")
    assert result.exit_code == 0
    assert all(heading in result.stdout for heading in ("二、主动公开政府信息情况", "R301", "govinfo check"))


def test_the_bundled_example_is_damaged_as_published_copies_are() -> None:
    reading = govinfo.read(EXAMPLE)
    findings = govinfo.check(reading)
    assert sum(len(table) for table in reading.report.tables) == 200
    assert {a: mark.state for a, mark in reading.report.marks.items()} == {"requests.total_concluded.natural_person": CellState.BLANK}
    assert not findings.errors
    assert {"pinyin", "gbk"} <= {repair.kind.value for repair in reading.repairs}


def test_an_empty_name_is_not_the_current_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert [type(found) for found in listed([""])] == [Unreadable]
    assert run("check", "").exit_code == 2


def test_a_name_that_no_file_can_have_is_one_line() -> None:
    result = run("read", "x" * 5_000)
    assert result.exit_code == 2
    assert len(complaints(result)) == 1


def test_a_folder_that_cannot_be_looked_into_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "closed").mkdir()
    looked = os.scandir

    def scandir(path: str) -> Any:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", path)
        return looked(path)

    monkeypatch.setattr(os, "scandir", scandir)
    files = [folder / name for name in ("blanked.json", "clean.json", "wrong.json")]
    assert listed([str(folder)]) == [
        Given(files[0]),
        Given(files[1]),
        Unreadable(str(folder / "closed"), "Permission denied"),
        Given(files[2]),
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="names of POSIX")
def test_a_name_is_printed_on_one_line(folder: Path) -> None:
    assert Given(folder / "a\nb\x1b[31m.txt").name == f"{folder}/a\\nb\\x1b[31m.txt"
    assert Given(folder / "某局.txt").name == f"{folder}/某局.txt"


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes of POSIX")
@pytest.mark.parametrize("content", [EXAMPLE.read_bytes(), govinfo.to_json(CLEAN).encode()], ids=["text", "json"])
def test_a_pipe_with_a_name_is_read(folder: Path, content: bytes) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(content,))
    writer.start()
    (found,) = readings(Given(pipe))
    writer.join()
    assert isinstance(found, Document)
    assert found.reading.report.year == 2023


# --- consoles and pipes ----------------------------------------------------------------------------------------------


def started(*args: str | Path, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "govinfo", *map(str, args)]
    return subprocess.run(command, capture_output=True, check=False, env=os.environ | environment, timeout=60)


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "ascii", "latin-1", "utf-8"])
def test_output_survives_the_console(folder: Path, encoding: str) -> None:
    for args in (("show", folder / "wrong.json"), ("check", folder / "wrong.json", "--lang", "zh"), ("rules",), ("form", "cn-2019")):
        result = started(*args, PYTHONIOENCODING=encoding)
        assert result.returncode in (0, 1)
        assert result.stderr == b""


def test_a_gbk_console_shows_tables_and_labels(folder: Path) -> None:
    text = started("show", folder / "wrong.json", PYTHONIOENCODING="gbk").stdout.decode("gbk")
    assert "（一）予以公开" in text
    assert "┌" in text
    assert "\\u" not in text


def test_json_is_utf_8_whatever_the_console(folder: Path) -> None:
    for encoding in ("gbk", "utf-8"):
        output = started("check", folder / "wrong.json", "--format", "json", "--lang", "zh", PYTHONIOENCODING=encoding).stdout
        assert "列" in json.loads(output.decode("utf-8"))[0]["findings"][0]["message"]


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
@pytest.mark.parametrize("command", ["show", "read", "check --format jsonl"])
def test_a_pipe_that_closes_early_ends_it_quietly(folder: Path, command: str) -> None:
    many = " ".join([str(folder / "clean.json")] * 200)
    # What the command left with goes to a file: 1 would say that a report breaks a rule.
    for reader in ("head -c 1", "true"):
        line = f"({sys.executable} -m govinfo {command} {many}; echo $? > {folder}/code) | {reader}"
        result = subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=False, timeout=60)
        assert result.stderr == b""
        assert (folder / "code").read_text(encoding="ascii").strip() == "0"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk, as Linux has one")
@pytest.mark.parametrize("command", ["read", "check", "check --format json", "convert --to json"])
def test_a_full_disk_is_one_line_and_no_broken_rule(folder: Path, command: str) -> None:
    line = f"{sys.executable} -m govinfo {command} {folder}/clean.json > /dev/full"
    result = subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=False, timeout=60)
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
@pytest.mark.parametrize(("command", "code"), [("read clean.json", 0), ("check --format json wrong.json", 1), ("read missing.json", 2)])
def test_a_stream_that_is_closed_changes_no_exit_code(folder: Path, command: str, code: int) -> None:
    line = f"{sys.executable} -m govinfo {command} >&- 2>&-"
    assert subprocess.run(["/bin/sh", "-c", line], check=False, timeout=60, cwd=folder).returncode == code


OBEYED = frozenset("\x1b\x07\x9b\r\u202e")
ORDERS = "\x1b]0;title\x07\x1b[2J\x9b2J\r\u202e"


@pytest.mark.parametrize("command", ["check", "show", "read"])
def test_what_a_report_holds_gives_no_orders_to_the_terminal(tmp_path: Path, command: str) -> None:
    report = CLEAN.replace({TOTAL: Mark(CellState.UNREADABLE, folded(f"1{ORDERS}"))})
    hostile = evolve(report, organ=f"某局{ORDERS}", title=ORDERS, overview=f"全年收到政府信息公开申请3件{ORDERS}。")
    path = tmp_path / "hostile.json"
    path.write_text(govinfo.to_json(hostile), encoding="utf-8")
    shown = run(command, path).output.replace(os.linesep, "\n")
    assert "某局" in shown or command == "show"
    assert not OBEYED & set(shown)


def test_colours_and_the_shape_of_lines_pass_to_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    streams.say(f"\x1b[31m红\x1b[0m{ORDERS}", colour=True)
    shown = capsys.readouterr().out.removesuffix("\n")
    assert shown.startswith("\x1b[31m红\x1b[0m")
    assert not OBEYED & set(shown.removeprefix("\x1b[31m红\x1b[0m"))
    assert streams.harmless("行\n\t列\u3000") == "行\n\t列\u3000"


def test_a_pipe_has_no_colours_and_no_progress(folder: Path) -> None:
    result = started("show", folder)
    assert b"\x1b" not in result.stdout
    assert result.stderr == b""
