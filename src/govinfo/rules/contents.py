"""What the prose has to speak of, and of which year: rules S506-S508, S511, N412."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from govinfo.findings import Extent, Finding, Rule, Severity, Verdict, Words
from govinfo.fold import fold
from govinfo.keys import OrganKind
from govinfo.prose import plain_text
from govinfo.report import Report
from govinfo.rules.organ import is_subdistrict
from govinfo.rules.structure import softened
from govinfo.rules.subject import Subject
from govinfo.rules.wording import explained, not_applicable, undecided

_BOTH = ("cn-2019", "cn-2021")
_TOPICS: Mapping[str, tuple[Words, re.Pattern[str]]] = {
    "proactive": (Words("主动公开", "proactive disclosure"), re.compile(r"主动公开|主动.{0,6}公开|公开.{0,8}信息|发布.{0,8}信息")),
    "requests": (Words("依申请公开", "disclosure on request"), re.compile(r"申请")),
    "management": (
        Words("政府信息管理", "management of information"),
        re.compile(r"信息.{0,6}管理|管理.{0,6}信息|保密|审查|审核|目录|动态调整|规范性文件"),
    ),
    "platforms": (Words("政府信息公开平台建设", "platforms"), re.compile(r"平台|网站|专栏|栏目|公众号|新媒体|公报")),
    "oversight": (Words("监督保障", "oversight"), re.compile(r"监督|保障|考核|评议|追究|培训|领导|督查|检查")),
}
_EXTRAS: Mapping[str, tuple[Words, re.Pattern[str]]] = {
    "assessment": (Words("工作考核", "assessment"), re.compile(r"考核|考评|绩效")),
    "evaluation": (Words("社会评议", "evaluation by the public"), re.compile(r"评议|评价|测评|满意度|第三方评估")),
    "accountability": (Words("责任追究结果", "accountability"), re.compile(r"追究|追责|问责")),
}
_NUMERALS = "一二三四五六七八九十"
_ORDINAL = re.compile(rf"(?m)^[(]([{_NUMERALS}])[)]")  # of the text as it is matched: narrow, and without white space
_PROBLEMS = re.compile(r"问题|不足|短板|薄弱|有待|差距|欠缺|不够|困难|不高|不强|滞后|仍需|还需")
_IMPROVEMENTS = re.compile(r"改进|下一步|加强|提升|完善|措施|今后|强化|优化|整改|健全|提高")
_NOTHING = re.compile(r"[无没有。.、;存在问题的主要]*")
_PERIOD = re.compile(
    r"(?P<y1>\d{4})年(?:度)?(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日?(?:起)?[至到\-—~－]+(?:(?P<y2>\d{4})年)?(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日?"
)
_STATED = re.compile(r"统计|期限|时限|数据|周期")
# A year that a sentence begins with, and after which its subject or a comma comes: not the year of a law or of an event.
_LEAD = re.compile(r"(?:^|[。\n!?;)])(?:在)?(?P<year>\d{4})年(?:度)?(?=[，,我本全各市区县省在按围认坚])")
_WHOLE_YEAR = (1, 1, 12, 31)


def _texts(report: Report) -> str:
    return "\n".join(text for text in (report.overview, report.problems, report.other_matters) if text)


def _found(rule: Rule[Subject], subject: Subject, verdict: Verdict, *facts: object, line: str = "") -> Finding:
    year = subject.report.year
    severity = rule.severity
    if rule.code == "S506" and subject.form.id == "cn-2019":
        severity = Severity.INFO
    severity = softened(severity, year) if rule.code.startswith("S") else severity
    return Finding(rule, verdict, severity, line=line, facts=facts, report=subject.report)


def _named(missing: list[Words]) -> Words:
    return Words("、".join(f"“{w.zh}”" for w in missing), ", ".join(w.en for w in missing))


def _topics(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """S506: five topics, and ordinals without a gap."""
    report = subject.report
    if not rule.applies_to(subject.form.id):
        yield not_applicable(rule, report, _OTHER)
        return
    if report.overview is None:
        yield undecided(rule, report, _NO_OVERVIEW)
        return
    text = plain_text(report.overview)
    missing = [words for words, pattern in _TOPICS.values() if not pattern.search(text)]
    lacking = Words("第一部分没有写", "section 1 does not speak of: ")
    yield _found(
        rule, subject, Verdict.BROKEN if missing else Verdict.HOLDS, Words(lacking.zh + _named(missing).zh, lacking.en + _named(missing).en), line="topics"
    )  # fmt: skip
    ordinals = [_NUMERALS.index(mark) + 1 for mark in _ORDINAL.findall(text)]
    # A second list within a topic starts again at one: only what goes on is held against what came before.
    gaps = [(a, b) for a, b in pairwise(ordinals) if b > a + 1] if ordinals[:1] == [1] else []
    if ordinals:
        said = "、".join(f"（{_NUMERALS[a - 1]}）之后是（{_NUMERALS[b - 1]}）" for a, b in gaps)
        english = ", ".join(f"({a}) is followed by ({b})" for a, b in gaps)
        yield _found(
            rule,
            subject,
            Verdict.BROKEN if gaps else Verdict.HOLDS,
            Words(f"第一部分小标题{said}", f"in section 1, {english}"),
            line="ordinals",
        )


def _extras(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """S507: what governments (各级人民政府) have to report beyond departments, and beyond the offices of a subdistrict."""
    report, kind = subject.report, subject.organ.kind
    text = plain_text(_texts(report))
    if kind is None:
        yield not_applicable(rule, report, Words("不知道是哪一类机关", "what kind of body it is is not known"))
    elif kind not in (OrganKind.LOCAL_GOVERNMENT, OrganKind.TOWNSHIP) or is_subdistrict(report):
        yield not_applicable(rule, report, Words("不是人民政府", "not a government"))
    elif not text:
        yield undecided(rule, report, Words("报告中没有文字部分", "the report has no prose"))
    else:
        missing = [words for words, pattern in _EXTRAS.values() if not pattern.search(text)]
        yield _found(rule, subject, Verdict.BROKEN if missing else Verdict.HOLDS, _named(missing))


def _problems(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """S508: problems and what is done about them."""
    report = subject.report
    if not rule.applies_to(subject.form.id):
        yield not_applicable(rule, report, _OTHER)
        return
    if report.problems is None:
        yield undecided(rule, report, Words("没有第五部分的文字", "section 5 is not there"))
        return
    text = plain_text(report.problems)
    if _NOTHING.fullmatch(text.replace("\n", "")):
        said = Words("第五部分没有内容", "section 5 says nothing")
    elif not _PROBLEMS.search(text):
        said = Words("第五部分没有写存在的问题", "section 5 names no problems")
    elif not _IMPROVEMENTS.search(text):
        said = Words("第五部分没有写改进情况", "section 5 names no improvements")
    else:
        yield _found(rule, subject, Verdict.HOLDS, Words("", ""))
        return
    yield _found(rule, subject, Verdict.BROKEN, said)


def _period(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """S511: the period that is stated is the whole report year; one that is damaged is not read."""
    report = subject.report
    texts = [_texts(report)]
    if subject.reading is not None:
        texts += [leftover.text for leftover in subject.reading.leftovers if leftover.section is None]
    stated = [s for text in texts for s in re.split(r"[。;\n]", plain_text(text)) if _STATED.search(s)]
    found = [match for sentence in stated if (match := _PERIOD.search(sentence))]
    if not found:
        yield not_applicable(rule, report, Words("没有写统计期限", "no period is stated"))
        return
    for match in found:
        if report.year is None:
            yield undecided(
                rule, report, Words(f"统计期限为{match[0]}，报告年度不明", f"the period is {match[0]}, the report year is not known")
            )
            continue
        days = tuple(int(match[name]) for name in ("m1", "d1", "m2", "d2"))
        years = {int(match["y1"]), int(match["y2"] or match["y1"])}
        right = years == {report.year} and days == _WHOLE_YEAR
        yield _found(rule, subject, Verdict.HOLDS if right else Verdict.BROKEN, match[0], f"{report.year}年1月1日至12月31日")


def _year(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """N412: the year of the title, and the years that sentences of section 1 begin with."""
    report = subject.report
    leads = [int(match["year"]) for match in _LEAD.finditer(plain_text(report.overview or ""))]
    titled = re.search(r"(\d{4})年", fold(report.title or ""))
    if not leads and titled is None:
        yield not_applicable(rule, report, Words("标题和第一部分没有写年份", "neither the title nor section 1 names a year"))
        return
    if report.year is None:
        yield undecided(rule, report, Words("报告年度不明", "the report year is not known"))
        return
    if titled is not None:
        verdict = Verdict.HOLDS if int(titled[1]) == report.year else Verdict.BROKEN
        yield _found(rule, subject, verdict, Words("标题", "the title"), titled[1], report.year, line="title")
    if leads:
        # Other years stand in comparisons and plans: only where every sentence speaks of an earlier year was the text copied over.
        copied = all(year == report.year - 1 for year in leads) and f"{report.year}年" not in plain_text(_texts(report))
        named = "、".join(map(str, dict.fromkeys(leads)))
        verdict = Verdict.BROKEN if copied else Verdict.HOLDS if report.year in leads else Verdict.UNKNOWN
        facts = (Words("第一部分", "section 1"), named, report.year)
        if verdict is Verdict.UNKNOWN:
            facts = (Words(f"第一部分只说{named}年", f"section 1 speaks of {named} only"),)  # type: ignore[assignment]  # told in words then
        yield _found(rule, subject, verdict, *facts, line="overview")


_OTHER = Words("该格式另有规定", "a form of its own asks for other things")
_NO_OVERVIEW = Words("没有第一部分的文字", "section 1 is not there")
_ARTICLE = Words("《政府信息公开条例》第五十条第四项", "政府信息公开条例 article 50(4)")
RULES: tuple[Rule[Subject], ...] = (
    Rule(
        "S506", "overview-topics",
        Words("第一部分写明主动公开、依申请公开、政府信息管理、平台建设、监督保障五项，小标题序号不缺", "Section 1 speaks of five topics: proactive disclosure, requests, management, platforms, oversight; its ordinals have no gap."),
        Severity.WARNING, Extent.REPORT, Words("国办公开办函〔2021〕30号；2019年格式只作提示", "国办公开办函〔2021〕30号; on the form of 2019 only a note"), _topics,
        explained("{0}", "{0}"), _BOTH,
    ),
    Rule(
        "S507", "government-extras",
        Words("各级人民政府的报告写明工作考核、社会评议和责任追究结果", "A government's report tells of assessment, evaluation by the public and accountability."),
        Severity.WARNING, Extent.REPORT, _ARTICLE, _extras, explained("没有写{0}", "nothing is said of: {0}"),
    ),
    Rule(
        "S508", "problems-nonempty", Words("第五部分写明存在的主要问题和改进情况", "Section 5 names problems and improvements."),
        Severity.WARNING, Extent.REPORT, _ARTICLE, _problems, explained("{0}", "{0}"), _BOTH,
    ),
    Rule(
        "S511", "period", Words("写明的统计期限为报告年度的1月1日至12月31日", "The period that is stated is 1 January to 31 December of the report year."),
        Severity.WARNING, Extent.REPORT, Words("各报告的做法", "practice of every report"), _period,
        explained("统计期限写{0}，应为{1}", "the period is stated as {0} and should be {1}"),
        exceptions=Words("年内设立或撤销的机关", "bodies set up or abolished within the year"),
    ),
    Rule(
        "N412", "text-year", Words("标题和第一部分的年份是报告年度（比较除外）", "The title and section 1 speak of the report year, other years only in comparisons."),
        Severity.WARNING, Extent.REPORT, Words("沿用上年文字的错误", "a text copied over from the year before"), _year,
        explained("{0}写{1}年，报告年度为{2}", "{0} says {1}, the report year is {2}"),
    ),
)  # fmt: skip
