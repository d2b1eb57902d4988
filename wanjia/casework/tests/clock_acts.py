"""How the acts on a need's clock are done rightly, and how each of their refusals is met (acts.py takes these rows)."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import Felt, Tried
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role

from ..clock import commands as clock
from ..handling.commands import report_done
from ..models import Milestone
from .factories import later, worker
from .walk import DONE, bring, need

# Graded on Monday the 2nd with ten working days: promised for the 16th, so put off to the 30th at most.
DUE, LATER, LATEST = date(2026, 11, 16), date(2026, 11, 23), date(2026, 11, 30)
ASK = {"due_on": LATER, "reason": "等上级补助资金到位"}
PAPERS = {"reason": "papers", "words": "残疾证原件、户口本复印件", "asked_on": later(1).date(), "asked_way": "phone", "until": date(2026, 11, 11)}
SEASON = PAPERS | {"reason": "season", "words": "下雨,屋顶不能施工"}
STEP = {"due_on": date(2026, 12, 1), "words": "请到工程队,定下开工日子"}


def fresh(user):
    """Read a person anew, as the doors do."""
    return User.objects.get(pk=user.pk)


def asked(world, what, **how):
    """The bureau has asked for more time."""
    clock.ask_extension(need_id=what["need_id"], **(ASK | how), by=fresh(world.handler), at=later(2))


def asked_to_stop(world, what):
    """The bureau has asked the tier above to let the clock stand still."""
    clock.stop_clock(need_id=what["need_id"], **SEASON, by=fresh(world.handler), at=later(2))


def stopped(world, what, **how):
    """The clock stands still for the household's papers."""
    clock.stop_clock(need_id=what["need_id"], **(PAPERS | how), by=fresh(world.handler), at=later(2))


def granted(world, what):
    """The office has put the date off."""
    asked(world, what)
    clock.decide_clock(need_id=what["need_id"], agree=True, by=fresh(world.ledger), at=later(2, hours=1))


def refused(world, what):
    """The office has refused to."""
    asked(world, what)
    clock.decide_clock(need_id=what["need_id"], agree=False, words="人手够,按期办", by=fresh(world.ledger), at=later(2, hours=1))


def told(world, what):
    """The household knows already."""
    clock.tell_extension(need_id=what["need_id"], told_on=later(2).date(), told_way="face", by=fresh(world.handler), at=later(3))


def with_(done, state="accepted"):
    """Return world → the keyword of a need of that state to which this was done."""

    def make(world):
        what = need(world, state)
        done(world, what)
        return what

    return make


def planned(world):
    """Return the keyword of a need reported as planned for the 31st of December."""
    one = bring(world, "in_progress")
    what = {"outcome": "planned", "outcome_text": "列入明年危房改造计划", "planned_on": date(2026, 12, 31)}
    report_done(need_id=one.pk, **(DONE | what), by=fresh(world.handler), at=later(4))
    return {"need_id": one.pk}


def with_step(world):
    """Return the keywords of a planned need and its one step."""
    what = planned(world)
    return what | {"milestone": clock.add_milestone(**what, **STEP, by=fresh(world.handler), at=later(4, hours=1))}


def reached(world, what):
    """The step is reached already."""
    clock.reach_milestone(need_id=what["need_id"], milestone=Milestone.objects.get(), done_on=later(4).date(), by=fresh(world.handler), at=later(5))


def two_posts(world):
    """Somebody of the office who stands in the bureau too."""
    Post.objects.create(user=world.ledger, organisation=world.civil, role=Role.BUREAU_HEAD, from_on=date(2020, 1, 1))
    return fresh(world.ledger)


