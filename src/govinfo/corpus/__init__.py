"""Many documents as a data set: read and checked once, kept as Parquet, asked of with SQL. Needs the extra `corpus`."""

from govinfo.corpus.building import Step, Summary, build

__all__ = ["Step", "Summary", "build"]
