"""The trial form of 2019: 国办公开办函〔2019〕60号, for the report years 2019 and 2020.

Labels as printed in the annex and in complete published reports; articles without a name are those of
政府信息公开条例 (国务院令第711号, 2019). The cell-by-cell filling notes of the instrument were not available: what is
said about counting is marked as practice or as unverified.
"""

from govinfo.form import Band, Evidence, Form, Identity, Kind, Line, Matrix, Note
from govinfo.keys import Applicant, DisputeResult, DisputeTrack, Flow, Outcome, ProactiveBand, ProactiveColumn, ProactiveRow, Section

OVERVIEW = Line(Section.OVERVIEW, "一、总体情况", "I. Overview", basis="50; 50(4) for 工作考核、社会评议和责任追究结果情况", aliases=("总体概述", "基本情况"))
PROACTIVE = Line(
    Section.PROACTIVE, "二、主动公开政府信息情况", "II. Proactive disclosure", basis="20, 50(1)", aliases=("行政机关主动公开政府信息情况", "主动公开政府信息的情况", "主动公开信息情况"),
)
REQUESTS = Line(
    Section.REQUESTS, "三、收到和处理政府信息公开申请情况", "III. Information requests received and handled", basis="27-42, 50(2)",
    aliases=("行政机关收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请的情况"),
)
DISPUTES = Line(
    Section.DISPUTES, "四、政府信息公开行政复议、行政诉讼情况", "IV. Administrative reconsideration and litigation", basis="50(3), 51",
    aliases=(
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况", "因政府信息公开工作被申请行政复议和提起行政诉讼情况",
        "因政府信息公开工作被申请行政复议或提起行政诉讼情况", "因政府信息公开工作被申请行政复议、提起行政诉讼的情况",
        "政府信息公开行政复议和行政诉讼情况", "政府信息公开行政复议行政诉讼情况",
    ),
)
PROBLEMS = Line(
    Section.PROBLEMS, "五、存在的主要问题及改进情况", "V. Main problems and improvements", basis="50(4)",
    aliases=("政府信息公开工作存在的主要问题及改进情况", "存在问题及改进情况", "存在的问题及改进情况", "存在的主要问题及改进措施", "存在的主要问题和改进情况"),
)
OTHER_MATTERS = Line(
    Section.OTHER_MATTERS, "六、其他需要报告的事项", "VI. Other matters to report", basis="50(5), 42", aliases=("其他需要报告事项", "其他需要报告的情况"),
)
SECTIONS = (OVERVIEW, PROACTIVE, REQUESTS, DISPUTES, PROBLEMS, OTHER_MATTERS)

# --- section 3: the applicants, and the rows that both forms print ---------------------------------------------------

_ALL, _ORG = "申请人情况", "法人或其他组织"
APPLICANTS = (
    Line(Applicant.NATURAL_PERSON, "自然人", "Natural persons", (_ALL,), basis="27", unit="件"),
    Line(Applicant.ENTERPRISE, "商业企业", "Commercial enterprises", (_ALL, _ORG), unit="件", basis="27"),
    Line(Applicant.RESEARCH_INSTITUTION, "科研机构", "Research institutions", (_ALL, _ORG), unit="件", basis="27"),
    Line(
        Applicant.PUBLIC_WELFARE_ORG, "社会公益组织", "Public welfare organisations", (_ALL, _ORG), unit="件", basis="27",
        notes=(Note("未见“社会公益组织”与“其他”的界定。", "No definition of this class against 'other' was found.", Evidence.UNVERIFIED),),
    ),
    Line(Applicant.LEGAL_SERVICE_ORG, "法律服务机构", "Legal service organisations", (_ALL, _ORG), unit="件", basis="27"),
    Line(Applicant.OTHER_ORG, "其他", "Other organisations", (_ALL, _ORG), aliases=("其他组织",), unit="件", basis="27"),
    Line(Applicant.TOTAL, "总计", "Total", (_ALL,), aliases=("合计",), unit="件"),
)

HANDLED = "三、本年度办理结果"
_DENIED, _UNAVAILABLE, _UNPROCESSED = "（三）不予公开", "（四）无法提供", "（五）不予处理"

