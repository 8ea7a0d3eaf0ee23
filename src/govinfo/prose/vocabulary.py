"""The words that reports use for what their tables count: data only, to be read and added to.

A `Measure` is one thing that prose counts. `phrases` name it for certain; `likely` ones mostly do, and what they say is never held against
a report. `sums` are the readings: the number is the sum of the cells of one of them. A cell is given without its column where the column is
the kind of applicants. `not_these` are counter-examples, longer wordings that contain a phrase and mean something else; the longest match
wins. Everything is in Simplified script. Sources: the forms' own labels (F), the specification of the field (S), published reports (P).
"""

from enum import StrEnum

from attrs import frozen

from govinfo.findings import Words
from govinfo.keys import Applicant, DisputeResult, DisputeTrack, Flow, Outcome, OutcomeGroup


class Role(StrEnum):
    """What a phrase does in a sentence."""

    FLOW = "flow"  # a verb: requests come in or are answered
    CARRY = "carry"  # carried from one year to the next
    OUTCOME = "outcome"  # how requests ended
    APPLICANT = "applicant"  # whose requests
    TOPIC = "topic"  # names requests for information, without counting by itself
    WEAK = "weak"  # requests of any kind: of information only where the context says so
    TRACK = "track"  # cases of one kind, or of both
    RESULT = "result"  # how cases ended
    DOCUMENT = "document"  # a kind of documents
    ACT = "act"  # what was done with documents
    FEE = "fee"  # names the information processing fee
    OUTSIDE = "outside"  # counted by no table
    SUBSET = "subset"  # only some of them: by channel, by subject, by time
    BODY = "body"  # bodies below or beside the one that reports
    REVIEWER = "reviewer"  # the organ's caseload as reviewing organ
    NOTHING = "nothing"  # words that contain a phrase and say nothing


@frozen
class Measure:
    """One thing that prose counts, and the words for it."""

    key: str
    role: Role
    meaning: Words
    phrases: tuple[str, ...]
    likely: tuple[str, ...] = ()
    sums: tuple[tuple[str, ...], ...] = ()
    not_these: tuple[str, ...] = ()
    source: str = "F, P"


def _rows(*rows: str) -> tuple[str, ...]:
    return tuple(f"requests.{row}" for row in rows)


_NEW, _IN, _DONE = _rows(Flow.NEW_RECEIVED), _rows(Flow.CARRIED_IN), _rows(Flow.TOTAL_CONCLUDED)
_ALL_IN = (*_NEW, *_IN)

FLOWS = (
    Measure(
        "new", Role.FLOW, Words("本年新收申请", "new requests"),
        ("新收到", "新收", "新接收", "新受理", "本年新增", "新增"), sums=(_NEW,), not_these=("新增公开", "新增主动公开", "新增设"), source="F, P",
    ),
    Measure(
        # 749 = 718 + 31 was said to be 受理: either reading is accepted (N402).
        "received", Role.FLOW, Words("收到或受理的申请", "requests received"),
        ("收到", "受理", "接收", "接收到", "收办", "收件", "接到", "登记", "收悉"), sums=(_NEW, _ALL_IN),
        not_these=("受理点", "受理渠道", "受理窗口", "受理机构", "受理部门", "受理入口", "受理页面", "收到的意见", "登记簿", "不动产登记", "一登记", "受理流程"),
        source="S N402, P",
    ),
    Measure(
        "handled", Role.FLOW, Words("办理的申请", "requests handled"), ("办理", "处理", "受理办理"), sums=(_NEW, _ALL_IN, _DONE),
        not_these=("办理结果", "办理情况", "办理流程", "办理过程", "处理情况", "处理决定", "处理费", "办理答复", "收到和处理", "区分处理", "尚在办理", "依法办理", "规范办理", "办理机制"),
        source="P",
    ),
    Measure(
        "concluded", Role.FLOW, Words("办结或答复的申请", "requests concluded"),
        ("答复", "办结", "办复", "办结答复", "答复办结", "完成答复", "作出答复", "予以答复", "依法答复", "全部答复", "办理结果总计", "办理结果合计", "办理答复"),
        likely=("按时答复", "按期答复", "按时办结", "按期办结", "限时办结", "实际答复", "回复", "审结办理"), sums=(_DONE,),
        not_these=("公开答复", "答复书", "答复率", "办结率", "答复及时率", "答复意见", "答复函", "延期答复", "延期办结", "当场答复", "行政复议答复", "复议答复", "答复通知", "逾期答复", "超期答复", "答复材料", "重新答复", "未办结", "一件一答复"),
        source="S N403, P",
    ),
)

