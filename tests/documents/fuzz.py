"""Documents spoiled at random: whatever the bytes, reading gives a reading or one clear error, in bounded time and memory.

`python -m tests.documents.fuzz [--inputs N] [--kinds docx xlsx …] [--seed N]` is the long run: in batches, each in a process of its
own, bounded in time and memory. `tests/laws/test_fuzz.py` runs a little of it. What fails is written to a folder, to be looked at.
"""

import argparse
import io
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from govinfo.errors import MissingExtraError, ReadError
from govinfo.form import Form
from govinfo.forms import CN_2019, CN_2021
from govinfo.readers import read
from govinfo.renderers import render
from govinfo.report import Report, Table
from govinfo.strategies.writers import as_docx, as_xlsx
from tests.documents.spans import document

KINDS = ("docx", "xlsx", "xls", "pdf", "zip", "html", "text")
SECONDS, MEGABYTES = 20.0, 500  # that no input may take
BATCH = 500

_WORTH_SPOILING = re.compile(r"document\.xml$|sheet\d*\.xml$|[Ww]orkbook\.xml|styles|Strings|rels$|Types")

_NUMBERS = (b"-1", b"0", b"1", b"2", b"255", b"65535", b"65536", b"2147483647", b"4294967296", b"999999999999", b"1e309", b"NaN", b"")
_TOKENS = (
    b"\x00", b"\xff", b"\xfe", b"\r", b"\n", b"\t", b" ", b"<", b">", b"&", b"&#0;", b"&#x110000;", b"&lt;", b"]]>", b"<!--", b"-->",
    b"<![CDATA[", b"<!DOCTYPE a>", b"<table>", b"</table>", b"<tr>", b'<td colspan="999999999">', b"\xe4\xb8", b"|", b"||||||||",
    b"PK\x03\x04", b"PK\x05\x06", b"%PDF-1.7", b"endobj", b"stream", b"endstream", b"obj", b"<<", b"[", b"]", b"/Kids", b"\xef\xbb\xbf",
    *(words.encode() for words in ("、", "一、总体情况", "总计", "（六）其他处理", "第二十条第（一）项", "?,F(xiàn)")),
)  # fmt: skip


def _report() -> Report:
    return Report(
        organ="某县某局", year=2023, title="某县某局2023年政府信息公开工作年度报告",
        overview="甲。\n乙。", problems="无。", other_matters="",
        proactive=Table.blank(CN_2021.proactive), requests=Table.blank(CN_2021.requests), disputes=Table.blank(CN_2021.disputes),
    )  # fmt: skip


@cache
def seeds(kind: str) -> tuple[bytes, ...]:
    """Whole documents of a kind; none where it takes a program that is not there."""
    return tuple(_MAKERS[kind]())


def _samples(pattern: str) -> list[bytes]:
    folder = Path(__file__).resolve().parents[3] / "shared" / "samples"
    return [path.read_bytes() for path in sorted(folder.rglob(pattern))]


def _drawn() -> list[bytes]:
    from govinfo.errors import RenderError

    try:
        return [render(_report(), "pdf"), render(Report(disputes=Table.blank(CN_2021.disputes), overview="甲" * 30), "pdf")]
    except (RenderError, MissingExtraError):
        return []


def _converted(content: bytes, ending: str, wanted: str) -> tuple[bytes, ...]:
    if (program := shutil.which("soffice")) is None:
        return ()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        source = Path(name, f"a.{ending}")
        source.write_bytes(content)
        command = [program, f"-env:UserInstallation={(Path(name) / 'profile').as_uri()}", "--headless", "--convert-to", wanted, source.name]
        subprocess.run(command, cwd=name, check=True, capture_output=True, timeout=120)
        return (Path(name, f"a.{wanted}").read_bytes(),)


