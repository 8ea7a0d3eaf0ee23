"""The form versions, and which one a report year is to be filed on."""

import copyreg
from collections.abc import Sequence
from typing import Any

from govinfo.errors import UnknownFormError
from govinfo.form import Form, Matrix
from govinfo.forms.cn2019 import CN_2019
from govinfo.forms.cn2021 import CN_2021

__all__ = ["CN_2019", "CN_2021", "FORMS", "form_by_id", "form_for"]

FORMS: tuple[Form, ...] = (CN_2019, CN_2021)
"""Every released form, oldest first."""

FIRST_YEAR = FORMS[0].first_year
"""Before that year reports followed no common form."""


def form_for(year: int, forms: Sequence[Form] = FORMS) -> Form:
    """The form that reports of that year are filed on (国办公开办函〔2019〕60号, 〔2021〕30号).

    Raises `UnknownFormError`: before 2019 reports followed no common form.

    >>> form_for(2020).id, form_for(2023).id
    ('cn-2019', 'cn-2021')
    """
    for form in forms:
        if form.used_in(year):
            return form
    known = ", ".join(f"{form.id} ({form.first_year}-{form.last_year or ''})" for form in forms)
    raise UnknownFormError(f"no form is in use for the report year {year}; known are {known}")


def form_by_id(form_id: str, forms: Sequence[Form] = FORMS) -> Form:
    """The form with that id. Raises `UnknownFormError`."""
    for form in forms:
        if form.id == form_id:
            return form
    raise UnknownFormError(f"no form has the id {form_id!r}; known are {', '.join(form.id for form in forms)}")


def _released_matrix(form_id: str, section: str) -> Matrix:
    return form_by_id(form_id).matrix(section)


def _reduce_form(form: Form) -> Any:
    # A pickled report would carry its whole form, some twenty times its own size: a released one is named instead.
    return (form_by_id, (form.id,)) if any(form is released for released in FORMS) else form.__reduce_ex__(2)


def _reduce_matrix(matrix: Matrix) -> Any:
    if any(matrix is own for released in FORMS for own in released.matrices):
        return _released_matrix, (matrix.form.id, str(matrix.key))
    return matrix.__reduce_ex__(2)


copyreg.pickle(Form, _reduce_form)
copyreg.pickle(Matrix, _reduce_matrix)