CARRIES = (
    Measure(
        "carried_in", Role.CARRY, Words("上年结转的申请", "requests carried in"),
        ("上年结转", "上年度结转", "上一年结转", "上一年度结转", "去年结转", "往年结转", "上年转入", "上年度转入", "上年转结", "上年度转结", "上年度结转至本年度", "结转上年度", "结转上年", "上年结转至本年", "上年度未办结"),
        sums=(_IN,),
    ),
    Measure(
        "carried_forward", Role.CARRY, Words("结转下年度的申请", "requests carried forward"),
        ("结转下年度继续办理", "结转下年度办理", "结转下年度", "结转下年", "结转下一年度", "结转下一年", "结转至下年度", "结转至下一年度", "结转至下年", "结转到下年度", "结转到下一年度",
         "转下年度办理", "转下年度", "转下年办理", "转入下年度", "转入下一年度", "顺延到下年度", "顺延至下年度", "顺延到下一年度", "顺延至下一年度", "顺延下年度", "转下一年度办理", "转下一年办理", "转下一年度", "转下一年", "转至下一年度", "转至下一年", "转至下年度", "顺延至下一年", "顺延到下一年",
         "跨年结转", "跨年办理",
         "顺延到下年度答复", "顺延至下年度答复", "结转次年", "结转至次年"),
        likely=("尚在办理", "正在办理", "仍在办理", "尚未办结", "未办结", "办理中", "待答复", "顺延"), sums=(_rows(Flow.CARRIED_FORWARD),),
    ),
)  # fmt: skip


def _group(key: str, zh: str, en: str, group: OutcomeGroup, *phrases: str, likely: tuple[str, ...] = (), never: tuple[str, ...] = ()) -> Measure:
    return Measure(key, Role.OUTCOME, Words(zh, en), phrases, likely, (_rows(group),), never)


def _leaf(outcome: Outcome, zh: str, en: str, *phrases: str, likely: tuple[str, ...] = (), never: tuple[str, ...] = ()) -> Measure:
    return Measure(str(outcome), Role.OUTCOME, Words(zh, en), phrases, likely, (_rows(outcome),), never)


