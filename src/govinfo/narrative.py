"""Prose written from the figures of a report, in wording that varies: the other way round of `govinfo.prose`, with a grammar of its own.

Used by the strategies and by whoever wants a first draft. It knows nothing of the vocabulary that is read.
"""

from collections.abc import Callable, Iterable, Sequence

from attrs import frozen

from govinfo.keys import DisputeTrack, Outcome, OutcomeGroup
from govinfo.report import Report, Value


@frozen
class Statement:
    """A sentence that states figures: its text, and each figure with where it stands in it, as (place, figure)."""

    text: str
    figures: tuple[tuple[int, int], ...]

    def altered(self, number: int, figure: int) -> str:
        """The text with another figure in place of that one."""
        place, old = self.figures[number]
        return f"{self.text[:place]}{figure}{self.text[place + len(str(old)) :]}"


Part = str | int
"""Words, or a figure."""


def _stated(*parts: Part) -> Statement:
    text, figures = "", list[tuple[int, int]]()
    for part in parts:
        if isinstance(part, int):
            figures.append((len(text), part))
        text += str(part)
    return Statement(text, tuple(figures))


_GROUPS = {
    OutcomeGroup.GRANTED: "予以公开",
    OutcomeGroup.PARTIAL: "部分公开",
    OutcomeGroup.DENIED: "不予公开",
    OutcomeGroup.UNAVAILABLE: "无法提供",
    OutcomeGroup.UNPROCESSED: "不予处理",
    OutcomeGroup.OTHER: "其他处理",
}
_RESULTS = {"upheld": "结果维持", "corrected": "结果纠正", "other_result": "其他结果", "pending": "尚未审结"}
_SUITS = (DisputeTrack.DIRECT_LITIGATION, DisputeTrack.POST_RECONSIDERATION_LITIGATION)
_CARRIED = ("结转下年度继续办理", "结转至下一年度", "顺延到下年度办理")
Choose = Callable[[Sequence[str]], str]
"""Chooses one of several wordings."""


def statements(report: Report, choose: Choose) -> list[Statement]:
    """Sentences that state the figures of a report, as far as it has them, in wordings that `choose` picks."""
    found = [*_flows(report, choose), *_outcomes(report, choose), *_cases(report, choose), *_documents(report, choose)]
    return [statement for statement in found if statement.figures]


def _known(report: Report, addresses: Iterable[str]) -> int | None:
    """The sum of those cells; None where one is missing or has no value."""
    total = 0
    for address in addresses:
        table = report.table(address.partition(".")[0])
        value: Value | None = table.at(address) if table is not None and address in table.matrix.index_of else None
        if not isinstance(value, int):
            return None
        total += value
    return total


def _total(report: Report, row: str) -> int | None:
    return _known(report, [f"requests.{row}.total"])


def _flows(report: Report, choose: Choose) -> Iterable[Statement]:
    new, carried = _total(report, "new_received"), _total(report, "carried_in")
    done, left = _total(report, "total_concluded"), _total(report, "carried_forward")
    lead = choose(("全年", "本年度，", "我局", "一年来，我单位", "年内"))
    asked = choose(("政府信息公开申请", "依申请公开", "信息公开申请"))
    if new is not None:
        verb = choose(("新收", "共收到", "受理", "新收到", "接收"))
        yield _stated(lead, verb, asked, new, choose(("件", "宗")), "。")
    if done is not None:
        yield _stated(choose(("共办结", "答复", "依法答复", "完成答复")), asked, done, "件。")
    if carried is not None:
        yield _stated(asked, "中，", choose(("上年结转", "上年度结转", "含上一年度结转")), carried, "件。")
    if left is not None:
        yield _either(
            choose,
            _stated(
                choose(("另有", "尚有", "共")),
                left,
                "件",
                asked,
                choose(_CARRIED),
                "。",
            ),
            _stated(asked, choose(("结转下年度", "结转下一年度办理")), left, "件。"),
        )


def _either(choose: Choose, *made: Statement) -> Statement:
    """One of several statements."""
    return made[int(choose([str(number) for number in range(len(made))]))]


def _outcomes(report: Report, choose: Choose) -> Iterable[Statement]:
    table = report.requests
    if table is None:
        return
    rows = [line.key for line in table.matrix.rows if isinstance(line.key, Outcome)]
    sums = {group: _known(report, [f"requests.{row}.total" for row in rows if row.group is group]) for group in OutcomeGroup}
    parts: list[Part] = [choose(("从办理结果看，政府信息公开申请", "答复的依申请公开中，", "政府信息公开申请办理结果："))]
    after = choose(("", "的", "答复"))
    for group, number in sums.items():
        if number is not None and any(row.group is group for row in rows):
            parts += [_GROUPS[group] + after, number, "件", "，"]
    yield _stated(*parts[:-1], "。")
    people = _known(report, ["requests.new_received.natural_person"])
    if people is not None:
        yield _stated("本年新收的政府信息公开申请中，自然人申请", people, "件。")


def _cases(report: Report, choose: Choose) -> Iterable[Statement]:
    for tracks, name in (((DisputeTrack.RECONSIDERATION,), "行政复议"), (_SUITS, "行政诉讼")):
        total = _known(report, [f"disputes.{track}.total" for track in tracks])
        if total is None:
            continue
        parts: list[Part] = [choose(("因政府信息公开引发的", "政府信息公开")), name, choose(("", "案件", "共")), total, "件"]
        known = {result: _known(report, [f"disputes.{track}.{result}" for track in tracks]) for result in _RESULTS}
        if all(number is not None for number in known.values()):
            parts.append(choose(("，其中", "：", "，包括")))
            for result, number in known.items():
                parts += [_RESULTS[result], number or 0, "件", "、"]
            parts.pop()
        yield _stated(*parts, "。")


def _documents(report: Report, choose: Choose) -> Iterable[Statement]:
    numbers = [_known(report, [f"proactive.normative_documents.{column}"]) for column in ("issued", "repealed", "in_force")]
    if None not in numbers:
        issued, repealed, in_force = (number or 0 for number in numbers)
        name = choose(("行政规范性文件", "规范性文件"))
        yield _stated("本年度制发", name, issued, "件，废止", repealed, "件，现行有效", in_force, "件。")
