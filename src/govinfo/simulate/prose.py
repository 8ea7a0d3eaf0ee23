"""The prose of a made-up report: what a report has to speak of, with the figures of its own tables, in other words than last year."""

from collections.abc import Mapping, Sequence

from govinfo.columns.arrow import Ints
from govinfo.keys import AdminLevel, Applicant, DisputeResult, DisputeTrack, Flow, ProactiveColumn, ProactiveRow
from govinfo.simulate.organs import Organ

STATED = f"requests.{Flow.TOTAL_CONCLUDED}.{Applicant.TOTAL}"
"""The figure that is stated wrongly where the prose has a fault."""

# Sections that name the five topics of section 1 (rule S506) and what a government reports besides (S507), each in three wordings: the
# same twice running would be a copied text (Y710).
_DISCLOSED = (
    "（一）主动公开。{organ}按规定的时限公开应当公开的信息，并对已公开的内容作了更新。{documents}",
    "（一）主动公开方面，重点领域的信息逐项列出清单，由各承办科室按清单对外发布。{documents}",
    "（一）关于主动公开，新出台的政策连同解读一并上网，群众来访时也可在查阅场所看到。{documents}",
)
_ASKED = (
    "（二）依申请公开。登记、审核、答复、归档各环节有专人负责。{requests}{disputes}",
    "（二）依申请公开方面，疑难件先会商后答复，答复书统一了格式。{requests}{disputes}",
    "（二）关于依申请公开，受理渠道保持畅通，期限将至的逐件提醒。{requests}{disputes}",
)
_KEPT = (
    "（三）政府信息管理。已公开的文件每半年清理一次，失效的注明失效。",
    "（三）政府信息管理方面，公文拟制时同步确定公开属性，不公开的写明理由。",
    "（三）关于政府信息管理，建立了台账，动态调整目录，历史文件陆续数字化。",
)
_SHOWN = (
    "（四）政府信息公开平台建设。网站专栏运行平稳，检索比以前方便。",
    "（四）平台建设方面，合并了重复的栏目，手机上也能查看。",
    "（四）关于平台建设，完成了适老化改造，查阅点增设了自助设备。",
)
_HELD = (
    "（五）监督保障。工作考核结果已通报，社会评议总体良好，没有需要责任追究的情形。",
    "（五）监督保障方面，把信息公开列入工作考核，邀请代表参加社会评议，全年无人被责任追究。",
    "（五）关于监督保障，举办了培训，组织了工作考核和社会评议，责任追究事项为零。",
)
_PROBLEMS = (
    "主要问题是公开内容不够丰富。下一步将充实内容，改进服务。",
    "存在的不足：解读形式单一，个别答复说理不充分。改进措施是加强培训，请法律顾问把关。",
    "仍有栏目更新偏慢的问题。今后将明确责任科室，按月检查并督促改进。",
)


def overviews(organs: Sequence[Organ], of: int, figures: Mapping[str, Ints], stated: Mapping[int, int]) -> list[str]:
    """Section 1 of every body's report. `stated` holds, by number of the body, a number of concluded requests other than the table's."""
    flows = (Flow.NEW_RECEIVED, Flow.CARRIED_IN, Flow.TOTAL_CONCLUDED, Flow.CARRIED_FORWARD)
    columns = [f"requests.{flow}.{Applicant.TOTAL}" for flow in flows]
    columns += [f"disputes.{track}.{DisputeResult.TOTAL}" for track in DisputeTrack]
    documents = [f"proactive.{ProactiveRow.NORMATIVE_DOCUMENTS}.{column}" for column in _COUNTED]
    has_documents = documents[0] in figures  # on the form of 2021
    rows = zip(*(figures[column].tolist() for column in columns), strict=True)
    counted = zip(*(figures[column].tolist() for column in documents), strict=True) if has_documents else [()] * len(organs)
    texts: list[str] = []
    for number, (organ, row, known) in enumerate(zip(organs, rows, counted, strict=True)):
        new, carried, concluded, left, reconsidered, direct, after = row
        words, area = _variant(number, of), _AREAS[organ.level] if organ.aggregate else ""
        asked = f"{area}全年未收到政府信息公开申请，也没有上年结转的申请。"
        if new or carried or concluded or left:
            concluded = stated.get(number, concluded)
            asked = f"{area}全年新收政府信息公开申请{new}件，上年结转{carried}件，办结{concluded}件，结转下年度继续办理{left}件。"
        disputed = "未发生因政府信息公开引起的行政复议、行政诉讼。"
        if reconsidered or direct or after:
            disputed = f"因政府信息公开被申请行政复议{reconsidered}件，被提起行政诉讼{direct + after}件。"
        issued = f"{area}本年度制发行政规范性文件{known[0]}件，废止{known[1]}件，现行有效{known[2]}件。" if known else ""
        texts.append(
            "\n".join(
                (
                    f"{of}年，{organ.name}依法公开政府信息。",
                    _DISCLOSED[words].format(organ=organ.name, documents=issued),
                    _ASKED[words].format(requests=asked, disputes=disputed),
                    *(said[words] for said in (_KEPT, _SHOWN, _HELD)),
                )
            )
        )
    return texts


_AREAS = {AdminLevel.PROVINCIAL: "全省", AdminLevel.PREFECTURAL: "全市", AdminLevel.COUNTY: "全县"}
_COUNTED = (ProactiveColumn.ISSUED, ProactiveColumn.REPEALED, ProactiveColumn.IN_FORCE)


def problems(size: int, of: int) -> list[str]:
    """Section 5 of every body's report."""
    return [_PROBLEMS[_variant(number, of)] for number in range(size)]


def _variant(number: int, of: int) -> int:
    """Which wording a body uses in a year: another than in the years beside it."""
    return (number + of) % len(_PROBLEMS)
