"""What is written, refused and placed of known reports, data and tables is what was recorded: a change shows itself in a diff."""

import pytest

from tests.golden.texts import TEXTS, compare


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_is_what_was_recorded(name: str) -> None:
    compare(name)
