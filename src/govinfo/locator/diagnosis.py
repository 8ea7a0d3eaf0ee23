"""What locating says: changes of cells, sets of them, and how far the answer can be relied on."""

from collections.abc import Mapping

from attrs import field, frozen

from govinfo.locator.slips import Slip
from govinfo.report import CellState, Mark, Report


@frozen
class Change:
    """One printed cell with another value. `slip`: the kind of likely slip that it would undo."""

    address: str
    printed: int
    value: int
    slip: Slip


@frozen
class Correction:
    """A smallest set of changes after which every balance holds, cells without a value being free to fill.

    `exact`: with these cells changed no other values would do. Where it is False, cells without a value take part, or
    the changes go round in a circle, and the values are those that change least.
    """

    changes: tuple[Change, ...]
    exact: bool = True

    @property
    def cells(self) -> Mapping[str, int]:
        """Address -> proposed value, in the order of the form."""
        return {change.address: change.value for change in self.changes}

    @property
    def slips(self) -> Mapping[str, Slip]:
        """Address -> the kind of likely slip."""
        return {change.address: change.slip for change in self.changes}

    def apply(self, report: Report) -> Report:
        """A new report with the proposed values, each with a note that says what was printed (原印).

        The note is what rule C104 then points to. Raises `AddressError` where the report lacks such a table.
        """
        notes = {change.address: f"原印{change.printed}" for change in self.changes}
        marks = {
            change.address: Mark(CellState.VALUE, f"{change.value}（{notes[change.address]}）", notes[change.address])
            for change in self.changes
        }
        return report.replace(self.cells, marks)


def _copied(values: Mapping[str, int]) -> Mapping[str, int]:
    return dict(values)


@frozen
class Diagnosis:
    """The smallest sets of corrections of a report: none if its balances hold or can be filled to hold.

    `corrections` are listed with likely slips first; `unlisted` says how many more of the same size there are beyond
    the limit. `unique`: there is only one set of that size. It need not be the truth. `complete`: the search did not
    stop at its bound; where it did, `corrections` are what was found, possibly nothing though balances are broken.
    `deduced` are cells without a value that have only one possible value, by address. Where several groups of balances
    that share no cell are broken, `apart` has what was found for each, and `corrections` are the combinations.
    """

    corrections: tuple[Correction, ...] = ()
    unique: bool = False
    complete: bool = True
    deduced: Mapping[str, int] = field(factory=dict[str, int], converter=_copied, hash=False)
    unlisted: int = 0
    apart: tuple["Diagnosis", ...] = ()

    @property
    def groups(self) -> tuple["Diagnosis", ...]:
        """What was found for each broken group of balances that share no cell with the others; empty where none is broken."""
        return self.apart or ((self,) if self.corrections or not self.complete else ())
