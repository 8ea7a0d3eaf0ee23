"""Many documents as a data set: read and checked once, kept as Parquet, asked of with SQL. Needs the extra `corpus`."""

from govinfo.corpus.across import Across, across, copies
from govinfo.corpus.building import Step, Summary, build
from govinfo.corpus.database import Corpus
from govinfo.corpus.organs import Organ, Organs
from govinfo.corpus.statistics import counts, rates

__all__ = ["Across", "Corpus", "Organ", "Organs", "Step", "Summary", "across", "build", "copies", "counts", "rates"]
