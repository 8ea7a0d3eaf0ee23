"""Words that stand for figures: none (`未收到…申请`) and all (`均获维持`)."""

import re

from govinfo.prose.claim import ClaimKind, Period
from govinfo.prose.counting import COLLECTED, LITIGATION, RECONSIDERATION, SETTLED_CASES, Counting
from govinfo.prose.filling import KNOWN, fills
from govinfo.prose.passage import LOOK, of
from govinfo.prose.tokens import Sort, Token
from govinfo.prose.vocabulary import BY_KEY, Measure, Role

_ALL = re.compile(r"(?:均|全部|都|皆)(?:获|被|为|予以|得到|以|已|结果|获得|依法)*+$")
_NEGATED = re.compile(
    r"(?:未收到|未接到|没有收到|没有收取|未接收|未受理|未收取|未产生|未发生|未出现|未发出|未征收|未有|没有|无(?!法|正当|障|关|偿|线|需|人|效|缝|处|证|纸|条|论|须|不|锡|为|疑|数|任何收费))|未收|未接(?=到)"
)
_LIMITED = re.compile(
    r"网络|网上|线上|线下|信函|当面|现场|邮|传真|窗口|渠道|季度|半年|月份|企业|个人|科室|(?<![我本])(?:乡镇|街道)|部门|单位(?<!本单位)(?<!我单位)|其他"
)
_NO_REQUESTS = re.compile(
    r"(?:要求|获取|收到|接到|受理|和|及|或者|或|办理|处理|任何|公民|法人|其他组织|自然人|组织|、|的|提出|提交|政府信息公开|政府信息|信息公开|依申请公开|依申请|公开|申请|事项|情况|件|信息|案件|业务|需要|相关|有关|方面|书|向本机关|向我局|等)++"
)
_PERSONS, _BODIES = re.compile(r"公民|自然人|个人"), re.compile(r"法人|组织")
_PENDING = re.compile(r"[未待]|审理|除|另")
_BESIDES = re.compile(r"除[^。;]{0,40}外|此外|[以之]外")
_NO_CASES = re.compile(
    r"(?:因|由|于|政府|信息|公开|工作|引发|引起|产生|导致|的|申请|被|提起|行政|复议|诉讼|、|和|及|或者|或|与|以及|有关|相关|任何|等|类|方面|依申请|依|收到|发生|出现|情况|案件|案|事项|行为|问题|事件|情形|而|针对|关于|涉及|也|纠错|纠正|败诉|一起|1起|件)++"
)
_NO_CARRY = re.compile(
    r"(?:上年度?|上一年度?|去年)?(?:政府信息公开申请|申请|依申请公开)?(?:结转至?到?|转入)(?:下一?年度?|本年度?)?(?:继续)?(?:办理)?(?:的)?(?:政府)?(?:信息公开)?(?:申请|依申请公开|件|事项|情况)*+"
)
_NO_FEE = re.compile(
    r"(?:收取|发出|产生|征收|任何|政府|信息|公开|依申请|处理费|的|情况|费用|收费|通知|缴费|相关|有关|、|和|及|事项|标准)++"
)


