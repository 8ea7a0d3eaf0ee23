"""Many reports as columns: Arrow in and out, and the checks over all rows at once. Needs the extra `columns`.

One row a report, one nullable column a cell, named by its address. The functions take whatever speaks the Arrow PyCapsule
protocol (pyarrow, Polars, DuckDB, pandas) and return `pyarrow.Table`s, which those libraries take in the same way.
"""

from govinfo.columns.balances import COVERED, check_table
from govinfo.columns.rows import from_table, iterate, to_table
from govinfo.columns.schema import schema

__all__ = ["COVERED", "check_table", "from_table", "iterate", "schema", "to_table"]
