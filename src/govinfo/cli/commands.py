"""The commands. Each ends with exit code 0, 1 (a broken rule of severity error) or 2 (misuse, or a source not read)."""

from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import click

from govinfo.cli import catalogue, converting, measuring, profiles, said, streams
from govinfo.cli.answer import answer_lines
from govinfo.cli.checking import Among, Checked, Settings, checked, subject
from govinfo.cli.corpus import corpus
from govinfo.cli.sources import Document, Unreadable, listed, readings
from govinfo.cli.writers import FORMATS, WRITERS
from govinfo.convert import to_dict
from govinfo.errors import DataError, GovinfoError
from govinfo.findings import Lang
from govinfo.keys import AdminLevel, OrganKind
from govinfo.readers import read as read_document
from govinfo.renderers.terminal import render_terminal
from govinfo.rules import Profile
from govinfo.rules import check as check_report

BROKEN, UNREAD = 1, 2

Result = TypeVar("Result")
Command = TypeVar("Command", bound=Callable[..., Any])


class Work:
    """The documents that a command goes through, and the exit code that they add up to."""

    def __init__(self, sources: Sequence[str]) -> None:
        """For the arguments of a command."""
        self._given = listed(sources)
        self.code: int = 0
        self.first_failed: bool = False

    def documents(self) -> Iterator[Document]:
        """Every report that can be read; what cannot be is one line on standard error, and exit code 2."""
        progress = streams.Progress(len(self._given))
        first = True
        for given in self._given:
            progress.step(given.source if isinstance(given, Unreadable) else given.name)
            for found in [given] if isinstance(given, Unreadable) else readings(given):
                progress.clear()
                if isinstance(found, Document):
                    yield found
                else:
                    self.first_failed |= first
                    self.fail(found.source, found.problem)
                first = False
        progress.clear()

    def checked(self, settings: Settings) -> Iterator[Checked]:
        """Every document with its findings; a broken rule of severity error is exit code 1."""
        for found in checked(self.documents(), settings, self):
            if found.findings.errors:
                self.code = max(self.code, BROKEN)
            yield found

    def fail(self, source: str, problem: str) -> None:
        """Say in one line that something could not be done."""
        self.code = UNREAD
        streams.complain(source, problem)

    def end(self) -> None:
        """Leave with the exit code."""
        click.get_current_context().exit(self.code)


def _language(command: Command) -> Command:
    option = click.option(
        "--lang", type=click.Choice(["zh", "en"]), default=streams.default_lang, show_default="by the locale", help="Language of messages."
    )
    return option(command)


def _sources(command: Command) -> Command:
    return click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="govinfo", message="govinfo %(version)s")
def govinfo() -> None:
    """Read, check and write 政府信息公开工作年度报告, China's yearly open government information reports.

    SOURCE is a document, a file of govinfo.report/1 JSON or JSON Lines, a CSV that convert wrote, a folder (every file
    of a known kind in it, at any depth), or - for standard input. Exit codes: 0 clean, 1 a broken rule of severity error,
    2 misuse or a source that cannot be read (the others are still handled). Start with: govinfo demo
    """


govinfo.add_command(corpus)


@govinfo.command()
@_sources
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="json: one report a line.")
@click.option("--trace", is_flag=True, help="As JSON, with headings, leftovers, repairs, and the origin of every cell.")
@_language
def read(sources: tuple[str, ...], form: str, trace: bool, lang: Lang) -> None:  # noqa: FBT001 -- click passes a flag so
    """Read reports and say, one line each, what was found."""
    work = Work(sources)
    for document in work.documents():
        if not trace and form == "text":
            streams.say(said.reading_line(document.source, document.reading, lang))
            continue
        try:
            plain = said.traced(document.source, document.reading) if trace else to_dict(document.reading.report)
        except DataError as error:
            work.fail(document.source, str(error))
            continue
        streams.write_bytes(said.json_bytes(plain))
    work.end()


@govinfo.command()
@_sources
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="json: one array; jsonl: a line each."
)
@click.option(
    "--profile", metavar=profiles.METAVAR, callback=profiles.chosen, default="default", show_default=True, help="Which rules weigh what."
)
@click.option("--organ-kind", type=click.Choice([str(kind) for kind in OrganKind]), help="What kind of body files the report.")
@click.option("--level", type=click.Choice([str(level) for level in AdminLevel]), help="At which level it stands.")
@click.option("--years", "among", flag_value="years", help="The sources are years of one organ: compare them as well.")
@click.option("--parts", "among", flag_value="parts", help="The first source is the whole, the others its parts: compare them as well.")
@click.option("--complete", is_flag=True, help="With --parts: these are all the parts, and none counts what another does.")
@_language
def check(
    sources: tuple[str, ...],
    form: str,
    profile: Profile,
    organ_kind: str | None,
    level: str | None,
    among: Among | None,
    complete: bool,  # noqa: FBT001 -- click passes a flag so
    lang: Lang,
) -> None:
    """Hold every rule against reports: the cells to suspect, and what is broken or unknown.

    What is found over several years stands with the later of two years, what is found over a whole and its parts with
    the whole.
    """
    if complete and among != "parts":
        raise click.UsageError("--complete goes with --parts")
    settings = Settings(profile, OrganKind(organ_kind) if organ_kind else None, AdminLevel(level) if level else None, among, complete)
    work = Work(sources)
    WRITERS[form](work.checked(settings), lang)
    work.end()


