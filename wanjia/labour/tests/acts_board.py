"""How the acts of the board are done rightly, and how each of their refusals is met: civil affairs leads, education assists, labour sets and judges."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import Level, Tier, User
from wanjia.orgs.roles import Role
from wanjia.orgs.second_person.hands import SAME_PERSON
from wanjia.registry.tests.factories import area, unit, worker

from ..board import commands as board
from ..models import BoardPart, BoardTask
from .acts_reach import on

DAY = MONDAY.date()
DUE = DAY + timedelta(days=14)
WHAT = {"what": "村村响播招聘信息", "measure": "六个乡镇每周播三次,播出单交齐", "pillar": "organised", "due_on": DUE}

TWICE, TWO_ACCOUNTS = str(SAME_PERSON), Felt(before=lambda w, _what: User.objects.filter(pk=w.handler.pk).update(name=w.labour.name))


def anew(user):
    """Read a person anew, as the doors do."""
    return User.objects.get(pk=user.pk)


def who(user, days=0):
    """Who acts, and when."""
    return {"by": anew(user), "at": MONDAY + timedelta(days=days)}


def task(world, state="given", **facts):
    """A task of civil affairs that has come as far as `state`."""
    one = BoardTask.objects.filter(what=WHAT["what"]).first()
    if one is None:
        one = board.set_board_task(**WHAT | {"area": world.county, "lead": world.civil} | facts, **who(world.labour))
    what = {"board_task_id": one.pk}
    if state in ("taken", "asked", "reported", "confirmed"):
        board.accept_board_task(**what, **who(world.handler))
    if state == "contested":
        board.contest_board_task(**what, reason="按三定方案归教体局", **who(world.handler))
    if state == "asked":
        board.ask_board_later(**what, until=DUE + timedelta(days=7), reason="等设备到货", **who(world.handler))
    if state in ("reported", "confirmed"):
        board.report_board_task(**what, words="六个乡镇都播了", **who(world.handler))
    if state == "confirmed":
        board.confirm_board_task(**what, **who(world.labour))
    return what


def part(world):
    """The part of civil affairs in a task that education leads."""
    task(world, lead=world.education, units=[world.civil])
    return {"board_part_id": BoardPart.objects.get().pk}


def late(world):
    """A task three working days past its day."""
    task(world)
    BoardTask.objects.update(due_on=DAY - timedelta(days=7), set_on=DAY - timedelta(days=20))
    return {}


def _reported_by_labour(world, _what):
    BoardTask.objects.update(reported_by=world.labour)


OFFICE, WORKS = "labour_officer", "bureau_worker bureau_head"
NO_SETTING, ELSEWHERE = "您的岗位没有交办、确认协同任务的权限。", "这项协同任务不由您的单位交办。"
NO_WORK, NOT_LEAD = "您的岗位没有办理协同任务的权限。", "这项协同任务不由您的单位牵头。"
NO_UNIT, THERE = "这个单位不在您的辖区,或者还没有人能接协同任务。", "%(unit)s不在这个地方工作。"
SAYS, ENDED = "“%(what)s”至少写 %(n)s 个字。", "这项任务已经办结或者撤回。"
SETS = {NO_SETTING: Felt(by="caller"), ELSEWHERE: Felt(by=lambda world: elsewhere(world))}
LEADS = {NO_WORK: Felt(by="caller"), NOT_LEAD: Felt(by="teacher")}


def elsewhere(world):
    """A labour officer of another county."""
    county = area("530621000000", "鲁甸县", Level.COUNTY)
    return User.objects.filter(username="ludian-renshe").first() or worker("ludian-renshe", "远就业", unit("鲁甸县人社局", Tier.COUNTY, county), Role.LABOUR_OFFICER)


def given(world):
    """What a new task is asked."""
    return WHAT | {"area": world.county, "lead": world.civil}


LATER = {"until": DUE + timedelta(days=7), "reason": "等设备到货"}
ASKED_PART = {"what": "学校公众号转发", "due_on": DUE}
ENDED_NOW = {"state": "board_withdrawn", "ended_at": MONDAY}

ACTS = {
    "labour.set_board_task": Tried("labour", given, {"what": "另一件事情"}, may=OFFICE, spoil={
        "您的岗位没有“%(act)s”的权限。": Felt(by="caller"), "这个地方不在您的辖区。": Felt(by=lambda w: elsewhere(w)), NO_UNIT: Felt(what=lambda w: {"lead": w.oversight}),
        THERE: Felt(what=lambda w: {"area": w.xisha, "lead": w.elsewhere}), "日期不能早于今天。": Felt(what={"due_on": DAY - timedelta(days=1)}), SAYS: Felt(what={"what": "播"}),
        "%(unit)s就是牵头单位,不用再请它配合。": Felt(what=lambda w: {"units": [w.civil]}),
    }),
    "labour.accept_board_task": Tried("handler", task, {}, may=WORKS, spoil=LEADS | {"这项任务不在等接受。": Felt(before=on(BoardTask, state="board_taken"))}),
    "labour.contest_board_task": Tried("handler", lambda w: task(w) | {"reason": "按三定方案归教体局"}, {"reason": "另一个理由"}, may=WORKS, spoil=LEADS | {
        "接受以前才能提异议。": Felt(before=on(BoardTask, state="board_taken")), "您的单位提过一次异议,交办单位已经答复。请接受,办不了的请延期。": Felt(before=on(BoardTask, contested=True)),
        SAYS: Felt(what={"reason": "不"}),
    }),
    "labour.settle_board_task": Tried("labour", lambda w: task(w, "contested") | {"lead": w.education, "due_on": DUE, "reason": "改由教体局牵头"}, {"reason": "另一个理由"}, may=OFFICE, spoil=SETS | {
        "没有等答复的异议。": Felt(before=on(BoardTask, state="board_given")), "答复异议只能维持日期或者推后。": Felt(what={"due_on": DUE - timedelta(days=1)}),
        NO_UNIT: Felt(what=lambda w: {"lead": w.oversight}), THERE: Felt(before=lambda w, _what: BoardTask.objects.update(area=w.xisha), what=lambda w: {"lead": w.elsewhere}),
        "这个单位正在配合这项任务,不能改由它牵头。": Felt(before=lambda w, what: board.ask_board_part(**what_of(what), unit=w.education, **ASKED_PART, **who(w.labour))), SAYS: Felt(what={"reason": "改"}),
    }),
    "labour.ask_board_part": Tried("labour", lambda w: task(w) | ASKED_PART | {"unit": w.education}, {"what": "另一件事情"}, may=OFFICE, spoil=SETS | {
        ENDED: Felt(before=on(BoardTask, **ENDED_NOW)), NO_UNIT: Felt(what=lambda w: {"unit": w.oversight}), "%(unit)s就是牵头单位,不用再请它配合。": Felt(what=lambda w: {"unit": w.civil}),
        "%(unit)s已经请过了。": Felt(before=lambda w, what: board.ask_board_part(**what, **who(w.labour))), "配合的日期不早于今天,不晚于任务自己的日期。": Felt(what={"due_on": DUE + timedelta(days=1)}),
        THERE: Felt(before=lambda w, _what: BoardTask.objects.update(area=w.xisha), what=lambda w: {"unit": w.elsewhere}), SAYS: Felt(what={"what": "转"}),
    }),
    "labour.finish_board_part": Tried("handler", lambda w: part(w) | {"words": "公众号转发了三次"}, {"words": "另一句话"}, may=WORKS, spoil={
        NO_WORK: Felt(by="caller"), "这项配合不是请您的单位做的。": Felt(by="teacher"), "这项配合已经报过,或者不再等了。": Felt(before=on(BoardPart, state="board_part_done", ended_at=MONDAY)),
        SAYS: Felt(what={"words": "好"}),
    }),
    "labour.report_board_task": Tried("handler", lambda w: task(w, "taken") | {"words": "六个乡镇都播了"}, {"words": "另一句话"}, may=WORKS, spoil=LEADS | {
        "接受以后、报办结以前才能报。": Felt(before=on(BoardTask, **ENDED_NOW)), "请从地址栏复制本系统里就业页面的地址。": Felt(what={"evidence": "//example.org/labour/"}),
        "还有配合单位没有报完成。请等它,或者写明为什么可以先报。": Felt(before=lambda w, what: board.ask_board_part(**what_of(what), unit=w.education, **ASKED_PART, **who(w.labour))),
        SAYS: Felt(what={"words": "好"}),
    }),
    "labour.confirm_board_task": Tried("labour", lambda w: task(w, "reported"), {}, may=OFFICE, spoil=SETS | {
        "牵头单位报了办结,才能确认或者退回。": Felt(before=on(BoardTask, state="board_taken")), "报办结的人不能自己确认或者退回,请另一个人来。": Felt(before=_reported_by_labour), TWICE: TWO_ACCOUNTS,
    }),
    "labour.send_board_task_back": Tried("labour", lambda w: task(w, "reported") | {"reason": "还差两个乡镇的播出单"}, {"reason": "另一个理由"}, may=OFFICE, spoil=SETS | {
        "牵头单位报了办结,才能确认或者退回。": Felt(before=on(BoardTask, state="board_taken")), "报办结的人不能自己确认或者退回,请另一个人来。": Felt(before=_reported_by_labour), TWICE: TWO_ACCOUNTS, SAYS: Felt(what={"reason": "差"}),
    }),
    "labour.ask_board_later": Tried("handler", lambda w: task(w, "taken") | LATER, {"reason": "另一个理由"}, may=WORKS, spoil=LEADS | {
        "接受以后、报办结以前才能请求延期。": Felt(before=on(BoardTask, **ENDED_NOW)), "已经请求过延期,等交办单位决定。": Felt(before=on(BoardTask, later_on=DUE + timedelta(days=3))),
        "日期已经过了,不能再延。请尽快办,办完照实报。": Felt(before=on(BoardTask, due_on=DAY - timedelta(days=1))), "延期要晚于现在的日期。": Felt(what={"until": DUE}), SAYS: Felt(what={"reason": "等"}),
    }),
    "labour.decide_board_later": Tried("labour", lambda w: task(w, "asked") | {"agreed": True, "reason": "设备下周到"}, {"agreed": False}, may=OFFICE, spoil=SETS | {
        "没有等决定的延期。": Felt(before=on(BoardTask, later_on=None)), "请求延期的人不能自己决定,请另一个人来。": Felt(before=lambda w, _what: BoardTask.objects.update(later_by=w.labour)), TWICE: TWO_ACCOUNTS,
        SAYS: Felt(what={"reason": "行"}),
    }),
    "labour.withdraw_board_task": Tried("labour", lambda w: task(w) | {"reason": "和另一项合并"}, {"reason": "另一个理由"}, may=OFFICE, spoil=SETS | {
        ENDED: Felt(before=on(BoardTask, **ENDED_NOW)), SAYS: Felt(what={"reason": "并"}),
    }),
    "labour.climb_board_tasks": Tried("clock", late, {}, spoil={"超期由系统按日期提醒,不由人代走。": Felt(by="labour")}),
}  # fmt: skip


def what_of(what):
    """The row alone."""
    return {"board_task_id": what["board_task_id"]}


__all__ = ["ACTS", "part", "task", "who"]
