"""The law of known tables: what was learned from one page never changes what another says."""

import random
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from govinfo.errors import ReadError
from govinfo.readers import read
from govinfo.readers.known import forget, learned
from govinfo.reading import Reading
from tests.documents.mutilations import mutilated
from tests.documents.pages import Look, page
from tests.laws.test_reading import figures
from tests.laws.test_reading_html import FORMS, amounts, damages, forms, looks, seeds


def others(texts: Mapping[str, str], chance: random.Random) -> dict[str, str]:
    """Other figures in the same cells, some of them printed otherwise."""
    ways = ("7", "0", "007", "1,234", "22（其中修订16件）", "12345678901", "3.5", "减3", "5件", "160.5964")
    return {
        address: text and (chance.choice(ways) if chance.random() < 0.1 else str(chance.randrange(10**6)))
        for address, text in texts.items()
    }


def told(content: bytes) -> Reading | str:
    try:
        return read(content)
    except ReadError as error:
        return error.problem


def same(form_id: str, look: Look, seed: int, blanks: float, how: str) -> bool:
    """Whether the second of two alike pages was read by what the first taught; fails where that is told by its reading."""
    form, chance = FORMS[form_id], random.Random(seed)
    first = figures(form, seed, blanks)
    one, other = (
        page(form, texts, look, seed, (lambda rows: mutilated(rows, how, random.Random(seed), [])) if how else None).encode(look.encoding)
        for texts in (first, others(first, chance))
    )
    forget()
    told(one)
    taught = learned() > 0
    known = told(other)
    forget()
    assert known == told(other)
    return taught


@given(form_id=forms, look=looks, seed=seeds, blanks=amounts, how=st.one_of(st.just(""), damages))
@settings(max_examples=60, deadline=None)
def test_a_known_table_is_read_as_a_new_one(form_id: str, look: Look, seed: int, blanks: float, how: str) -> None:
    same(form_id, look, seed, blanks, how)


def test_whole_tables_are_learned() -> None:
    assert same("cn-2021", Look(), 1, 0.1, "")
    assert same("cn-2019", Look(labels="word", blanks="nbsp", around="site"), 2, 0, "")


def test_nothing_is_learned_from_a_broken_table() -> None:
    assert not same("cn-2021", Look(), 1, 0, "cell gone")
    assert not same("cn-2021", Look(), 1, 0, "row doubled")
