"""What a document says outside its tables: section headings, the title, organ, year, scope and date of publication."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from attrs import frozen

from govinfo.fold import fold, label_key, simplified
from govinfo.form import Form
from govinfo.keys import ReportScope, Section
from govinfo.readers.grid import Line
from govinfo.reading import Heading

_LONGEST_HEADING = 60  # characters
_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.．，,]|第[一二三四五六七八九十]{1,2}[部分章]{1,2}")
_INLINE = re.compile(r"([一二三四五六七八九十]{1,3}\s*[、.．][^：:。\s]{2,40})[：:\s]\s*(\S.*)", re.DOTALL)
_YEAR = r"(?P<year>(?:19|20)[0-9]{2}|[二〇○零一三四五六七八九]{4})"
_RANGE = r"(?<![0-9][-~至到])(?<![0-9]年[-~至到])"  # of two years neither is the report's for certain
_NAME = "[^。；;!！?？]"
_TITLE = re.compile(
    rf"(?P<organ>{_NAME}{{0,80}}?)(?:关于)?{_RANGE}{_YEAR}年度?(?:的)?(?P<after>(?:(?![0-9]{{4}}年){_NAME}){{0,40}}?)政府信息公开(?:工作)?(?:的)?(?:年度)?报告"
)
# Copies in Traditional script print the line in brackets so as well.
_DETAIL_NAMES = "公[开開]主[体體]|[报報]告年度|[统統][计計][范範][围圍]|[发發]布日期"
_DETAILS = re.compile(rf"[（(](?:(?:{_DETAIL_NAMES})[：:].*)?[）)]", re.DOTALL)
_NOTHING = "（）"  # what stands for a title without words
_DETAIL = re.compile(rf"({_DETAIL_NAMES})[：:](.*?)(?=\u3000(?:{_DETAIL_NAMES})[：:]|[）)]$)", re.DOTALL)
_PERIOD = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年1月1日.{0,8}?(?:((?:19|20)[0-9]{2})年)?12月31日")
_SPEAKS_OF = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年")
_PUBLISHED = re.compile(
    r"(?:发布日期|发布时间|发文日期|公开日期)[:：]?\s*((?:19|20)[0-9]{2})[-/.年]([01]?[0-9])[-/.月]([0-3]?[0-9])日?(?![0-9])"
)
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_SCOPES = {"本机关": ReportScope.OWN_ORGAN, "汇总": ReportScope.AGGREGATE}


@lru_cache(maxsize=16)
def section_keys(forms: tuple[Form, ...]) -> Mapping[str, Section]:
    """The match keys of every section heading of every form."""
    return {key: Section(line.key) for form in forms for line in form.sections for key in line.keys}


@frozen
class Found:
    """A heading on line `index`, and text that follows it on the same line."""

    index: int
    heading: Heading
    rest: str


def headings(lines: Sequence[Line], forms: tuple[Form, ...]) -> list[Found]:
    """The section headings among the lines of a document, whatever their numbers say.

    Where headings are numbered 一、 a line numbered （一） with the same words is a heading within a section.
    """
    keys = section_keys(forms)
    found: list[tuple[Found, bool]] = []
    for index, line in enumerate(lines):
        alone = line.text.rstrip("：: ") if len(line.text) <= _LONGEST_HEADING else ""
        if alone and (section := keys.get(label_key(alone))) is not None:
            found.append((Found(index, Heading(section, line.text, line.origin), ""), bool(_ORDINAL.match(line.text))))
        elif (inline := _INLINE.match(line.text[: 4 * _LONGEST_HEADING])) and (section := keys.get(label_key(inline[1]))) is not None:
            found.append((Found(index, Heading(section, inline[1], line.origin), line.text[inline.start(2) :]), True))
    numbered = {each.heading.section for each, ordinal in found if ordinal}
    main = len(numbered) > 1
    return [
        each for each, ordinal in found
        if ordinal or not (each.heading.section in numbered or (main and fold(each.heading.text).startswith("(")))
    ]  # fmt: skip


@frozen
class Front:
    """What stands before the first heading, and `rest`, what of it was not understood.

    `stated` says that a line in brackets under the title names all that is known: nothing else is to be concluded.
    """

    title: str | None = None
    organ: str | None = None
    year: int | None = None
    scope: ReportScope | None = None
    published_on: dt.date | None = None
    rest: tuple[Line, ...] = ()
    stated: bool = False


def front(lines: Sequence[Line]) -> Front:
    """Title, organ, year, scope and date of publication from the lines before the first heading."""
    for index, line in enumerate(lines):
        if is_details(line.text) and not (lines[index + 1 :] and is_details(lines[index + 1].text)):
            return _stated(lines, index)
    published, dated = _published(lines)
    for index, line in enumerate(lines):
        above = lines[index - 1] if index else None
        if (found := _titled(line.text)) is None:
            continue
        title, used = line.text, {index}
        organ, year = found
        if organ is None and above is not None and is_organ(above.text):
            title, organ, used = above.text + line.text, above.text, {index - 1, index}
        if dated is not None:
            used.add(dated)
        return Front(title, organ, year, None, published, tuple(each for n, each in enumerate(lines) if n not in used))
    return Front(published_on=published, rest=tuple(each for n, each in enumerate(lines) if n != dated))


def _stated(lines: Sequence[Line], index: int) -> Front:
    """The line under the title that says 公开主体, 报告年度, 统计范围 and 发布日期, as far as they are known."""
    said = {simplified(name): value for name, value in _DETAIL.findall(lines[index].text)}
    year, published = said.get("报告年度", ""), said.get("发布日期", "")
    title = lines[index - 1].text if index else None
    return Front(
        "" if title == _NOTHING else title,
        said.get("公开主体"),
        int(year) if re.fullmatch("[0-9]{4}", year) else None,
        _SCOPES.get(simplified(said.get("统计范围", ""))),
        _date(*published.split("-")) if published.count("-") == len("--") else None,
        tuple(lines[: max(0, index - 1)]) + tuple(lines[index + 1 :]),
        stated=True,
    )


def is_title(text: str) -> bool:
    """Whether a line is the title of a report, with its year."""
    return bool(text) and _titled(text) is not None


def is_details(text: str) -> bool:
    """Whether a line is the one in brackets under a title that says 公开主体, 报告年度, 统计范围 and 发布日期."""
    return _DETAILS.fullmatch(text) is not None


def _titled(text: str) -> tuple[str | None, int] | None:
    """Organ and year that a title line names, None where the line is no title."""
    if len(text) > 2 * _LONGEST_HEADING or (found := _TITLE.search(key := _comparable(text))) is None or found.end() < len(key) - 12:
        return None
    if found.start() > 0:
        return None
    year = int(found["year"].translate(_CHINESE_DIGITS))
    organ = _printed(text, len(found["organ"])) if found["organ"] else ""
    if not organ and found["after"]:  # 2019年某市人民政府政府信息公开工作年度报告
        organ = _printed(text, found.end("after")).removeprefix(_printed(text, found.start("after")))
    return organ.removesuffix("关于").removesuffix("關於").strip("《 \t\u3000") or None, year


def _comparable(text: str) -> str:
    """Folded except for the numbering, which may belong to a name (第一中学)."""
    return fold(text).replace('"', "")


def _printed(text: str, count: int) -> str:
    """The beginning of a text that folds to so many characters."""
    for end in range(1, len(text) + 1):
        if len(_comparable(text[:end])) >= count:
            return text[:end].strip()
    return text.strip()


def is_organ(text: str) -> bool:
    """Whether a line can be the name of an organ over the rest of a title."""
    return 1 < len(text) <= _LONGEST_HEADING // 2 and bool(re.fullmatch(r"[\u3400-\u9fff（）()、\s]+", text)) and bool(
        re.search(r"(?:府|局|委|会|會|办|辦|室|厅|廳|院|署|处|處|所|站|中心|队|隊|镇|鎮|乡|鄉|街道|部|行|区|區|县|縣|市|省)$", text)
    )  # fmt: skip


def _published(lines: Iterable[Line]) -> tuple[dt.date | None, int | None]:
    for index, line in enumerate(lines):
        if found := _PUBLISHED.search(_digits(line.text[: 10 * _LONGEST_HEADING])):
            return _date(*found.groups()), index if len(line.text) <= _LONGEST_HEADING // 2 else None
    return None, None


def _digits(text: str) -> str:
    return text.replace("發", "发").replace("時間", "时间")


def _date(*parts: str) -> dt.date | None:
    try:
        year, month, day = map(int, parts)
        return dt.date(year, month, day)
    except ValueError:
        return None


def year_of(texts: Iterable[str], overview: str | None) -> int | None:
    """The report year that the text names: the one period from 1 January to 31 December, else the only year of section 1."""
    periods = {int(start) for text in texts for start, end in _PERIOD.findall(_unspaced(text)) if end in ("", start)}
    if len(periods) == 1:
        return periods.pop()
    spoken = Counter(map(int, _SPEAKS_OF.findall(_unspaced(overview or ""))))
    return next(iter(spoken)) if len(spoken) == 1 and not periods else None


def _unspaced(text: str) -> str:
    return re.sub(r"[ \t\u3000\xa0]+", "", text)
