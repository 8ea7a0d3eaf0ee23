"""The examples that the catalogue of rules shows: one for every rule, found by the rule itself."""

import pytest

from govinfo.cli.examples import EXAMPLES, example
from govinfo.findings import Verdict
from govinfo.rules import RULES


def test_every_rule_has_an_example() -> None:
    assert list(EXAMPLES) == list(RULES)


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_example_breaks_its_rule(code: str) -> None:
    finding = example(code)
    assert (finding.code, finding.verdict) == (code, Verdict.BROKEN)
    assert finding.message("zh").strip()
    assert finding.message("en").strip()