OUTCOMES = (
    _group("granted", "予以公开", "granted", OutcomeGroup.GRANTED, "予以公开", "予以公开答复", "准予公开",
           likely=("全部公开", "公开"),
           never=("主动公开", "依申请公开", "政府信息公开", "信息公开", "政务公开", "公开目录", "公开指南", "公开平台", "公开渠道", "公开率", "公开栏", "公开工作", "公开专栏", "不公开", "公开信息", "公开政府信息", "公开规章",
                  "公开规范性文件", "公开行政规范性文件", "公开为常态", "公开审查", "公开类", "公开事项", "公开内容", "公开文件", "新闻公开", "公开发布", "公开属性", "公开征求", "公开查询", "公开公示", "公开方面", "公开情况")),
    # Told as one: some mean granted alone, some what was granted wholly or in part.
    Measure("agreed", Role.OUTCOME, Words("同意公开", "agreed to disclose"), ("同意公开", "同意公开答复"),
            sums=(_rows(OutcomeGroup.GRANTED), _rows(OutcomeGroup.GRANTED, OutcomeGroup.PARTIAL)), not_these=("不同意公开",), source="S G.5"),
    _group("partial", "部分公开", "partially granted", OutcomeGroup.PARTIAL, "部分公开", "予以部分公开", "同意部分公开", "部分公开答复", "区分处理后部分公开"),
    _group("denied", "不予公开", "denied", OutcomeGroup.DENIED, "不予公开", "不予公开答复", "决定不予公开", likely=("不同意公开",)),
    _group("unavailable", "无法提供", "unavailable", OutcomeGroup.UNAVAILABLE, "无法提供", "无法公开", likely=("不能提供", "信息不存在", "政府信息不存在")),
    _group("unprocessed", "不予处理", "not processed", OutcomeGroup.UNPROCESSED, "不予处理", "不予受理处理", likely=("不再处理",)),
    _group("other", "其他处理", "otherwise handled", OutcomeGroup.OTHER, "其他处理", "其它处理", "作其他处理", likely=("其他情形", "其他方式处理")),
    _leaf(Outcome.DENIED_STATE_SECRET, "属于国家秘密", "state secret", "属于国家秘密", "涉及国家秘密", likely=("国家秘密",)),
    _leaf(Outcome.DENIED_PROHIBITED_BY_LAW, "其他法律行政法规禁止公开", "prohibited by law", "其他法律行政法规禁止公开", "法律行政法规禁止公开", "法律、行政法规禁止公开", "其他法律、行政法规禁止公开"),
    _leaf(Outcome.DENIED_SECURITY_STABILITY, "危及三安全一稳定", "security or stability", "危及“三安全一稳定”", "危及三安全一稳定", '危及"三安全一稳定"', likely=("三安全一稳定",)),
    _leaf(Outcome.DENIED_THIRD_PARTY_RIGHTS, "保护第三方合法权益", "rights of a third party", "保护第三方合法权益", likely=("第三方合法权益", "涉及个人隐私", "涉及商业秘密")),
    _leaf(Outcome.DENIED_INTERNAL_AFFAIRS, "三类内部事务信息", "internal affairs", "属于三类内部事务信息", "三类内部事务信息", "属于内部事务信息", likely=("内部事务信息", "内部管理信息")),
    _leaf(Outcome.DENIED_PROCESS_INFORMATION, "四类过程性信息", "process information", "属于四类过程性信息", "四类过程性信息", "属于过程性信息", likely=("过程性信息",)),
    _leaf(Outcome.DENIED_ENFORCEMENT_FILE, "行政执法案卷", "enforcement file", "属于行政执法案卷", "属于行政执法案卷信息", likely=("行政执法案卷",)),
    _leaf(Outcome.DENIED_SPECIAL_INQUIRY, "行政查询事项", "special inquiry", "属于行政查询事项", likely=("行政查询事项",)),
    _leaf(Outcome.UNAVAILABLE_NOT_HELD, "本机关不掌握相关政府信息", "not held", "本机关不掌握相关政府信息", "不掌握相关政府信息", likely=("本机关不掌握", "不掌握相关信息", "不属于本机关", "非本机关掌握")),
    _leaf(Outcome.UNAVAILABLE_NEEDS_CREATION, "没有现成信息需要另行制作", "needs creation", "没有现成信息需要另行制作", "没有现成信息", "没有现成信息、需要另行制作", "需要另行制作"),
    _leaf(Outcome.UNAVAILABLE_STILL_UNCLEAR, "补正后申请内容仍不明确", "still unclear", "补正后申请内容仍不明确", "补正后仍不明确"),
    _leaf(Outcome.UNPROCESSED_PETITION, "信访举报投诉类申请", "petition", "信访举报投诉类申请", "信访、举报、投诉类申请", "信访举报投诉类", likely=("信访投诉类申请", "信访类申请")),
    _leaf(Outcome.UNPROCESSED_DUPLICATE, "重复申请", "duplicate", "重复申请"),
    _leaf(Outcome.UNPROCESSED_PUBLICATION, "要求提供公开出版物", "publication", "要求提供公开出版物", likely=("公开出版物",)),
    _leaf(Outcome.UNPROCESSED_EXCESSIVE, "无正当理由大量反复申请", "excessive", "无正当理由大量反复申请", "大量反复申请"),
    _leaf(Outcome.UNPROCESSED_RECONFIRMATION, "要求确认或重新出具已获取信息", "reconfirmation", "要求行政机关确认或重新出具已获取信息", "确认或重新出具已获取信息"),
    _leaf(Outcome.OTHER_UNCORRECTED, "逾期不补正", "not corrected in time", "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "申请人无正当理由逾期不补正",
          "无正当理由逾期不补正", "逾期不补正", "逾期未补正"),
    _leaf(Outcome.OTHER_FEE_UNPAID, "逾期未按收费通知缴费", "fee not paid", "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "逾期未按收费通知要求缴纳费用",
          "申请人逾期未按收费通知要求缴纳费用", likely=("逾期未缴费", "逾期不缴费", "逾期未缴纳")),
)  # fmt: skip

