"""How figures are attached to what they count: a small grammar over the tokens of a sentence.

A figure belongs to the nearest known phrase of its clause, before it (`予以公开3件`) or, where the clause goes on to its end without another
figure, after it (`3件予以公开`). What stands between must be words that change nothing; where it is anything else the reading is not certain.
What the sentence speaks of (requests, cases, documents, the fee, or something that no table counts) is the last thing that it named.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from attrs import evolve

from govinfo.keys import ReportScope
from govinfo.prose.absence import Absence
from govinfo.prose.claim import Claim, ClaimKind, Period
from govinfo.prose.counting import EITHER, FEE
from govinfo.prose.filling import KNOWN, fills
from govinfo.prose.passage import MORE, OBJECTS, SETTLED, of
from govinfo.prose.tokens import COUNTED, LOOSE, Sort, Token
from govinfo.prose.vocabulary import AGGREGATE_WORDS, BY_KEY, OWN_WORDS, Measure, Role

_HEADING = 30
_LONGEST = 240  # tokens
# A government or its office by name: in a report for the whole area it may speak of itself alone.
_GOVERNMENT = re.compile(r"[市区县省州旗镇乡](?:人民)?政府(?!信息|网|门户|公报|部门|规章|信|各|公开)|办公[室厅]")
_NEXT = re.compile(r"[、,，]|[和及与]|以及")
_RESET = re.compile(r"全年|合计|总计|全市|全县|全区|全省|我[局办委厅市县区镇]|本[局办委厅机单年]")
_ASKED_SHARE = re.compile(
    r"占(?:比|总数|总量|总|的|答复|办结|申请|受理|收到|办理|公开|政府信息|信息|依申请|比例|比重|件|数|量|为|约|全部|达到|达|同期|当年|全年|处理)*+$"
)
_ANOTHER_WHOLE = re.compile(r"(?<!信息)公开(?!申请)|(?<!申请)(?<!信息公开)办结")
_PART = re.compile(r"其中|含|包括")
_EVERY = re.compile(r"均|全部|都|已")
_GOES_ON = re.compile(r"(?:进行|开展|工作|案卷|书|函|予以|的(?!申请))")
_LEVELS = ("国", "省", "市州盟", "县区旗", "镇乡")
_CAUSE = re.compile(r"因|由(?!于)|引发|引起|导致")
_RATE = re.compile(r"每[件页份]|/[件页]")


class Reader(Absence):
    """One section of prose, read for its claims."""

    def read(self) -> list[Claim]:
        """Every claim in the order of the text."""
        for first, last in self._sentences():
            self.paragraph.found += self._sentence(first, last)
        self._end_paragraph()
        return self.claims

    def _sentences(self) -> Iterator[tuple[int, int]]:
        first = 0
        for number, token in enumerate(self.tokens):
            # A sentence that does not end is broken off: reading stays linear in the text.
            if (token.sort is Sort.STOP and token.text in "。!?\n") or number - first >= _LONGEST:
                if number > first:
                    yield first, number
                first = number + (token.sort is Sort.STOP)
                if token.text == "\n":
                    self._end_paragraph()
        if first < len(self.tokens):
            yield first, len(self.tokens)

    def _sentence(self, first: int, last: int) -> list[Claim]:
        paragraph, sentence = self.paragraph, self._begin(first, last)
        words = self.text[sentence.start : sentence.stop]
        self._scope(words)
        if _RESET.search(words) or any(t.role is Role.TOPIC and t.sure for t in self.tokens[first:last]):
            paragraph.limited = False
        if paragraph.topic is None and sentence.own:
            objects = [t for t in self.tokens[first:last] if t.role in OBJECTS]
            if objects and all(t.role is Role.TOPIC for t in objects) and any(t.sure for t in objects):
                paragraph.topic = objects[0].measure
        done = first
        for number in range(first, last):
            token = self.tokens[number]
            if number < done:
                continue
            if token.sort is Sort.YEAR:
                self._year(token)
            elif token.sort is Sort.PHRASE:
                self._named(token, number, first)
            elif token.sort is Sort.NUMBER:
                sentence.number = number
                done = self._figure(number, first, last)
        self._told_twice()
        self._nothing(first, last)
        if words[:1] == "(" and len(words) < _HEADING:
            paragraph.heading = paragraph.topic if sentence.explicit else None
        return sorted(sentence.found, key=lambda claim: claim.start)

    def _scope(self, words: str) -> None:
        paragraph = self.paragraph
        if any(word in words for word in AGGREGATE_WORDS):
            paragraph.scope = ReportScope.AGGREGATE
        elif any(word in words for word in OWN_WORDS) or _GOVERNMENT.search(words):
            paragraph.scope = ReportScope.OWN_ORGAN

    def _named(self, token: Token, number: int, first: int) -> None:
        paragraph, sentence = self.paragraph, self.sentence
        if token.role in OBJECTS and token.measure is not None:
            if token.measure.key == "aside" or (token.role is Role.DOCUMENT and self._shown(number, first)):
                return
            if token.role is Role.FEE and token.measure.key == "fee.collected":
                return
            if (
                token.role is Role.TOPIC
                and not token.sure
                and paragraph.topic is not None
                and paragraph.topic.role in (Role.TRACK, Role.DOCUMENT)
            ):
                return
            # What is reconsidered is a decision on a request: a case stays a case when the request is named beside it.
            paragraph.topic, sentence.explicit = (FEE if token.role is Role.FEE else token.measure), True
            if token.role is Role.TRACK and (before := self._both(number, first)):
                paragraph.topic = before
        elif token.role is Role.RESULT and self._said_of_all(token):
            self._all(token)

    def _both(self, number: int, first: int) -> Measure | None:
        """Cases of either kind, where both are named together."""
        previous = next((t for t in reversed(self.tokens[first:number]) if t.role is Role.TRACK), None)
        if previous is None or any(t.sort is Sort.NUMBER for t in self.tokens[first:number] if t.start > previous.start):
            return None
        keys = {previous.measure.key if previous.measure else "", self.tokens[number].measure.key if self.tokens[number].measure else ""}  # type: ignore[union-attr]  # a phrase has one
        return EITHER if keys == {"reconsideration", "litigation"} else None

    def _figure(self, number: int, first: int, last: int) -> int:
        """Read the figure at that place, and those that belong to the same list; the number of the next token to look at."""
        token = self.tokens[number]
        if token.number is None:
            return number + 1
        if token.unit == "%":
            self._percent(token, number, listed=self.sentence.joined or self._goes_on(number, last))
            return number + 1
        self.sentence.joined = self._is_joined(number, first)
        before, shut = self._before(number, first)
        if self._is_change(token):
            if self.sentence.last is not None or self.paragraph.topic is not None:
                changed = self.sentence.last.measure if self.sentence.last else "requests"
                self._add(self._signed(token), changed, kind=ClaimKind.CHANGE, part_of=self.sentence.last)
            return number + 1
        if token.unit == "元":
            self._money(token, before)
            return number + 1
        if token.unit not in COUNTED and token.unit not in LOOSE and not self._bare(token):
            return number + 1
        listed = self._listed(number, before, last)
        if listed is not None:
            return listed
        self._count(token, before, self._after(number, last), shut=shut)
        return number + 1

    def _count(self, token: Token, before: list[Token], after: list[Token], *, shut: bool) -> None:
        """One count: decide which phrases say what it is."""
        topic, own = self._topic(before, after)
        sure = not shut and (token.unit in COUNTED)
        phrase = [t for t in before if t.role in SETTLED or t.role in (Role.FLOW, Role.APPLICANT, Role.ACT)]
        behind = [t for t in after if t.role in SETTLED] or ([] if phrase else [t for t in after if t.role is Role.FLOW])
        around = [*before, *after]
        if any(of(t).key == "aside" for t in before):
            self._outside(token, "aside")
            return
        if any(t.role is Role.SUBSET for t in around) or any(t.role is Role.BODY for t in before):
            aggregate = any(word in self._lead(token.start) for word in AGGREGATE_WORDS)
            if any(t.role is Role.SUBSET for t in around) or not aggregate:
                beside = any(t.role is Role.BODY for t in before) and any(t.role is Role.FLOW for t in before)
                self.paragraph.shared |= beside and self.sentence.parent is None and _PART.search(self._lead(token.start)) is None
                self._outside(token, "subset")
                return
        if topic is None or topic.role is Role.OUTSIDE:
            if topic is not None:
                self._outside(token, topic.key)
            return
        read = self._reading(topic, own, before, after, phrase, behind, token)
        if read is None:
            doubtful = topic.role in (Role.TOPIC, Role.TRACK) and not self._clean(before, token)
            self.sentence.unclear = self.sentence.unclear or (self.sentence.last is None and doubtful)
            return
        measures, applicant, certain, kept = read
        if behind and not phrase and not self._follows(token, behind[0]):
            certain = False
        gap_from = max(t.end for t in before) if kept is not None and before else None
        if gap_from is not None and not fills(self.text[gap_from : token.start]):
            certain = False
        if topic.role is not Role.TRACK and not self._fits(before, token):
            self._outside(token, "subset")
            return
        lead = self._lead(token.start)
        if self.paragraph.limited and self.sentence.last is None and re.search(r"合计|总计|全年|全市|全区|全县", lead[-20:]):
            self.paragraph.limited = False
        if self._time(lead, ClaimKind.COUNT) is not Period.YEAR and self.sentence.last is None:
            self.paragraph.limited = True
        elif self.year is not None and f"{self.year}年" in lead[-30:]:
            self.paragraph.limited = False
        other = self._other_body(before)
        if other is True:
            self._outside(token, "bodies")
            return
        certain = (
            certain and not self.paragraph.limited and not self.sentence.attributes and other is not None and self._clean(before, token)
        )
        if self._again(measures, applicant, token):
            certain = False
        certain = self._of_all(token, before, measures[0], applicant, certain=certain and sure)
        if "另" in self._clause(token) and measures[0].role is Role.OUTCOME:
            certain = False  # besides others that were counted elsewhere
        self._emit(token, measures, applicant, certain=certain)

    def _of_all(self, token: Token, before: list[Token], measure: Measure, applicant: str, *, certain: bool) -> bool:
        """Whether a count that is certain so far is of all: by what its clause names beside it, and by what the sentence counted first."""
        strange = (Role.OUTSIDE, Role.REVIEWER) if measure.role is Role.RESULT else (Role.OUTSIDE, Role.REVIEWER, Role.RESULT)
        if any(t.role in strange for t in before) or self.text[token.start - 1 : token.start] in ("由", "从") or self._wider(token):
            certain = False  # what was inspected; where it started from; a wider area than the organ's
        if measure.role in (Role.OUTCOME, Role.RESULT):
            certain = certain and not self.sentence.unclear and not self.sentence.carried
        elif not applicant:
            # What follows is of these: of all only if these are all.
            if measure.key == "concluded" or measure.role is Role.CARRY:
                certain = certain and not self.sentence.unclear
            self.sentence.unclear, self.sentence.carried = not certain, measure.key == "carried_in"
        return certain

    def _listed(self, number: int, before: list[Token], last: int) -> int | None:
        """`甲、乙分别为a、b件` and `甲、乙均为a件`: as many figures as phrases, or one for all; None where it is no list."""
        token = self.tokens[number]
        if "分别" not in self._clause(token):
            return None
        figures = [token]
        for later in self.tokens[number + 1 : last]:
            if later.sort is Sort.NUMBER:
                if later.number is None or not _NEXT.fullmatch(self.text[figures[-1].end : later.start]):
                    break
                figures.append(later)
        if len(figures) == 1 and "分别" not in self.text[max(self.sentence.start, token.start - 8) : token.start]:
            return None
        phrases = [t for t in before if t.role in (Role.OUTCOME, Role.RESULT)] or [t for t in before if t.role in (Role.TRACK, Role.CARRY)]
        unit = next((f.unit for f in figures if f.unit), "")
        topic = self.paragraph.topic
        if len(phrases) == len(figures) and topic is not None and unit in COUNTED:
            for phrase, figure in zip(phrases, figures, strict=True):
                shown = evolve(figure, unit=unit)
                if topic.role is Role.TRACK and phrase.role is Role.TRACK:
                    read = self._cases(of(phrase), [phrase], [], shown)
                elif topic.role is Role.TRACK:
                    read = self._cases(topic, [phrase], [], shown)
                else:
                    read = ((of(phrase),), "", phrase.sure and topic.role is Role.TOPIC, None) if topic.role is Role.TOPIC else None
                if read is not None:
                    self._emit(shown, read[0], read[1], certain=read[2])
        return number + len(figures) if len(figures) > 1 else number + 1

    def _percent(self, token: Token, number: int, *, listed: bool) -> None:
        lead = self._lead(token.start)
        if MORE.search(lead):
            if self.sentence.last is not None or (self.paragraph.topic is not None and self.paragraph.topic.role is Role.TOPIC):
                whole = self.sentence.last
                whole = whole.part_of if whole is not None and whole.kind is ClaimKind.CHANGE else whole
                self._add(self._signed(token), whole.measure if whole else "requests", kind=ClaimKind.GROWTH, part_of=whole)
            return
        part = self.sentence.last
        share = _ASKED_SHARE.search(lead)
        counted = next((t for t in reversed(self.tokens[self.sentence.first : number]) if t.sort is Sort.NUMBER and t.unit != "%"), None)
        if (
            share is None
            or part is None
            or part.kind is not ClaimKind.COUNT
            or counted is None
            or part.start != self.plain.places[counted.start]  # a figure that was not understood stands between
            or part.end > self.plain.places[token.start - len(lead) + share.start()] + 1
        ):
            return
        gap = lead[: share.start()]
        if re.search(r"全市|全省|全国|全区|全县", share.group()) or gap[-1:] not in "，,、(（":
            return
        # `甲5件、乙3件，占8%` may be the share of both; 占办结的, 占公开的 are shares of another whole than all.
        plainly = not listed and not _ANOTHER_WHOLE.search(share.group())
        self._add(token, part.measure, kind=ClaimKind.SHARE, part_of=part, applicant=part.applicant, certain=part.certain and plainly)

    def _is_joined(self, number: int, first: int) -> bool:
        """Whether a figure stands in a list with the figure before it."""
        earlier = next(
            (t for t in reversed(self.tokens[first:number]) if t.sort is Sort.NUMBER or (t.sort is Sort.STOP and t.text in ";:()")), None
        )
        if earlier is None or earlier.sort is Sort.STOP or earlier.unit == "%":
            return False
        return not _PART.search(self.text, earlier.end, self.tokens[number].start)

    def _goes_on(self, number: int, last: int) -> bool:
        """Whether another figure follows at once: `36%、18%`."""
        later = self.tokens[number + 1 : min(last, number + 3)]
        following = next((t for t in later if t.sort is Sort.NUMBER), None)
        return following is not None and _NEXT.fullmatch(self.text[self.tokens[number].end : following.start]) is not None

    def _follows(self, token: Token, phrase: Token) -> bool:
        """Whether a figure and the phrase behind it belong together: what stands between them changes nothing and names no cause."""
        between = self.text[token.end : phrase.start]
        if KNOWN.fullmatch(between) is None or _CAUSE.search(between) or ("内" in between and not _EVERY.search(between)):
            return False
        return not _GOES_ON.match(self.text, phrase.end, self.sentence.stop)

    def _told_twice(self) -> None:
        """A sentence that counts one outcome twice tells of parts: neither is the whole for certain."""
        told: dict[tuple[str, str], set[Any]] = {}
        for claim in self.sentence.found:
            if claim.kind is ClaimKind.COUNT and claim.readings:
                told.setdefault((claim.measure, claim.applicant), set()).add(claim.number)
        parts = {key for key, numbers in told.items() if len(numbers) > 1 and BY_KEY.get((Role.OUTCOME, key[0])) is not None}
        if parts:
            doubtful = {id(c): evolve(c, certain=False) for c in self.sentence.found if (c.measure, c.applicant) in parts}
            self.sentence.found = [doubtful.get(id(c), c) for c in self.sentence.found]

    def _wider(self, token: Token) -> bool:
        """Whether the figure is said of a wider area than the organ's own: 全市 in the report of a county."""
        said = [level for level, words in enumerate(_LEVELS) if any(f"全{word}" in self._clause(token) for word in words)]
        own = [level for level, words in enumerate(_LEVELS) if any(word in self.organ for word in words)]
        return bool(said and own) and said[-1] < own[-1]

    def _again(self, measures: Sequence[Measure], applicant: str, token: Token) -> bool:
        """Whether the sentence has counted the same requests before: then this is a part of them, or another count (`收到57件，受理54件`)."""
        key = measures[0].key
        if applicant or len(measures) > 1 or measures[0].role is not Role.FLOW:
            return False
        same = ("concluded",) if key == "concluded" else ("new", "received", "handled")
        return any(
            c.kind is ClaimKind.COUNT and c.measure in same and not c.applicant and c.readings and c.number != token.number
            for c in self.sentence.found
        )

    def _money(self, token: Token, before: list[Token]) -> None:
        words = self.text[self.sentence.start : self.sentence.stop]
        notice = any(t.role is Role.FEE and of(t).key == "fee.notices" for t in before)
        fee = self.paragraph.topic is not None and self.paragraph.topic.role is Role.FEE
        fee = fee and (self.sentence.explicit or any(t.role is Role.FEE for t in before))
        if "信息处理费" not in words and not fee and not notice:
            return
        if _RATE.search(self._clause(token)) or self.text[token.end : token.end + 2] == "/件":
            return  # the rate, not what was charged
        said = [of(t).key for t in before if t.role is Role.FEE]
        lead = self.text[max(self.sentence.start, token.start - 12) : token.start]
        if "fee.collected" in said or "收取" in lead or "实际" in lead:
            key = "fee.collected"
        elif "通知" in self._lead(token.start) and ("总金额" in lead or "总额" in lead or "应收" in lead or "通知" in lead):
            key = "fee.notified"
        else:
            key = "fee.collected"
        self._add(token, key, kind=ClaimKind.MONEY)

    def _emit(self, token: Token, measures: Sequence[Measure], applicant: str, *, certain: bool) -> None:
        sums: list[tuple[str, ...]] = [()]
        for measure in measures:
            sums = [(*made, *one) for made in sums for one in measure.sums]
        key = "+".join(measure.key for measure in measures)
        self._add(token, key, readings=tuple(sums), applicant=applicant, certain=certain)

    def _outside(self, token: Token, key: str) -> None:
        if key in ("subset", "bodies") and self.sentence.last is None:
            self.paragraph.limited = True
        self._add(token, key, certain=False, outside=True)

    def _add(
        self, token: Token, key: str, *, kind: ClaimKind = ClaimKind.COUNT, readings: tuple[tuple[str, ...], ...] = (),
        applicant: str = "", certain: bool = True, part_of: Claim | None = None, outside: bool = False,
    ) -> None:  # fmt: skip
        assert token.number is not None  # noqa: S101 -- a figure has a number
        sentence = self.sentence
        lead = self._lead(token.start)
        if sentence.parent is None and sentence.last is not None and re.search(r"其中|含|包括", lead[-40:]) and kind is ClaimKind.COUNT:
            sentence.parent = sentence.last
        period = self._time(lead, kind)
        extra: dict[str, Any] = {"bound": token.bound, "step": token.step, "period": period}
        claim = self._append(
            token.start, token.end, key, token.number, kind=kind, readings=readings if period is Period.YEAR else (), applicant=applicant,
            certain=certain, part_of=part_of or (sentence.parent if kind is ClaimKind.COUNT else None), **extra,
        )  # fmt: skip
        if kind is ClaimKind.COUNT and not outside:
            sentence.last = claim
