"""The formats of `govinfo check`: for people, for programs, for the tools of continuous integration."""

from collections.abc import Callable, Iterable, Mapping

from govinfo.cli import said, streams
from govinfo.cli.annotations import annotation_lines
from govinfo.cli.answer import answer_lines
from govinfo.cli.checking import Checked
from govinfo.cli.junit import junit
from govinfo.cli.sarif import sarif
from govinfo.findings import Lang

Writer = Callable[[Iterable[Checked], Lang], None]


def _text(found: Iterable[Checked], lang: Lang) -> None:
    for checked in found:
        streams.say_lines(answer_lines(checked, lang))


def _json(found: Iterable[Checked], lang: Lang) -> None:
    streams.write_bytes(said.json_bytes([said.judged(checked, lang) for checked in found]))


def _jsonl(found: Iterable[Checked], lang: Lang) -> None:
    for checked in found:
        streams.write_bytes(said.json_bytes(said.judged(checked, lang)))


def _github(found: Iterable[Checked], lang: Lang) -> None:
    for checked in found:
        for line in annotation_lines(checked, lang):
            streams.write_bytes(f"{line}\n".encode("utf-8", "backslashreplace"))


def _junit(found: Iterable[Checked], lang: Lang) -> None:
    streams.write_bytes(junit(found, lang))


def _sarif(found: Iterable[Checked], lang: Lang) -> None:
    streams.write_bytes(said.json_bytes(sarif(found, lang)))


WRITERS: Mapping[str, Writer] = {"text": _text, "json": _json, "jsonl": _jsonl, "github": _github, "junit": _junit, "sarif": _sarif}
FORMATS = tuple(WRITERS)
