"""True sentences of the kind that a careless reader takes for others, against tables that are right: none may be accused."""

from govinfo.forms import CN_2021
from govinfo.report import Report
from tests.rule_cases import report

YEAR = 2023
_ROWS = {
    "new_received": (50, 5, 0, 0, 2, 0, 57),
    "carried_in": (3, 0, 0, 0, 0, 0, 3),
    "granted": (18, 2, 0, 0, 0, 0, 20),
    "partially_granted": (8, 1, 0, 0, 1, 0, 10),
    "denied_state_secret": (1, 0, 0, 0, 0, 0, 1),
    "denied_internal_affairs": (4, 0, 0, 0, 0, 0, 4),
    "unavailable_not_held": (10, 2, 0, 0, 0, 0, 12),
    "unprocessed_petition": (3, 0, 0, 0, 0, 0, 3),
    "other_uncorrected": (2, 0, 0, 0, 0, 0, 2),
    "other_misc": (3, 0, 0, 0, 0, 0, 3),
    "total_concluded": (49, 5, 0, 0, 1, 0, 55),
    "carried_forward": (4, 0, 0, 0, 1, 0, 5),
}
_CELLS = {
    f"requests.{row}.{column.key}": figure
    for row, figures in _ROWS.items()
    for column, figure in zip(CN_2021.requests.columns, figures, strict=True)
} | {
    "disputes.reconsideration.upheld": 3,
    "disputes.reconsideration.corrected": 1,
    "disputes.reconsideration.other_result": 2,
    "disputes.reconsideration.pending": 1,
    "disputes.reconsideration.total": 7,
    "disputes.direct_litigation.upheld": 2,
    "disputes.direct_litigation.total": 2,
    "disputes.post_reconsideration_litigation.upheld": 2,
    "disputes.post_reconsideration_litigation.pending": 1,
    "disputes.post_reconsideration_litigation.total": 3,
    "proactive.normative_documents.issued": 8,
    "proactive.normative_documents.repealed": 2,
    "proactive.normative_documents.in_force": 66,
}


def filed(text: str) -> Report:
    """The report with those tables, whose section 1 says that."""
    return report(_CELLS, year=YEAR, overview=text)


# What is true of that report, or of something that its tables do not count.
TRUE = (
    "政府信息公开申请中，同意公开答复30件，不同意公开答复5件。",
    "已审结的政府信息公开行政复议6件，其余1件尚未审结。",
    "市政府作为复议机关，全年办理政府信息公开行政复议案件134件、应诉57件。",
    "全年办理行政复议案件212件，其中涉及政府信息公开的40件。",
    "办理行政应诉案件31件，败诉2件。政府信息公开工作未引发负面舆情。",
    "全年受理政府信息公开申请60件（含上年结转3件）。",
    "2022年收到政府信息公开申请41件，2023年收到57件，增加16件。",
    "与上年收到的41件政府信息公开申请相比，增长39%。",
    "较2022年收到政府信息公开申请41件增加16件。",
    "通过网络收到政府信息公开申请40件，信函收到12件，当面收到5件。",
    "主动公开政府信息1024条，公开规范性文件9件，予以公开规范性文件解读材料9份。",
    "新增公开市政府规章1件、政策性文件11件。",
    "本机关以市政府名义制发规范性文件3件，以本机关名义制发5件。",
    "审核行政规范性文件送审稿21件，备案审查13件，废止建议4件。",
    "第三季度未收到政府信息公开申请。",
    "网络渠道未收到政府信息公开申请，均为信函和当面提交。",
    "未收到企业提出的政府信息公开申请延期要求。",
    "全年未收到政府信息公开投诉举报，未发生因政府信息公开引发的责任追究。",
    "未发生因政府信息公开答复逾期被行政复议纠错的情形。",
    "没有因未按时答复政府信息公开申请而被提起行政诉讼。",
    "7月份以来未收到信息公开申请。",
    "延期答复政府信息公开申请6件，当场答复2件，按时答复47件。",
    "答复疑难复杂政府信息公开申请9件，均经法律顾问审核。",
    "对涉及征地拆迁的政府信息公开申请18件逐件会商。",
    "市公安局收到政府信息公开申请15件，市住建局收到政府信息公开申请12件。",
    "各县区收到政府信息公开申请310件，办结298件。",
    "指导部门答复政府信息公开申请22件，其中予以公开7件。",
    "全市法院审结政府信息公开行政诉讼案件95件，行政机关败诉11件。",
    "办理人大建议35件、政协提案42件，予以公开60件，部分公开10件，不予公开7件。",
    "受理12345热线工单1520件，办结1519件，结转下年度1件。",
    "收到网民留言248条，答复230条，未收到申请公开的留言。",
    "行政许可申请受理4500件，办结4498件，不予受理2件，不予公开0件。",
    "自2008年以来累计收到政府信息公开申请560件，答复555件。",
    "近三年共收到政府信息公开申请150件，年均50件。",
    "政府信息公开申请办理平均用时9.6个工作日，每件答复书平均3页。",
    "受理政府信息公开申请近60件，答复50余件。",
    "今年1月至6月收到政府信息公开申请21件，同比增加5件。",
    "其中涉及多个部门联合答复的政府信息公开申请4件。",
    "抽查2022年政府信息公开申请答复卷宗50件，发现问题3件，均已纠正。",
    "无政府信息公开申请行政复议败诉案件以外的其他情形。",
    "政府信息公开行政复议中，责令重新答复1件，申请人撤回2件。",
    "经行政复议机关调解，政府信息公开争议3件达成和解。",
    "全年共有9名申请人提出政府信息公开申请，其中1名申请人提出20件。",
    "收到政府信息公开申请57件，其中3件与上年同一申请人重复。",
    "公开规章制度12件，制发内部规章制度4件。",
    "制发公文120件，其中行政规范性文件8件，其余112件均已依法公开。",
    "召开政府信息公开申请办理会商会6次，形成会商纪要6份。",
    "上年度收到政府信息公开申请41件，答复40件。",
    "办结上年结转申请3件、本年新收申请52件，合计办结55件政府信息公开申请。",
    "全系统共收到政府信息公开申请400件，其中局机关57件。",
    "推行“一件事一次办”，办结“一件事”事项300件，答复群众申请290件。",
    "收到第三方意见书5份，不同意公开4份，同意公开1份。",
    "予以公开的申请占36.4%，其中主动公开信息类申请占一半。",
    "政府信息公开申请的公开率为54.5%，较全市平均水平高3个百分点。",
    "共收到政府信息公开申请57件，占全市总量的12%，办结率96.5%。",
    "纠正下级机关不当政府信息公开行政复议答复2件。",
    "政府信息公开行政诉讼一审3件、二审2件。",
    "现行有效行政规范性文件中，市政府制发40件，市政府办公室制发26件。",
    "清理以市政府名义印发的规范性文件120件，保留66件，修改52件，废止2件。",
    "本年新收政府信息公开申请涉及自然资源20件、住建12件、其他25件。",
    "1.依申请公开57件。2.申请人主要为个人（52件）和企业（5件）。",
)