class Absence(Counting):
    """Claims without digits."""

    def _nothing(self, first: int, last: int) -> None:
        """`未收到…申请`, `无行政复议、行政诉讼`: words that stand for zero, where the whole clause is of words that are known."""
        words = self.text[self.sentence.start : self.sentence.stop]
        for found in _NEGATED.finditer(words):
            start = self.sentence.start + found.start()
            said = self._lead(start)
            lead = re.split(r"[，,;:。(]", said)[-1]
            if _LIMITED.search(lead) or self._period_at(start, first, last, said) is not Period.YEAR:
                continue
            # Whoever or whenever else the clause names is not the organ in that year; 除此之外 leaves out what was counted.
            plainly = KNOWN.fullmatch(self._without_organ(lead)) is not None and not _BESIDES.search(said)
            predicate = re.split(
                r"[，,;:。)\n]", self.text[start + len(found.group()) : min(self.sentence.stop, start + LOOK)], maxsplit=1
            )[0]
            measure = self._absent(found.group(), predicate)
            if measure is not None:
                self._emit_words(start, start + len(found.group()), measure, certain=plainly)

    def _absent(self, negated: str, predicate: str) -> Measure | None:
        if (
            negated in ("未收取", "没有收取", "未征收")
            and predicate in ("", "费用", "相关费用", "任何费用")
            and "信息处理费" in self.text[self.sentence.start : self.sentence.stop]
        ):
            return COLLECTED
        if "信息处理费" in predicate and _NO_FEE.fullmatch(predicate):
            return COLLECTED
        if _NO_CARRY.fullmatch(predicate):
            return BY_KEY[Role.CARRY, "carried_in" if re.search(r"上年|上一年|去年", predicate) else "carried_forward"]
        disputes = "复议" in predicate or "诉讼" in predicate
        if disputes and _NO_CASES.fullmatch(predicate):
            tracks = [m for m in (RECONSIDERATION, LITIGATION) if m.phrases[1] in predicate]
            corrected = re.search(r"败诉|纠错|纠正", predicate)
            ending = str(BY_KEY[Role.RESULT, "corrected"].key) if corrected else "total"
            key = "+".join(f"{m.key}.{ending}" if corrected else m.key for m in tracks)
            return (
                Measure(key, Role.TRACK, tracks[0].meaning, (), sums=(tuple(f"{c}.{ending}" for m in tracks for c in m.sums[0]),))
                if tracks
                else None
            )
        asked = "申请" in predicate
        if asked and bool(_PERSONS.search(predicate)) != bool(_BODIES.search(predicate)):
            return None  # none of one kind of applicants
        if asked and not disputes and _NO_REQUESTS.fullmatch(predicate):
            return BY_KEY[Role.FLOW, "new"]
        return None

    def _period_at(self, place: int, first: int, last: int, said: str) -> Period:
        """The period that the last year named before that place sets."""
        self.sentence.period = Period.YEAR
        for token in self.tokens[first:last]:
            if token.sort is Sort.YEAR and token.end <= place:
                self._year(token)
        return self._time(said, ClaimKind.NONE)

    def _said_of_all(self, token: Token) -> bool:
        clause = re.split(r"[，,;。、]", self._lead(token.start))[-1]
        return bool(_ALL.search(clause)) and of(token).key == "upheld"

    def _all(self, token: Token) -> None:
        """`均获维持`: every other result of the cases that the sentence has counted is nothing."""
        counted = [c for c in self.sentence.found if c.kind is ClaimKind.COUNT and c.readings and c.readings[0][0].startswith("disputes.")]
        totals = [c for c in counted if all(cell.endswith(".total") for cell in c.readings[0])]
        if not totals or len(totals) != len(counted):
            return
        cells = tuple(
            f"{cell.removesuffix('total')}{rest}"
            for c in totals
            for cell in c.readings[0]
            for rest in ("corrected", "other_result", "pending")
        )
        lead = self._lead(token.start)
        subject = re.split(r"[，,;。]", _ALL.sub("", lead))[-1]
        certain = (
            all(c.certain for c in totals)
            and fills(subject)
            and not SETTLED_CASES.search(lead)
            and not _PENDING.search(self.text, token.end, min(self.sentence.stop, token.end + LOOK))
        )  # those that have ended may be some of them
        start = token.start - len(_ALL.search(lead)[0])  # type: ignore[index]  # it was found before
        self._append(start, token.end, "all_upheld", 0, kind=ClaimKind.ALL, readings=(cells,), certain=certain)

    def _emit_words(self, start: int, end: int, measure: Measure, *, certain: bool) -> None:
        self._append(
            start,
            end,
            measure.key,
            0,
            kind=ClaimKind.NONE,
            readings=measure.sums,
            certain=certain and (self.sentence.own or measure.role is not Role.TRACK),
        )
