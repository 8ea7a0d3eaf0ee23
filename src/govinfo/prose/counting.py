"""Which phrases around a figure say what it counts, and how certain that is."""

import re

from attrs import evolve

from govinfo.prose.claim import Bound
from govinfo.prose.passage import OBJECTS, Passage, of
from govinfo.prose.tokens import COUNTED, Token
from govinfo.prose.vocabulary import BY_KEY, Measure, Role

_JOINED = re.compile(r"[和及与或]|以及|或者|及其")
_OF_ONE = re.compile(r"其中[^，。；,;]{0,8}(?:政府|局|办|委|部门|厅)")
SETTLED_CASES = re.compile(r"(?<![未待尚])审结|结案|已办结|审理终结")
_SOME_OF_THEM = re.compile(r"[，,;(]?其中[^，,。;\d]{0,6}信息公开")
RECONSIDERATION, LITIGATION = BY_KEY[Role.TRACK, "reconsideration"], BY_KEY[Role.TRACK, "litigation"]
EITHER = evolve(RECONSIDERATION, key="reconsideration+litigation", sums=(RECONSIDERATION.sums[0] + LITIGATION.sums[0],))
COLLECTED = BY_KEY[Role.FEE, "fee.collected"]
FEE = BY_KEY[Role.FEE, "fee"]
_FEE_NOTICES = BY_KEY[Role.FEE, "fee.notices"]
_FEE_CASES = evolve(COLLECTED, key="fee.cases")

Reading = tuple[tuple[Measure, ...], str, bool, Token | None]
"""The measures whose sum a figure is, the applicants, whether that is certain, and the phrase that says so."""