INCOMING = (
    Line(
        Flow.NEW_RECEIVED, "一、本年新收政府信息公开申请数量", "1. New requests received this year", basis="27-31",
        notes=(Note("按第三十一条确定的收到日期在本年度内的申请；一份申请计一件，按一事一申请拆分的除外。", "Received in the year by the dates of article 31; one form counts once unless split by matter.", Evidence.UNVERIFIED),),
    ),
    Line(
        Flow.CARRIED_IN, "二、上年结转政府信息公开申请数量", "2. Requests carried in from last year", basis="33",
        notes=(Note("1月1日尚未办结的申请。", "Open at 1 January.", Evidence.UNVERIFIED),),
    ),
)
OUTCOMES = (
    Line(
        Outcome.GRANTED, "（一）予以公开", "(1) Granted", (HANDLED,), basis="36(1), 36(2); 15, 32",
        notes=(Note("含告知已主动公开的获取方式和提供信息两种情形。", "Told where it is public, or provided.", Evidence.UNVERIFIED),),
    ),
    Line(
        Outcome.PARTIALLY_GRANTED, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "(2) Partially granted", (HANDLED,), basis="37",
        notes=(Note("区分处理的只计入本行。", "A request answered in parts is counted here only.", Evidence.OFFICIAL),),
    ),
    Line(Outcome.DENIED_STATE_SECRET, "1.属于国家秘密", "(3) Denied: state secret", (HANDLED, _DENIED), basis="14, 36(3)"),
    Line(Outcome.DENIED_PROHIBITED_BY_LAW, "2.其他法律行政法规禁止公开", "(3) Denied: prohibited by law", (HANDLED, _DENIED), basis="14"),
    Line(Outcome.DENIED_SECURITY_STABILITY, "3.危及“三安全一稳定”", "(3) Denied: endangers security or stability", (HANDLED, _DENIED), basis="14"),
    Line(Outcome.DENIED_THIRD_PARTY_RIGHTS, "4.保护第三方合法权益", "(3) Denied: rights of a third party", (HANDLED, _DENIED), basis="15, 32"),
    Line(Outcome.DENIED_INTERNAL_AFFAIRS, "5.属于三类内部事务信息", "(3) Denied: internal affairs", (HANDLED, _DENIED), basis="16 ¶1"),
    Line(Outcome.DENIED_PROCESS_INFORMATION, "6.属于四类过程性信息", "(3) Denied: process information", (HANDLED, _DENIED), basis="16 ¶2"),
    Line(Outcome.DENIED_ENFORCEMENT_FILE, "7.属于行政执法案卷", "(3) Denied: enforcement file", (HANDLED, _DENIED), basis="16 ¶2"),
    Line(Outcome.DENIED_SPECIAL_INQUIRY, "8.属于行政查询事项", "(3) Denied: special inquiry procedure", (HANDLED, _DENIED), basis="36(7)"),
    Line(Outcome.UNAVAILABLE_NOT_HELD, "1.本机关不掌握相关政府信息", "(4) Unavailable: not held", (HANDLED, _UNAVAILABLE), basis="36(4), 36(5), 10"),
    Line(Outcome.UNAVAILABLE_NEEDS_CREATION, "2.没有现成信息需要另行制作", "(4) Unavailable: needs creation", (HANDLED, _UNAVAILABLE), basis="38"),
    Line(Outcome.UNAVAILABLE_STILL_UNCLEAR, "3.补正后申请内容仍不明确", "(4) Unavailable: still unclear", (HANDLED, _UNAVAILABLE), basis="29(2), 30"),
    Line(Outcome.UNPROCESSED_PETITION, "1.信访举报投诉类申请", "(5) Not processed: petition or complaint", (HANDLED, _UNPROCESSED), basis="39 ¶1"),
    Line(Outcome.UNPROCESSED_DUPLICATE, "2.重复申请", "(5) Not processed: duplicate", (HANDLED, _UNPROCESSED), basis="36(6)"),
    Line(Outcome.UNPROCESSED_PUBLICATION, "3.要求提供公开出版物", "(5) Not processed: publication", (HANDLED, _UNPROCESSED), basis="39 ¶2"),
    Line(Outcome.UNPROCESSED_EXCESSIVE, "4.无正当理由大量反复申请", "(5) Not processed: excessive without reason", (HANDLED, _UNPROCESSED), basis="35"),
    Line(
        Outcome.UNPROCESSED_RECONFIRMATION, "5.要求行政机关确认或重新出具已获取信息", "(5) Not processed: reconfirmation", (HANDLED, _UNPROCESSED),
        basis="格式", notes=(Note("格式设定的情形，无单独条款。", "A category made by the form; no single article.", Evidence.UNVERIFIED),),
    ),
)
OTHER_PROCESSING = Line(Outcome.OTHER_PROCESSING, "（六）其他处理", "(6) Other handling", (HANDLED,), basis="格式")
OUTGOING = (
    Line(Flow.TOTAL_CONCLUDED, "（七）总计", "(7) Total concluded", (HANDLED,), aliases=("合计",)),
    Line(
        Flow.CARRIED_FORWARD, "四、结转下年度继续办理", "4. Carried forward to next year", basis="33",
        notes=(Note("12月31日尚未办结的申请。", "Open at 31 December.", Evidence.UNVERIFIED),),
    ),
)
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def requests(outcomes: tuple[Line, ...]) -> Matrix:
    """Section 3 over the given outcome rows; the identities are the same in every version."""
    *parts, whole = (column.key for column in APPLICANTS)
    return Matrix(
        Section.REQUESTS,
        (Band("requests", (*INCOMING, *outcomes, *OUTGOING), APPLICANTS, corner=CORNER),),
        (
            # Printed in the corner cell of the table.
            Identity("R301", (Flow.NEW_RECEIVED, Flow.CARRIED_IN), (Flow.TOTAL_CONCLUDED, Flow.CARRIED_FORWARD)),
            Identity("R302", tuple(row.key for row in outcomes), (Flow.TOTAL_CONCLUDED,)),
            Identity("R303", tuple(parts), (whole,)),
        ),
    )


