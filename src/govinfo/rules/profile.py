"""Which rules are held against a report, and what they weigh: the profiles `default` and `strict`, and a user's own."""

import datetime as dt
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from attrs import evolve, field, frozen

from govinfo.errors import ProfileError
from govinfo.findings import Finding, Limit, Rule, Severity, Threshold
from govinfo.rules.catalogue import RULES
from govinfo.rules.subject import Limits

_KEYS = ("name", "select", "ignore", "severity", "thresholds", "warnings_as_errors")
_FAMILIES = tuple(dict.fromkeys(code[0] for code in RULES))


def _severities(given: Mapping[str, Severity | str]) -> Mapping[str, Severity | str]:
    return dict(given)


def _thresholds(given: Mapping[str, Mapping[str, Limit]]) -> Mapping[str, Mapping[str, Limit]]:
    return {code: dict(values) for code, values in given.items()}


@frozen(slots=False)
class Profile:
    """A choice of rules and their weights.

    `select` and `ignore` hold codes (`R301`) or families (`R`); None selects all. `severity` sets that of a rule,
    whatever it would be otherwise; `thresholds` its limits, by code and name. With `warnings_as_errors` what remains a
    warning is an error. Raises `ProfileError`, which names everything that is wrong and what is accepted.

    >>> Profile(ignore=("C104",), thresholds={"R307": {"least": 50}}).chosen("C104")
    False
    """

    name: str = "own"
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity | str] = field(factory=dict[str, Severity | str], converter=_severities, hash=False)
    thresholds: Mapping[str, Mapping[str, Limit]] = field(factory=dict[str, Mapping[str, Limit]], converter=_thresholds, hash=False)
    warnings_as_errors: bool = False

    def __attrs_post_init__(self) -> None:
        if problems := list(_problems(self)):
            raise ProfileError(problems)

    @classmethod
    def read(cls, source: str | Path) -> Self:
        """The profile in a TOML file. Raises `ProfileError`, and `OSError` where the file cannot be read."""
        path = Path(source)
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise ProfileError([(str(path), f"is not UTF-8: {error}")]) from None
        return cls.from_toml(text, name=path.stem)

    @classmethod
    def from_toml(cls, text: str, *, name: str = "own") -> Self:
        """The profile that a TOML text describes; its keys are the attributes of this class. Raises `ProfileError`."""
        try:
            given = tomllib.loads(text, parse_float=Decimal)
        except (ValueError, RecursionError) as error:  # not only TOMLDecodeError: a number too long, brackets too deep
            raise ProfileError([(name, f"is not TOML: {error}")]) from None
        problems = [(key, f"no such key; accepted are {', '.join(_KEYS)}") for key in given if key not in _KEYS]
        for key, type_, accepted in _SHAPES:
            if key in given and not isinstance(given[key], type_):
                problems.append((key, f"given {given[key]!r}, accepted is {accepted}"))
        tables: dict[str, Any] = given["thresholds"] if isinstance(given.get("thresholds"), dict) else {}
        shape = "a table of names and values"
        problems += [(f"thresholds.{c}", f"given {v!r}, accepted is {shape}") for c, v in tables.items() if not isinstance(v, dict)]
        if problems:
            raise ProfileError(problems)
        attributes: dict[str, Any] = {"name": name, **given}
        attributes |= {key: tuple(given[key]) for key in ("select", "ignore") if key in given}
        return cls(**attributes)

    @cached_property
    def limits(self) -> Limits:
        """The limits that it sets."""
        return Limits({(code, name): value for code, values in self.thresholds.items() for name, value in values.items()})

    def chosen(self, code: str) -> bool:
        """Whether the rule of that code is held against reports."""
        selected = self.select is None or code in self.select or code[0] in self.select
        return selected and not (code in self.ignore or code[0] in self.ignore)

    @property
    def plain(self) -> bool:
        """Whether every rule weighs what it weighs by itself."""
        return not self.severity and not self.warnings_as_errors

    def weighed(self, finding: Finding) -> Finding:
        """The finding with the severity that this profile gives it."""
        given = self.severity.get(finding.code)
        severity = finding.severity if given is None else Severity(given)
        if self.warnings_as_errors and given is None and severity is Severity.WARNING:
            severity = Severity.ERROR
        return finding if severity is finding.severity else evolve(finding, severity=severity)


_SHAPES: tuple[tuple[str, type, str], ...] = (
    ("name", str, "a string"),
    ("select", list, "a list of codes or families"),
    ("ignore", list, "a list of codes or families"),
    ("severity", dict, "a table of codes and severities"),
    ("thresholds", dict, "a table of codes, each a table of names and values"),
    ("warnings_as_errors", bool, "true or false"),
)


def _problems(profile: Profile) -> Iterator[tuple[str, str]]:
    chosen: list[tuple[str, Iterable[object]]] = [("select", profile.select or ()), ("ignore", profile.ignore)]
    for key, codes in chosen:
        if isinstance(codes, str):  # it would be taken for the codes of its letters
            yield key, f"given {codes!r}, accepted is a tuple of codes or families"
        else:
            yield from _unknown(key, codes, (*RULES, *_FAMILIES))
    yield from _unknown("severity", profile.severity, RULES)
    for code, severity in profile.severity.items():
        if severity not in list(Severity):
            yield f"severity.{code}", f"given {severity!r}, accepted is one of {', '.join(Severity)}"
    yield from _unknown("thresholds", profile.thresholds, RULES)
    for code, values in profile.thresholds.items():
        if code in RULES:
            for name, value in values.items():
                yield from _unfit(RULES[code], name, value)


def _unknown(key: str, codes: Iterable[object], known: Iterable[str]) -> Iterator[tuple[str, str]]:
    known = list(known)
    for code in codes:
        if code not in known:
            yield key, f"no rule has the code {code!r}; known are {', '.join(known)}"


def _unfit(rule: Rule[Any], name: str, value: object) -> Iterator[tuple[str, str]]:
    where = f"thresholds.{rule.code}.{name}"
    threshold = next((threshold for threshold in rule.thresholds if threshold.name == name), None)
    if threshold is None:
        names = ", ".join(threshold.name for threshold in rule.thresholds) or "none: the rule has no thresholds"
        yield where, f"no such threshold; accepted are {names}"
    elif not _fits(threshold, value):
        yield where, f"given {value!r}, accepted is {_ACCEPTED[type(threshold.default)]}"


_ACCEPTED = {
    int: "a whole number from 1",
    Decimal: "a number from 0 to 1",
    str: "a day of the year, month-day, such as '01-31'",
}


def _fits(threshold: Threshold, value: object) -> bool:
    """Whether the value is of the default's kind. Every share there is lies between 0 and 1."""
    if isinstance(threshold.default, str):
        return isinstance(value, str) and _is_day(value)
    if isinstance(threshold.default, int):
        return type(value) is int and value >= 1
    number = Decimal(value) if type(value) is int else value
    return isinstance(number, Decimal) and number.is_finite() and 0 <= number <= 1


def _is_day(text: str) -> bool:
    """Whether every year has that day: 02-29 is none."""
    month, dash, day = text.partition("-")
    if not (dash and len(month) == len(day) == 2 and (month + day).isdecimal() and text.isascii()):  # noqa: PLR2004 -- two digits
        return False
    try:
        dt.date(2023, int(month), int(day))
    except ValueError:
        return False
    return True


DEFAULT = Profile("default")
STRICT = Profile("strict", warnings_as_errors=True)
PROFILES: Mapping[str, Profile] = {profile.name: profile for profile in (DEFAULT, STRICT)}
"""The profiles that come with the library: `strict` counts what custom asks for as errors."""
