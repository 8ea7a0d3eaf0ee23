"""Hypothesis strategies for reports, tables and what they are made of. Needs the extra `strategies`.

Reports are valid by construction: cells are drawn only where the balances leave them free, and the others follow in an
order that is derived from the form (`govinfo.solve.plan`). Nothing is drawn and thrown away, so no health check has to
be silenced, and every form works, a caller's own as well. Everything shrinks to the report whose cells are all 0.

`hypothesis.strategies.from_type(Report)` and `from_type(Table)` work without an import of this module: see
`govinfo.hypothesis_plugin`.
"""

from importlib.util import find_spec

from govinfo.errors import MissingExtraError

if find_spec("hypothesis") is None:  # pragma: no cover -- the tests themselves need the extra
    raise MissingExtraError("strategies", "govinfo.strategies")

from govinfo.strategies.broken import Broken, broken_reports
from govinfo.strategies.damage import DAMAGES, Damage
from govinfo.strategies.documents import Document, documents
from govinfo.strategies.figures import MAX_MONEY, counts, marks, money, tables
from govinfo.strategies.parts import wholes_and_parts
from govinfo.strategies.reports import reports
from govinfo.strategies.sentences import prose
from govinfo.strategies.years import consecutive

__all__ = [
    "DAMAGES",
    "MAX_MONEY",
    "Broken",
    "Damage",
    "Document",
    "broken_reports",
    "consecutive",
    "counts",
    "documents",
    "marks",
    "money",
    "prose",
    "reports",
    "tables",
    "wholes_and_parts",
]