# --- section 4: one printed row of figures, each track a group of columns --------------------------------------------

_LITIGATION = "行政诉讼"
DISPUTE_TABLE = Matrix(
    Section.DISPUTES,
    (
        Band(
            "disputes",
            (
                Line(
                    DisputeTrack.RECONSIDERATION, "行政复议", "Reconsideration", basis="51; 行政复议法",
                    notes=(Note("复议机关作共同被告的，由作出原行政行为的机关计数（国办公开办函〔2016〕201号）。", "Where the reconsideration organ is co-defendant, only the organ of the original act counts.", Evidence.OFFICIAL),),
                ),
                Line(DisputeTrack.DIRECT_LITIGATION, "未经复议直接起诉", "Litigation without reconsideration", (_LITIGATION,), basis="51; 行政诉讼法"),
                Line(DisputeTrack.POST_RECONSIDERATION_LITIGATION, "复议后起诉", "Litigation after reconsideration", (_LITIGATION,), basis="51; 行政诉讼法"),
            ),
            (
                Line(DisputeResult.UPHELD, "结果维持", "Upheld", unit="件", notes=(Note("维持，含驳回请求。", "Upheld, including claims rejected.", Evidence.UNVERIFIED),)),
                Line(DisputeResult.CORRECTED, "结果纠正", "Corrected", unit="件", notes=(Note("撤销、变更、确认违法、责令履行。", "Set aside, changed, declared unlawful, ordered to perform.", Evidence.UNVERIFIED),)),
                Line(DisputeResult.OTHER_RESULT, "其他结果", "Other result", unit="件", notes=(Note("撤回、终止、程序性驳回、调解。", "Withdrawn, terminated, dismissed on procedure, mediated.", Evidence.UNVERIFIED),)),
                Line(DisputeResult.PENDING, "尚未审结", "Pending", unit="件", notes=(Note("12月31日尚未审结。", "Open at 31 December.", Evidence.UNVERIFIED),)),
                Line(DisputeResult.TOTAL, "总计", "Total", aliases=("合计",), unit="件"),
            ),
        ),
    ),
    (
        Identity(
            ("D401", "D402", "D403"),
            (DisputeResult.UPHELD, DisputeResult.CORRECTED, DisputeResult.OTHER_RESULT, DisputeResult.PENDING),
            (DisputeResult.TOTAL,),
        ),
    ),
    flat=True,
)

