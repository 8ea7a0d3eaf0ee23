"""How figures are attached to what they count: a small grammar over the tokens of a sentence.

A figure belongs to the nearest known phrase of its clause, before it (`予以公开3件`) or, where the clause goes on to its end without another
figure, after it (`3件予以公开`). What stands between must be words that change nothing; where it is anything else the reading is not certain.
What the sentence speaks of (requests, cases, documents, the fee, or something that no table counts) is the last thing that it named.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from attrs import define, evolve, field

from govinfo.keys import ReportScope, Section
from govinfo.prose.claim import Claim, ClaimKind, Period
from govinfo.prose.text import Plain
from govinfo.prose.tokens import COUNTED, LOOSE, Sort, Token
from govinfo.prose.vocabulary import AGGREGATE_WORDS, BY_KEY, OWN_WORDS, Measure, Role

_FILLING = (
    r"政府信息公开|政府信息|信息公开|信息|公开申请|申请件|申请表|申请|答复|共计|合计|总计|累计|分别|共有|一共|共|总共|计|有|为|了|均|数量|总数|总量|总|数|量|约|达到|达|的|决定|情形|情况|件数|案件|案|事项|办理|处理|仅|是|已|等|各|全部|都|全年|本年度|年度"
    r"|结果|类|较|较上年|件|其中|由|于|[、:“”\"]"
)
_FILLER = re.compile(rf"(?:{_FILLING})*+")
_CAUSED = re.compile(r"引发|引起|被申请行政复议|被申请复议|被提起|因政府信息公开|因信息公开|因依申请")
_OF_ONE = re.compile(r"其中[^，。；,;]{0,8}(?:政府|局|办|委|部门|厅)")
_HEADING = 30
_LEAD = 12
_TAIL = 3  # characters that tell one body from another: 统计局, 公安局
_JOINED = re.compile(r"[和及与或]|以及|或者|及其")
_SETTLED = {Role.OUTCOME, Role.CARRY, Role.RESULT}
_OBJECTS = {Role.TOPIC, Role.TRACK, Role.DOCUMENT, Role.FEE, Role.OUTSIDE}
_MORE = re.compile(r"(?:增加|减少|增长|下降|上升|回落|降低|提高|增|减|升|降|多|少)了?$")
_ALL = re.compile(r"(?:均|全部|都|皆)(?:获|被|为|予以|得到|以|已|结果|获得|依法)*+$")
_NEXT = re.compile(r"[、,，]|[和及与]|以及")
_WHOLE = r"(?!1月(?:1日)?起?[至到—\-~]+(?:\d{4}年)?12月)"  # January to December is no part of a year
_TIMES = re.compile(
    r"(?P<part>季度|半年|(?<![今度\d]年)以来|历年|近.年|累计自|\d[-—~至到](?!12)\d{1,2}月|(?<!\d)(?:[2-9]|1[0-2])月?[至到—\-~]+\d{1,2}月"
    rf"|(?<![年至到\-—~\d]){_WHOLE}\d{{1,2}}月(?!31日)|(?<=[今本当]年){_WHOLE}\d{{1,2}}月)"
    r"|(?P<previous>(?<![较比同与])(?:上年度?|去年度?|上一年度?)(?!结转|转入|未办结|同期|度))|(?P<whole>全年|本年|今年(?!\d)|年度共|合计|总计)"
)
_AGAINST = re.compile(r"(?:较|比(?!例|重)|相比|同比|[与同](?:上年|去年|上一年|\d{4}年))[^，,。；;]*$")
_SETTLED_CASES = re.compile(r"(?<![未待尚])审结|结案|已办结|审理终结")
_BODY_NAME = re.compile(r"(?P<body>[一-鿿]{2,12}?(?:局|委|厅|院|镇|乡|街道|中心|支队|大队|部门|单位|公司|处|所|队|旗|县|区))(?:共|全年|累计|依法|本年度?|机关|上报|共计|年内|,)*$")
_OWN_NAME = re.compile(r"[我本全]|各级")
_RESET = re.compile(r"全年|合计|总计|全市|全县|全区|全省|我[局办委厅市县区镇]|本[局办委厅机单年]")
_RANGE = re.compile(r"[至到\-—~]+\d{4}年")
_COUNTING = re.compile(r"(?:共计|合计|总计|累计|共|计|为|分别|均|数量|总数|总量|总|达到|达)++")
_CARRIED_TO = re.compile(r"(?:结转|转结|转入|顺延)(?:至|到)?$")
_CARRIED_FROM = re.compile(r"(?:未办结)?(?:结转|转入|转结)(?:至本年度?)?(?:办理)?的?")
_ASKED_SHARE = re.compile(r"占(?:比|总数|总量|总|的|答复|办结|申请|受理|收到|办理|公开|政府信息|信息|依申请|比例|比重|件|数|量|为|约|全部|达到|达|同期|当年|全年|处理)*+$")


@define
class State:
    """What is known while a paragraph is read."""

    topic: Measure | None = None
    explicit: bool = False  # named in this very sentence
    period: Period = Period.YEAR
    parent: Claim | None = None
    last: Claim | None = None
    scope: ReportScope | None = None
    limited: bool = False  # what was counted first is only some of them: what follows may be too
    found: list[Claim] = field(factory=list[Claim])


class Reader:
    """One section of prose, read for its claims."""

    def __init__(self, section: Section, published: str, text: Plain, tokens: Sequence[Token], year: int | None, organ: str = "") -> None:
        self.section, self.published, self.plain, self.text, self.year = section, published, text, text.text, year
        self.organ = organ
        self.start, self.stop, self.reviewer, self.own = 0, 0, 0, False  # of the sentence that is read
        self.tokens: list[Token] = []
        for token in map(self._carried, tokens):
            if not self.tokens or token.start >= self.tokens[-1].end:
                self.tokens.append(token)
        self.claims: list[Claim] = []
        self.state = State()
        self.heading: Measure | None = None

    def _carried(self, token: Token) -> Token:
        """`2022年结转` and `结转2024年` name a year and mean what is carried: a phrase like the others."""
        if token.sort is not Sort.YEAR or token.year is None:
            return token
        if (after := _CARRIED_FROM.match(self.text, token.end)) and (self.year is None or token.year == self.year - 1):
            return Token(Sort.PHRASE, token.start, after.end(), self.text[token.start : after.end()], BY_KEY[Role.CARRY, "carried_in"])
        if _CARRIED_TO.search(self.text, max(0, token.start - 4), token.start) and (self.year is None or token.year == self.year + 1):
            return Token(Sort.PHRASE, token.start, token.end, token.text, BY_KEY[Role.CARRY, "carried_forward"])
        return token

    def read(self) -> list[Claim]:
        """Every claim in the order of the text."""
        for first, last in self._sentences():
            self._sentence(first, last)
        return self.claims

    def _sentences(self) -> Iterator[tuple[int, int]]:
        first = 0
        for number, token in enumerate(self.tokens):
            if token.sort is Sort.STOP and token.text in "。!?\n":
                if number > first:
                    yield first, number
                first = number + 1
                if token.text == "\n":
                    self.state = State(topic=self.heading)
        if first < len(self.tokens):
            yield first, len(self.tokens)

    # --- a sentence --------------------------------------------------------------------------------------------------

    def _sentence(self, first: int, last: int) -> None:
        state = self.state
        state.explicit, state.period, state.parent, state.last = False, Period.YEAR, None, None
        state.found = []
        self.start = self.tokens[first - 1].end if first else 0
        self.stop = self.tokens[last].start if last < len(self.tokens) else len(self.text)
        words = self.text[self.start : self.stop]
        reviewing = [t.start for t in self.tokens[first:last] if t.role is Role.REVIEWER]
        self.reviewer = reviewing[0] if reviewing and not _CAUSED.search(words) else len(self.text)
        self.own = "信息公开" in words or "依申请" in words
        self._scope(words)
        if _RESET.search(words) or any(t.role is Role.TOPIC and t.sure for t in self.tokens[first:last]):
            state.limited = False
        if state.topic is None and self.own:
            objects = [t for t in self.tokens[first:last] if t.role in _OBJECTS]
            if objects and all(t.role is Role.TOPIC for t in objects) and any(t.sure for t in objects):
                state.topic = objects[0].measure
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
                done = self._figure(number, first, last)
        self._nothing(first, last)
        if words[:1] == "(" and len(words) < _HEADING:
            self.heading = state.topic if state.explicit else None
        self.claims += sorted(state.found, key=lambda claim: claim.start)

    def _scope(self, words: str) -> None:
        state = self.state
        if any(word in words for word in AGGREGATE_WORDS):
            state.scope = ReportScope.AGGREGATE
        elif any(word in words for word in OWN_WORDS):
            state.scope = ReportScope.OWN_ORGAN

    def _year(self, token: Token) -> None:
        if self.text[token.start - 1 : token.start] in ("因", "对", "于", "较", "比", "与", "同"):
            return  # the year of what caused it, or what it is held against
        if _RANGE.match(self.text, token.end) or (
            token.start > self.start and self.text[token.start - 1] in "至到-—~" and self.text[max(0, token.start - 2) : token.start] != "截至"
        ):
            self.state.period = Period.OTHER
            return
        if self.year is not None and token.year is not None and token.year != self.year:
            self.state.period = Period.PREVIOUS if token.year == self.year - 1 else Period.OTHER
        else:
            self.state.period = Period.YEAR if token.whole_year else Period.OTHER

    def _named(self, token: Token, number: int, first: int) -> None:
        state = self.state
        if token.role in _OBJECTS and token.measure is not None:
            if token.measure.key == "aside" or (token.role is Role.DOCUMENT and self._shown(number, first)):
                return
            if token.role is Role.FEE and token.measure.key == "fee.collected":
                return
            if token.role is Role.TOPIC and not token.sure and state.topic is not None and state.topic.role in (Role.TRACK, Role.DOCUMENT):
                return
            # What is reconsidered is a decision on a request: a case stays a case when the request is named beside it.
            state.topic, state.explicit = (_FEE if token.role is Role.FEE else token.measure), True
            if token.role is Role.TRACK and (before := self._both(number, first)):
                state.topic = before
        elif token.role is Role.RESULT and self._said_of_all(token):
            self._all(token)

    def _shown(self, number: int, first: int) -> bool:
        """Whether a document is named as one that was published, not as one that was made."""
        for token in reversed(self.tokens[first:number]):
            if token.sort is Sort.STOP and token.text in "，,;:" or token.sort is Sort.NUMBER:
                return False
            if token.role is Role.ACT:
                return False
            if token.role is Role.OUTSIDE:
                return True
        return False

    def _both(self, number: int, first: int) -> Measure | None:
        """Cases of either kind, where both are named together."""
        previous = next((t for t in reversed(self.tokens[first:number]) if t.role is Role.TRACK), None)
        if previous is None or any(t.sort is Sort.NUMBER for t in self.tokens[first:number] if t.start > previous.start):
            return None
        keys = {previous.measure.key if previous.measure else "", self.tokens[number].measure.key if self.tokens[number].measure else ""}  # type: ignore[union-attr]  # a phrase has one
        return _EITHER if keys == {"reconsideration", "litigation"} else None

    # --- a figure ----------------------------------------------------------------------------------------------------

    def _figure(self, number: int, first: int, last: int) -> int:
        """Read the figure at that place, and those that belong to the same list; the number of the next token to look at."""
        token = self.tokens[number]
        if token.unit == "%":
            self._percent(token)
            return number + 1
        before, shut = self._before(number, first)
        if self._is_change(token):
            if self.state.last is not None or self.state.topic is not None:
                changed = self.state.last.measure if self.state.last else "requests"
                self._add(self._signed(token), changed, kind=ClaimKind.CHANGE, part_of=self.state.last)
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

    def _before(self, number: int, first: int) -> tuple[list[Token], bool]:
        """The phrases of the clause before a figure, and whether something in brackets was passed that names more."""
        found: list[Token] = []
        here, shut, depth = self.tokens[number].start, False, 0
        place = number - 1
        while place >= first:
            token = self.tokens[place]
            if token.sort is Sort.STOP:
                if token.text == ")":
                    depth += 1
                elif token.text == "(":
                    if not depth:
                        break
                    depth -= 1
                elif not depth and token.text != "、":
                    gap = self.text[token.end : here]
                    if found or not (_COUNTING.fullmatch(gap) or (token.text == ":" and _fills(gap))):
                        break
            elif depth:
                shut = shut or token.role in _SETTLED or token.sort is Sort.NUMBER
            elif token.sort is Sort.NUMBER:
                break
            elif token.sort is Sort.PHRASE and token.role is not Role.NOTHING:
                found.append(token)
            place -= 1
        return found[::-1], shut

    def _after(self, number: int, last: int) -> list[Token]:
        """The phrases of the clause after a figure; none where they may belong to another figure."""
        found: list[Token] = []
        for token in self.tokens[number + 1 : last]:
            if token.sort is Sort.STOP:
                return found
            if token.sort is Sort.NUMBER:
                return []
            if token.sort is Sort.PHRASE and token.role is not Role.NOTHING:
                found.append(token)
        return found

    def _bare(self, token: Token) -> bool:
        """A figure without a unit counts only after a phrase, or after 为, and before a sign or the end."""
        following = self.text[token.end : token.end + 1]
        return not token.unit and token.text.isdigit() and following in ("", "，", ",", ";", "、", "。", "\n", ")")

    def _is_change(self, token: Token) -> bool:
        return bool(_MORE.search(self.text[max(self.start, token.start - 6) : token.start])) and not self.text[: token.start].endswith("新增")

    def _signed(self, token: Token) -> Token:
        """A growth or a change with the sign that its word gives it."""
        said = _MORE.search(self.text[self.start : token.start])
        falls = said is not None and said.group()[0] in "减下回降少"
        return evolve(token, number=-token.number) if falls and token.number is not None else token

    def _count(self, token: Token, before: list[Token], after: list[Token], *, shut: bool) -> None:
        """One count: decide which phrases say what it is."""
        state = self.state
        topic, own = self._topic(before, after)
        sure = not shut and (token.unit in COUNTED)
        phrase = [t for t in before if t.role in _SETTLED or t.role in (Role.FLOW, Role.APPLICANT, Role.ACT)]
        behind = [t for t in after if t.role in _SETTLED] or ([] if phrase else [t for t in after if t.role in (Role.FLOW,)])
        around = [*before, *after]
        if any(_of(t).key == "aside" for t in before):
            self._outside(token, "aside")
            return
        if any(t.role is Role.SUBSET for t in around) or any(t.role is Role.BODY for t in before):
            aggregate = any(word in self.text[self.start : token.start] for word in AGGREGATE_WORDS)
            if any(t.role is Role.SUBSET for t in around) or not aggregate:
                self._outside(token, "subset")
                return
        if topic is None or topic.role is Role.OUTSIDE:
            if topic is not None:
                self._outside(token, topic.key)
            return
        read = self._reading(topic, own, before, after, phrase, behind, token)
        if read is None:
            return
        measures, applicant, certain, kept = read
        gap_from = max(t.end for t in before) if kept is not None and before else None
        if gap_from is not None and not _fills(self.text[gap_from : token.start]):
            certain = False
        if topic.role is not Role.TRACK and not self._fits(before, token):
            self._outside(token, "subset")
            return
        lead = self.text[self.start : token.start]
        if self.state.limited and self.state.last is None and re.search(r"合计|总计|全年|全市|全区|全县", lead[-20:]):
            self.state.limited = False
        if self._time(lead, ClaimKind.COUNT) is not Period.YEAR and self.state.last is None:
            self.state.limited = True
        elif self.year is not None and f"{self.year}年" in lead[-30:]:
            self.state.limited = False
        other = self._other_body(before)
        if other is True:
            self._outside(token, "bodies")
            return
        certain = certain and not self.state.limited and other is not None
        self._emit(token, measures, applicant, certain=certain and sure)

    def _other_body(self, before: list[Token]) -> bool | None:
        """Whether the clause has another body for its subject; None where that cannot be told."""
        flow = next((t for t in before if t.role in (Role.FLOW, Role.ACT)), None)
        if flow is None:
            return False
        clause = re.split(r"[，,;:。(]", self.text[self.start : flow.start])[-1]
        named = _BODY_NAME.search(clause)
        if named is None or _OWN_NAME.search(clause):
            return False
        if not self.organ:
            return None
        return not self.organ.endswith(named["body"][-_TAIL:])

    def _fits(self, before: list[Token], token: Token) -> bool:
        """Whether nothing unknown stands between the verb and what is counted."""
        flow = next((t for t in before if t.role is Role.FLOW), None)
        if flow is None:
            return True
        text, place = self.text, flow.end
        for part in before:
            if part.start >= place:
                if not _GIVEN.fullmatch(text, place, part.start) and part.role is not Role.APPLICANT:
                    return False
                place = part.end
        return _fills(text[place : token.start])

    def _topic(self, before: list[Token], after: list[Token]) -> tuple[Measure | None, bool]:
        """What is spoken of, and whether the figure's own clause names it."""
        state = self.state
        objects = [t for t in before if t.role in _OBJECTS or t.role is Role.WEAK]
        named = objects or [t for t in after if t.role in _OBJECTS or t.role is Role.WEAK]
        strong = [t for t in named if t.role is not Role.WEAK and (t.sure or t.role is not Role.TOPIC)]
        if any(t.role is Role.OUTSIDE for t in after if t.role in _OBJECTS):
            return next(t.measure for t in after if t.role is Role.OUTSIDE), True
        if strong:
            if strong[-1].role is Role.DOCUMENT and strong[0].role is Role.OUTSIDE and not any(t.role is Role.ACT for t in before):
                return strong[0].measure, True
            if len(strong) > 1 and strong[-1].role is Role.TRACK:
                return state.topic, True
            if strong[-1].role is Role.TOPIC and strong[0].role is Role.TRACK and not objects:
                return strong[0].measure, True
            return strong[-1].measure, True
        if state.topic is None and any(t.role is Role.OUTCOME and t.sure for t in (*before, *after)):
            return BY_KEY[Role.TOPIC, "requests"], False
        leaf = any(t.role is Role.OUTCOME and t.sure and "_" in _of(t).key for t in before)
        weak = leaf or any(t.role is Role.WEAK for t in named)
        if weak and (state.topic is None or state.topic.role is Role.OUTSIDE) and (
            self.own or leaf or any(t.role is Role.APPLICANT for t in before)
        ):
            return BY_KEY[Role.TOPIC, "requests"], False
        return state.topic, False

    def _reading(
        self, topic: Measure, own: bool, before: list[Token], after: list[Token], phrase: list[Token], behind: list[Token], token: Token
    ) -> tuple[tuple[Measure, ...], str, bool, Token | None] | None:
        """The measures whose sum the figure is, the applicants, whether that is certain, and the phrase that says so."""
        if topic.role is Role.TRACK:
            return self._cases(topic, before, behind, token)
        if topic.role is Role.DOCUMENT:
            act = next((t for t in reversed(phrase) if t.role is Role.ACT), None) or next((t for t in behind if t.role is Role.ACT), None)
            if act is None or act.measure is None or _OF_ONE.search(self.text, self.start, token.start):
                return None
            key = f"{topic.key}.{act.measure.key}"
            return ((Measure(key, Role.ACT, act.measure.meaning, (), sums=((f"proactive.{key}",),)),), "", act.sure and self._plainly(token), None)
        if topic.role is Role.FEE:
            return self._fee_count(before, after)
        settled = [t for t in phrase if t.role in (Role.OUTCOME, Role.CARRY)]
        later = [t for t in behind if t.role in (Role.OUTCOME, Role.CARRY)]
        people = next((t for t in reversed(phrase) if t.role is Role.APPLICANT), None)
        flows = [t for t in phrase if t.role is Role.FLOW] or [t for t in behind if t.role is Role.FLOW]
        if settled:
            group, certain = self._group(settled, token)
            conflict = bool(later) and not any(_leaf_of(t, group[-1]) for t in later)
            known = own or self.own or self.state.topic is not None
            return tuple(_of(t) for t in group), _key(people), certain and known and not conflict, group[-1]
        if later:
            return (_of(later[0]),), _key(people), later[0].sure, None
        if people is not None and not (flows and not people.sure):
            base = self.state.parent.measure if self.state.parent is not None else "received"
            flow = next((m for m in (_flow(base), _flow("received")) if m is not None))
            direct = self.state.parent is not None or bool(flows)
            return ((_of(flows[-1]) if flows else flow),), _key(people), people.sure and (direct or own), people
        if flows:
            measures = {_of(t).key: _of(t) for t in flows}
            chosen = "new" if "new" in measures else next(iter(measures))
            certain = all(t.sure for t in flows) and len(measures) == 1 and (own or self.state.explicit)
            return (measures[chosen],), "", certain, flows[-1]
        if own and before and before[0].role is Role.TOPIC and self._leads(before[0]) and token.unit != "次":
            return (BY_KEY[Role.FLOW, "received"],), "", False, None
        return None

    def _leads(self, token: Token) -> bool:
        """Whether a clause begins with that phrase, but for a time and a body."""
        clause = re.split(r"[，,;:]", self.text[self.start : token.start])[-1]
        return len(clause) <= _LEAD and not re.search(r"[向对通经的第]|征求|协助", clause)

    def _plainly(self, token: Token) -> bool:
        """Whether the documents counted are all those of the organ: not those of one body, not drafts, not revisions."""
        lead = self.text[self.start : token.start]
        return not re.search(r"修订|修改|拟|审核|审查|代|重大|市政府|县政府|区政府|办公室|其中|部门", lead)

    def _group(self, settled: list[Token], token: Token) -> tuple[list[Token], bool]:
        """The outcomes that a figure is the sum of: several only where they are joined and the last stands right before it."""
        group = [settled[-1]]
        if len(settled) > 1 and _leaf_of(settled[-1], settled[-2]) and self.text[settled[-2].end : settled[-1].start] in ("", "而", "的", "，", "、"):
            return [settled[-2]], settled[-2].sure  # `补正后仍不明确无法提供`: the reason and its group
        for earlier in reversed(settled[:-1]):
            gap = self.text[earlier.end : group[0].start]
            if earlier.role is Role.OUTCOME and _JOINED.fullmatch(gap):
                group.insert(0, earlier)
            elif gap == "、" and re.search(r"[共总]", self.text[group[-1].end : token.start]):
                group.insert(0, earlier)
            elif gap == "、":
                return group, False
            else:
                break
        return group, all(t.sure for t in group)

    def _cases(
        self, topic: Measure, before: list[Token], behind: list[Token], token: Token
    ) -> tuple[tuple[Measure, ...], str, bool, Token | None] | None:
        tracks = _tracks(topic)
        results = [t for t in before if t.role is Role.RESULT] or [t for t in behind if t.role is Role.RESULT]
        if token.start > self.reviewer or _SETTLED_CASES.search(re.split(r"[，,;:、()]", self.text[self.start : token.start])[-1]):
            return None  # the organ's own caseload as the one that reviews
        certain = self.own
        if results:
            result = results[-1]
            key = ".".join((topic.key, _of(result).key))
            cells = tuple(f"{cell}.{_of(result).key}" for track in tracks for cell in track.sums[0])
            kept = result if result.end <= token.start else None
            certain = certain and result.sure and len(tracks) == 1
            return (Measure(key, Role.RESULT, _of(result).meaning, (), sums=(cells,)),), "", certain, kept
        if any(t.role is Role.CARRY for t in (*before, *behind)):
            return None
        cells = tuple(f"{cell}.total" for track in tracks for cell in track.sums[0])
        named = [t for t in before if t.role is Role.TRACK]
        if not named and not any(t.role is Role.FLOW for t in before):
            return None
        flows = any(t.role is Role.FLOW for t in before) and not re.search(r"因|引发|引起|被|类|涉及", self.text[self.start : token.start])
        kept = named[-1] if named else None
        joined = len(tracks) == 1 or bool(re.search(r"共|均", self.text[self.start : token.start])) or token.number == 0
        return (Measure(topic.key, Role.TRACK, topic.meaning, (), sums=(cells,)),), "", certain and not flows and joined, kept

    def _fee_count(self, before: list[Token], behind: list[Token]) -> tuple[tuple[Measure, ...], str, bool, Token | None] | None:
        said = [t for t in (*before, *behind) if t.role is Role.FEE]
        unpaid = next((t for t in before if t.role is Role.OUTCOME), None)
        if unpaid is not None:
            return (_of(unpaid),), "", unpaid.sure, unpaid
        notice = any(_of(t).key == "fee.notices" for t in said)
        return (_FEE_NOTICES if notice else _FEE_CASES,), "", True, None

    # --- lists -------------------------------------------------------------------------------------------------------

    def _listed(self, number: int, before: list[Token], last: int) -> int | None:
        """`甲、乙分别为a、b件` and `甲、乙均为a件`: as many figures as phrases, or one for all; None where it is no list."""
        token = self.tokens[number]
        lead = self.text[max(self.start, token.start - 8) : token.start]
        if "分别" not in lead:
            return None
        figures = [token]
        for later in self.tokens[number + 1 : last]:
            if later.sort is Sort.NUMBER:
                if not _NEXT.fullmatch(self.text[figures[-1].end : later.start]):
                    break
                figures.append(later)
        phrases = [t for t in before if t.role in (Role.OUTCOME, Role.RESULT)] or [t for t in before if t.role in (Role.TRACK, Role.CARRY)]
        unit = next((f.unit for f in figures if f.unit), "")
        topic = self.state.topic
        if len(phrases) == len(figures) and topic is not None and unit in COUNTED:
            for phrase, figure in zip(phrases, figures, strict=True):
                shown = evolve(figure, unit=unit)
                if topic.role is Role.TRACK and phrase.role is Role.TRACK:
                    read = self._cases(_of(phrase), [phrase], [], shown)
                elif topic.role is Role.TRACK:
                    read = self._cases(topic, [phrase], [], shown)
                else:
                    read = ((_of(phrase),), "", phrase.sure and topic.role is Role.TOPIC, None) if topic.role is Role.TOPIC else None
                if read is not None:
                    self._emit(shown, read[0], read[1], certain=read[2])
        return number + len(figures) if len(figures) > 1 else number + 1

    # --- shares, growth, money ---------------------------------------------------------------------------------------

    def _percent(self, token: Token) -> None:
        lead = self.text[self.start : token.start]
        if _MORE.search(lead):
            if self.state.last is not None or (self.state.topic is not None and self.state.topic.role is Role.TOPIC):
                whole = self.state.last
                whole = whole.part_of if whole is not None and whole.kind is ClaimKind.CHANGE else whole
                self._add(self._signed(token), whole.measure if whole else "requests", kind=ClaimKind.GROWTH, part_of=whole)
            return
        part = self.state.last
        share = _ASKED_SHARE.search(lead)
        if share is None or part is None or part.kind is not ClaimKind.COUNT or part.end > self._place(self.start + share.start()) + 1:
            return
        gap = self.text[self.start : self.start + share.start()]
        if re.search(r"全市|全省|全国|全区|全县", share.group()) or gap[-1:] not in "，,、(（":
            return
        self._add(token, part.measure, kind=ClaimKind.SHARE, part_of=part, applicant=part.applicant, certain=part.certain)

    def _money(self, token: Token, before: list[Token]) -> None:
        words = self.text[self.start : self.stop]
        if "信息处理费" not in words and not (self.state.topic is not None and self.state.topic.role is Role.FEE):
            if not any(t.role is Role.FEE and _of(t).key == "fee.notices" for t in before):
                return
        said = [_of(t).key for t in before if t.role is Role.FEE]
        lead = self.text[max(self.start, token.start - 12) : token.start]
        if "fee.collected" in said or "收取" in lead or "实际" in lead:
            key = "fee.collected"
        elif "通知" in self.text[self.start : token.start] and ("总金额" in lead or "总额" in lead or "应收" in lead or "通知" in lead):
            key = "fee.notified"
        else:
            key = "fee.collected"
        self._add(token, key, kind=ClaimKind.MONEY)

    # --- nothing and all ---------------------------------------------------------------------------------------------

    def _nothing(self, first: int, last: int) -> None:
        """`未收到…申请`, `无行政复议、行政诉讼`: words that stand for zero, where the whole clause is of words that are known."""
        words = self.text[self.start : self.stop]
        for found in _NEGATED.finditer(words):
            start = self.start + found.start()
            lead = re.split(r"[，,;:。(]", self.text[self.start : start])[-1]
            if _LIMITED.search(lead) or self._period_at(start, first, last) is not Period.YEAR:
                continue
            predicate = re.split(r"[，,;:。)\n]", self.text[start + len(found.group()) : self.stop], maxsplit=1)[0]
            measure = self._absent(found.group(), predicate)
            if measure is not None:
                self._emit_words(start, start + len(found.group()), measure)

    def _absent(self, negated: str, predicate: str) -> Measure | None:
        if "信息处理费" in predicate and _NO_FEE.fullmatch(predicate):
            return _COLLECTED
        if _NO_CARRY.fullmatch(predicate):
            return BY_KEY[Role.CARRY, "carried_in" if re.search(r"上年|上一年|去年", predicate) else "carried_forward"]
        disputes = "复议" in predicate or "诉讼" in predicate
        if disputes and _NO_CASES.fullmatch(predicate):
            tracks = [m for m in (_RECONSIDERATION, _LITIGATION) if m.phrases[1] in predicate]
            corrected = re.search(r"败诉|纠错|纠正", predicate)
            ending = str(BY_KEY[Role.RESULT, "corrected"].key) if corrected else "total"
            key = "+".join(f"{m.key}.{ending}" if corrected else m.key for m in tracks)
            return Measure(key, Role.TRACK, tracks[0].meaning, (), sums=(tuple(f"{c}.{ending}" for m in tracks for c in m.sums[0]),)) if tracks else None
        asked = "申请" in predicate
        if asked and not disputes and _NO_REQUESTS.fullmatch(predicate):
            return BY_KEY[Role.FLOW, "new"]
        return None

    def _period_at(self, place: int, first: int, last: int) -> Period:
        """The period that the last year named before that place sets."""
        self.state.period = Period.YEAR
        for token in self.tokens[first:last]:
            if token.sort is Sort.YEAR and token.end <= place:
                self._year(token)
        return self.state.period

    def _said_of_all(self, token: Token) -> bool:
        clause = re.split(r"[，,;。、]", self.text[self.start : token.start])[-1]
        return bool(_ALL.search(clause)) and _of(token).key == "upheld"

    def _all(self, token: Token) -> None:
        """`均获维持`: every other result of the cases that the sentence has counted is nothing."""
        counted = [c for c in self.state.found if c.kind is ClaimKind.COUNT and c.readings and c.readings[0][0].startswith("disputes.")]
        totals = [c for c in counted if all(cell.endswith(".total") for cell in c.readings[0])]
        if not totals or len(totals) != len(counted):
            return
        cells = tuple(f"{cell.removesuffix('total')}{rest}" for c in totals for cell in c.readings[0] for rest in ("corrected", "other_result", "pending"))
        start = token.start - len(_ALL.search(self.text[self.start : token.start])[0])  # type: ignore[index]  # it was found before
        self._append(start, token.end, "all_upheld", 0, kind=ClaimKind.ALL, readings=(cells,), certain=all(c.certain for c in totals))

    # --- making claims -----------------------------------------------------------------------------------------------

    def _emit(self, token: Token, measures: Sequence[Measure], applicant: str, *, certain: bool) -> None:
        sums: list[tuple[str, ...]] = [()]
        for measure in measures:
            sums = [(*made, *one) for made in sums for one in measure.sums]
        key = "+".join(measure.key for measure in measures)
        self._add(token, key, readings=tuple(sums), applicant=applicant, certain=certain)

    def _outside(self, token: Token, key: str) -> None:
        if key in ("subset", "bodies") and self.state.last is None:
            self.state.limited = True
        self._add(token, key, certain=False, outside=True)

    def _emit_words(self, start: int, end: int, measure: Measure) -> None:
        self._append(start, end, measure.key, 0, kind=ClaimKind.NONE, readings=measure.sums, certain=self.own or measure.role is not Role.TRACK)

    def _add(
        self, token: Token, key: str, *, kind: ClaimKind = ClaimKind.COUNT, readings: tuple[tuple[str, ...], ...] = (),
        applicant: str = "", certain: bool = True, part_of: Claim | None = None, outside: bool = False,
    ) -> None:  # fmt: skip
        assert token.number is not None  # noqa: S101 -- a figure has a number
        state = self.state
        lead = self.text[self.start : token.start]
        if state.parent is None and state.last is not None and re.search(r"其中|含|包括", lead[-40:]) and kind is ClaimKind.COUNT:
            state.parent = state.last
        period = self._time(lead, kind)
        extra: dict[str, Any] = {"bound": token.bound, "step": token.step, "period": period}
        claim = self._append(
            token.start, token.end, key, token.number, kind=kind, readings=readings if period is Period.YEAR else (), applicant=applicant,
            certain=certain, part_of=part_of or (state.parent if kind is ClaimKind.COUNT else None), **extra,
        )  # fmt: skip
        if kind is ClaimKind.COUNT and not outside:
            state.last = claim

    def _time(self, lead: str, kind: ClaimKind) -> Period:
        """Which time a figure counts, by the last word for it before the figure."""
        if kind is ClaimKind.COUNT and _AGAINST.search(lead):
            return Period.PREVIOUS
        period = self.state.period
        for found in _TIMES.finditer(lead):
            if found["part"]:
                period = Period.OTHER
            elif found["previous"]:
                period = Period.PREVIOUS
            else:
                period = self.state.period
        return period

    def _append(self, start: int, end: int, key: str, number: Any, *, kind: ClaimKind, **said: Any) -> Claim:
        begin, stop = self.plain.span(start, end)
        first, last = self.plain.span(self.start, self.stop)
        claim = Claim(
            section=self.section, start=begin, end=stop, kind=kind, measure=key, number=number, scope=self.state.scope,
            sentence=self.published[first:last], sentence_start=first, **said,
        )  # fmt: skip
        self.state.found.append(claim)
        return claim

    def _place(self, place: int) -> int:
        return self.plain.places[place]


