"""What kind of body files a report, and at which level: given by the caller, or read off its name where that is certain."""

from enum import StrEnum
from typing import TypeVar

from attrs import frozen

from govinfo.errors import FigureError
from govinfo.findings import Words
from govinfo.fold import fold
from govinfo.keys import AdminLevel, OrganKind, ReportScope
from govinfo.report import Report

_GOVERNMENT = "人民政府"
OFFICES = (f"{_GOVERNMENT}办公厅", f"{_GOVERNMENT}办公室")
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
# Departments that every local government has and that no vertical system runs; 局 alone says nothing (税务局, 气象局).
_DEPARTMENTS = (
    *("教育局", "教育和体育局", "财政局", "民政局", "司法局", "审计局", "水利局", "水务局", "农业农村局", "卫生健康局", "卫生健康委员会"),
    *("人力资源和社会保障局", "住房和城乡建设局", "交通运输局", "应急管理局", "退役军人事务局", "医疗保障局", "市场监督管理局", "信访局"),
    *("发展和改革委员会", "发展和改革局", "科学技术局", "工业和信息化局", "商务局", "城市管理局", "教育厅", "财政厅", "民政厅", "司法厅"),
    *("审计厅", "水利厅", "农业农村厅", "人力资源和社会保障厅", "住房和城乡建设厅", "交通运输厅", "应急管理厅", "自然资源厅", "生态环境厅"),
)
# Zones end in 区 and are no districts: their offices stand under no government of a level that the name shows.
_ZONES = ("开发区", "园区", "新区", "高新区", "示范区", "保税区", "度假区", "管理区", "地区", "特区", "合作区", "工业区", "试验区")
_LOCAL = (AdminLevel.PROVINCIAL, AdminLevel.PREFECTURAL, AdminLevel.COUNTY)


@frozen
class Organ:
    """Whose report it is: kind and level, each None where it is not known; `because` says what was inferred, and from what."""

    kind: OrganKind | None = None
    level: AdminLevel | None = None
    because: Words | None = None

    @property
    def makes_rules(self) -> bool | None:
        """Whether the body itself may make 规章; None where that is not known."""
        if self.kind in (OrganKind.LOCAL_DEPARTMENT, OrganKind.TOWNSHIP) or self.level in (AdminLevel.COUNTY, AdminLevel.TOWNSHIP):
            return False
        governs = self.kind is OrganKind.LOCAL_GOVERNMENT and self.level in (AdminLevel.PROVINCIAL, AdminLevel.PREFECTURAL)
        return True if governs or self.kind is OrganKind.STATE_COUNCIL_DEPARTMENT else None


UNKNOWN_ORGAN = Organ()


def organ_of(report: Report, kind: OrganKind | str | None = None, level: AdminLevel | str | None = None) -> Organ:
    """What is given, and for what is not given what the organ's name certainly says. Raises `FigureError`.

    >>> organ_of(Report(organ="井研县人民政府")).level
    <AdminLevel.COUNTY: 'county'>
    """
    given_kind = None if kind is None else _member(OrganKind, kind, "organ_kind")
    given_level = None if level is None else _member(AdminLevel, level, "level")
    inferred = _inferred(fold(report.organ or ""), report.scope)
    # What the caller says of the kind decides: a level that the name shows is then only taken with the same kind.
    if given_kind is not None and given_kind is not inferred.kind:
        return Organ(given_kind, given_level)
    if given_level is not None and given_kind is not None:
        return Organ(given_kind, given_level)
    return Organ(given_kind or inferred.kind, given_level or inferred.level, inferred.because)


def is_office(report: Report) -> bool:
    """Whether a government's general office files the report: the government's own acts may then be counted in it."""
    return fold(report.organ or "").endswith(OFFICES)


def is_subdistrict(report: Report) -> bool:
    """Whether a subdistrict files the report: an office that a government sends out, with a township's duties, and no government."""
    return fold(report.organ or "").endswith(_SUBDISTRICTS)