@govinfo.command()
@_sources
@_language
def show(sources: tuple[str, ...], lang: Lang) -> None:
    """Print the tables as the official form lays them out, with signs at cells to look at."""
    work, screen = Work(sources), streams.screen(lang)
    for document in work.documents():
        findings = check_report(subject(document.reading))
        streams.say(document.source)
        streams.say(render_terminal(document.reading.report, findings, screen, prose=False), colour=screen.colour)
    work.end()


@govinfo.command()
@_sources
@click.option(
    "--to",
    "form",
    type=click.Choice(converting.FORMATS),
    required=True,
    help="json, jsonl: one report a line; csv: one cell a row; csv-wide: one report a row; others: one report a file.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="A file, written whole or not at all; or a folder, for a file a source, or a CSV with its datapackage.json.",
)
def convert(sources: tuple[str, ...], form: converting.Format, output: Path | None) -> None:
    """Write reports in another format."""
    work = Work(sources)
    written: list[tuple[str, bytes]] = []
    kept: list[Document] = []
    for document in work.documents():
        try:
            written.append((document.source, converting.written(document.reading.report, form)))
            kept.append(document)
        except GovinfoError as error:
            work.fail(document.source, str(error))
    if not written:
        work.end()
    try:
        streams.write_all(converting.placed(written, [document.reading.report for document in kept], form, output))
    except converting.OneReportError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        work.fail(str(error.filename or output), error.strerror or type(error).__name__)
    work.end()


@govinfo.command()
@_sources
@click.option("--metric", "names", multiple=True, help="Only these; may be given several times.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="json: one report a line.")
@_language
def metrics(sources: tuple[str, ...], names: tuple[str, ...], form: str, lang: Lang) -> None:
    """Give the rates of reports, each with its numerator and denominator.

    A rate is an exact fraction; where a cell has no value, or the denominator is 0, there is none. Rates of many reports
    by year, level and region: govinfo corpus stats.
    """
    chosen = _or_misuse(lambda: measuring.chosen(names))
    work = Work(sources)
    for document in work.documents():
        report = document.reading.report
        if form == "json":
            streams.write_bytes(said.json_bytes(measuring.plain(document.source, report, chosen)))
        else:
            streams.say_lines(measuring.lines(document.source, report, chosen, lang))
    work.end()


@govinfo.command()
@click.argument("code", required=False)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "json-schema"]), default="text", show_default=True,
    help="json: one array; json-schema: of what check --format json writes.",
)  # fmt: skip
@_language
def rules(code: str | None, form: str, lang: Lang) -> None:
    """List the rules, or explain one: what it asks for, on whose authority, and what it says of a report that breaks it."""
    if form == "json-schema":
        streams.write_bytes(catalogue.schema("findings"))
        return
    if form == "json":
        streams.write_bytes(said.json_bytes(catalogue.rules_data(code)))
        return
    streams.say_lines(_or_misuse(lambda: catalogue.rule(code, lang) if code else catalogue.all_rules(lang)).splitlines())


@govinfo.command("form")
@click.argument("form_id", metavar="[ID]", required=False)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "json-schema"]), default="text", show_default=True,
    help="json: the declaration, with every cell and equation; json-schema: of reports.",
)  # fmt: skip
@_language
def show_form(form_id: str | None, form: str, lang: Lang) -> None:
    """List the form versions, or print one empty."""
    if form != "text":
        streams.write_bytes(
            _or_misuse(lambda: catalogue.schema("report", form_id) if form == "json-schema" else catalogue.forms_data(form_id))
        )
        return
    screen = streams.screen(lang)
    streams.say(_or_misuse(lambda: catalogue.form(form_id, screen) if form_id else catalogue.all_forms(lang)), colour=screen.colour)


@govinfo.command()
@_language
def demo(lang: Lang) -> None:
    """Read the bundled example, a damaged copy of a county office's report, and check it."""
    name, screen = "office-2023.txt", streams.screen(lang)
    reading = read_document(files("govinfo").joinpath("examples", name).read_bytes())
    found = Checked(name, reading, check_report(reading), Settings())
    streams.say(said.reading_line(name, reading, lang))
    streams.say("\n" + render_terminal(reading.report, found.findings, screen, prose=False), colour=screen.colour)
    streams.say_lines(answer_lines(found, lang))
    streams.say("\n" + catalogue.NEXT_STEPS.said(lang))


def _or_misuse(action: Callable[[], Result]) -> Result:
    try:
        return action()
    except GovinfoError as error:
        raise click.UsageError(str(error)) from error