def _fills(text: str) -> bool:
    return _FILLER.fullmatch(text) is not None


def _of(token: Token) -> Measure:
    assert token.measure is not None  # noqa: S101 -- a phrase has one
    return token.measure


def _key(token: Token | None) -> str:
    return str(_of(token).key) if token is not None else ""


def _flow(key: str) -> Measure | None:
    return BY_KEY.get((Role.FLOW, key)) or BY_KEY.get((Role.OUTCOME, key))


def _leaf_of(group: Token, leaf: Token) -> bool:
    return _of(leaf).key.startswith(_of(group).key) or _of(group).key == _of(leaf).key


def _tracks(topic: Measure) -> tuple[Measure, ...]:
    return (_RECONSIDERATION, _LITIGATION) if topic is _EITHER else (topic,)


_RECONSIDERATION, _LITIGATION = BY_KEY[Role.TRACK, "reconsideration"], BY_KEY[Role.TRACK, "litigation"]
_EITHER = evolve(_RECONSIDERATION, key="reconsideration+litigation", sums=(_RECONSIDERATION.sums[0] + _LITIGATION.sums[0],))
_COLLECTED = BY_KEY[Role.FEE, "fee.collected"]
_FEE = BY_KEY[Role.FEE, "fee"]
_FEE_NOTICES = BY_KEY[Role.FEE, "fee.notices"]
_FEE_CASES = evolve(_COLLECTED, key="fee.cases")
_GIVEN = re.compile(
    rf"(?:{_FILLING}|公民、法人(?:和|或|或者|及|与)其他组织|公民、法人|公民|法人|自然人|其他组织|申请人|市民|群众|社会公众|公众|各类|提出|提交|依法|所有|我局|本机关|社会|各界|书面|群体|或者|或|和|并|向)*+"
)
_NEGATED = re.compile(r"(?:未收到|未接到|没有收到|未接收|未受理|未收取|未产生|未发生|未出现|未发出|未征收|未有|没有|无(?!法|正当|障|关|偿|线|需|人|效|缝|处|证|纸|条|论|须|不|锡|为|疑|数|任何收费))|未收|未接(?=到)")
_LIMITED = re.compile(r"网络|网上|线上|线下|信函|当面|现场|邮|传真|窗口|渠道|季度|半年|月份|企业|个人|科室|(?<![我本])(?:乡镇|街道)|部门|单位(?<!本单位)(?<!我单位)|其他")
_NO_REQUESTS = re.compile(
    r"(?:要求|获取|收到|接到|受理|和|及|或者|或|办理|处理|任何|公民|法人|其他组织|自然人|组织|、|的|提出|提交|政府信息公开|政府信息|信息公开|依申请公开|依申请|公开|申请|事项|情况|件|信息|案件|业务|需要|相关|有关|方面|书|向本机关|向我局|等)++"
)
_NO_CASES = re.compile(
    r"(?:因|由|于|政府|信息|公开|工作|引发|引起|产生|导致|的|申请|被|提起|行政|复议|诉讼|、|和|及|或者|或|与|以及|有关|相关|任何|等|类|方面|依申请|依|收到|发生|出现|情况|案件|案|事项|行为|问题|事件|情形|而|针对|关于|涉及|也|纠错|纠正|败诉|一起|1起|件)++"
)
_NO_CARRY = re.compile(r"(?:上年度?|上一年度?|去年)?(?:政府信息公开申请|申请|依申请公开)?(?:结转至?到?|转入)(?:下一?年度?|本年度?)?(?:继续)?(?:办理)?(?:的)?(?:政府)?(?:信息公开)?(?:申请|依申请公开|件|事项|情况)*+")
_NO_FEE = re.compile(r"(?:收取|发出|产生|征收|任何|政府|信息|公开|依申请|处理费|的|情况|费用|收费|通知|缴费|相关|有关|、|和|及|事项|标准)++")
