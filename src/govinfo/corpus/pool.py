"""Parts made in several processes, so that a document which ends its process costs that document only.

The processes are those of `concurrent.futures`. What is added: each writes down which document it is at, so that after a process
died there are no more suspects than processes. Each suspect is then read alone; one that ends its process again is the culprit.
"""

import faulthandler
import json
import multiprocessing
import os
import signal
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from io import FileIO
from itertools import chain, islice
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from typing import Self, TextIO, TypeVar

from attrs import evolve, frozen

from govinfo.corpus.batches import REPORT_IT, Attempt, Failure, Reader, digest, published_at
from govinfo.corpus.listing import Document, Entry, documents, is_of
from govinfo.corpus.part import Made, Task, make, tried
from govinfo.errors import CorpusError
from govinfo.readers import read

MEMORY = 4 * 1024**3
"""Bytes of address space that a process may have beyond what it begins with, where the system can say so."""
T = TypeVar("T")
R = TypeVar("R")

_FEW = 4  # pieces of work, below which it is not worth while to begin processes
_AHEAD = 2  # parts that wait for a process, for each process
_TRIES = 3  # times in succession that processes may die without a document at fault


@frozen
class Limits:
    """What reading one document may take: seconds, and bytes of memory."""

    seconds: float = 150  # LibreOffice alone may take 120
    memory: int = MEMORY


def made(tasks: Iterator[Task], processes: int, limits: Limits, reader: Reader = read) -> Iterator[Made]:
    """Every part, made in that many processes, as they are done. Raises `OSError` for a full disk, `CorpusError`."""
    waiting: list[Task] = []
    without_culprit = 0
    with tempfile.TemporaryDirectory(prefix="govinfo-") as crumbs:
        while True:
            running: dict[Future[Made], Task] = {}
            pool = _pool(processes, limits, crumbs)
            try:
                while True:
                    wanted = _AHEAD * processes - len(running)
                    waiting += islice(tasks, max(wanted - len(waiting), 0))
                    # A task leaves the list once a process has it: none is lost where the pool turns out to be broken.
                    with _quiet():
                        for _ in range(min(wanted, len(waiting))):
                            running[pool.submit(_make, waiting[0], reader)] = waiting[0]
                            del waiting[0]
                    if not running:
                        return
                    done = wait(running, return_when=FIRST_COMPLETED).done
                    for future in sorted(done, key=lambda future: future.exception() is not None):
                        result = future.result()
                        del running[future]
                        without_culprit = 0
                        yield result
            except BrokenProcessPool:
                pool.shutdown()
                waiting += running.values()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
            culprits = _culprits(Path(crumbs), limits, reader)
            if not culprits:
                without_culprit += 1
                if without_culprit == _TRIES:
                    raise CorpusError(
                        f"{processes} processes",
                        f"died {_TRIES} times without a document at fault",
                        "fewer --processes take less memory; what is done is kept",
                    )
            waiting = [_without(task, culprits) for task in waiting]


def mapped(function: Callable[[T], R], items: Iterable[T], processes: int) -> Iterator[R]:
    """What a function of a module gives for each item, in their order, worked out in so many processes; in this one where there are few.

    Raises what the function raises, `CorpusError` where a process dies.
    """
    given = iter(items)
    first = list(islice(given, _FEW))
    if processes == 1 or len(first) < _FEW:
        yield from map(function, chain(first, given))
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_attend)
    running: deque[Future[R]] = deque()
    try:
        for item in chain(first, given):
            with _quiet():
                running.append(pool.submit(function, item))
            if len(running) > _AHEAD * processes:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()
    except BrokenProcessPool as error:
        remedy = "fewer --processes take less memory"
        raise CorpusError(f"{processes} processes", "one of them died, which no report does", remedy) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _without(task: Task, culprits: dict[str, tuple[str, Failure]]) -> Task:
    paths = {entry.path for entry in task.entries}
    own = {source: failure for source, (path, failure) in culprits.items() if path in paths}
    return evolve(task, lost={**task.lost, **own}) if own else task


def _pool(processes: int, limits: Limits, crumbs: str) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")  # forking a process that has threads (Arrow's) may hang
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(limits, crumbs))


