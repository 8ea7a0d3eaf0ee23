"""Golden texts: what the library makes of known things, in files beside this one that a person can read and a diff can show.

`python -m tests.golden.texts` writes them anew. Read the diff before you commit it: each line that changed is something that users
will get otherwise.
"""

from collections.abc import Callable, Mapping
from difflib import unified_diff
from itertools import islice
from pathlib import Path

from tests.golden import converted, grids, refused

PLACE = Path(__file__).parent

TEXTS: Mapping[str, Callable[[], str]] = {"grids.json": grids.recorded, **converted.TEXTS, "converted/refusals.json": refused.refusals}
"""Name of a file -> what makes its text."""


def compare(name: str) -> None:
    """Fail where a text is not that of its file, with the lines that differ."""
    own, kept = TEXTS[name](), (PLACE / name).read_text(encoding="utf-8")
    differ = islice(unified_diff(kept.splitlines(), own.splitlines(), name, "now", lineterm="", n=0), 60)
    again = "python -m tests.golden.texts writes the files anew; read the diff before you commit it"
    assert own == kept, "\n".join([f"{name} differs ({again}):", *(line[:400] for line in differ)])


if __name__ == "__main__":
    for name, made in TEXTS.items():
        (PLACE / name).parent.mkdir(exist_ok=True)
        (PLACE / name).write_bytes(made().encode())
