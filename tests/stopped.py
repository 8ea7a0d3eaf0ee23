"""Builds that are killed at any moment and begun again: does the result differ from that of a build left alone?

    python -m tests.stopped TRIALS [DOCUMENTS]

The suite runs a few trials of this; by hand as many as one likes. Needs a system with `kill -9`.
"""

import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROCESSES = 2
UNMEASURED = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
"""The environment without what measures coverage: a process that is killed, or may not write, would leave half a file of it."""


def content_of(folder: Path) -> dict[str, str]:
    """The hash of every file under a folder, by its name in it; the lock is no content."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".lock")
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def command(source: Path, out: Path) -> list[str]:
    """A build in a process of its own, with readings that take no time."""
    code = (
        "from govinfo.corpus import build; from tests.harmful import quick\n"
        f"if __name__ == '__main__': build([{str(source)!r}], {str(out)!r}, processes={PROCESSES}, reader=quick)"
    )
    return [sys.executable, "-c", code]


def killed_build(source: Path, out: Path, rng: random.Random, longest: float, most: int = 1000) -> int:
    """Build, killed at random moments until a build gets through, or so many times; how often it was killed."""
    kills = 0
    while True:
        moment = rng.uniform(0.2, longest) if kills < most else None
        with subprocess.Popen(command(source, out), cwd=Path(__file__).parents[1], stderr=subprocess.DEVNULL, env=UNMEASURED) as process:
            try:
                if process.wait(moment) == 0:
                    return kills
                raise AssertionError(f"a build ended with {process.returncode}")
            except subprocess.TimeoutExpired:
                process.kill()
                kills += 1
        if rng.random() < 0.5:  # the others begin at once, while orphaned processes may still be at work
            time.sleep(0.1)


def make_documents(folder: Path, count: int) -> None:
    """So many documents of a few bytes each."""
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"{number:06}.txt").write_text(f"第{number}局", "utf-8")


def main(trials: int, documents: int) -> None:
    """Say how many kills there were, and how many results differed."""
    rng, kills, different = random.Random(7), 0, 0
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        make_documents(work / "documents", documents)
        began = time.monotonic()
        subprocess.run(command(work / "documents", work / "whole"), check=True, cwd=Path(__file__).parents[1], env=UNMEASURED)
        longest = 1.3 * (time.monotonic() - began)
        whole = content_of(work / "whole")
        for number in range(trials):
            out = work / f"trial-{number}"
            kills += killed_build(work / "documents", out, rng, longest)
            different += content_of(out) != whole
        print(f"{trials} trials, {kills} kills, {len(whole)} files each, {different} results that differ")  # noqa: T201 -- its answer


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1500)
