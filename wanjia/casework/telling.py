"""How the journal tells what was done with a need, and which needs its reader may open from there (wanjia/orgs/trail/telling.py)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .models import Evidence
from .rules import visible_needs

SAID = {
    "need.record": _("登记了诉求 %(matter)s"),
    "need.correct": _("更正了 %(matter)s"),
    "need.admit": _("受理了 %(matter)s"),
    "need.decline": _("对 %(matter)s 不予受理"),
    "need.appeal": _("为 %(matter)s 申请复核"),
    "need.triage": _("研判了 %(matter)s"),
    "need.regrade": _("重新研判了 %(matter)s"),
    "need.assign": _("交办了 %(matter)s"),
    "need.recall": _("在签收前收回了 %(matter)s"),
    "need.urge": _("催办了 %(matter)s"),
    "need.reminded": _("提醒 %(matter)s 快到时限"),
    "need.urged": _("按时限催办 %(matter)s"),
    "need.supervised": _("按时限督办 %(matter)s"),
    "need.raised": _("按时限把 %(matter)s 报给上级"),
    "need.raise": _("按时限把 %(matter)s 提级"),
    "need.raise_desk": _("按时限把 %(matter)s 提级,由上一级研判、交办"),
    "need.accept": _("签收了 %(matter)s"),
    "need.return": _("把 %(matter)s 退回"),
    "need.contest": _("就 %(matter)s 提请会商裁定主办单位"),
    "need.arbitrate": _("在会商上裁定了 %(matter)s 由谁主办"),
    "need.hand_to": _("把 %(matter)s 派给责任人"),
    "need.hand_on": _("给 %(matter)s 换了责任人"),
    "need.start": _("开始办理 %(matter)s"),
    "need.note": _("给 %(matter)s 写了办理记录"),
    "need.evidence": _("给 %(matter)s 添了佐证"),
    "need.report_done": _("把 %(matter)s 报办结"),
    "need.verify": _("回访了 %(matter)s,诉求人给了话"),
    "need.callback_missed": _("为 %(matter)s 回访,没有联系上"),
    "need.give_up_callback": _("为 %(matter)s 多次没有联系上,记为回访未果"),
    "need.dispute": _("记下诉求人的话:%(matter)s 没有解决"),
    "need.confirm": _("回了 %(matter)s 的结果"),
    "need.slip_word": _("在小条上回了 %(matter)s 的结果"),
    "need.slip": _("给 %(matter)s 发了小条"),
    "need.close": _("把 %(matter)s 销号"),
    "need.recheck": _("抽查了 %(matter)s"),
    "need.recheck_missed": _("为 %(matter)s 抽查,没有联系上"),
    "need.recheck_called": _("把 %(matter)s 列入抽查名单"),
    "need.complaint": _("记下诉求人在 %(matter)s 销号后的话:没有解决"),
    "need.say_again": _("认定了 %(matter)s 是不是上次没有解决"),
    "need.contradicted": _("记下 %(matter)s 销号后又有反映"),
    "need.reopen": _("把 %(matter)s 重新办理"),
    "need.resume": _("计划到期,继续办理 %(matter)s"),
    "need.withdraw": _("问过诉求人,撤回了 %(matter)s"),
    "need.ask_withdrawal": _("登记诉求人要撤回 %(matter)s,等别的单位核实"),
    "need.keep": _("问过诉求人,%(matter)s 没有要撤回"),
    "need.decide": _("在会商上议定了 %(matter)s"),
    "need.put_off": _("在会商上把 %(matter)s 改到下次"),
    "need.retime": _("按新日历重算了 %(matter)s 的时限"),
    "need.help": _("为 %(matter)s 请别的单位协办"),
    "need.help_named": _("交办 %(matter)s 时请别的单位协办"),
    "need.help_take": _("接下 %(matter)s 的协办"),
    "need.help_send_back": _("退回 %(matter)s 的协办"),
    "need.help_report": _("报 %(matter)s 的协办完成"),
    "need.help_give_again": _("把 %(matter)s 的协办改请别的单位"),
    "need.help_call_off": _("取消 %(matter)s 的协办"),
    "need.relieve": _("%(matter)s 离岗交接,换责任人"),
    "need.take_over": _("%(matter)s 撤并、离岗交接,换主办单位"),
    "need.take_desk": _("%(matter)s 撤并、离岗交接,换研判、交办的单位"),
    "need.help_agree": _("%(matter)s 的协办单位确认协商"),
    "need.help_take_over": _("%(matter)s 撤并、离岗交接,换协办单位"),
    "need.help_ended": _("%(matter)s 的协办随着结束"),
    "need.help_urge": _("催 %(matter)s 的协办单位"),
    "need.help_number": _("为协办查看了 %(matter)s 的电话"),
    "need.consult": _("给 %(matter)s 记了协商"),
    "need.group": _("把 %(matter)s 并进同一事项"),
    "need.ungroup": _("把 %(matter)s 移出同一事项"),
    "need.relate": _("给 %(matter)s 标了相关事项"),
    "need.unrelate": _("取消了 %(matter)s 的关联"),
    "need.apart": _("看过 %(matter)s,不是同一事项"),
    "need.ask_extension": _("为 %(matter)s 申请延期"),
    "need.extended": _("批准 %(matter)s 延期"),
    "need.not_extended": _("没有同意 %(matter)s 延期"),
    "need.tell_extension": _("把 %(matter)s 的延期告知了诉求人"),
    "need.stop": _("挂起了 %(matter)s"),
    "need.ask_stop": _("为 %(matter)s 申请挂起"),
    "need.stop_agreed": _("批准 %(matter)s 挂起"),
    "need.not_stopped": _("没有同意 %(matter)s 挂起"),
    "need.run": _("让 %(matter)s 恢复计时"),
    "need.milestone": _("给 %(matter)s 加了计划节点"),
    "need.milestone_done": _("记下 %(matter)s 的计划节点完成"),
    "need.reveal": _("查看了 %(matter)s 的电话和详细情况"),
    "need.phone": _("为回访查看了 %(matter)s 的电话"),
    "need.open_words": _("打开了 %(matter)s 密封的原话"),
    "need.open_evidence": _("打开了 %(matter)s 的佐证"),
}

OF_SESSIONS = {
    "session.call": _("召集了%(matter)s"), "session.draw": _("给%(matter)s补列了议题"), "session.attend": _("登记了%(matter)s的参会情况"),
    "session.hold": _("结束了%(matter)s"), "session.sign": _("签发了%(matter)s的纪要"), "session.call_off": _("取消了%(matter)s"),
    "sessionitem.dissent": _("在会商上记下对%(matter)s的不同意见"),
}  # fmt: skip


def needs(actor, keys):
    """Return {key: (address, summary)} of the needs that the actor sees."""
    rows = visible_needs(actor).filter(pk__in=keys).values_list("pk", "summary")
    return {str(pk): (reverse("casework:need", args=[pk]), summary) for pk, summary in rows}


def evidence(actor, keys):
    """Return {key: (address of its need, summary)} of the papers whose needs the actor sees."""
    rows = Evidence.objects.filter(need__in=visible_needs(actor), pk__in=keys).values_list("pk", "need", "need__summary")
    return {str(pk): (reverse("casework:need", args=[need]), summary) for pk, need, summary in rows}
