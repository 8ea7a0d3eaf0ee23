"""What Hypothesis calls when it is imported, wherever govinfo is installed: outside the package, whose import takes 50 ms.

Named in the entry points of the project. Where govinfo is imported later, it finds Hypothesis there and registers itself.
"""

import sys


def register() -> None:
    """Tell Hypothesis where the strategies of the model's types are, if the model is there already."""
    if "govinfo" in sys.modules:
        from govinfo.hypothesis_plugin import register as registered  # noqa: PLC0415 -- only who uses govinfo pays for it

        registered()
