"""A sentence as it is being read: its tokens, its clauses, and what may be known of a figure from what stands around it."""

import re
from collections.abc import Sequence
from typing import Any

from attrs import define, evolve, field

from govinfo.keys import ReportScope, Section
from govinfo.prose.claim import Claim, ClaimKind, Period
from govinfo.prose.filling import GIVEN, KNOWN, fills
from govinfo.prose.text import Plain
from govinfo.prose.tokens import Sort, Token
from govinfo.prose.vocabulary import BY_KEY, Measure, Role

SETTLED = {Role.OUTCOME, Role.CARRY, Role.RESULT}
OBJECTS = {Role.TOPIC, Role.TRACK, Role.DOCUMENT, Role.FEE, Role.OUTSIDE}
LOOK = 400  # characters that are looked back over: reading stays linear in the text
MORE = re.compile(r"(?:增加|减少|增长|下降|上升|回落|降低|提高|降幅|增幅|涨幅|增|减|升|降|多|少)了?$")
_COUNTING = re.compile(r"(?:共计|合计|总计|累计|共|计|为|分别|均|数量|总数|总量|总|达到|达)++")
_BODY_NAME = re.compile(
    r"(?P<body>[一-鿿]{2,12}?(?:局|委|厅|院|镇|乡|街道|中心|支队|大队|部门|单位|公司|处|所|队|旗|县|区))(?:共|全年|累计|依法|本年度?|机关|上报|共计|年内|,)*$"
)
_OWN_NAME = re.compile(r"[我本全]|各级")
_LEAD = 12
_TAIL = 3  # characters that tell one body from another: 统计局, 公安局
_RANGE = re.compile(r"[至到\-—~]+\d{4}年")
_AND_YEAR = re.compile(r"\d{4}年度?(?:[、和及与]|以及)$")
_OF_YEAR = re.compile(r"年?度?")  # of the year before the name, not of the name
_CARRIED_TO = re.compile(r"(?:结转|转结|转入|顺延)(?:至|到)?$")
_CARRIED_FROM = re.compile(r"(?:未办结)?(?:结转|转入|转结)(?:至本年度?)?(?:办理)?的?")

_CAUSED = re.compile(r"引发|引起|被申请行政复议|被申请复议|被提起|因政府信息公开|因信息公开|因依申请")
_WHOLE = r"(?!1月(?:1日)?起?[至到—\-~]+(?:\d{4}年)?12月)"  # January to December is no part of a year
_TIMES = re.compile(
    r"(?P<part>季度|半年|(?<![今度\d]年)以来|历年|近.?年|[几数两三四五六七八九十]年[来间]|(?:上线|实施|施行|开通|成立|运行|启用|修订)(?:之?后|至今)|累计自|\d[-—~至到](?!12)\d{1,2}月|(?<!\d)(?:[2-9]|1[0-2])月?[至到—\-~]+\d{1,2}月"
    rf"|(?<![年至到\-—~\d]){_WHOLE}\d{{1,2}}月(?!31日)|(?<=[今本当]年){_WHOLE}\d{{1,2}}月|截[至止](?!12月)\d{{1,2}}月)"
    r"|(?P<previous>(?<![较比同与])(?:上年度?|去年度?|上一年度?)(?!结转|转入|未办结|同期(?:相比|增|减|上升|下降)|度))|(?P<now>本年|今年(?!\d))|(?P<whole>全年|年度共|合计|总计)"
)
_TIME_WORDS = (
    "季度",
    "半年",
    "以来",
    "历年",
    "近",
    "累计自",
    "后",
    "至今",
    "年来",
    "年间",
    "月",
    "上年",
    "去年",
    "上一年",
    "全年",
    "本年",
    "今年",
    "合计",
    "总计",
    "年度共",
)
_AGAINST = re.compile(r"(?:较|比(?!例|重)|相比|同比|[与同](?:上年|去年|上一年|\d{4}年))[^，,。；;]*$")
_PAUSE = re.compile(r"[，,;:。()]")


@define
class Paragraph:
    """What a paragraph has said so far."""

    topic: Measure | None = None
    heading: Measure | None = None  # what the last heading named: where the next paragraphs begin
    scope: ReportScope | None = None
    limited: bool = False  # what was counted first is only some of them: what follows may be too
    shared: bool = False  # it counts those of other bodies beside the others, not as part of them
    found: list[Claim] = field(factory=list[Claim])  # of the sentences that have ended