class Counting(Passage):
    """What a count counts."""

    def _topic(self, before: list[Token], after: list[Token]) -> tuple[Measure | None, bool]:
        """What is spoken of, and whether the figure's own clause names it."""
        paragraph, sentence = self.paragraph, self.sentence
        objects = [t for t in before if t.role in OBJECTS or t.role is Role.WEAK]
        named = objects or [t for t in after if t.role in OBJECTS or t.role is Role.WEAK]
        strong = [t for t in named if t.role is not Role.WEAK and (t.sure or t.role is not Role.TOPIC)]
        if any(t.role is Role.OUTSIDE for t in after if t.role in OBJECTS):
            return next(t.measure for t in after if t.role is Role.OUTSIDE), True
        if strong:
            if strong[-1].role is Role.DOCUMENT and strong[0].role is Role.OUTSIDE and not any(t.role is Role.ACT for t in before):
                return strong[0].measure, True
            if len(strong) > 1 and strong[-1].role is Role.TRACK:
                return paragraph.topic, True
            if strong[-1].role is Role.TOPIC and strong[0].role is Role.TRACK and not objects:
                return strong[0].measure, True
            return strong[-1].measure, True
        if paragraph.topic is None and any(t.role is Role.OUTCOME and t.sure for t in (*before, *after)):
            return BY_KEY[Role.TOPIC, "requests"], False
        leaf = any(t.role is Role.OUTCOME and t.sure and "_" in of(t).key for t in before)
        weak = leaf or any(t.role is Role.WEAK for t in named)
        if (
            weak
            and (paragraph.topic is None or paragraph.topic.role is Role.OUTSIDE)
            and not (sentence.explicit and paragraph.topic is not None and leaf)
            and (self.sentence.own or leaf or any(t.role is Role.APPLICANT for t in before))
        ):
            return BY_KEY[Role.TOPIC, "requests"], False
        return paragraph.topic, False

    def _reading(
        self, topic: Measure, own: bool, before: list[Token], after: list[Token], phrase: list[Token], behind: list[Token], token: Token
    ) -> Reading | None:
        """The measures whose sum the figure is, the applicants, whether that is certain, and the phrase that says so."""
        if topic.role is Role.TRACK:
            return self._cases(topic, before, behind, token)
        if topic.role is Role.DOCUMENT:
            act = next((t for t in reversed(phrase) if t.role is Role.ACT), None) or next((t for t in behind if t.role is Role.ACT), None)
            if act is None or act.measure is None or _OF_ONE.search(self.text, self.sentence.start, token.start):
                return None
            key = f"{topic.key}.{act.measure.key}"
            return (
                (Measure(key, Role.ACT, act.measure.meaning, (), sums=((f"proactive.{key}",),)),),
                "",
                act.sure and self._plainly(token),
                None,
            )
        if topic.role is Role.FEE:
            return self._fee_count(before, after, token)
        settled = [t for t in phrase if t.role in (Role.OUTCOME, Role.CARRY)]
        later = [t for t in behind if t.role in (Role.OUTCOME, Role.CARRY)]
        people = next((t for t in reversed(phrase) if t.role is Role.APPLICANT), None)
        flows = [t for t in phrase if t.role is Role.FLOW] or [t for t in behind if t.role is Role.FLOW]
        if settled:
            group, certain = self._group(settled, token)
            conflict = bool(later) and not any(_leaf_of(t, group[-1]) for t in later)
            known = own or self.sentence.own or self.paragraph.topic is not None
            return tuple(of(t) for t in group), _key(people), certain and known and not conflict, group[-1]
        if later:
            return (of(later[0]),), _key(people), later[0].sure and len(later) == 1, None
        if people is not None and not (flows and not people.sure):
            base = self.sentence.parent.measure if self.sentence.parent is not None else "received"
            flow = next(m for m in (_flow(base), _flow("received")) if m is not None)
            direct = self.sentence.parent is not None or bool(flows)
            return ((of(flows[-1]) if flows else flow),), _key(people), people.sure and (direct or own or self.sentence.own), people
        if flows:
            measures = {of(t).key: of(t) for t in flows}
            chosen = "new" if "new" in measures else next(iter(measures))
            certain = all(t.sure for t in flows) and len(measures) == 1 and (own or self.sentence.explicit)
            return (measures[chosen],), "", certain, flows[-1]
        if own and before and before[0].role is Role.TOPIC and self._leads(before[0]) and token.unit != "次":
            return (BY_KEY[Role.FLOW, "received"],), "", False, None
        return None

    def _group(self, settled: list[Token], token: Token) -> tuple[list[Token], bool]:
        """The outcomes that a figure is the sum of: several only where they are joined and the last stands right before it."""
        group = [settled[-1]]
        if (
            len(settled) > 1
            and _leaf_of(settled[-1], settled[-2])
            and self.text[settled[-2].end : settled[-1].start] in ("", "而", "的", "，", "、")
        ):
            return [settled[-2]], settled[-2].sure  # `补正后仍不明确无法提供`: the reason and its group
        for earlier in reversed(settled[:-1]):
            gap = self.text[earlier.end : group[0].start]
            if (earlier.role is Role.OUTCOME and _JOINED.fullmatch(gap)) or (
                gap == "、" and re.search(r"[共总]", self.text[group[-1].end : token.start])
            ):
                group.insert(0, earlier)
            elif gap == "、":
                return group, False
            else:
                break
        return group, all(t.sure for t in group)

    def _cases(self, topic: Measure, before: list[Token], behind: list[Token], token: Token) -> Reading | None:
        tracks = _tracks(topic)
        results = [t for t in before if t.role is Role.RESULT] or [t for t in behind if t.role is Role.RESULT]
        if token.start > self.sentence.reviewer or SETTLED_CASES.search(re.split(r"[，,;:、()]", self._lead(token.start))[-1]):
            return None  # the organ's own caseload as the one that reviews
        certain = self.sentence.own
        if results:
            result = results[-1]
            key = f"{topic.key}.{of(result).key}"
            cells = tuple(f"{cell}.{of(result).key}" for track in tracks for cell in track.sums[0])
            kept = result if result.end <= token.start else None
            certain = certain and result.sure and len(tracks) == 1
            return (Measure(key, Role.RESULT, of(result).meaning, (), sums=(cells,)),), "", certain, kept
        if any(t.role is Role.CARRY for t in (*before, *behind)):
            return None
        cells = tuple(f"{cell}.total" for track in tracks for cell in track.sums[0])
        named = [t for t in before if t.role is Role.TRACK]
        if not named and not any(t.role is Role.FLOW for t in before):
            return None
        flows = any(t.role is Role.FLOW for t in before) and not re.search(r"因|引发|引起|被|类|涉及", self._lead(token.start))
        if _SOME_OF_THEM.match(self.text, token.end):
            certain = False  # cases of every kind, of which some are about information
        flows = flows or any(of(t).key == "new" for t in before)  # 新增: without those of the year before
        kept = named[-1] if named else None
        joined = len(tracks) == 1 or bool(re.search(r"共|均", self._lead(token.start))) or token.number == 0
        return (Measure(topic.key, Role.TRACK, topic.meaning, (), sums=(cells,)),), "", certain and not flows and joined, kept

    def _fee_count(self, before: list[Token], behind: list[Token], token: Token) -> Reading | None:
        said = [t for t in (*before, *behind) if t.role is Role.FEE]
        unpaid = next((t for t in before if t.role is Role.OUTCOME), None)
        if unpaid is not None:
            return (of(unpaid),), "", unpaid.sure, unpaid
        if (
            token.unit not in COUNTED
            or token.bound is not Bound.EXACT
            or re.search(r"[至到]|以下|免费|每", self._clause(token))
            or self.text[token.end : token.end + 1] in ("以", "至", "部")
        ):
            return None  # the bands of the rates
        notice = any(of(t).key == "fee.notices" for t in said)
        return (_FEE_NOTICES if notice else _FEE_CASES,), "", True, None


def _key(token: Token | None) -> str:
    return str(of(token).key) if token is not None else ""


def _flow(key: str) -> Measure | None:
    return BY_KEY.get((Role.FLOW, key)) or BY_KEY.get((Role.OUTCOME, key))


def _leaf_of(group: Token, leaf: Token) -> bool:
    return of(leaf).key.startswith(of(group).key) or of(group).key == of(leaf).key


def _tracks(topic: Measure) -> tuple[Measure, ...]:
    return (RECONSIDERATION, LITIGATION) if topic is EITHER else (topic,)