def _packed(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def _figures(form: Form) -> dict[str, str]:
    return {address: str(number) for number, address in enumerate(form.cells, 1)}


_MAKERS: Mapping[str, Callable[[], Iterable[bytes]]] = {
    "docx": lambda: (render(CN_2021, "docx"), as_docx(document(CN_2019, _figures(CN_2019))), *_samples("*.docx")),
    "xlsx": lambda: (render(_report(), "xlsx"), as_xlsx(document(CN_2021, _figures(CN_2021)), sheets=True)),
    "xls": lambda: _converted(as_xlsx(document(CN_2021, _figures(CN_2021))), "xlsx", "xls"),
    "pdf": lambda: (*_drawn(), *_samples("*.pdf")),
    "zip": lambda: (
        _packed({"报告/一.docx": seeds("docx")[0], "图.jpg": b"x"}),
        _packed({"一.html": seeds("html")[0]}),
        _packed({"a.xlsx": seeds("xlsx")[1]}),
    ),
    "html": lambda: (render(CN_2019, "html").encode(), render(_report(), "html").encode("gb18030"), *_samples("*.html")),
    "text": lambda: (
        files("govinfo").joinpath("examples", "office-2023.txt").read_bytes(),
        render(CN_2021, "markdown").encode(),
        *_samples("*.txt"),
    ),
}


# --- spoiling ------------------------------------------------------------------------------------------------------------


def spoiled(kind: str, chance: random.Random) -> bytes:
    """A document of that kind with some faults: in its bytes, or in a part of the archive that it is."""
    content = chance.choice(seeds(kind))
    if content.startswith(b"PK") and chance.random() < 0.75:
        return _repacked(content, chance)
    return _bytes(content, chance, seeds(kind))


def _repacked(content: bytes, chance: random.Random) -> bytes:
    """The archive with the text of a part spoiled, packed again; sometimes a part is lost, or takes another's place."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = sorted(
        parts, key=lambda name: (not re.search(r"document\.xml$|sheet\d*\.xml$|[Ww]orkbook\.xml|styles|Strings|rels$|Types", name), name)
    )
    name = chance.choice(names[: 1 + int(len(names) * chance.random())])
    how = chance.random()
    if how < 0.04:
        del parts[name]
    elif how < 0.06:
        parts[name] = parts[chance.choice(names)]
    elif how < 0.4:
        parts[name] = _bytes(parts[name], chance, list(parts.values()))
    else:
        parts[name] = _elements(parts[name], chance)
    return _packed(parts)


def _elements(content: bytes, chance: random.Random) -> bytes:
    """The XML with tags, values or text exchanged, doubled or lost; mostly still well-formed."""
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        pieces = re.findall(rb"<[^>]*>|[^<]+", content)
        if not pieces:
            return content
        at = chance.randrange(len(pieces))
        piece = pieces[at]
        how = chance.randrange(6)
        if how == 0 and (value := chance.choice(re.findall(rb'="([^"]*)"', piece) or [None])) is not None:
            pieces[at] = piece.replace(b'="%s"' % value, b'="%s"' % chance.choice((*_NUMBERS, *_values(pieces, chance))), 1)
        elif how == 1 and not piece.startswith(b"<"):
            pieces[at] = chance.choice((*_NUMBERS, chance.choice(pieces).split(b"<")[0], "一、总体情况".encode(), b"=1+1"))
        elif how == 2 and (end := _end(pieces, at)):
            del pieces[at:end]
        elif how == 3 and (end := _end(pieces, at)):
            pieces[at:end] = pieces[at:end] * chance.choice((2, 2, 3, 50 if end - at < 50 else 2))
        elif how == 4 and (end := _end(pieces, at)):
            cut = pieces[at:end]
            del pieces[at:end]
            there = chance.randrange(len(pieces) + 1)
            pieces[there:there] = cut
        elif how == 5 and (end := _end(pieces, at)):
            inside = pieces[at:end]
            pieces[at:end] = inside[1:-1] if len(inside) > 2 else [chance.choice(pieces).split(b"<")[0]]
        content = b"".join(pieces)
    return content


def _values(pieces: Sequence[bytes], chance: random.Random) -> list[bytes]:
    return re.findall(rb'="([^"]*)"', chance.choice(pieces))[:2]


def _end(pieces: Sequence[bytes], at: int) -> int:
    """Where the element that begins there has ended; 0 where none begins."""
    if not (found := re.match(rb"<([\w:]+)", pieces[at])):
        return 0
    if pieces[at].endswith(b"/>"):
        return at + 1
    depth = 0
    for place in range(at, min(len(pieces), at + 5_000)):
        piece = pieces[place]
        if piece.startswith((b"<" + found[1] + b" ", b"<" + found[1] + b">")) and not piece.endswith(b"/>"):
            depth += 1
        elif piece == b"</" + found[1] + b">":
            depth -= 1
            if depth == 0:
                return place + 1
    return 0


def _bytes(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16, 64))):
        if data:
            at = chance.randrange(len(data))
            chance.choice(_SPOILS)(data, at, min(len(data) - at, chance.choice((1, 2, 4, 16, 200, 4_000))), chance, others)
    return bytes(data)


Spoil = Callable[[bytearray, int, int, random.Random, Sequence[bytes]], object]


def _flip(data: bytearray, at: int, _length: int, chance: random.Random, _others: Sequence[bytes]) -> None:
    data[at] ^= 1 << chance.randrange(8)


def _replace(data: bytearray, at: int, _length: int, chance: random.Random, _others: Sequence[bytes]) -> None:
    data[at] = chance.randrange(256)


def _remove(data: bytearray, at: int, length: int, _chance: random.Random, _others: Sequence[bytes]) -> None:
    del data[at : at + length]


def _repeat(data: bytearray, at: int, length: int, chance: random.Random, _others: Sequence[bytes]) -> None:
    data[at:at] = data[at : at + length] * chance.choice((1, 1, 2, 30))


def _insert(data: bytearray, at: int, _length: int, chance: random.Random, _others: Sequence[bytes]) -> None:
    data[at:at] = chance.choice(_TOKENS)


def _renumber(data: bytearray, at: int, _length: int, chance: random.Random, _others: Sequence[bytes]) -> None:
    if found := re.compile(rb"[0-9]+").search(data, at, at + 200):
        data[found.start() : found.end()] = chance.choice(_NUMBERS)


def _graft(data: bytearray, at: int, length: int, chance: random.Random, others: Sequence[bytes]) -> None:
    other = chance.choice(others)
    start = chance.randrange(max(1, len(other)))
    data[at : at + length] = other[start : start + length]


def _move(data: bytearray, at: int, length: int, chance: random.Random, _others: Sequence[bytes]) -> None:
    moved = data[at : at + length]
    del data[at : at + length]
    there = chance.randrange(len(data) + 1)
    data[there:there] = moved


def _cut(data: bytearray, at: int, _length: int, chance: random.Random, _others: Sequence[bytes]) -> None:
    if chance.random() < 0.2:
        del data[at:]


_SPOILS: tuple[Spoil, ...] = (_flip, _replace, _remove, _repeat, _insert, _renumber, _graft, _move, _cut)


# --- judging -------------------------------------------------------------------------------------------------------------


def outcome(content: bytes) -> str:
    """What reading gave: `read`, `refused`, or what must not be: the exception."""
    try:
        read(content)
    except (ReadError, MissingExtraError) as error:
        return "refused" if str(error).strip() and "\n" not in str(error) else f"an error of several lines: {str(error)!r}"
    except BaseException as error:  # a panic of a library is none of `Exception`
        if isinstance(error, KeyboardInterrupt):
            raise
        return f"{type(error).__name__}: {error}"[:300]
    return "read"


def _batch(kind: str, seed: int, count: int, keep: Path) -> None:
    """Read `count` spoiled documents and print what became of them as JSON; every failure is kept as a file."""
    seeds(kind)  # some are made by LibreOffice
    os.environ["PATH"] = ""  # which, as another's program, is not what is tested here
    found: Counter[str] = Counter()
    slowest = 0.0
    for number in range(seed, seed + count):
        content = spoiled(kind, random.Random(number))
        Path(keep, f"running-{kind}-{seed}").write_text(str(number))
        began = time.perf_counter()
        said = outcome(content)
        took = time.perf_counter() - began
        slowest = max(slowest, took)
        if took > SECONDS / 4:
            sys.stderr.write(f"slow: {kind} {number}: {took:.1f} s\n")
        found[said if said in {"read", "refused"} else "failed"] += 1
        if said not in {"read", "refused"} or took > SECONDS / 4:
            Path(keep, f"{kind}-{number}").write_bytes(content)
            sys.stderr.write(f"{kind} {number}: {said}\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    Path(keep, f"running-{kind}-{seed}").unlink()
    sys.stdout.write(json.dumps({"found": found, "slowest": slowest, "peak": peak}))


def _run(kinds: Sequence[str], inputs: int, seed: int, keep: Path, say: Callable[[str], None]) -> bool:
    """The long run; whether nothing failed."""
    right = True
    for kind in kinds:
        if not seeds(kind):
            say(f"{kind}: nothing to spoil here")
            continue
        total: Counter[str] = Counter()
        slowest, peak, began = 0.0, 0, time.perf_counter()
        for first in range(seed, seed + inputs, BATCH):
            count = min(BATCH, seed + inputs - first)
            command = [sys.executable, "-m", "tests.documents.fuzz", "--batch", kind, str(first), str(count), "--keep", str(keep)]
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS * 10 + count, check=False)
            except subprocess.TimeoutExpired:
                total["hung"] += 1
                say(f"{kind} hung at {Path(keep, f'running-{kind}-{first}').read_text()}")
                continue
            if done.stderr.strip():
                say(done.stderr.strip()[-2000:])
            if done.returncode:
                total["died"] += 1
                say(f"{kind} died at {first}")
                continue
            said = json.loads(done.stdout)
            total.update(said["found"])
            slowest, peak = max(slowest, said["slowest"]), max(peak, said["peak"])
        right = right and not {"failed", "hung", "died"} & total.keys() and slowest < SECONDS and peak < MEGABYTES
        say(f"{kind}: {dict(total)}, slowest {slowest:.2f} s, at most {peak} MB, {time.perf_counter() - began:.0f} s in all")
    return right


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000, help="of each kind")
    parser.add_argument("--kinds", nargs="+", default=KINDS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir(), "govinfo-fuzz"))
    parser.add_argument("--batch", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    given.keep.mkdir(exist_ok=True)
    if given.batch:
        _batch(given.batch[0], int(given.batch[1]), int(given.batch[2]), given.keep)
        sys.exit()
    sys.exit(not _run(given.kinds, given.inputs, given.seed, given.keep, _say))
