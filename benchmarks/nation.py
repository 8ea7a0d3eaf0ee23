"""A made-up country as 40,000 documents -> a data set -> what is asked of it: time, memory, disk, and planted faults found.

python -m benchmarks.nation FOLDER [--provinces P] [--processes 1 2]

FOLDER is made: `documents` (written once, some minutes; mostly HTML and Markdown, some Word, Excel and PDF, copies, broken files, an
archive, nested folders), `organs.csv`, `truth.json`, and a data set for each number of processes. Memory is read from /proc: Linux only.
"""

import argparse
import csv
import hashlib
import json
import random
import resource
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from benchmarks.html import page
from govinfo.renderers import render
from govinfo.report import Report
from govinfo.simulate import Country, country

_MIX = {"html": 56, "styled": 15, "md": 20, "txt": 4.5, "docx": 2, "xlsx": 2, "pdf": 0.5}
"""How many in a hundred documents are of each kind; `styled` are pages of 70 KB with a style on every cell."""
_COPIES, _AGAIN = 0.02, 0.01  # shares of reports that are there twice: the same bytes, the same figures in another kind of document
_BROKEN = 180
_ENDING = {"styled": "html"}
_DAMAGED = "SELECT source FROM reports WHERE contains(source, '坏')"
_ZIPPED = 2021  # the year of which the first city's reports lie in an archive


def _written(report: Report, kind: str) -> bytes:
    if kind == "styled":
        return page(report).encode()
    if kind in ("docx", "xlsx", "pdf"):
        return render(report, kind)  # type: ignore[call-overload,no-any-return]  # one of the formats
    return render(report, "html" if kind == "html" else "markdown").encode()


