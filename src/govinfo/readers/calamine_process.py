"""Run as a program of its own: a workbook on standard input, its sheets as JSON on standard output. Imports nothing of govinfo.

`{"sheets": [{"name", "rows", "merged"}]}`, numbers as numbers and all else as text; or `{"problem", "remedy"}`.
"""

import datetime as dt
import io
import json
import sys
from typing import Any


def _limit(most_bytes: int) -> None:
    try:
        import resource  # noqa: PLC0415 -- not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))


def _said(value: object) -> str | float:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return float(value)
    return value.date().isoformat() if isinstance(value, dt.datetime) else str(value)


def _answer(content: bytes, most_cells: int) -> dict[str, Any]:
    import python_calamine  # noqa: PLC0415 -- after the limit on memory is set

    found: list[dict[str, Any]] = []
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for about in book.sheets_metadata:
            if about.typ != python_calamine.SheetTypeEnum.WorkSheet or about.visible != python_calamine.SheetVisibleEnum.Visible:
                continue
            sheet = book.get_sheet_by_name(about.name)
            height, width = sheet.total_height, sheet.total_width
            if height * width > most_cells:
                return {"problem": f"a sheet of {height} rows and {width} columns", "remedy": f"accepted are at most {most_cells} cells"}
            rows = [[_said(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
            found.append({"name": sheet.name, "rows": rows, "merged": merged})
    except python_calamine.PasswordError:
        return {"problem": "an encrypted workbook", "remedy": "remove its password first"}
    except python_calamine.CalamineError as error:
        return {"problem": f"a broken workbook: {' '.join(str(error).split())}"[:200], "remedy": "save it again as xlsx"}
    return {"sheets": found}


if __name__ == "__main__":
    _limit(int(sys.argv[1]))
    json.dump(_answer(sys.stdin.buffer.read(), int(sys.argv[2])), sys.stdout)
