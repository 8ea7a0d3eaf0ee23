"""What rules and locator say of known reports is what was recorded: a change shows itself in the diff of a record.

Where that is meant, write the records anew (`python -m tests.golden.records`) and read their diff: every line of it is a verdict,
a cell, a figure or a correction that users will see otherwise.
"""

import pytest

from tests.golden.records import compare
from tests.golden.said import RECORDED, SAMPLES


@pytest.mark.parametrize("name", RECORDED)
def test_what_is_said_is_what_was_recorded(name: str) -> None:
    if name == "samples" and not SAMPLES.exists():
        pytest.skip("the published samples are not part of the project")
    compare(name, RECORDED[name]())