def _broken(rng: random.Random, good: bytes) -> bytes:
    """What a crawler also saves: nothing, half a file, another page, noise."""
    kinds = (
        b"", good[: len(good) // 9], "<html><title>登录</title><form>用户名</form></html>".encode(), rng.randbytes(3000),
        b"PK\x03\x04" + rng.randbytes(500), b"%PDF-1.7\n" + rng.randbytes(500), b"404 Not Found",
        "某某县2024年政府工作报告\n各位代表，现在，我向大会报告工作。".encode("gb18030"),
    )  # fmt: skip
    return kinds[rng.randrange(len(kinds))]


def write(of: Country, folder: Path, seed: int = 0) -> dict[int, str]:
    """Every report as a document, some twice, and broken files; the file of each row of the country."""
    rng = random.Random(seed)
    named: dict[int, str] = {}
    size = len(of.organs)
    first_city = next(organ.name[:6] for organ in of.organs if organ.name[5] == "市")
    archive_path = folder / f"{first_city}{_ZIPPED}.zip"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(archive_path, "w", zipfile.ZIP_DEFLATED) as archive:
        for row, report in enumerate(of.reports()):
            name, year = of.organs[row % size].name, of.years[row // size]
            (kind,) = rng.choices(list(_MIX), list(_MIX.values()))
            content = _written(report, kind)
            own = f"{row:06}.{_ENDING.get(kind, kind)}"
            if year == _ZIPPED and name.startswith(first_city):
                archive.writestr(own, content)
                named[row] = f"{archive_path.as_posix()}/{own}"
                continue
            path = folder / str(year) / name[:3] / (name[3:6] if name[5:6] == "市" else "省本级") / own
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            named[row] = path.as_posix()
            other = folder / "镜像" / f"{row % 97:02}"
            other.mkdir(parents=True, exist_ok=True)
            if rng.random() < _COPIES:
                (other / f"{row:06} 副本.{own[7:]}").write_bytes(content)
            if rng.random() < _AGAIN:
                (other / f"{row:06} 转载.md").write_bytes(_written(report, "md" if kind != "md" else "html"))
            if rng.random() < _BROKEN / len(of):
                (path.parent / f"{row:06} 坏.{own[7:]}").write_bytes(_broken(rng, content))
    return named


def prepare(made: Country, folder: Path) -> None:
    """The documents, the table of organs, and what is wrong with which."""
    named = write(made, folder / "documents")
    with (folder / "organs.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["name", "level", "region", "parent"])
        writer.writeheader()
        writer.writerows(made.hierarchy())
    planted = [{"source": named[p.row], "organ": p.organ, "year": p.year, "kind": p.kind, "rules": p.rules} for p in made.planted]
    rows = {f"{p.row:06}" for p in made.planted}
    copies = [path.as_posix() for path in (folder / "documents" / "镜像").rglob("*") if path.name[:6] in rows]
    above = [(g.name, p.year) for p in made.planted for g in made.organs if p.row % len(made.organs) in g.parts]
    said = {"planted": planted, "copies": copies, "above": above}
    (folder / "truth.json").write_text(json.dumps(said, ensure_ascii=False), "utf-8")


class Memory:
    """What a process and those that it began hold, in MB, twice a second: `shared` pages count in each."""

    def __init__(self, pid: int) -> None:
        """Begin to look."""
        self.seen: list[tuple[float, float, float]] = []  # since when, the process, the largest of its own
        self._pid, self._began, self._end = pid, time.monotonic(), threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._end.wait(0.5):
            own, others = _resident(self._pid), [_resident(child) for child in _children(self._pid)]
            self.seen.append((time.monotonic() - self._began, own, max(others, default=0)))

    def peaks(self, pieces: int = 5) -> list[tuple[float, float]]:
        """The most in each of so many stretches of the time: the process, the largest of its own."""
        self._end.set()
        self._thread.join()
        length = max(1, -(-len(self.seen) // pieces))
        parts = [self.seen[first : first + length] for first in range(0, len(self.seen), length)]
        return [(max(own for _, own, _ in part), max(other for _, _, other in part)) for part in parts]


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError):
        return 0
    return pages * 4096 / 1e6


def _children(pid: int) -> list[int]:
    try:
        found = [int(each) for task in Path(f"/proc/{pid}/task").iterdir() for each in (task / "children").read_text("ascii").split()]
    except OSError:
        return []
    return found + [deeper for child in found for deeper in _children(child)]


@frozen
class Ran:
    """A command that ended: its exit code, seconds, seconds of all cores, memory, and what it said."""

    code: int
    seconds: float
    cpu: float
    peaks: list[tuple[float, float]]
    told: str


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(arguments: Sequence[str], output: Path | None = None) -> Ran:
    """Run a command of govinfo."""
    began, before = time.monotonic(), _cpu()
    with (output or Path("/dev/null")).open("wb") as sink:
        process = subprocess.Popen(  # noqa: S603 -- a command of ours
            [sys.executable, "-m", "govinfo", "corpus", *arguments],
            stdout=subprocess.PIPE if output is None else sink,
            stderr=subprocess.STDOUT,
        )
        memory = Memory(process.pid)
        told = process.communicate()[0]
    return Ran(process.returncode, time.monotonic() - began, _cpu() - before, memory.peaks(), (told or b"").decode())


def compared(folder: Path, out: Path, across: Path) -> None:
    """Planted faults found; and what is said of reports that have none, nor stand beside one."""
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    sql = "SELECT source, code FROM findings WHERE verdict = 'broken' AND severity <> 'info'"
    rows = run(["query", str(out), sql, "--format", "jsonl"]).told
    original = {each["source"] for each in truth["planted"]}
    within = {(row["source"], row["code"]) for row in map(json.loads, rows.splitlines())}
    beyond: list[dict[str, Any]] = [json.loads(line) for line in across.read_text("utf-8").splitlines()]
    found = within | {(source, each["code"]) for each in beyond if each.get("verdict") == "broken" for source in each["sources"]}
    missed = [each for each in truth["planted"] if not all((each["source"], code) in found for code in each["rules"])]
    faulty = original | set(truth["copies"])
    above = {
        (organ, year) for organ, year in truth["above"]
    }  # what a part says wrongly is found with the whole, of which the first documents are named
    damaged = {row["source"] for row in map(json.loads, run(["query", str(out), _DAMAGED, "--format", "jsonl"]).told.splitlines())}
    false = Counter(code for source, code in within if source not in faulty | damaged)
    told = [each for each in beyond if each.get("verdict") == "broken" and each["severity"] != "info"]
    invented = [each for each in told if not faulty & set(each["sources"]) and (each["organ"], each["year"]) not in above]
    print(f"planted {len(truth['planted'])}, found {len(truth['planted']) - len(missed)}")
    print(f"said of whole reports without a fault: {dict(false)} within, {dict(Counter(each['code'] for each in invented))} across")
    print(f"across in all: {dict(Counter(each['kind'] for each in beyond))}")
    for each in missed[:5]:
        print("   missed:", each)


def _times(ran: Ran) -> str:
    return f"{ran.seconds:.1f} s ({ran.cpu:.1f} of a core)"


def main() -> None:
    """Write, build, ask, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--provinces", type=int, default=2, help="some 20,000 documents each")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    chosen = parser.parse_args()
    folder: Path = chosen.folder
    if not (folder / "truth.json").exists():
        prepare(country(provinces=chosen.provinces, cities=10, counties=8, townships=22, departments=9, faults=0.05, seed=7), folder)
    for processes in chosen.processes:
        out = folder / f"data-{processes}"
        shutil.rmtree(out, ignore_errors=True)
        ran = run(["build", str(folder / "documents"), "--out", str(out), "--processes", str(processes), "--lang", "en"])
        print(ran.told.strip())
        size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
        count = json.loads((out / "corpus.json").read_text("utf-8"))["documents"]
        print(f"build, {processes}: {_times(ran)}, {count / ran.seconds:.1f} documents a second, {count / ran.cpu:.1f} a second of a core")
        print(f"   {size / 1e6:.1f} MB on disk, {size / count:.0f} bytes a document")
        print("   MB, the process and the largest of its own, fifth by fifth:", "  ".join(f"{a:.0f}+{b:.0f}" for a, b in ran.peaks))
        content = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file())).hexdigest()[:16]
        print(f"   all bytes of it: {content}", flush=True)
    out = folder / f"data-{chosen.processes[-1]}"
    ran = run(["build", str(folder / "documents"), "--out", str(out), "--lang", "en"])
    print(f"build again: {_times(ran)}   {ran.told.strip().splitlines()[0]}", flush=True)
    whole = ["--organs", str(folder / "organs.csv"), "--complete"]
    asked: dict[str, list[str]] = {
        "check": ["check", str(out), *whole, "--format", "jsonl", "--lang", "en"],
        "stats": ["stats", str(out), "--organs", str(folder / "organs.csv"), "--by", "year", "--by", "level", "--lang", "en"],
        "query": ["query", str(out), 'SELECT year, sum("requests.new_received.total") AS n FROM reports GROUP BY year ORDER BY year'],
        **{
            f"export {form}": ["export", str(out), "--to", form, "-o", str(folder / f"reports.{form}")]
            for form in ("csv", "parquet", "jsonl")
        },
        "export origins": ["export", str(out), "--table", "origins", "--to", "parquet", "-o", str(folder / "origins.parquet")],
    }
    for name, arguments in asked.items():
        ran = run(arguments, folder / f"{name}.out")
        most = [max(each) for each in zip(*ran.peaks, strict=True)] or [0, 0]  # nothing was seen of what ended at once
        print(f"{name}: {_times(ran)}, {most[0]:.0f}+{most[1]:.0f} MB, exit code {ran.code}", flush=True)
    compared(folder, out, folder / "check.out")


if __name__ == "__main__":
    main()
