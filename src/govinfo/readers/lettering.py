"""Letters that are shown otherwise than plain: raised, lowered or struck out.

`22` with a raised 1 behind it is 22 with a footnote, and a struck 3 before a 5 was put right; as plain text they would be
221 and 35. Their digits become the characters that Unicode has for that, which no reader takes for digits of a figure.
"""

import re
from enum import Enum

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_DIGIT = re.compile("[0-9０-９]")
_STROKE = "\u0336"  # combining: over the character before it


class Lettering(Enum):
    """How letters are shown."""

    RAISED = "raised"
    LOWERED = "lowered"
    SHIFTED = "shifted"
    STRUCK = "struck"


LETTERINGS = {"superscript": Lettering.RAISED, "subscript": Lettering.LOWERED}
"""The words of Office files for letters that stand higher or lower (ECMA-376 part 1, 22.9.2.17)."""


def lettered(text: str, lettering: Lettering) -> str:
    """The text with its digits as they are shown; every other character says the same in any lettering.

    >>> lettered("1", Lettering.RAISED), lettered("见注2", Lettering.LOWERED)
    ('¹', '见注₂')
    """
    match lettering:
        case Lettering.RAISED | Lettering.SHIFTED:
            return text.translate(_RAISED)
        case Lettering.LOWERED:
            return text.translate(_LOWERED)
        case Lettering.STRUCK:
            return _DIGIT.sub(rf"\g<0>{_STROKE}", text)