APPLICANTS = (
    Measure(Applicant.NATURAL_PERSON, Role.APPLICANT, Words("自然人", "natural persons"), ("自然人",), ("公民", "个人"), not_these=(
        "公民、法人和其他组织", "公民、法人或其他组织", "公民、法人或者其他组织", "公民、法人及其他组织", "公民、法人与其他组织", "公民法人和其他组织", "个人隐私", "公民、法人", "自然人、法人和其他组织", "自然人、法人或其他组织")),
    Measure("organisations", Role.APPLICANT, Words("法人或其他组织", "legal persons and other organisations"),
            ("法人或其他组织", "法人和其他组织", "法人及其他组织", "法人或者其他组织", "法人、其他组织", "法人及组织"), ("法人",)),
    Measure(Applicant.ENTERPRISE, Role.APPLICANT, Words("商业企业", "commercial enterprises"), ("商业企业",), ("企业",), not_these=("企业和群众", "涉企", "国有企业", "企事业", "企业群众")),
    Measure(Applicant.RESEARCH_INSTITUTION, Role.APPLICANT, Words("科研机构", "research institutions"), ("科研机构",)),
    Measure(Applicant.PUBLIC_WELFARE_ORG, Role.APPLICANT, Words("社会公益组织", "public welfare organisations"), ("社会公益组织",), ("公益组织",)),
    Measure(Applicant.LEGAL_SERVICE_ORG, Role.APPLICANT, Words("法律服务机构", "legal service organisations"), ("法律服务机构",), ("律师事务所",)),
)  # fmt: skip

_BOTH_SUITS = (DisputeTrack.DIRECT_LITIGATION, DisputeTrack.POST_RECONSIDERATION_LITIGATION)


def _cases(*tracks: str) -> tuple[tuple[str, ...], ...]:
    return (tuple(f"disputes.{track}" for track in tracks),)


TRACKS = (
    Measure("reconsideration", Role.TRACK, Words("行政复议", "reconsideration"), ("行政复议", "复议", "行政复议申请", "行政复议案件"), sums=_cases(DisputeTrack.RECONSIDERATION),
            not_these=("行政复议机关", "复议机关", "行政复议法", "行政复议体制", "行政复议局", "复议机构", "行政复议委员会")),
    Measure("litigation", Role.TRACK, Words("行政诉讼", "litigation"), ("行政诉讼", "诉讼", "行政诉讼案件", "诉讼案件"), sums=_cases(*_BOTH_SUITS),
            not_these=("行政诉讼法", "诉讼请求", "公益诉讼", "民事诉讼", "起诉讼")),
    Measure(DisputeTrack.DIRECT_LITIGATION, Role.TRACK, Words("未经复议直接起诉", "direct litigation"),
            ("未经复议直接起诉", "未经行政复议直接起诉", "直接起诉", "直接提起诉讼", "直接提起行政诉讼", "未经复议直接提起诉讼"), sums=_cases(DisputeTrack.DIRECT_LITIGATION)),
    Measure(DisputeTrack.POST_RECONSIDERATION_LITIGATION, Role.TRACK, Words("复议后起诉", "litigation after reconsideration"),
            ("复议后起诉", "经复议后起诉", "经复议后提起诉讼", "复议后提起诉讼", "复议后提起行政诉讼", "经行政复议后起诉"), sums=_cases(DisputeTrack.POST_RECONSIDERATION_LITIGATION)),
)  # fmt: skip

RESULTS = (
    Measure(DisputeResult.UPHELD, Role.RESULT, Words("结果维持", "upheld"), ("结果维持", "维持", "予以维持", "被维持", "获维持", "维持原行政行为"), ("胜诉", "驳回原告诉讼请求", "驳回诉讼请求", "驳回", "维持结果"),
            not_these=("维持良好", "维持稳定", "维持在", "维持秩序")),
    Measure(DisputeResult.CORRECTED, Role.RESULT, Words("结果纠正", "corrected"), ("结果纠正", "被纠正", "被依法纠错"), ("被纠错", "纠错", "纠正", "败诉", "责令重新答复", "确认违法", "撤销"),
            not_these=("纠错平台", "纠错留言", "纠错信息", "网站纠错", "自查纠正", "及时纠正", "发现问题、纠正", "零败诉", "我为政府网站找错")),
    Measure(DisputeResult.OTHER_RESULT, Role.RESULT, Words("其他结果", "other result"), ("其他结果", "其它结果")),
    Measure(DisputeResult.PENDING, Role.RESULT, Words("尚未审结", "pending"), ("尚未审结", "未审结", "尚未办结审理"), ("正在审理", "审理中", "尚在审理", "仍在审理", "未结案", "待审结")),
)  # fmt: skip

