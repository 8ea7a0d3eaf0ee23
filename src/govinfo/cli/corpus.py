"""`govinfo corpus build|check|stats|query|export`: many documents as a data set. What it needs is loaded when a command runs."""

import os
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from govinfo.cli import profiles, streams
from govinfo.cli.answer import VERDICTS
from govinfo.cli.said import json_bytes
from govinfo.errors import CorpusError, DataError, GovinfoError
from govinfo.findings import Lang, Verdict, Words

if TYPE_CHECKING:
    from rich.progress import Progress

    from govinfo.corpus import Across, Corpus, Step, Summary
    from govinfo.rules import Profile

BROKEN, UNREAD = 1, 2
_SHOWN = 20  # findings of one rule that the text lists; the other formats list all
_ENDINGS = 5  # of files that were left aside, which the text names
_TABLES = ("reports", "findings", "prose", "origins", "failures", "organs")
_FILES = ("csv", "parquet", "jsonl")

Command = TypeVar("Command", bound=Callable[..., Any])


def _language(command: Command) -> Command:
    return click.option("--lang", type=click.Choice(["zh", "en"]), default=streams.default_lang, show_default="by the locale")(command)


def _folder(command: Command) -> Command:
    return click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))(command)


def _processes(command: Command) -> Command:
    told = "How many processes do the work.  [default: as many as there are cores]"
    return click.option("--processes", type=click.IntRange(1), help=told)(command)


def _organs(command: Command) -> Command:
    told = "CSV: name, id, level, region, parent. A body has a row for each of its names."
    return click.option("--organs", "table", type=click.Path(path_type=Path), help=told)(command)


def _output(command: Command) -> Command:
    return click.option("-o", "--output", type=click.Path(path_type=Path), help="A file, written whole or not at all.")(command)


@click.group()
def corpus() -> None:
    """Make a data set of many documents, and ask it.

    build reads documents into a folder of Parquet files, and goes on where it was stopped; check finds what only many
    reports together show; stats counts and gives rates; query takes SQL; export writes files.
    """


@corpus.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder of the data set: new, or made by this command.")
@_processes
@click.option("--seconds", type=click.FloatRange(1), default=150, show_default=True, help="The longest that reading one document may take.")
@click.option("--retry", is_flag=True, help="Read those again that failed for a reason that may pass.")
@_language
def build(sources: tuple[str, ...], out: Path, processes: int | None, seconds: float, retry: bool, lang: Lang) -> None:  # noqa: FBT001 -- click passes a flag so
    """Read and check the documents of files, folders and archives, and keep what is found.

    What has not changed is not read again. Stopped at any moment and begun again, it goes on. A document that cannot be
    read is a row of the table failures, and no error of the command.
    """
    with _refusing():
        from govinfo.corpus import build as make  # noqa: PLC0415 -- heavy

        with _progress(sources, lang) as step:
            summary = make(sources, out, processes=processes, seconds=seconds, retry=retry, step=step)
    streams.say_lines(_summary(summary, out, lang))


def _summary(summary: "Summary", out: Path, lang: Lang) -> Iterator[str]:
    lost = sum(summary.failures.values())
    kinds = ", ".join(f"{kind} {count}" for kind, count in summary.failures.items())
    yield Words(
        f"{out}：{summary.documents} 份文件，本次读取 {summary.read} 份；报告 {summary.reports} 份，发现 {summary.findings} 项",
        f"{out}: {summary.documents} documents, {summary.read} of them read now; {summary.reports} reports, {summary.findings} findings",
    ).said(lang)
    if lost:
        yield Words(
            f"  未能读取 {lost} 份（{kinds}），见 failures 表", f"  {lost} could not be read ({kinds}): see the table failures"
        ).said(lang)
    links = summary.aside.get("/", 0)
    if aside := sum(summary.aside.values()) - links:
        common = sorted(((ending, n) for ending, n in summary.aside.items() if ending != "/"), key=lambda each: (-each[1], each[0]))
        endings = ", ".join(f"{ending or '-'} {count}" for ending, count in common[:_ENDINGS]) + (", …" if len(common) > _ENDINGS else "")
        yield Words(f"  另有 {aside} 个其他类型的文件未读（{endings}）", f"  left aside: {aside} files of other kinds ({endings})").said(
            lang
        )