NO_DUTY, NOT_MINE = "您的岗位没有办理权限。", "这件诉求不在您的单位手里。"
HANDS = {NO_DUTY: Felt(by="caller"), NOT_MINE: Felt(by="teacher")}
OPEN = {"已经有一项申请在等上一级审批,请等审批以后再办。": Felt(before=asked_to_stop), "现在正挂起,请先恢复计时。": Felt(before=stopped)}
ACTS = {
    "casework.ask_extension": Tried(
        "handler", lambda w: need(w, "accepted") | ASK, {"reason": "等工程队进场施工"}, at=later(2, hours=2), may="bureau_worker bureau_head", spoil={
            **HANDS, **OPEN,
            "签收以后、报办结以前才能申请延期": Felt(state="assigned"),
            "时限已经过了,不能再申请延期。请抓紧办理,并向诉求人说明。": Felt(at=later(20)),
            "这件诉求已经延过一次,不能再延。重新办理的,时限也从最初算起。": Felt(before=granted),
            "这一轮已经申请过延期,一轮只能申请一次。": Felt(before=refused),
            "“%(what)s”至少写 %(n)s 个字。": Felt(what={"reason": "忙"}),
        }),
    "casework.decide_clock": Tried(
        "ledger", lambda w: with_(asked)(w) | {"agree": True}, {"agree": False, "words": "按期办"}, at=later(3), may="ledger_office leader", spoil={
            "您的岗位没有审批延期和挂起的权限。": Felt(by="clerk"),
            "这件诉求不在您的辖区。": Felt(by=lambda w: worker("makou-ld", "马领导", w.elsewhere, Role.TOWNSHIP_LEADER)),
            "这件诉求没有等着审批的延期或挂起,可能已经有人审批过,或者已经报办结、换了单位。": Felt(state="accepted"),
            "办理过这件诉求的单位不能自己审批,请由上一级审批。": Felt(by=two_posts),
            "应由主办单位的上一级审批。": Felt(by=lambda w: worker("xisha-ld", "高领导", w.township, Role.TOWNSHIP_LEADER)),
            "不同意的,请写一句理由,申请人会看到。": Felt(what={"agree": False, "words": ""}),
        }),
    "casework.tell_extension": Tried(
        "handler", lambda w: with_(granted)(w) | {"told_on": later(3).date(), "told_way": "phone"}, {"told_way": "face"}, at=later(4),
        may="bureau_worker bureau_head", spoil={
            **HANDS,
            "签收以后、报办结以前才登记延期告知": Felt(state="assigned"),
            "这件诉求没有批准过延期。": Felt(state="accepted"),
            "延期已经告知过诉求人,记下了。": Felt(before=told),
            "告知日期不早于登记日,不晚于今天。": Felt(what={"told_on": later(9).date()}),
        }),
    "casework.stop_clock": Tried(
        "handler", lambda w: need(w, "accepted") | PAPERS, {"words": "银行卡复印件"}, at=later(2, hours=2), may="bureau_worker bureau_head", spoil={
            **HANDS, **OPEN,
            "签收以后、报办结以前才能挂起": Felt(state="assigned"),
            "时限已经过了,不能再挂起。超期照算。": Felt(at=later(20)),
            "告诉诉求人的日期不早于登记日,不晚于今天。": Felt(what={"asked_on": later(9).date()}),
        }),
    "casework.run_clock": Tried(
        "handler", lambda w: with_(stopped)(w) | {"words": "户口本送到了"}, at=later(4), may="bureau_worker bureau_head", spoil={
            **HANDS,
            "签收以后、报办结以前才有恢复计时": Felt(state="assigned"),
            "现在没有挂起,时限照常在走。": Felt(at=later(15)),
        }),
    "casework.add_milestone": Tried(
        "handler", lambda w: planned(w) | STEP, {"words": "把图纸定下来"}, at=later(5), may="bureau_worker bureau_head", spoil={
            **HANDS,
            "报为“列入计划”的诉求才有计划节点": Felt(state="done_reported"),
            "节点日期要在今天以后,不晚于计划兑现的日期 %(day)s。": Felt(what={"due_on": date(2027, 2, 1)}),
            "这一天的这个节点已经有了,不用再加。": Felt(before=lambda w, what: clock.add_milestone(**what, by=fresh(w.handler), at=later(4, hours=1))),
        }),
    "casework.reach_milestone": Tried(
        "handler", lambda w: with_step(w) | {"done_on": later(5).date()}, {"words": "队伍到了"}, at=later(5) + timedelta(hours=1), may="bureau_worker bureau_head", spoil={
            **HANDS,
            "报为“列入计划”的诉求才有计划节点": Felt(state="done_reported"),
            "没有还没完成的计划节点。": Felt(before=reached),
            "完成日期不早于定下节点的那天,不晚于今天。": Felt(what={"done_on": later(9).date()}),
        }),
}  # fmt: skip