DOCUMENTS = (
    Measure("rules", Role.DOCUMENT, Words("规章", "rules"), ("规章", "政府规章", "市政府规章", "省政府规章"), not_these=("规章制度", "部门规章", "党内法规和规章")),
    Measure("normative_documents", Role.DOCUMENT, Words("行政规范性文件", "administrative normative documents"), ("行政规范性文件", "规范性文件"), not_these=("党内规范性文件", "部门规范性文件")),
)  # fmt: skip

ACTS = (
    Measure("issued", Role.ACT, Words("本年制发", "issued"), ("制发", "本年制发", "新制发"), ("制定", "新制定", "出台", "印发", "制定发布", "制定出台", "制定印发")),
    Measure("repealed", Role.ACT, Words("本年废止", "repealed"), ("废止", "本年废止"), ("宣布失效", "废止失效", "清理废止"), not_these=("拟废止", "废止和宣布失效", "废止、失效")),
    Measure("in_force", Role.ACT, Words("现行有效", "in force"), ("现行有效",), ("保留有效",), not_these=("公开现行有效",)),
)  # fmt: skip

FEES = (
    Measure("fee", Role.FEE, Words("信息处理费", "information processing fee"), ("信息处理费", "政府信息公开信息处理费", "依申请公开信息处理费"),
            not_these=("信息处理费管理办法", "政府信息公开信息处理费管理办法"), source="国办函〔2020〕109号, S C"),
    Measure("fee.notices", Role.FEE, Words("收费通知", "fee notices"), ("收费通知", "收费通知书", "缴费通知", "缴费通知书", "缴费通知单"), source="S C"),
    Measure("fee.collected", Role.FEE, Words("实际收取", "collected"), ("实际收取", "实收", "收取金额", "收取", "收缴", "征收"), not_these=("收取方式", "收取标准"), source="S C"),
)  # fmt: skip


def _outside(key: str, zh: str, en: str, *phrases: str) -> Measure:
    return Measure(key, Role.OUTSIDE, Words(zh, en), phrases, source="P")


OUTSIDE = (
    # 淮安's 11 policy documents are not the 8 documents of section 2; what is disclosed is not what was issued.
    _outside("proactive_items", "主动公开的信息", "items disclosed proactively", "主动公开", "公开信息", "公开政府信息", "公开各类政府信息", "政务信息", "动态信息", "发布信息", "发布各类信息",
             "公开规章", "公开规范性文件", "公开行政规范性文件", "公开现行有效", "新增公开", "刊登", "政策性文件", "政策文件", "公开文件", "公告", "公示", "更新信息", "工作动态", "信息公开目录"),
    _outside("interpretations", "政策解读", "interpretations of policies", "政策解读", "解读", "新闻发布会", "发布会", "在线访谈", "新闻发布"),
    _outside("messages", "咨询、留言、热线", "questions and messages", "咨询", "留言", "热线", "来信", "来访", "诉求", "工单", "信箱", "来电", "群众查阅", "查阅", "舆情"),
    _outside("proposals", "建议提案", "proposals of deputies", "建议", "提案", "议案", "意见"),
    _outside("complaints", "举报投诉", "complaints", "举报", "投诉", "信访"),
    _outside("work", "会议、培训、检查", "meetings, training, inspection", "培训", "会议", "检查", "抽查", "评估", "演练", "专栏", "栏目", "公众号", "微信", "微博", "粉丝", "阅读", "合法性审核", "清理", "移交", "平台", "答复书",
             "复印", "工作人员", "专职", "兼职", "行政许可", "行政处罚", "行政强制", "处理决定", "复议答复", "行政复议答复", "答复意见", "人事任免", "公报", "清单", "案例", "宣传", "通报", "整改"),
    # Said beside what is counted, and changes nothing of what the sentence speaks of.
    _outside("aside", "延期、撤回等", "late, withdrawn and the like", "延期答复", "延期办结", "逾期答复", "超期答复", "当场答复", "撤回", "主动撤回", "撤销申请", "征求第三方意见"),
)  # fmt: skip