@contextmanager
def _progress(sources: Sequence[str], lang: Lang) -> "Generator[Callable[[Step], None], None, None]":
    """A bar on standard error, where that is a terminal: files done, documents a second, time left, failures."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 -- not for those who see none
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415 -- as above

    from govinfo.corpus.listing import entries  # noqa: PLC0415 -- heavy

    told = Words(
        "{task.fields[rate]:.0f} 份/秒，失败 {task.fields[lost]}", "{task.fields[rate]:.0f} documents/s, {task.fields[lost]} failed"
    ).said(lang)
    console = Console(stderr=True)
    with console.status(Words("清点文件", "counting files").said(lang), spinner="line"):  # in any encoding
        total = sum(1 for _ in entries(sources))
    with Progress(BarColumn(20), MofNCompleteColumn(), TextColumn(told), TimeRemainingColumn(), console=console, transient=True) as bar:
        yield _stepping(bar, bar.add_task("", total=total, rate=0.0, lost=0))


def _stepping(bar: "Progress", number: Any) -> "Callable[[Step], None]":
    read = lost = 0

    def step(done: "Step") -> None:
        nonlocal read, lost
        read, lost = read + done.documents, lost + done.failures
        elapsed = bar.tasks[0].elapsed or 1
        bar.update(number, advance=done.files, rate=read / elapsed, lost=lost)

    return step


@corpus.command()
@_folder
@_organs
@click.option("--complete", is_flag=True, help="The table of organs lists every body below each government: sums are compared.")
@_processes
@click.option("--profile", metavar=profiles.METAVAR, callback=profiles.chosen, default="default", show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@_language
def check(
    folder: Path,
    table: Path | None,
    complete: bool,  # noqa: FBT001 -- click passes a flag so
    processes: int | None,
    profile: "Profile",
    form: str,
    lang: Lang,
) -> None:
    """Find what only many reports together show: over the years of a body, over governments and their bodies, and copies.

    What is found within each document is in the table findings already. Exit code 1 where a rule of severity error is
    broken, there or here.
    """
    if complete and table is None:
        raise click.UsageError("--complete goes with --organs")
    with _opened(folder, table) as data:
        from govinfo.corpus import across  # noqa: PLC0415 -- heavy

        errors = data.query("SELECT count(*) AS n FROM findings WHERE verdict = 'broken' AND severity = 'error'").column("n")[0].as_py()
        found = across(data, complete=complete, profile=profile, processes=processes or os.cpu_count() or 1)
        code = BROKEN if errors else 0
        if form == "jsonl":
            for each in found:
                streams.write_bytes(json_bytes(_plain(each, lang)))
                code = max(code, BROKEN * each.is_error)
        else:
            code = max(code, _told(found, errors, lang))
    click.get_current_context().exit(code)


def _plain(each: "Across", lang: Lang) -> dict[str, Any]:
    finding = each.finding
    said: dict[str, Any] = {"kind": each.kind, "organ": each.organ, "year": each.year, "sources": list(each.sources[:_SHOWN])}
    said |= {"count": len(each.sources)}
    if finding is not None:
        sides = [None if side is None else side if isinstance(side, int) else str(side) for side in (finding.left, finding.right)]
        said |= {"code": finding.code, "name": finding.name, "verdict": finding.verdict.value, "severity": finding.severity.value}
        said |= {"cells": list(finding.cells), "left": sides[0], "right": sides[1]}
    return {**said, "message": each.message.said(lang)}


_KINDS = {
    "copy": Words("重复", "copies"),
    "conflict": Words("冲突", "conflicts"),
    "years": Words("跨年", "years"),
    "parts": Words("上下级", "parts"),
}


def _told(found: "Iterator[Across]", errors: int, lang: Lang) -> int:
    """Say what is found, a few of each rule, and how many there are; the exit code."""
    counted: dict[str, int] = {}
    code = 0
    for each in found:
        verdict = each.finding.verdict if each.finding else None
        what = [each.finding.code, VERDICTS[each.finding.verdict].said(lang)] if each.finding else []
        key = " ".join([_KINDS[each.kind].said(lang), *what])
        counted[key] = counted.get(key, 0) + 1
        code = max(code, BROKEN * each.is_error)
        if verdict is not Verdict.UNKNOWN and counted[key] <= _SHOWN:
            who = " ".join(str(part) for part in (each.organ, each.year) if part)
            named = ", ".join(each.sources[:2]) + (f", … ({len(each.sources)})" if len(each.sources) > 2 else "")  # noqa: PLR2004 -- two are shown
            streams.say_lines([f"{key}: {who}: {each.message.said(lang)} [{named}]"])
    lines = [f"  {key}: {count}" for key, count in sorted(counted.items())]
    total = Words(f"各文件内：{errors} 项错误（findings 表）", f"within documents: {errors} errors (table findings)").said(lang)
    streams.say_lines([Words("合计", "in all").said(lang) + ":", *lines, f"  {total}"])
    return code


@corpus.command()
@_folder
@_organs
@click.option("--by", multiple=True, type=click.Choice(["year", "level", "region"]), default=("year",), show_default=True)
@click.option("--metric", "metrics", multiple=True, help="Only these rates; may be given several times.")
@click.option("--format", "form", type=click.Choice(["text", "csv", "jsonl"]), default="text", show_default=True)
@_language
def stats(folder: Path, table: Path | None, by: tuple[str, ...], metrics: tuple[str, ...], form: str, lang: Lang) -> None:
    """Count what there is, and give the rates of its reports by year, level and region.

    A rate is a sum over a sum, of the reports for which it is defined. The text begins with counts of reports, failures
    and findings; csv and jsonl hold the rates alone.
    """
    with _opened(folder, table) as data:
        from govinfo.corpus import counts, rates  # noqa: PLC0415 -- heavy

        found = rates(data, by, metrics or None)
        if form == "text":
            heads = {"reports": Words("报告", "reports"), "failures": Words("未能读取", "failures"), "findings": Words("发现", "findings")}
            for name, counted in counts(data).items():
                if counted.num_rows:
                    streams.say(f"{heads[name].said(lang)}\n{_columns(counted)}")
            streams.say(f"{Words('比率', 'rates').said(lang)}\n{_columns(found)}")
        else:
            _written(data, found, form)


@corpus.command()
@_folder
@click.argument("sql")
@_organs
@click.option("--format", "form", type=click.Choice(["text", *_FILES]), default="text", show_default=True)
@_output
def query(folder: Path, sql: str, table: Path | None, form: str, output: Path | None) -> None:
    """Ask with SQL, as DuckDB has it. Tables: reports, findings, prose, origins, failures, organs.

    A figure is a column, named by its address: SELECT organ, year, "requests.new_received.total" FROM reports
    """
    with _opened(folder, table) as data:
        if output is not None:
            data.write(sql, output, "csv" if form == "text" else form)  # type: ignore[arg-type]  # click has seen to it
        elif form == "text":
            streams.say(_columns(data.query(sql)))
        elif form == "parquet":
            raise click.UsageError("parquet goes to a file: give -o FILE")
        else:
            _streamed(data, sql, form)


@corpus.command()
@_folder
@click.option("--table", "name", type=click.Choice(_TABLES), default="reports", show_default=True)
@click.option(
    "--to", "form", type=click.Choice(_FILES), required=True, help="jsonl of reports: govinfo.report/1 with its source, a line each."
)
@_organs
@_output
def export(folder: Path, name: str, form: str, table: Path | None, output: Path | None) -> None:
    """Write a table of the data set as CSV, Parquet or JSON Lines."""
    with _opened(folder, table) as data:
        sql = f"SELECT * FROM {name}"  # noqa: S608 -- one of our tables
        if name == "reports" and form == "jsonl":
            lines = (json_bytes(each) for each in data.documents())
            if output is None:
                for line in lines:
                    streams.write_bytes(line)
            else:
                try:
                    streams.write_file(output, lines)
                except OSError as error:
                    raise CorpusError(str(output), f"cannot be written: {error.strerror or error}") from error
        elif output is not None:
            data.write(sql, output, form)  # type: ignore[arg-type]  # click has seen to it
        elif form == "parquet":
            raise click.UsageError("parquet goes to a file: give -o FILE")
        else:
            _streamed(data, sql, form)


@contextmanager
def _refusing() -> Generator[None, None, None]:
    """One line on standard error and exit code 2 for what this library raises on purpose."""
    try:
        yield
    except DataError as error:
        for where, problem in error.problems:
            streams.complain(where, problem)
        click.get_current_context().exit(UNREAD)
    except CorpusError as error:
        streams.complain(error.where, f"{error.problem} ({error.remedy})" if error.remedy else error.problem)
        click.get_current_context().exit(UNREAD)
    except GovinfoError as error:
        streams.complain("corpus", str(error))
        click.get_current_context().exit(UNREAD)


@contextmanager
def _opened(folder: Path, table: Path | None) -> "Generator[Corpus, None, None]":
    with _refusing():
        from govinfo.corpus import Corpus, Organs  # noqa: PLC0415 -- heavy

        try:
            organs = Organs.read(table) if table else None
        except OSError as error:
            raise CorpusError(str(table), error.strerror or type(error).__name__) from error
        with Corpus(folder, organs) as data:
            yield data


def _streamed(data: "Corpus", sql: str, form: str) -> None:
    """The result on standard output: through a file, so that a query that fails prints nothing."""
    with tempfile.TemporaryDirectory(prefix="govinfo-") as name:
        path = Path(name) / "result"
        data.write(sql, path, form)  # type: ignore[arg-type]  # csv or jsonl
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                streams.write_bytes(piece)


def _written(data: "Corpus", table: Any, form: str) -> None:
    data.connection.register("told", table)
    _streamed(data, "SELECT * FROM told", form)


def _columns(table: Any) -> str:
    """A table for people: the columns side by side, numbers to the right."""
    from rich.console import Console  # noqa: PLC0415 -- only here
    from rich.table import Table  # noqa: PLC0415 -- as above

    shown = Table(box=None, pad_edge=False, header_style="")
    for field in table.schema:
        shown.add_column(field.name, justify="left" if str(field.type) in ("string", "large_string") else "right", overflow="fold")
    for row in table.to_pylist():
        shown.add_row(
            *("" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value) for value in row.values()), style=""
        )
    wide = streams.screen("zh").width if sys.stdout.isatty() else 10_000
    console = Console(width=wide, no_color=True, markup=False, highlight=False, emoji=False)
    with console.capture() as captured:
        console.print(shown)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())
