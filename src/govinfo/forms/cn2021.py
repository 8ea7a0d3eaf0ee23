"""The form in use: 国办公开办函〔2021〕30号 (2021-09-26), for the report years from 2021.

Against the trial form it has a section 2 of its own and divides （六）其他处理 into three rows; everything else is
printed as before and comes from `cn2019`. No successor had been seen when reports for 2025 were published.
"""

from govinfo.form import Band, Evidence, Form, Kind, Line, Matrix, Note
from govinfo.forms import cn2019
from govinfo.keys import Outcome, ProactiveBand, ProactiveColumn, ProactiveRow, Section

_OTHER = (cn2019.HANDLED, "（六）其他处理")
_CONTENT = "信息内容"
_DECISIONS = Line(
    ProactiveColumn.DECISIONS, "本年处理决定数量", "Decisions this year", unit="件",
    notes=(Note("本年度作出的全部决定，含已公开和依法未公开的；单位未印出。", "All decisions of the year, public or lawfully not; the unit is not printed.", Evidence.PRACTICE),),
)

CN_2021 = Form(
    "cn-2021",
    "2021年格式",
    "the form of 2021",
    "国办公开办函〔2021〕30号",
    2021,
    None,
    cn2019.SECTIONS,
    (
        Matrix(
            Section.PROACTIVE,
            (
                Band(
                    ProactiveBand.ART20_1,
                    (
                        Line(ProactiveRow.RULES, "规章", "Rules", basis="20(1)"),
                        Line(
                            ProactiveRow.NORMATIVE_DOCUMENTS, "行政规范性文件", "Administrative normative documents",
                            basis="20(1); 国办发〔2018〕37号", aliases=("规范性文件",),
                        ),
                    ),
                    (
                        Line(
                            ProactiveColumn.ISSUED, "本年制发件数", "Issued this year", unit="件",
                            notes=(Note("以本机关名义制发的件数；联合发文由牵头机关计数。", "Made in the organ's own name; the lead organ counts joint documents.", Evidence.UNVERIFIED),),
                        ),
                        Line(
                            ProactiveColumn.REPEALED, "本年废止件数", "Repealed this year", unit="件",
                            notes=(Note("宣布失效、自然失效是否计入，各地做法不一。", "Whether documents that expired count is not settled.", Evidence.UNVERIFIED),),
                        ),
                        Line(
                            ProactiveColumn.IN_FORCE, "现行有效件数", "In force", unit="件", aliases=("现行有效件",),
                            notes=(Note("12月31日现行有效的件数。", "In force at 31 December.", Evidence.UNVERIFIED),),
                        ),
                    ),
                    "第二十条第（一）项",
                    _CONTENT,
                    "20(1)",
                ),
                Band(
                    ProactiveBand.ART20_5,
                    (Line(ProactiveRow.LICENSING, "行政许可", "Administrative licensing", basis="20(5)"),),
                    (_DECISIONS,),
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
                    (_DECISIONS,),
                    "第二十条第（六）项",
                    _CONTENT,
                    "20(6)",
                ),
                Band(
                    ProactiveBand.ART20_8,
                    (Line(ProactiveRow.CHARGES, "行政事业性收费", "Administrative and institutional charges", basis="20(8)"),),
                    (
                        Line(
                            ProactiveColumn.AMOUNT_WAN, "本年收费金额（单位：万元）", "Charged this year (万元)", unit="万元", kind=Kind.MONEY, signed=True,
                            notes=(Note("本年度实际收取的金额。", "What was actually charged in the year.", Evidence.PRACTICE),),
                        ),
                    ),
                    "第二十条第（八）项",
                    _CONTENT,
                    "20(8)",
                ),
            ),
        ),
        cn2019.requests(
            (
                *cn2019.OUTCOMES,
                Line(
                    Outcome.OTHER_UNCORRECTED, "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
                    "(6) Other: not corrected in time", _OTHER, basis="30", aliases=("申请人无正当理由逾期不补正", "逾期不补正"),
                ),
                Line(
                    Outcome.OTHER_FEE_UNPAID, "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
                    "(6) Other: fee not paid in time", _OTHER, basis="42; 国办函〔2020〕109号", aliases=("申请人逾期未按收费通知要求缴纳费用", "逾期不缴费"),
                ),
                Line(
                    Outcome.OTHER_MISC, "3.其他", "(6) Other: miscellaneous", _OTHER, basis="格式",
                    notes=(Note("含申请人主动撤回申请。", "Includes requests that the applicant withdrew.", Evidence.PRACTICE),),
                ),
            ),
        ),
        cn2019.DISPUTE_TABLE,
    ),
)
"""国办公开办函〔2021〕30号 《中华人民共和国政府信息公开工作年度报告格式》: 200 figures, 42 equations."""
