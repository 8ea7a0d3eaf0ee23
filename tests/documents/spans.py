"""A whole report of 2023 with any texts in its cells, as lines and tables: what the writers of the strategies take."""

from collections.abc import Callable, Mapping

from govinfo.form import Form
from govinfo.strategies.printed import Part, Rows, rows_of

Change = Callable[[Rows], Rows]


def document(form: Form, texts: Mapping[str, str], change: Change | None = None) -> list[Part]:
    """Lines of text and tables; `change` may alter the rows of each table."""
    keys = {matrix.key: matrix for matrix in form.matrices}
    parts: list[Part] = ["某县某局2023年政府信息公开工作年度报告"]
    for section in form.sections:
        parts.append(section.label)
        if (matrix := keys.get(section.key)) is None:
            parts.append(f"这是{section.label[2:]}一节的文字。")
        else:
            rows = rows_of(matrix, texts)
            parts.append(change(rows) if change else rows)
    return parts