@define
class Sentence:
    """The sentence that is read now, and what it has said so far."""

    first: int = 0  # its first token
    start: int = 0  # where it stands in the text
    stop: int = 0
    own: bool = False  # it names the disclosure of information itself
    attributes: bool = False  # it tells how documents are classed
    reviewer: int = 0  # from here on it speaks of the organ as the one that reviews
    number: int = 0  # the token of the figure that is read
    joined: bool = False  # that figure stands in a list
    explicit: bool = False  # it names the topic itself
    period: Period = Period.YEAR
    parent: Claim | None = None  # what was counted before 其中
    last: Claim | None = None
    unclear: bool = False  # what it counts first is not known to be all
    carried: bool = False  # what it counts first is of the year before
    found: list[Claim] = field(factory=list[Claim])


class Passage:
    """The section that is read, the paragraph and sentence that are read now, and looks around a figure."""

    section: Section
    published: str
    plain: Plain
    text: str
    year: int | None
    organ: str
    tokens: list[Token]
    claims: list[Claim]
    paragraph: Paragraph
    sentence: Sentence

    def __init__(self, section: Section, published: str, text: Plain, tokens: Sequence[Token], year: int | None, organ: str = "") -> None:
        self.section, self.published, self.plain, self.text, self.year = section, published, text, text.text, year
        if year is None:
            # Of several years that are named the last is the report's own, or is still to come: then nothing is compared.
            self.year = max((token.year for token in tokens if token.year is not None), default=None)
        self.organ = organ
        self.tokens = []
        for token in map(self._carried, tokens):
            if not self.tokens or token.start >= self.tokens[-1].end:
                self.tokens.append(token)
        self.claims = []
        self.paragraph = Paragraph()
        self.sentence = Sentence()

    def _begin(self, first: int, last: int) -> Sentence:
        """Turn to the sentence of the tokens from the first up to the last."""
        start = self.tokens[first - 1].end if first else 0
        stop = self.tokens[last].start if last < len(self.tokens) else len(self.text)
        words, tokens = self.text[start:stop], self.tokens[first:last]
        reviewing = [token.start for token in tokens if token.role is Role.REVIEWER]
        self.sentence = Sentence(
            first,
            start,
            stop,
            own="信息公开" in words or "依申请" in words,
            attributes=any(token.measure is not None and token.measure.key == "attributes" for token in tokens),
            reviewer=reviewing[0] if reviewing and not _CAUSED.search(words) else len(self.text),
        )
        return self.sentence

    def _end_paragraph(self) -> None:
        """Keep what the paragraph has said, and turn to the next."""
        shared = self.paragraph.shared  # `我办收到21件；县直部门收到36件`: nobody but the tables know which of them they count
        self.claims += (
            evolve(claim, certain=False) if shared and claim.scope is not ReportScope.AGGREGATE else claim for claim in self.paragraph.found
        )
        self.paragraph = Paragraph(topic=self.paragraph.heading, heading=self.paragraph.heading)

    def _carried(self, token: Token) -> Token:
        """`2022年结转` and `结转2024年` name a year and mean what is carried: a phrase like the others."""
        if token.sort is not Sort.YEAR or token.year is None:
            return token
        if (after := _CARRIED_FROM.match(self.text, token.end)) and (self.year is None or token.year == self.year - 1):
            return Token(Sort.PHRASE, token.start, after.end(), self.text[token.start : after.end()], BY_KEY[Role.CARRY, "carried_in"])
        if _CARRIED_TO.search(self.text, max(0, token.start - 4), token.start) and (self.year is None or token.year == self.year + 1):
            return Token(Sort.PHRASE, token.start, token.end, token.text, BY_KEY[Role.CARRY, "carried_forward"])
        return token

    def _year(self, token: Token) -> None:
        if self.text[token.start - 1 : token.start] in ("因", "对", "于", "较", "比", "与", "同"):
            return  # the year of what caused it, or what it is held against
        if _RANGE.match(self.text, token.end) or (
            token.start > self.sentence.start
            and self.text[token.start - 1] in "至到-—~"
            and self.text[max(0, token.start - 2) : token.start] != "截至"
        ):
            self.sentence.period = Period.OTHER
            return
        if _AND_YEAR.search(self.text, max(self.sentence.start, token.start - 8), token.start):
            self.sentence.period = Period.OTHER  # `2022年、2023年分别收到`: which figure is whose is not told
            return
        if self.year is not None and token.year is not None and token.year != self.year:
            self.sentence.period = Period.PREVIOUS if token.year == self.year - 1 else Period.OTHER
        else:
            self.sentence.period = Period.YEAR if token.whole_year else Period.OTHER

    def _time(self, lead: str, kind: ClaimKind) -> Period:
        """Which time a figure counts, by the last word for it before the figure."""
        if kind is ClaimKind.COUNT and _AGAINST.search(lead):
            return Period.PREVIOUS
        period = self.sentence.period
        if not any(word in lead for word in _TIME_WORDS):
            return period
        end = 0
        for found in _TIMES.finditer(lead):
            if found["part"]:
                period = Period.OTHER
            elif found["previous"]:
                period = Period.PREVIOUS
            elif found["now"] or _PAUSE.search(lead, end, found.start()):
                period = self.sentence.period  # `去年全年` is last year: only what names this one, or a new clause, ends it
            end = found.end()
        return period

    def _append(self, start: int, end: int, key: str, number: Any, *, kind: ClaimKind, **said: Any) -> Claim:
        begin, stop = self.plain.span(start, end)
        first, last = self.plain.span(self.sentence.start, self.sentence.stop)
        claim = Claim(
            section=self.section, start=begin, end=stop, kind=kind, measure=key, number=number, scope=self.paragraph.scope,
            sentence=self.published[first:last], sentence_start=first, **said,
        )  # fmt: skip
        self.sentence.found.append(claim)
        return claim

    def _lead(self, place: int) -> str:
        """The text of the sentence before that place, as far back as it can matter."""
        return self.text[max(self.sentence.start, place - LOOK) : place]

    def _clause(self, token: Token) -> str:
        """The text of the clause before a figure."""
        return re.split(r"[，,;:。(]", self._lead(token.start))[-1]

    def _clean(self, before: list[Token], token: Token) -> bool:
        """Whether the clause up to the figure is of known words only."""
        place = token.start - len(self._clause(token))
        numbers = (
            [t.end for t in self.tokens[self.sentence.first : self.sentence.number] if t.sort is Sort.NUMBER and place <= t.start]
            if before
            else []
        )
        place = max([place, *numbers])
        for part in before:
            if part.start >= place:
                if not KNOWN.fullmatch(self._without_organ(self.text[place : part.start])):
                    return False
                place = part.end
        return KNOWN.fullmatch(self._without_organ(self.text[place : token.start])) is not None

    def _without_organ(self, text: str) -> str:
        """A text without the organ's own name, which may be written without the place above it."""
        named = _BODY_NAME.search(text)
        if named and self.organ and self.organ.endswith(named["body"][-_TAIL:]):
            start = named.start() + len(_OF_YEAR.match(named["body"])[0])  # type: ignore[index]  # it matches nothing too
            return text[:start] + text[named.end("body") :]
        return text

    def _other_body(self, before: list[Token]) -> bool | None:
        """Whether the clause has another body for its subject; None where that cannot be told."""
        flow = next((t for t in before if t.role in (Role.FLOW, Role.ACT)), None)
        if flow is None:
            return False
        clause = re.split(r"[，,;:。(]", self._lead(flow.start))[-1]
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
                if not GIVEN.fullmatch(text, place, part.start) and part.role is not Role.APPLICANT:
                    return False
                place = part.end
        return fills(text[place : token.start])

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
                    if found or not (_COUNTING.fullmatch(gap) or (token.text == ":" and fills(gap))):
                        break
            elif depth:
                shut = shut or token.role in SETTLED or token.sort is Sort.NUMBER
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
        return bool(MORE.search(self.text[max(self.sentence.start, token.start - 6) : token.start])) and not self.text[
            : token.start
        ].endswith("新增")

    def _signed(self, token: Token) -> Token:
        """A growth or a change with the sign that its word gives it."""
        said = MORE.search(self._lead(token.start))
        falls = said is not None and said.group()[0] in "减下回降少"
        return evolve(token, number=-token.number) if falls and token.number is not None else token

    def _leads(self, token: Token) -> bool:
        """Whether a clause begins with that phrase, but for a time and a body."""
        clause = re.split(r"[，,;:]", self._lead(token.start))[-1]
        return len(clause) <= _LEAD and not re.search(r"[向对通经的第]|征求|协助", clause)

    def _plainly(self, token: Token) -> bool:
        """Whether the documents counted are all those of the organ: not those of one body, not drafts, not revisions."""
        lead = self._lead(token.start)
        return not re.search(r"修订|修改|拟|审核|审查|代|重大|市政府|县政府|区政府|办公室|其中|部门", lead)

    def _shown(self, number: int, first: int) -> bool:
        """Whether a document is named as one that was published, not as one that was made."""
        for token in reversed(self.tokens[first:number]):
            if (token.sort is Sort.STOP and token.text in "，,;:") or token.sort is Sort.NUMBER:
                return False
            if token.role is Role.ACT:
                return False
            if token.role is Role.OUTSIDE:
                return True
        return False


def of(token: Token) -> Measure:
    """The measure of a phrase."""
    assert token.measure is not None  # noqa: S101 -- a phrase has one
    return token.measure