# --- section 2 -------------------------------------------------------------------------------------------------------

_PRIOR = Line(ProactiveColumn.PRIOR_ITEMS, "上一年项目数量", "Items last year", unit="项")
_CHANGE = Line(ProactiveColumn.NET_CHANGE, "本年增/减", "Net change this year", unit="项", signed=True, aliases=("本年增减", "本年增/", "本年增0减"))
_DECISIONS = Line(ProactiveColumn.DECISIONS, "处理决定数量", "Decisions", unit="件")
_CONTENT = "信息内容"

CN_2019 = Form(
    "cn-2019",
    "2019年格式（试行）",
    "the trial form of 2019",
    "国办公开办函〔2019〕60号",
    2019,
    2020,
    SECTIONS,
    (
        Matrix(
            Section.PROACTIVE,
            (
                Band(
                    ProactiveBand.ART20_1,
                    (
                        Line(ProactiveRow.RULES, "规章", "Rules", basis="20(1)"),
                        Line(ProactiveRow.NORMATIVE_DOCUMENTS, "规范性文件", "Normative documents", basis="20(1)", aliases=("行政规范性文件",)),
                    ),
                    (
                        Line(ProactiveColumn.NEWLY_MADE, "本年新制作数量", "Newly made this year", unit="件"),
                        Line(ProactiveColumn.NEWLY_PUBLIC, "本年新公开数量", "Newly public this year", unit="件"),
                        Line(ProactiveColumn.TOTAL_PUBLIC, "对外公开总数量", "Total public", unit="件"),
                    ),
                    "第二十条第（一）项",
                    _CONTENT,
                    "20(1)",
                ),
                Band(
                    ProactiveBand.ART20_5,
                    (
                        Line(ProactiveRow.LICENSING, "行政许可", "Administrative licensing", basis="20(5)"),
                        Line(ProactiveRow.OTHER_SERVICES, "其他对外管理服务事项", "Other management and service matters", basis="20(5)"),
                    ),
                    (_PRIOR, _CHANGE, _DECISIONS),
                    "第二十条第（五）项",
                    _CONTENT,
                    "20(5)",
                ),
                Band(
                    ProactiveBand.ART20_6,
                    (
                        Line(ProactiveRow.PENALTIES, "行政处罚", "Administrative penalties", basis="20(6)"),
                        Line(ProactiveRow.COMPULSION, "行政强制", "Administrative compulsion", basis="20(6)"),
                    ),
                    (_PRIOR, _CHANGE, _DECISIONS),
                    "第二十条第（六）项",
                    _CONTENT,
                    "20(6)",
                ),
                Band(
                    ProactiveBand.ART20_8,
                    (Line(ProactiveRow.CHARGES, "行政事业性收费", "Administrative and institutional charges", basis="20(8)"),),
                    (_PRIOR, _CHANGE),
                    "第二十条第（八）项",
                    _CONTENT,
                    "20(8)",
                ),
                Band(
                    ProactiveBand.ART20_9,
                    (Line(ProactiveRow.PROCUREMENT, "政府集中采购", "Centralised government procurement", basis="20(9)"),),
                    (
                        Line(ProactiveColumn.PROJECTS, "采购项目数量", "Procurement projects", unit="个"),
                        Line(
                            ProactiveColumn.AMOUNT, "采购总金额", "Procurement amount", kind=Kind.MONEY, signed=True,
                            notes=(Note("表头未定单位：元和万元均有。", "The head fixes no unit: both 元 and 万元 are printed.", Evidence.PRACTICE),),
                        ),
                    ),
                    "第二十条第（九）项",
                    _CONTENT,
                    "20(9)",
                ),
            ),
        ),
        requests((*OUTCOMES, OTHER_PROCESSING)),
        DISPUTE_TABLE,
    ),
)
"""国办公开办函〔2019〕60号 《政府信息公开工作年度报告格式（试行）》: 198 figures, 40 equations."""