@contextmanager
def _quiet() -> Generator[None, None, None]:
    """What is begun here does not hear Ctrl-C until it says so, in `_begin`: else it would be told in pages, from amid its imports."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- after a death -----------------------------------------------------------------------------------------------------


def _culprits(crumbs: Path, limits: Limits, reader: Reader) -> dict[str, tuple[str, Failure]]:
    """Of the documents that were being read when a process died, those that end a process alone: path and failure by source."""
    found: dict[str, tuple[str, Failure]] = {}
    for crumb in sorted(crumbs.iterdir()):
        said = crumb.read_text("utf-8")
        crumb.unlink()
        if not said:
            continue
        name, path, source = json.loads(said)
        with tempfile.TemporaryDirectory(prefix="govinfo-") as own:
            pool = _pool(1, limits, own)
            began: float | None = None
            try:
                pool.submit(int).result()  # so that the time that a process takes to begin does not count
                began = time.monotonic()
                pool.submit(_probe, Entry(name, path), source, reader).result()
            except BrokenProcessPool:
                if began is None:
                    continue  # the process could not even begin: that is no fault of the document
                found[source] = (path, _ended(began, limits))
            finally:
                pool.shutdown()
    return found


def _ended(began: float, limits: Limits) -> Failure:
    """Why a document that was begun at a time ended its process."""
    late = time.monotonic() - began >= limits.seconds
    problem = f"not read within {limits.seconds:g} seconds" if late else "its reader ended the process"
    return Failure("time-limit" if late else "crashed", problem, REPORT_IT)


# --- within a process --------------------------------------------------------------------------------------------------


@cache
def _sink() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")  # as long as the process


@contextmanager
def within(seconds: float) -> Generator[None, None, None]:
    """End this process where what is done takes longer."""
    # From a thread of its own: no Python need run, as in a regular expression that does not end.
    faulthandler.dump_traceback_later(seconds, exit=True, file=_sink())
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


class _Worker:
    """What a process knows: its limits, and the file in which it says which document it is at."""

    def __init__(self, limits: Limits, crumb: FileIO) -> None:
        self._limits, self._crumb = limits, crumb
        self.paths: dict[str, Entry] = {}

    @contextmanager
    def watch(self, source: str) -> Generator[None, None, None]:
        """Around one document: say which it is, and end the process where it takes too long."""
        entry = self.paths.get(source) or next(e for e in self.paths.values() if is_of(source, e))
        self._say(json.dumps([entry.name, entry.path, source]).encode())
        try:
            with within(self._limits.seconds):
                yield
        finally:
            self._say(b"")

    def _say(self, text: bytes) -> None:
        self._crumb.seek(0)
        self._crumb.write(text)
        self._crumb.truncate()


_worker: list[_Worker] = []  # one, once the process has begun


def _attend() -> None:
    """What every process begins with: Ctrl-C ends it without a word, and so does the end of the process that began it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101 -- it is a process of a pool
    sentinel = parent.sentinel
    threading.Thread(target=lambda: (wait_for([sentinel]), os._exit(1)), daemon=True).start()  # no orphans where the parent is killed


def _begin(limits: Limits, crumbs: str) -> None:
    _attend()
    _limit_memory(limits.memory)
    _worker.append(_Worker(limits, FileIO(Path(crumbs) / str(os.getpid()), "w")))


def _limit_memory(more: int) -> None:
    try:
        import resource  # noqa: PLC0415 -- not on every system
    except ImportError:  # pragma: no cover -- Windows
        return
    status = Path("/proc/self/statm")
    begun = int(status.read_text("ascii").split()[0]) * resource.getpagesize() if status.exists() else 0
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = begun + more
    if begun and (soft == resource.RLIM_INFINITY or soft > wanted):
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def _make(task: Task, reader: Reader) -> Made:
    (worker,) = _worker
    worker.paths = {entry.name: entry for entry in task.entries}
    return make(task, worker.watch, reader)


def _probe(entry: Entry, source: str, reader: Reader) -> None:
    (worker,) = _worker
    worker.paths = {entry.name: entry}
    for document in documents(entry):
        if document.source == source and document.failure is None:
            with worker.watch(source):
                tried(document, reader)


# --- one document at a time --------------------------------------------------------------------------------------------


class Alone:
    """A process that reads documents for another: one that ends it, or takes too long, costs itself, and the next one begins anew."""

    def __init__(self, limits: Limits, reader: Reader) -> None:
        """Begin nothing yet: the process is begun with the first document."""
        self._limits, self._reader = limits, reader
        self._pool: ProcessPoolExecutor | None = None
        self._crumbs = tempfile.TemporaryDirectory(prefix="govinfo-")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()
        self._crumbs.cleanup()

    def attempt(self, document: Document) -> Attempt:
        """Read one document there. Raises `BrokenProcessPool` where no process can even begin."""
        if self._pool is None:
            self._pool = _pool(1, self._limits, self._crumbs.name)
            self._pool.submit(int).result()  # so that the time that a process takes to begin does not count
        began = time.monotonic()
        try:
            return self._pool.submit(_attempt, document, self._reader).result()
        except BrokenProcessPool:
            self._end()
            content = document.content
            url = document.url or published_at(content)
            return Attempt(document.source, url, digest(content), len(content), _ended(began, self._limits))

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown()
        self._pool = None


def _attempt(document: Document, reader: Reader) -> Attempt:
    (worker,) = _worker
    worker.paths = {document.source: Entry(document.source, document.source)}
    with worker.watch(document.source):
        return tried(document, reader)