_SUBDISTRICTS = ("街道办事处", "街道办", "街道")
_SAME_BODY = {_GOVERNMENT, *OFFICES, *(office.removeprefix(_GOVERNMENT) for office in OFFICES)}


def same_body(one: str | None, other: str | None) -> bool:
    """Whether two names may be one body's; a name that is not there may be any body's.

    One may leave out the places above it, or that it is a government or its office; else a name that goes on is another body's.
    """
    short, long = sorted((fold(one or ""), fold(other or "")), key=len)
    return not short or long.endswith(short) or long.removeprefix(short) in _SAME_BODY


K = TypeVar("K", bound=StrEnum)


def _member(kinds: type[K], given: str, where: str) -> K:
    try:
        return kinds(given)
    except ValueError:
        raise FigureError(where, given, f"one of {', '.join(kinds)}, or None") from None


def _inferred(name: str, scope: ReportScope | None) -> Organ:
    if name.endswith("街道办事处"):
        return _seen(OrganKind.TOWNSHIP, AdminLevel.TOWNSHIP, "街道办事处")
    if name.endswith(_GOVERNMENT):
        place = name.removesuffix(_GOVERNMENT)
        if place.endswith(("镇", "乡", "民族乡", "苏木")):
            return _seen(OrganKind.TOWNSHIP, AdminLevel.TOWNSHIP, place[-1] + _GOVERNMENT)
        return _seen(OrganKind.LOCAL_GOVERNMENT, _level(place), _GOVERNMENT) if _is_place(place) else Organ()
    for ending in (*OFFICES, *_DEPARTMENTS):
        place = name.removesuffix(ending)
        if place == name or not _is_place(place):
            continue
        # The office of a government also files the government's report: it reports as a department only where it says so.
        if ending in OFFICES and scope is not ReportScope.OWN_ORGAN:
            return Organ(None, _level(place), Words("级别据机关名称推断", "its level is taken from its name"))
        return _seen(OrganKind.LOCAL_DEPARTMENT, _level(place), ending)
    return Organ()


def _is_place(name: str) -> bool:
    return len(name) > 1 and name.endswith(("省", "市", "州", "盟", "县", "旗", "区")) and not name.endswith(_ZONES)


def _level(place: str) -> AdminLevel | None:
    """The level of a place, None where its name leaves it open: 市 can be any of three."""
    if place.endswith(("省", "自治区")) or place in _MUNICIPALITIES:
        return AdminLevel.PROVINCIAL
    if place.endswith(("自治州", "盟")):
        return AdminLevel.PREFECTURAL
    return AdminLevel.COUNTY if place.endswith(("县", "旗", "区")) else None


def _seen(kind: OrganKind, level: AdminLevel | None, ending: str) -> Organ:
    assert level is None or level in (*_LOCAL, AdminLevel.TOWNSHIP)  # noqa: S101 -- names show local levels only
    zh, en = KINDS[kind].zh, KINDS[kind].en
    return Organ(kind, level, Words(f"据机关名称中的“{ending}”推断为{zh}", f"taken for {en} because its name ends in {ending}"))


KINDS = {
    OrganKind.STATE_COUNCIL_DEPARTMENT: Words("国务院部门", "a State Council department"),
    OrganKind.LOCAL_GOVERNMENT: Words("县级以上地方人民政府", "a local government"),
    OrganKind.LOCAL_DEPARTMENT: Words("县级以上地方人民政府部门", "a department of a local government"),
    OrganKind.TOWNSHIP: Words("乡镇（街道）", "a township or subdistrict"),
    OrganKind.VERTICAL_SYSTEM: Words("垂直管理机关", "a body of a vertical system"),
    OrganKind.AUTHORISED_ORGANISATION: Words("法律法规授权的组织", "an organisation authorised by law"),
}
