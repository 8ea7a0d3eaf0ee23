"""All 42 balances of a report: unrolled from the one declaration, against sums written by hand over msgspec Structs.

python -m benchmarks.balances [--json] [--rounds N] [--repeats N]
"""

import msgspec

from benchmarks import by_hand
from benchmarks.documents import DOCUMENTS
from benchmarks.measure import Result, measure, options, show
from govinfo.convert import to_json
from govinfo.report import Report

GOALS = {"by hand": 0.5}


def declared(report: Report) -> list[tuple[int, ...]]:
    """The places of the broken balances, of each table."""
    return [broken for table in report.tables if (broken := table.matrix.broken(table.figures))]


def results(*, rounds: int, repeats: int) -> list[Result]:
    """One result a document, after both sides have been seen to agree."""
    found: list[Result] = []
    for name, report in DOCUMENTS.items():
        spoiled = report.replace({"requests.granted.total": 987_654})
        nested, nested_spoiled = (msgspec.json.decode(to_json(r), type=by_hand.MReport) for r in (report, spoiled))
        assert not declared(report)
        assert not by_hand.broken(nested)
        assert len(declared(spoiled)[0]) == len(by_hand.broken(nested_spoiled)) == len(by_hand.broken_tuned(nested_spoiled))
        assert not by_hand.broken_tuned(nested)
        runs = {
            "govinfo": lambda report=report: declared(report),
            "by hand": lambda nested=nested: by_hand.broken(nested),
            "tuned": lambda nested=nested: by_hand.broken_tuned(nested),
        }
        found.append(measure(f"{name}: all balances of a report", runs, GOALS, rounds=rounds, repeats=repeats))
    return found


if __name__ == "__main__":
    chosen = options(__doc__ or "")
    show(results(rounds=chosen.rounds, repeats=chosen.repeats), as_json=chosen.json)