OTHERS = (
    Measure("requests", Role.TOPIC, Words("政府信息公开申请", "information requests"),
            ("政府信息公开申请", "信息公开申请", "依申请公开", "政府信息依申请公开", "依申请公开申请", "政府信息公开依申请", "申请公开政府信息", "公开申请", "依申请", "依申请公开件", "申请政府信息公开", "政府信息公开事务的申请",
             "政府信息公开类申请", "申请公开", "政府信息公开申请书", "信息公开申请书", "政府信息公开事项"), ("政府信息公开", "信息公开"), not_these=("依申请公开渠道", "今年以来", "年以来", "信息公开领域", "信息公开指南", "信息公开条例", "政府信息公开条例", "政府信息公开工作", "信息公开工作")),
    Measure("applications", Role.WEAK, Words("申请", "requests of any kind"), ("申请", "申请表", "申请件", "申请书"), not_these=("申请人", "申请者", "一申请")),
    Measure("subset", Role.SUBSET, Words("部分渠道或内容", "by channel or subject"), (
        "网络", "网上", "线上", "线下", "信函", "当面", "现场", "邮件", "邮寄", "传真", "窗口", "渠道", "电子邮箱", "平台申请", "涉及", "按类别", "季度", "上半年", "下半年", "半年", "月份", "以来", "一审", "二审",
        "自2008年", "百分之", "简易", "第三方意见", "转办", "协助", "配合", "指导", "示范", "同类", "批量", "历年", "近三年", "近五年", "主要集中", "为被申请人", "为被告", "共同被告", "共同被申请人", "平均", "每件", "单月", "领域", "方面主要", "内容为", "咨询类", "首次", "延期", "逾期", "按时", "补正", "当场"), source="P"),
    # How documents are classed when they are drafted: `公开属性为不予公开50份` counts no request.
    Measure("attributes", Role.SUBSET, Words("公文的公开属性", "how documents are classed"), (
        "属性", "公开属性", "信息公开属性", "政府信息公开属性", "公文属性", "公开属性认定", "源头认定", "源头审查"), source="P"),
    Measure("bodies", Role.BODY, Words("其他机关", "other bodies"), (
        "各镇", "各乡镇", "各街道", "各县区", "各县(市、区)", "各区县", "各县", "各区", "市直", "区直", "县直", "省直", "乡镇", "街道", "镇街", "下属单位", "所属单位", "直属单位", "法院", "检察院", "上级机关", "其他部门", "其他单位"), source="P"),
    Measure("reviewer", Role.REVIEWER, Words("作为复议机关或应诉机关", "as the reviewing organ"), (
        "作为复议机关", "作为行政复议机关", "复议机关", "行政复议机关", "备案", "审理", "应诉", "审结", "代理", "出庭", "办理行政复议", "受理行政复议", "办理复议", "受理复议", "承办"),
        not_these=("已审结", "均已审结", "全部审结", "均审结", "在审理", "审理阶段", "承办单位", "承办部门"), source="S N406"),
)  # fmt: skip

MEASURES = (*FLOWS, *CARRIES, *OUTCOMES, *APPLICANTS, *TRACKS, *RESULTS, *DOCUMENTS, *ACTS, *FEES, *OUTSIDE, *OTHERS)
BY_KEY = {(measure.role, measure.key): measure for measure in MEASURES}
"""Every measure by its role and key."""

AGGREGATE_WORDS = ("全市", "全区", "全县", "全省", "全州", "全旗", "全盟", "各级行政机关", "各部门", "全系统", "各级")
"""Scope words: all bodies of an area."""
OWN_WORDS = ("本机关", "本单位", "我单位", "我局", "本局", "我委", "本委", "我办", "本办", "我厅", "本厅", "我镇", "本镇", "我街道", "我中心", "本级", "市本级", "区本级", "县本级", "机关本级")
"""Scope words: the organ's own work."""
