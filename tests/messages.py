"""What an error tells a person: the names that its text has."""

import re


def unsaid(error: BaseException, *names: object) -> list[str]:
    """Those of the names that the text of the error does not have as words of their own."""
    return [str(name) for name in names if not re.search(rf"(?<!\w){re.escape(str(name))}(?!\w)", str(error))]
