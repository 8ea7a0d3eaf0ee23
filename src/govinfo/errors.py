"""One vocabulary of exceptions, sorted by what the caller can do about them.

Every error says what was wrong, where, what is accepted and, where that helps, what to do.
The parts are attributes, so that a program (or a test) never has to read the sentence.
"""

from collections.abc import Iterable
from typing import cast

SHOWN = 80
"""So many characters of a wrong value stand in a message."""
_FEW = 5  # so many keys are listed, of more the nearest


class GovinfoError(Exception):
    """Whatever this library raises on purpose."""


class FormError(GovinfoError, ValueError):
    """A form was declared inconsistently; the declaration has to change."""


class FigureError(GovinfoError, ValueError):
    """A constructor refused a value.

    Attributes: `where` (an address or an attribute's name), `given`, `accepted`.
    """

    where: str
    given: object
    accepted: str

    def __init__(self, where: str, given: object, accepted: str) -> None:
        self.where, self.given, self.accepted = where, given, accepted
        super().__init__(where, given, accepted)

    def __str__(self) -> str:
        return f"{self.where}: given {_shown(self.given)}, accepted is {self.accepted}"


class AddressError(GovinfoError, KeyError):
    """A key or an address that the table's form does not have.

    Attributes: `key`, `form`, `where`, `accepted` (what there is, empty where that is not said).
    """

    key: object
    form: str
    where: str
    accepted: tuple[str, ...]

    def __init__(self, key: object, form: str, where: str, accepted: Iterable[str] = ()) -> None:
        self.key, self.form, self.where, self.accepted = key, form, where, tuple(accepted)
        super().__init__(key, form, where)  # the rest travels in the attributes

    @property
    def near(self) -> str | None:
        """Of what there is, what the key was most likely meant to be; None where nothing is like it."""
        from difflib import get_close_matches  # noqa: PLC0415 -- only who mistypes needs it

        key = self.key
        parts = cast("tuple[object, ...]", key) if isinstance(key, tuple) else (key,)
        text = ".".join(part for part in parts if isinstance(part, str))
        return next(iter(get_close_matches(text, self.accepted, 1)), None) if len(text) <= SHOWN else None

    def __str__(self) -> str:
        said = f"form {self.form} has no {_shown(self.key)} in {self.where}"
        if len(self.accepted) <= _FEW:
            return said + (f"; there are {', '.join(self.accepted)}" if self.accepted else "")
        return f"{said}; did you mean {near}?" if (near := self.near) else said


class UnknownFormError(GovinfoError, LookupError):
    """No form has that id, or no form is in use for that year."""


class FormatError(GovinfoError, ValueError):
    """No such output format, shape or schema. Attributes: `given`, `accepted`."""

    given: object
    accepted: tuple[str, ...]

    def __init__(self, given: object, accepted: Iterable[str]) -> None:
        self.given, self.accepted = given, tuple(accepted)
        super().__init__(given, self.accepted)

    def __str__(self) -> str:
        return f"no such format: {_shown(self.given)}; accepted are {', '.join(self.accepted)}"


class RenderError(GovinfoError, ValueError):
    """A report cannot be written in a format. Attributes: `format`, `problem`, `remedy` (what to do, or "")."""

    format: str
    problem: str
    remedy: str

    def __init__(self, format: str, problem: str, remedy: str = "") -> None:  # noqa: A002 -- as in `render`
        self.format, self.problem, self.remedy = format, problem, remedy
        super().__init__(format, problem, remedy)

    def __str__(self) -> str:
        return f"{self.format}: {self.problem}" + (f" ({self.remedy})" if self.remedy else "")


class ReadError(GovinfoError, ValueError):
    """A source could not be read as a report.

    Attributes: `source` (its name), `problem` (what is wrong and where), `remedy` (what to do, or "").
    """

    problem: str
    source: str
    remedy: str

    def __init__(self, problem: str, *, source: str = "", remedy: str = "") -> None:
        self.problem, self.source, self.remedy = problem, source, remedy
        super().__init__(problem)  # the rest travels in the attributes: pickling calls the constructor with `args`

    def __str__(self) -> str:
        name = f"{self.source}: " if self.source else ""
        return f"{name}{self.problem}" + (f" ({self.remedy})" if self.remedy else "")


class DataError(GovinfoError, ValueError):
    """Plain data or JSON is not a report. Attribute `problems`: (path, what is wrong) for each."""

    problems: tuple[tuple[str, str], ...]

    def __init__(self, problems: Iterable[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "; ".join(f"{problem} @ {path}" for path, problem in self.problems)


class ProfileError(GovinfoError, ValueError):
    """A profile names a rule, a key or a value that there is not. Attribute `problems`: (where, what is wrong) for each."""

    problems: tuple[tuple[str, str], ...]

    def __init__(self, problems: Iterable[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "; ".join(f"{where}: {problem}" for where, problem in self.problems)


class BrokenReportError(GovinfoError):
    """`Findings.raise_for_errors` found a broken rule of severity error. Attribute `findings`."""

    findings: tuple[object, ...]

    def __init__(self, findings: Iterable[object]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        return "; ".join(map(str, self.findings))


class CorpusError(GovinfoError):
    """A data set of many documents cannot be made, or used. Attributes: `where`, `problem`, `remedy` (what to do, or "")."""

    where: str
    problem: str
    remedy: str

    def __init__(self, where: str, problem: str, remedy: str = "") -> None:
        self.where, self.problem, self.remedy = where, problem, remedy
        super().__init__(where, problem, remedy)

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}" + (f" ({self.remedy})" if self.remedy else "")


class MissingExtraError(GovinfoError, ImportError):
    """A feature needs packages that are not installed. Attribute `extra` names what to install."""

    extra: str
    what: str

    def __init__(self, extra: str, what: str) -> None:
        self.extra, self.what = extra, what
        super().__init__(extra, what)

    def __str__(self) -> str:
        return f"{self.what} needs the extra '{self.extra}': pip install 'govinfo[{self.extra}]'"


def _shown(value: object) -> str:
    """A short repr: an error is one line, whatever was given."""
    if isinstance(value, str) and type(value) is not str:
        value = str(value)
    try:
        text = " ".join(repr(value).splitlines())
    except Exception:  # noqa: BLE001 -- an integer of 5,000 digits has no repr; what a caller's own class raises is anything
        text = f"<{type(value).__name__}>"
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 3]}..."
