"""JSON -> report -> all 42 balances checked: govinfo against pydantic v2 models and msgspec Structs of the same JSON.

python -m benchmarks.json_report [--json] [--rounds N] [--repeats N]
"""

import msgspec

from benchmarks import by_hand
from benchmarks.documents import DOCUMENTS
from benchmarks.measure import Result, measure, options, show
from govinfo.convert import from_json, to_json

GOALS = {"pydantic": 0.35, "msgspec": 1.0}
_decoder = msgspec.json.Decoder(by_hand.MReport)


def with_govinfo(data: bytes) -> list[tuple[int, ...]]:
    """The places of the broken balances, of each table."""
    return [broken for table in from_json(data).tables if (broken := table.matrix.broken(table.figures))]


def with_msgspec(data: bytes) -> list[str]:
    """The names of the broken balances."""
    return by_hand.broken(_decoder.decode(data))


def with_pydantic(data: bytes) -> list[str]:
    """The names of the broken balances."""
    return by_hand.broken(by_hand.PReport.model_validate_json(data))


def results(*, rounds: int, repeats: int) -> list[Result]:
    """One result a document, after the sides have been seen to agree."""
    found: list[Result] = []
    for name, report in DOCUMENTS.items():
        data = to_json(report).encode()
        spoiled = to_json(report.replace({"requests.granted.total": 987_654})).encode()
        sides = {"govinfo": with_govinfo, "pydantic": with_pydantic, "msgspec": with_msgspec}
        for check in sides.values():
            assert not check(data)
            assert check(spoiled)
        runs = {side: (lambda check=check, data=data: check(data)) for side, check in sides.items()}
        found.append(measure(f"{name}: {len(data)} bytes of JSON -> report -> all balances", runs, GOALS, rounds=rounds, repeats=repeats))
    return found


if __name__ == "__main__":
    chosen = options(__doc__ or "")
    show(results(rounds=chosen.rounds, repeats=chosen.repeats), as_json=chosen.json)
