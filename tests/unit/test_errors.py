"""Errors carry their parts as attributes, say them in one line, and survive pickling."""

import copy
import pickle

import pytest

from govinfo.errors import (
    AddressError,
    BrokenReportError,
    DataError,
    FigureError,
    FormError,
    GovinfoError,
    MissingExtraError,
    ReadError,
    UnknownFormError,
)
from govinfo.forms import CN_2021
from govinfo.keys import TABLES

EVERY: list[tuple[GovinfoError, dict[str, object], type[Exception]]] = [
    (FormError("two rows alike"), {}, ValueError),
    (
        FigureError("requests.granted.total", 1.0, "an int"),
        {"where": "requests.granted.total", "given": 1.0, "accepted": "an int"},
        ValueError,
    ),
    (AddressError("granted", "cn-2021", "section 2"), {"key": "granted", "form": "cn-2021", "where": "section 2"}, KeyError),
    (UnknownFormError("no form"), {}, LookupError),
    (ReadError("empty", source="a.txt", remedy="look"), {"problem": "empty", "source": "a.txt", "remedy": "look"}, ValueError),
    (
        DataError([("$.year", "not a year"), ("$.organ", "not text")]),
        {"problems": (("$.year", "not a year"), ("$.organ", "not text"))},
        ValueError,
    ),
    (BrokenReportError(["R301"]), {"findings": ("R301",)}, Exception),
    (MissingExtraError("pdf", "reading PDF"), {"extra": "pdf", "what": "reading PDF"}, ImportError),
]


@pytest.mark.parametrize(("error", "parts", "builtin"), EVERY, ids=[type(error).__name__ for error, _, _ in EVERY])
def test_parts_are_attributes_and_the_builtin_kind_is_kept(error: GovinfoError, parts: dict[str, object], builtin: type[Exception]) -> None:
    assert isinstance(error, GovinfoError)
    assert isinstance(error, builtin)
    assert {name: getattr(error, name) for name in parts} == parts


@pytest.mark.parametrize("error", [error for error, _, _ in EVERY], ids=[type(error).__name__ for error, _, _ in EVERY])
def test_an_error_survives_pickling_and_copying(error: GovinfoError) -> None:
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301 -- our own bytes
        assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


class Unshowable:
    """What says of itself what no message can hold."""

    def __init__(self, shown: str | None) -> None:
        self.shown = shown

    def __repr__(self) -> str:
        if self.shown is None:
            raise RuntimeError("no repr")
        return self.shown


@pytest.mark.parametrize(
    "given",
    ["x" * 10_000, "two\nlines", ["nested"] * 1000, 10**5_000, Unshowable("two\nlines"), Unshowable(None)],
    ids=lambda g: type(g).__name__,
)
def test_an_error_is_one_short_line_whatever_was_given(given: object) -> None:
    for error in (FigureError("year", given, "an int"), AddressError(given, "cn-2021", "section 2", CN_2021.cells)):
        assert "\n" not in str(error)
        assert len(str(error)) < 200


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("requests.granted.natural_persn", "requests.granted.natural_person"),
        ("request.granted.total", "requests.granted.total"),
        (("granted", "totl"), "requests.granted.total"),
    ],
)
def test_an_address_that_is_mistyped_is_told_what_it_may_have_been(key: object, near: str) -> None:
    error = AddressError(key, "cn-2021", "section requests", CN_2021.cells)
    assert error.near == near
    assert near in str(error)
    assert pickle.loads(pickle.dumps(error)).near == error.near  # noqa: S301 -- our own bytes
    assert AddressError("nothing of the kind", "cn-2021", "section requests", CN_2021.cells).near is None


def test_where_there_are_few_keys_all_are_named() -> None:
    assert all(section in str(AddressError("overview", "cn-2021", "the sections", TABLES)) for section in TABLES)


def test_a_read_error_names_its_source_only_if_it_has_one() -> None:
    assert str(ReadError("empty")).startswith("empty")
    assert str(ReadError("empty", source="a.txt")).startswith("a.txt")
