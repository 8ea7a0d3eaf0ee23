"""The bodies of a made-up country: areas within areas, each with a government, its office, departments, counties with townships."""

from collections.abc import Iterator
from itertools import count

from attrs import frozen

from govinfo.keys import AdminLevel, OrganKind

_FIRST, _SECOND = "安宁永长文华东南西北阳青清云石林泉松嘉德仁和新金", "平兴宁和阳山河江海川州陵溪泽原岭湖源水丰昌城泰康"
_STRIDE = 7  # so that the places of one area are not called as those of the next
MOST_BODIES = 500_000
_PLACES = len(_FIRST) * len(_SECOND)
_DEPARTMENTS = (
    *("教育", "财政", "民政", "司法", "审计", "水利", "农业农村", "人力资源和社会保障"),
    *("住房和城乡建设", "交通运输", "应急管理"),
)
MOST_DEPARTMENTS = len(_DEPARTMENTS)
_LEVELS = (AdminLevel.PROVINCIAL, AdminLevel.PREFECTURAL, AdminLevel.COUNTY)
_ENDING = dict(zip(_LEVELS, "省市县", strict=True))


@frozen
class Organ:
    """One body that files reports. `aggregate`: the report of a government, of all bodies in its area.

    `parts` are the numbers of the bodies whose reports it adds up, one behind the other, empty for all others. `above` is the government
    of the smallest area that the body lies in, other than its own; empty for that of a province.
    """

    name: str
    kind: OrganKind
    level: AdminLevel
    above: str
    aggregate: bool = False
    parts: range = range(0)
    finance: bool = False
    office: bool = False


def organs(provinces: int, cities: int, counties: int, townships: int, departments: int) -> tuple[Organ, ...]:
    """Every body: first those that count their own work, area by area, then the governments that add them up.

    The counts are of each: cities of a province, counties of a city, townships of a county, departments at each level.
    """
    for what, number, most in (
        *(
            (what, n, _PLACES)
            for what, n in zip(("provinces", "cities", "counties", "townships"), (provinces, cities, counties, townships), strict=True)
        ),
        ("departments", departments, MOST_DEPARTMENTS),
    ):
        if type(number) is not int or not (what == "provinces") <= number <= most:
            raise ValueError(f"{what}: given {number!r}, accepted is a whole number from {int(what == 'provinces')} to {most}")
    _refuse_many(provinces, cities, counties, townships, departments)
    own: list[Organ] = []
    governments: list[Organ] = []
    areas = count(1)

    def area(name: str, depth: int, below: tuple[int, ...], above: str) -> None:
        first, level, places = len(own), _LEVELS[depth], next(areas) * _STRIDE
        government = f"{name}人民政府"
        own.extend(_bodies(name, level, departments, government))
        if level is AdminLevel.COUNTY:
            towns = (f"{name}{_place(places + n)}镇人民政府" for n in range(townships))
            own.extend(Organ(town, OrganKind.TOWNSHIP, AdminLevel.TOWNSHIP, government) for town in towns)
        else:
            for number in range(below[0]):
                area(f"{name}{_place(places + number)}{_ENDING[_LEVELS[depth + 1]]}", depth + 1, below[1:], government)
        governments.append(Organ(government, OrganKind.LOCAL_GOVERNMENT, level, above, aggregate=True, parts=range(first, len(own))))

    for number in range(provinces):
        area(f"{_place(number)}省", 0, (cities, counties), "")
    return (*own, *governments)


def _bodies(area: str, level: AdminLevel, departments: int, government: str) -> Iterator[Organ]:
    provincial = level is AdminLevel.PROVINCIAL
    yield Organ(f"{government}办公{'厅' if provincial else '室'}", OrganKind.LOCAL_DEPARTMENT, level, government, office=True)
    for name in _DEPARTMENTS[:departments]:
        ending = "厅" if provincial else "局"
        yield Organ(f"{area}{name}{ending}", OrganKind.LOCAL_DEPARTMENT, level, government, finance=name == "财政")


def _place(number: int) -> str:
    """A name for a place; numbers less than `_PLACES` apart never share one."""
    first, second = divmod(number % _PLACES, len(_SECOND))
    return _FIRST[(first + second) % len(_FIRST)] + _SECOND[second]


def _refuse_many(provinces: int, cities: int, counties: int, townships: int, departments: int) -> None:
    offices = departments + 2  # the government itself, and its office
    bodies = provinces * (offices + cities * (offices + counties * (offices + townships)))
    if bodies > MOST_BODIES:
        raise ValueError(f"provinces, cities, counties, townships: given {bodies:,} bodies in all, accepted are up to {MOST_BODIES:,}")
