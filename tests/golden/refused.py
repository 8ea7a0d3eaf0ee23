"""What wrong data is told: the class of the error, where it is wrong, and what is accepted instead."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from attrs import evolve

from govinfo.convert import (
    configure_converter,
    data_package,
    from_csv,
    from_dict,
    from_json,
    json_schema,
    make_converter,
    to_csv,
    to_dict,
    to_json,
)
from govinfo.convert.upgrade import upgraded
from govinfo.convert.wire import decoded
from govinfo.errors import DataError, FormatError
from govinfo.report import MAX_COUNT, CellState, Mark, Report
from tests.golden.converted import FORMS, LATER, NEXT, NOVELS, POEMS, SMALL
from tests.toy import TOY

Refused = dict[str, Any]


def _told(call: Callable[[], object]) -> Refused:
    """Where and what is told; or what it was read as, where it is good after all."""
    try:
        read = call()
    except DataError as error:
        return {where: said.removeprefix("given ") for where, said in error.problems}
    except (FormatError, TypeError) as error:
        return {type(error).__name__: str(error)}
    return {"read as": "the same" if read in (SMALL, [SMALL, LATER]) else "something else"}


def _put(path: str, value: object, report: Report = SMALL) -> dict[str, Any]:
    """The plain data of a report with another value at a path; slashes divide the keys."""
    plain = to_dict(report)
    *parents, last = path.split("/")
    place: Any = plain
    for key in parents:
        place = place[key]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return plain


_VALUES: Mapping[str, tuple[object, ...]] = {
    "schema": (None, "govinfo.report/2", "govinfo.report/0", "govinfo.other/1", 1, ...),
    "organ": (1, True, ["x"], {}, "\ud800", ...),
    "year": ("2023", "9" * 60, "9" * 61, 999, 10_000, 2023.5, False, 10**60, ...),
    "scope": ("everything", "OWN_ORGAN", 1, ["aggregate"], ...),
    "published_on": ("2024-02-30", "20240131", "2024-1-31", 20240131, ...),
    "forms": (None, [], "every", {}, ...),
    "forms/proactive": ("cn-2035", "next", None, 1, ["every"], ...),
    "forms/requests": ("next",),
    "forms/prose": (None,),
    "marks": (None, [], {}, {"proactive.novels.nobody": {}, "overview": None, "requests.all.first": {"state": "blank", "raw": ""}}, ...),
    f"marks/{NOVELS}": (None, "/", {}, ...),
    f"marks/{NOVELS}/state": (None, "VALUE", "blank", ["value"], 1, ...),
    f"marks/{NOVELS}/raw": (None, "", " two  spaces", "a\nb", 1, "\udfff", ...),
    f"marks/{NOVELS}/note": (None, 1, "\ud800"),
    f"marks/{NOVELS}/unit": (None, 1.5, ()),
    f"marks/{NOVELS}/more": ("",),
    f"marks/{POEMS}": (...,),
    f"marks/{POEMS}/state": ("value", "nothing"),
    "proactive": (None, [], "", {}, ...),
    "requests": ({}, 0),
    "proactive/novels": (None, 1, {}, ...),
    "proactive/novels/now": (None, "1", 1.5, True, -1, MAX_COUNT + 1, 10**60, 10**60 - 1, -(10**60), [1], (1,), {"a": 1}, b"1", ...),
    "proactive/novels/change": (-MAX_COUNT - 1, "-3"),
    "proactive/poems/now": (0,),
    "proactive/fines/amount": (None, 1, 1.5, "", "1e3", "-0.0", "01", "1" * 21, "0.12345678901", "１", "9" * 61, ...),
    "proactive/诗 集": ({},),
    "x" * 61: ("y" * 61,),
    "y" * 60: (None,),
}


_OF_NO_MARKS: Mapping[str, tuple[object, ...]] = {
    "proactive/novels/now": (-1, MAX_COUNT, MAX_COUNT + 1, None, True, "1"),
    "year": (999, 1000, 9999, 10_000),
    "forms/requests": ("next",),
    "requests": ({},),
}
"""Of a report without marks, which is decoded in a way of its own."""


def _texts() -> Iterator[tuple[str, str]]:
    """JSON texts that are no reports: what was done to one, and what came of it."""
    text = to_json(SMALL)
    yield from (("nothing", ""), ("a bracket", "{"), ("an array", "[]"), ("a word", "nul"), ("null", "null"), ("deep", "[" * 100_000))
    yield from (("two", text + text), ("a byte order mark", "\ufeff" + text), ("a lone surrogate", text.replace("'题", "\ud800")))
    changes = {
        '"year":2101': [
            '"year":2101,"year":2101',
            '"year":2101.0',
            '"year":NaN',
            '"year":-Infinity',
            f'"year":{"9" * 26}',
            f'"year":{"9" * 25}',
        ],
        '"now":1200': ['"now":1200,"now":1200', '"now":1e3', '"now":1200,"n\\u006fw":1200', f'"now":{"1" * 70}', '"now":true', '"now":[]'],
        '"forms":{': ['"forms":{},"forms":{', '"forms":{"proactive":"every",'],
        '"state":"dash"': ['"state":"dash","state":"dash"', '"state":"dash","note":null'],
        '"raw":"-"': ['"raw":""', '"raw":"-","raw":"-"'],
    }
    for old, several in changes.items():
        assert old in text
        yield from ((f"{new[:60]} for {old}", text.replace(old, new)) for new in several)


def _csv_texts() -> Iterator[tuple[str, str]]:
    """CSV texts that are no reports."""
    tidy, wide = (to_csv([SMALL, LATER], shape=shape, forms=FORMS).replace("\r\n三\n\r四", "三四") for shape in ("tidy", "wide"))
    yield from (
        ("nothing", ""),
        ("a byte order mark alone", "\ufeff"),
        ("blank lines", "\r\n\r\n"),
        ("other heads", "report,organ\r\n1,x\r\n"),
    )
    lines = tidy.split("\r\n")
    heads, rows = lines[0], lines[1:-1]
    yield "a row of fewer fields", "\r\n".join([heads, rows[0], rows[1].rpartition(",")[0], ""])
    yield "a row of more fields", "\r\n".join([heads, "", rows[0], f"{rows[1]},", ""])
    yield "a quote without end", "\r\n".join([heads, rows[0], f'"{rows[1]}', ""])
    yield "a stray character behind a quote", "\r\n".join([heads, '"1"x' + rows[0][1:], ""])
    changes = {
        "1,'=甲,2101,every,proactive.novels.change": [
            "1,'=甲,2102,every,proactive.novels.change",
            "1,乙,2101,every,proactive.novels.change",
            "1,'=甲,2101,next,proactive.novels.change",
            "1,'=甲,2101,cn-2035,proactive.novels.change",
            "1,'=甲,2101,every,proactive.novels.now",
            "1,'=甲,2101,every,proactive.novels.nobody",
            "1,'=甲,2101,every,prose.a.b",
            "1,'=甲,2101,every,proactive",
            "1,'=甲,2101,,proactive.novels.change",
        ],
        "1,'=甲,2101,,problems": ["1,'=甲,2101,,title", "1,'=甲,2101,,organ", "1,'=甲,2101,,marks", "1,'=甲,,,problems"],
        ",1200,册,value,": [
            ",,册,value,",
            ",1200.0,册,value,",
            ",１２,册,value,",
            f",{'9' * 13},册,value,",
            f",{'9' * 61},册,value,",
            ",1200,册,blank,",
            ",1200,册,,",
            ",1200,册,nothing,",
        ],
        ",0.50,万元,": [",0.5e1,万元,", ",,万元,", ",'0.50,万元,"],
        ",own_organ": [",'own_organ", ",nobody"],
    }
    for old, several in changes.items():
        assert old in tidy, (old, tidy)
        yield from ((f"{new[:60]} for {old}", tidy.replace(old, new)) for new in several)
    for year in ("999", "１", "x" * 61):
        yield f"the year {year[:9]}", tidy.replace(",2101,", f",{year},")
    wide_changes = {
        "1,'=甲,2101,": ["1,'=甲,二,"],
        ",every,,,1200,-3,": [
            ",next,,,1200,-3,",
            ",nobody,,,1200,-3,",
            ",every,every,,1200,-3,",
            ",every,,,1200,,",
            ",every,,every,1200,-3,",
            ",,,,1200,-3,",
            ",every,,,x,-3,",
        ],
        '"{""proactive.novels.now': ['"{{""proactive.novels.now', '"[""proactive.novels.now', '"{""proactive.novels'],
    }
    for old, several in wide_changes.items():
        assert old in wide, (old, wide)
        yield from ((f"wide: {new[:60]} for {old}", wide.replace(old, new)) for new in several)


def _of_values() -> Iterator[tuple[str, Refused]]:
    """What each wrong value is told, as plain data, as JSON, and where nulls are omitted."""
    usual, omitting = make_converter(forms=FORMS), make_converter(forms=FORMS)
    configure_converter(omitting, forms=FORMS, omit_nulls=True)
    for path, values in _VALUES.items():
        for value in values:
            plain = _put(path, value)
            name = f"{path[:70]} = {'missing' if value is ... else ascii(value)[:70]}"
            said = _told(partial(from_dict, plain, forms=FORMS))
            assert _told(partial(usual.structure, plain, Report)) == said, name
            nulls = _told(partial(omitting.structure, plain, Report))
            yield name, said if said == nulls else said | {"where nulls are omitted": nulls}
            if value is not ... and not isinstance(value, bytes | tuple):
                text = json.dumps(plain)
                assert set(_told(partial(from_json, text, forms=FORMS))) == set(said), name
                assert decoded(text.encode(), FORMS) is None or "read as" in said, name


def _of_no_marks() -> Iterator[tuple[str, Refused]]:
    for path, values in _OF_NO_MARKS.items():
        for value in values:
            text = json.dumps(_put(path, value, LATER), separators=(",", ":"))
            said = _told(partial(from_json, text, forms=FORMS))
            yield f"without marks: {path} = {value}", said
            assert (decoded(text.encode(), FORMS) is None) != ("read as" in said), text


def _of_calls() -> Iterator[tuple[str, Refused]]:
    """What is told of other things than a report, and where nothing can be written."""
    no_texts: tuple[Any, ...] = (2023, {})  # type checkers refuse these as well
    wrong: Any = "long"
    yield "bytes that are not UTF-8", _told(partial(from_json, b'{"organ":"\xff"}'))
    yield "a key that is no text", _told(partial(from_dict, {1: 2, None: 3, (): 4}))
    for no_text in no_texts:
        yield f"{no_text} for a text", _told(partial(from_json, no_text))
    writers: tuple[Callable[[Report], object], ...] = (to_dict, to_json, lambda each: to_csv([each], forms=FORMS))
    unwritable = {
        "organ": evolve(SMALL, organ="\ud800"),
        "other_matters": evolve(SMALL, other_matters="\ud800", problems="\udfff"),
        "marks": SMALL.replace({NOVELS: Mark(CellState.UNREADABLE, "\ud800", "\ud801", "\ud802")}),
    }
    for name, report in unwritable.items():
        said = [_told(partial(write, report)) for write in writers]
        assert said[0] == said[1] == said[2]
        yield f"written: a lone surrogate in {name}", said[0]
    yield "written: a form that is not known", _told(partial(to_csv, [SMALL], forms=(TOY, NEXT)))
    yield "another shape", _told(partial(to_csv, [], shape=wrong))
    yield "another shape of a package", _told(partial(data_package, wrong))
    yield "another schema", _told(partial(json_schema, wrong))
    for schema in ("govinfo.report/9", "govinfo.report/1", "govinfo.report/1000000", "govinfo.report/3 "):
        yield f"upgraded from {schema}", _told(partial(upgraded, {"schema": schema}, steps={2: dict}, newest=3))


def refusals() -> str:
    """JSON: what was given -> where and what is told, without the word "given"; or how it is read after all."""
    found = dict(_of_values()) | dict(_of_no_marks())
    found |= {f"text: {name}": _told(partial(from_json, text, forms=FORMS)) for name, text in _texts()}
    found |= {f"csv: {name}": _told(partial(from_csv, text, forms=FORMS)) for name, text in _csv_texts()}
    found |= dict(_of_calls())
    for name, refused in found.items():
        assert "None" not in str(refused), name
    entries = (f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(said, ensure_ascii=False)}" for name, said in found.items())
    return "{\n" + ",\n".join(entries) + "\n}\n"
