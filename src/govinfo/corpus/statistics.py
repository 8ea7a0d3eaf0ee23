"""What a data set holds, counted, and the rates of its reports by year, level and region."""

from collections.abc import Mapping, Sequence
from typing import Any

from govinfo.columns import measure
from govinfo.columns import schema as reports_schema
from govinfo.columns.arrow import pa, pc
from govinfo.corpus.database import Corpus
from govinfo.errors import FormatError
from govinfo.metrics import METRICS

BY = ("year", "level", "region")
"""What reports can be told apart by."""

_COUNTS: Mapping[str, str] = {
    "reports": """SELECT coalesce(year::VARCHAR, '-') AS year, count(*) AS reports, count(DISTINCT organ) AS organs
        FROM reports GROUP BY 1 ORDER BY 1""",
    "failures": "SELECT kind, count(*) AS documents FROM failures GROUP BY 1 ORDER BY 2 DESC, 1",
    "findings": """SELECT code, name, severity,
        count(*) FILTER (verdict = 'broken') AS broken, count(*) FILTER (verdict = 'unknown') AS unknown,
        count(DISTINCT source) AS documents FROM findings GROUP BY ALL ORDER BY code, severity""",
}


def counts(corpus: Corpus) -> dict[str, Any]:
    """Tables of counts: reports by year, failures by kind, findings by rule."""
    return {name: corpus.query(sql) for name, sql in _COUNTS.items()}


def rates(corpus: Corpus, by: Sequence[str] = ("year",), metrics: Sequence[str] | None = None) -> Any:
    """Every metric over the reports of each year, level or region, or of all (`by` empty), as a `pyarrow.Table`.

    One row for each group and metric: how many `reports` it is defined for, the sums of their `numerator` and `denominator`, and the
    `rate`, the one over the other: large bodies count for more than small ones. Of a body and year that several documents report the
    first counts; aggregates are left out where the same body has a report of its own work. Raises `FormatError` for another `by`.
    """
    for each in by:
        if each not in BY:
            raise FormatError(each, BY)
    cells = ", ".join(f'r."{field.name}"' for field in reports_schema() if "." in field.name)
    told = {"year": "r.year", "level": "o.level", "region": "o.region"}
    heads = "".join(f"{told[each]} AS {each}, " for each in by)
    sql = f"""SELECT {heads}{cells} FROM reports r LEFT JOIN organs o USING (organ)
        QUALIFY r.organ IS NULL OR r.year IS NULL OR row_number() OVER (
            PARTITION BY o.organ_id, r.year ORDER BY CASE r.scope WHEN 'aggregate' THEN 1 ELSE 0 END, r.source) = 1"""  # noqa: S608 -- names of ours
    chosen = list(metrics) if metrics is not None else [name for name, metric in METRICS.items() if not metric.takes]
    sums: list[Any] = []
    for batch in corpus.batches(sql, 16_384):
        table = pa.Table.from_batches([batch])
        measured = measure(table, chosen)
        for name in chosen:
            top, bottom = measured[f"{name}.numerator"], measured[f"{name}.denominator"]
            own = pa.table({**{each: table[each] for each in by}, "numerator": top, "denominator": bottom})
            sums.append(_added(own.filter(pc.is_valid(top)), by, name))
    if not sums:
        empty = {each: pa.array([], pa.int32() if each == "year" else pa.string()) for each in by}
        sums.append(pa.table({**empty, "numerator": pa.array([], pa.int64()), "denominator": pa.array([], pa.int64()),
                              "reports": pa.array([], pa.int64()), "metric": pa.array([], pa.string())}))  # fmt: skip
    whole = pa.concat_tables(sums)
    return _rated(whole, by, chosen)


def _added(own: Any, by: Sequence[str], name: str) -> Any:
    grouped = own.group_by([*by], use_threads=False).aggregate([("numerator", "sum"), ("denominator", "sum"), ([], "count_all")])
    grouped = grouped.rename_columns([*by, "numerator", "denominator", "reports"])
    return grouped.append_column("metric", pa.array([name] * grouped.num_rows, pa.string()))


def _rated(sums: Any, by: Sequence[str], chosen: Sequence[str]) -> Any:
    parts = [(name, "sum") for name in ("reports", "numerator", "denominator")]
    whole = (
        sums.group_by([*by, "metric"], use_threads=False)
        .aggregate(parts)
        .rename_columns([*by, "metric", "reports", "numerator", "denominator"])
    )
    places = pc.index_in(whole["metric"], value_set=pa.array(list(chosen), pa.string()))
    whole = whole.append_column("place", places).sort_by([*((each, "ascending") for each in by), ("place", "ascending")])
    rate = pc.divide(pc.cast(whole["numerator"], pa.float64()), whole["denominator"])
    return whole.drop_columns(["place"]).append_column("rate", rate)
