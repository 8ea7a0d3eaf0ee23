"""Many reports as columns: Arrow in and out, and the checks over all rows at once. Needs the extra `columns`.

One row a report, one nullable column a cell, named by its address. The functions take whatever speaks the Arrow PyCapsule
protocol (pyarrow, Polars, DuckDB, pandas) and return `pyarrow.Table`s, which those libraries take in the same way.
"""

from govinfo.columns.balances import COVERED, check_table
from govinfo.columns.parts import PARTS_COVERED, check_parts_table
from govinfo.columns.rates import measure, measure_growth
from govinfo.columns.rows import from_table, iterate, to_table
from govinfo.columns.schema import schema
from govinfo.columns.years import YEARS_COVERED, check_years_table

__all__ = [
    "COVERED",
    "PARTS_COVERED",
    "YEARS_COVERED",
    "check_parts_table",
    "check_table",
    "check_years_table",
    "from_table",
    "iterate",
    "measure",
    "measure_growth",
    "schema",
    "to_table",
]
