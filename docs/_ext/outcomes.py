"""The outcomes of a request with the articles that they rest on, from the forms. An article without its gist fails the build."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from govinfo.form import Form, Line
from govinfo.keys import Outcome, OutcomeGroup

# 政府信息公开条例 (2019), in our words: what each article says of the outcomes that name it.
ARTICLES = {
    10: (
        "公开的主体：谁制作谁公开，谁保存谁公开",
        "who discloses: the organ that made the information, or that keeps it",
    ),
    14: (
        "国家秘密、法律法规禁止公开、危及安全稳定的，不予公开",
        "not disclosed: state secrets, what a law forbids, what endangers security or stability",
    ),
    15: (
        "公开会损害第三方权益的，不得公开，另有同意或重大公共利益的除外",
        "not disclosed where a third party is harmed, unless it consents or the public interest is great",
    ),
    16: (
        "内部事务信息、过程性信息、行政执法案卷信息，可以不予公开",
        "may be withheld: internal affairs, process information, enforcement files",
    ),
    29: (
        "申请应当写明的内容",
        "what a request must contain",
    ),
    30: (
        "申请内容不明确的，一次性告知补正；逾期不补正的，视为放弃",
        "an unclear request is sent back once to be corrected; one not corrected in time is given up",
    ),
    32: (
        "征求第三方意见",
        "a third party is asked",
    ),
    35: (
        "申请数量、频次明显过多的，可要求说明理由；理由不合理的不予处理",
        "too many or too frequent: reasons are asked for; without good ones it is not processed",
    ),
    36: (
        "答复的类型：告知、提供、不予公开、不存在、不属本机关、重复、另有规定",
        "the kinds of reply: where it is, the thing itself, refusal, none such, another organ's, duplicate, special law",
    ),
    37: (
        "能区分的，公开可公开的部分",
        "what can be separated is disclosed in part",
    ),
    38: (
        "只提供已有的信息，不负责加工、分析",
        "only what exists is provided; nothing need be processed or analysed for it",
    ),
    39: (
        "信访举报投诉不按申请处理；公开出版物可告知获取途径",
        "petitions and complaints are no requests; of publications one is told where to get them",
    ),
    42: (
        "不收费；数量、频次明显过多的可收信息处理费",
        "free of charge, except for a fee where number or frequency is clearly excessive",
    ),
}

_GROUPS = {
    OutcomeGroup.GRANTED: ("（一）予以公开", "The applicant gets it"),
    OutcomeGroup.PARTIAL: ("（二）部分公开", "The applicant gets part of it"),
    OutcomeGroup.DENIED: ("（三）不予公开", "It exists, and is withheld"),
    OutcomeGroup.UNAVAILABLE: ("（四）无法提供", "There is nothing to give"),
    OutcomeGroup.UNPROCESSED: ("（五）不予处理", "It is no request to be answered as one"),
    OutcomeGroup.OTHER: ("（六）其他处理", "The procedure ended otherwise"),
}
_ARTICLE = re.compile(r"(\d+)(?:\(\d+\))?(?: ¶\d)?")


def printed(outcome: Outcome, forms: Sequence[Form]) -> dict[str, Line]:
    """The line that prints the outcome, by form id. `LookupError` where no form does."""
    found = {form.id: form.requests.row(outcome) for form in forms if outcome in {row.key for row in form.requests.rows}}
    if not found:
        raise LookupError(f"no form prints {outcome}")
    return found


def articles(line: Line) -> list[int]:
    """The numbers of the articles of 政府信息公开条例 that its basis names."""
    parts = [part.strip() for part in re.split("[,;]", line.basis)]
    return [int(match[1]) for part in parts if (match := _ARTICLE.fullmatch(part))]


def outcomes(forms: Sequence[Form]) -> Iterator[str]:
    """Every outcome under its heading, with its label, basis and forms; then the articles that they name."""
    named: set[int] = set()
    for group, members in groupby(Outcome, key=lambda outcome: outcome.group):
        label, meaning = _GROUPS[group]
        yield f"## {label}"
        yield ""
        yield f"{meaning}. `OutcomeGroup.{group.name}`"
        yield ""
        yield "| outcome | printed | articles | forms |"
        yield "| --- | --- | --- | --- |"
        notes: list[str] = []
        for outcome in members:
            lines = printed(outcome, forms)
            line = list(lines.values())[-1]
            named.update(articles(line))
            yield f"| `{outcome.name}`<br>{line.english} | {line.label} | {line.basis} | {'<br>'.join(f'`{form}`' for form in lines)} |"
            notes += [f"- {line.label}: {note.zh} {note.en} *({note.evidence})*" for note in line.notes]
        yield ""
        yield from notes
        yield ""
    yield "## The articles"
    yield ""
    yield "| article | says of outcomes | 内容 |"
    yield "| --- | --- | --- |"
    for number in sorted(named):
        zh, en = ARTICLES[number]
        yield f"| {number} | {en} | {zh} |"
