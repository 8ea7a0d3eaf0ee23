"""`build`: from documents to a data set."""

import errno
import os
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from attrs import field, frozen

from govinfo.corpus.batches import Reader
from govinfo.corpus.listing import Entry, entries, existing, order, parts
from govinfo.corpus.part import Task
from govinfo.corpus.pool import Limits, made
from govinfo.corpus.store import Part, held, spans, write_manifest
from govinfo.errors import CorpusError
from govinfo.readers import read


@frozen
class Summary:
    """What a build did: documents in the data set, those read for it, reports, findings, failures by kind.

    `aside` counts the files of folders that are of no known kind and were not looked at, by how their names end ("" for no ending), and
    as "/" the links to folders, which are not followed.
    """

    documents: int
    read: int
    reports: int
    findings: int
    failures: Mapping[str, int]
    aside: Mapping[str, int] = field(factory=dict[str, int])


@frozen
class Step:
    """How far a build is: files, documents and failures of the part that was just done."""

    files: int
    documents: int
    read: int
    failures: int


def build(
    sources: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    processes: int | None = None,
    seconds: float = Limits().seconds,
    retry: bool = False,
    step: Callable[[Step], None] = lambda _: None,
    reader: Reader = read,
) -> Summary:
    """Read and check the documents of some files, folders and archives, and keep what is found as Parquet files in a folder, `out`.

    What stands there already and has not changed is not read again; a build that was stopped, in whatever way, goes on, and ends with
    the same bytes as one that was not. Documents are read in `processes` (all cores), each for at most so many seconds; one that
    cannot be read is a row of `failures`. With `retry` those are read again that may fail for a passing reason. `step` is told of
    every part that is done; `reader` reads the bytes of a document, and is a function of a module. A program that calls this needs
    `if __name__ == "__main__":`, for it is begun again in each process.
    Raises `CorpusError`, also where the disk is full: what is done is kept then.
    """
    given, folder = existing(sources), Path(out)
    try:
        with held(folder):
            return _build(given, folder, processes or os.cpu_count() or 1, Limits(seconds), retry, step, reader)
    except OSError as error:
        remedy = "make room" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "choose an --out that you may write to"
        raise CorpusError(
            str(error.filename or folder),
            f"cannot be written: {error.strerror or error}",
            f"what is done is kept: {remedy} and run the same command again",
        ) from error


def _build(
    given: Sequence[Path],
    out: Path,
    processes: int,
    limits: Limits,
    retry: bool,  # noqa: FBT001 -- all of it is passed on from one place
    step: Callable[[Step], None],
    reader: Reader,
) -> Summary:
    there = _Spans(spans(out))
    done: list[Part] = []
    failures, aside = Counter[str](), Counter[str]()
    read = 0

    def tasks() -> Iterator[Task]:
        for part in parts(entries(given, aside)):
            yield Task(part, out, retry, before=there.over(part))

    for each in made(tasks(), processes, limits, reader):
        done.append(each.part)
        read += each.read
        failures.update(each.failures)
        step(Step(each.files, each.part.documents, each.read, sum(each.failures.values())))
    done.sort(key=lambda part: order(part.first))
    write_manifest(out, done)
    reports, findings, lost = (sum(part.rows[table] for part in done) for table in ("reports", "findings", "failures"))
    return Summary(reports + lost, read, reports, findings, dict(sorted(failures.items())), dict(sorted(aside.items())))


class _Spans:
    """The parts that stand there, of whatever builds, by the names of their first and last files."""

    def __init__(self, found: Iterable[tuple[str, str, str]]) -> None:
        self._spans = sorted((order(first), order(last), key) for first, last, key in found)
        self._firsts = [first for first, _, _ in self._spans]
        self._reach = list(accumulate((last for _, last, _ in self._spans), max))  # how far those up to each go

    def over(self, part: Sequence[Entry]) -> tuple[str, ...]:
        """The parts that files of this part may be in."""
        first, last = order(part[0].name), order(part[-1].name)
        near = self._spans[bisect_left(self._reach, first) : bisect_right(self._firsts, last)]
        return tuple(key for _, own_last, key in near if own_last >= first)
