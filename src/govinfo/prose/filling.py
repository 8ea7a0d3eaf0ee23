"""What may stand around the phrases without changing what is counted: words as data, and the patterns made of them.

The patterns take longer words first and never give back what they took, so that they are linear in the text.
"""

import re
from collections.abc import Iterable

FILLING = (
    "政府信息公开", "政府信息", "信息公开", "信息", "公开申请", "申请件", "申请表", "申请", "答复", "共计", "合计", "总计", "累计",
    "分别", "共有", "一共", "共", "总共", "计", "有", "为", "了", "均", "数量", "总数", "总量", "总", "数", "量", "约", "达到", "达",
    "的", "决定", "情形", "情况", "件数", "案件", "案", "事项", "办理", "处理", "仅", "是", "已", "等", "各", "全部", "都", "全年",
    "本年度", "年度", "结果", "类", "较", "较上年", "件", "其中", "由", "于",
)  # fmt: skip
"""Between a phrase and its figure."""

GIVERS = (
    "公民、法人", "公民", "法人", "自然人", "其他组织", "申请人", "市民", "群众", "社会公众", "公众", "各类", "提出", "提交", "依法",
    "所有", "我局", "本机关", "社会", "各界", "书面", "群体", "或者", "或", "和", "并", "向",
)  # fmt: skip
"""Between a verb and the requests: whoever may ask."""

LEADS = (
    "年底", "底", "本年", "年内", "当年", "今年", "年末", "一年来", "来", "期间", "同期", "我单位", "本单位", "本机关", "机关",
    "我中心", "我街道", "街道", "单位", "部门", "各级", "行政机关", "政府", "人民政府", "办公室", "办公厅", "代表", "依法", "按规定",
    "按时", "按期", "及时", "在法定期限内", "法定期限内", "期限内", "规定时限内", "其", "含", "包括", "另有", "另", "还有", "尚有",
    "剩余", "除", "对", "因", "经", "在", "以", "和", "及", "与", "以及", "或", "或者", "到", "至", "由于", "未", "引发", "引起",
    "产生", "发生", "被", "提起", "公民、法人", "公民", "法人", "自然人", "其他组织", "申请人", "市民", "群众", "社会公众", "公众",
    "各类", "提出", "提交", "所有", "依申请公开", "依申请", "工作", "方面", "从", "看", "针对", "据统计", "经统计", "统计", "相关",
    "有关", "涉及", "直接相关", "人员", "本机关不掌握等原因", "等原因", "属于", "实际", "新", "里", "中", "可", "不", "作出",
    "给予", "登记", "转", "的申请", "复议", "诉讼", "行政", "续", "并", "期", "上网", "率", "件申请",
)  # fmt: skip
"""Anywhere in a clause: times, the organ itself, connectives."""

_SIGNS = r"[、:“”‘’\")]"
_ORGANISATIONS = r"公民、法人(?:和|或者|或|及|与)其他组织"
_LEADING = (
    r"\d{4}年(?:度)?+(?:1月(?:1日)?+起?[至到—\-]++)?+(?:12月(?:31日)?+)?+", r"截[至止](?:年底|12月31日|目前)?+", r"[我本][局委办厅市县区镇乡省州旗院站处级]",
    r"全[市区县省镇州旗盟]", r"[市区县省镇乡州旗]", _ORGANISATIONS, r"[‘’“”\"()《》.·,，、]",
)  # fmt: skip


def _of(words: Iterable[str], *patterns: str) -> re.Pattern[str]:
    longest_first = [*map(re.escape, sorted(words, key=len, reverse=True))]
    return re.compile(f"(?:{'|'.join((*patterns, *longest_first))})*+")


FILLER = _of(FILLING, _SIGNS)
GIVEN = _of((*FILLING, *GIVERS), _ORGANISATIONS, _SIGNS)
KNOWN = _of((*FILLING, *GIVERS, *LEADS), *_LEADING, _SIGNS)


def fills(text: str) -> bool:
    """Whether a text between a phrase and its figure changes nothing."""
    return FILLER.fullmatch(text) is not None
