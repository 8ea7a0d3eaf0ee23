"""Reading prose for its claims: megabytes a second on 10 KB and 100 KB, and that ten times the text takes ten times as long.

python -m benchmarks.prose [--json] [--rounds N] [--repeats N]

`plain` is prose as reports have it, a figure every 40 characters or so; `dense` is nothing but figures. The rivals are what any reading has
to do at least: fold the text, and look for every number with its unit by one regular expression.
"""

import re
from collections.abc import Callable

from benchmarks.measure import Result, measure, options, show
from govinfo.prose import claims
from govinfo.prose.text import plain
from govinfo.report import Report

_PLAIN = (
    "认真落实政府信息公开条例，健全工作机制，规范办理流程，加强业务培训。2023年，共收到政府信息公开申请57件，上年结转3件，答复55件，"
    "其中予以公开20件、部分公开10件、不予公开5件，结转下年度5件。持续优化政府网站栏目设置，及时更新政务公开目录，全年发布信息1024条。"
    "因政府信息公开被申请行政复议7件，其中结果维持3件。切实加强组织领导，压实工作责任，不断提升公开质量和服务水平，推动工作取得新成效。\n"
)
_DENSE = "收到政府信息公开申请57件，答复55件，予以公开20件。"
_NUMBERS = re.compile(r"\d+(?:件|条|元|%)")
KILOBYTE = 1000


def text(kind: str, size: int) -> str:
    """Prose of that many bytes in UTF-8."""
    pattern = _PLAIN if kind == "plain" else _DENSE
    return pattern * (size // len(pattern.encode()) + 1)


def _sides(prose: str) -> dict[str, Callable[[], object]]:
    report = Report(year=2023, overview=prose)
    return {
        "govinfo": lambda: claims(report),
        "folding alone": lambda: plain.__wrapped__(prose),
        "one expression": lambda: _NUMBERS.findall(prose),
    }


def results(*, rounds: int, repeats: int) -> list[Result]:
    """Every kind at two sizes; each text is seen to be read first."""
    found: list[Result] = []
    for kind in ("plain", "dense"):
        for size in (10 * KILOBYTE, 100 * KILOBYTE):
            prose = text(kind, size)
            assert len(claims(Report(year=2023, overview=prose))) > size // KILOBYTE
            found.append(measure(f"{kind} {size // KILOBYTE} KB", _sides(prose), {}, rounds=rounds, repeats=repeats))
    return found


def main() -> None:
    """Measure and print."""
    asked = options(__doc__ or "", rounds=7, repeats=1)
    found = results(rounds=asked.rounds, repeats=asked.repeats)
    show(found, as_json=asked.json)
    if not asked.json:
        for small, large in zip(found[::2], found[1::2], strict=True):
            taken = [result.microseconds["govinfo"] for result in (small, large)]
            print(f"{large.work}: {100 * KILOBYTE / taken[1]:.2f} MB/s; ten times the text takes {taken[1] / taken[0]:.1f} times as long")


if __name__ == "__main__":
    main()
