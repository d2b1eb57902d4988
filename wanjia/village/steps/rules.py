"""Who takes a matter from step to step, and whether a step stands by its numbers; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy import meetings as law
from wanjia.verdict import first_refusal

from ..bodies.rolls import seated
from ..bodies.rules import NO_DUTY, OUT_OF_REACH, mine
from ..bylaw_states import Step, StepState
from ..duties import Duty
from ..models import BodySeat, GoverningBody, PublicNotice, StepMatter
from ..states import BodyKind, MeetingState, Office

NEXT = {StepState.BEGUN: Step.BRANCH, StepState.BRANCH: Step.COMMITTEES, StepState.COMMITTEES: Step.PARTY}
MOVES = {Step.BRANCH: "propose", Step.COMMITTEES: "confer", Step.PARTY: "deliberate"}
SHORT = _("人数不足:应到 %(due)s,要到 %(must)s,实到 %(there)s(%(source)s)。")
FEW = _("同意 %(votes)s,要 %(must)s 才算通过(%(source)s)。没有通过的不往下走。")
NOT_ONE_HEAD = _("只有村党组织书记和村委会主任是同一个人时,前两步才能合并。先在自治组织里登记两个组织的主任(书记)。")


def visible_matters(actor, *, duty=Duty.SEE_VILLAGE):
    """The matters of villages in reach."""
    return StepMatter.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def keeps(actor, _row=None):
    """May the actor keep the steps of matters at all; in which village, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_MEETINGS), NO_DUTY))


def can_record(actor, matter):
    """May the actor write down the next of the three steps before the village's meeting: in their order, none left out."""
    return first_refusal(*mine(actor, matter.village_id), (matter.state in NEXT, _("提议、商议、审议三步已经登记,接着由村民(代表)会议决议。")))


def one_head(village_id, day):
    """Tell whether one person heads both the party organisation and the committee of a village on a day."""
    heads = BodySeat.objects.on(day).filter(body__area=village_id, body__to_on=None, office=Office.HEAD)
    here = {kind: set(heads.filter(body__kind=kind).values_list("person", flat=True)) for kind in (BodyKind.BRANCH, BodyKind.COMMITTEE)}
    return bool(here[BodyKind.BRANCH] & here[BodyKind.COMMITTEE])


def is_enough(step, day, numbers):
    """Decide whether a step stands by the rule of its day: enough came, enough agreed. numbers: (due, present, for, against, abstain)."""
    due, present, votes, against, abstain = numbers
    rule = law.in_force(step, day)
    must, agree = (rule.must_come("seats", due), rule.must_agree(due, present)) if rule else (0, 0)
    source = rule.source if rule else ""
    return first_refusal(
        (rule, _("这一天没有这一步的规则。")), (present <= due and votes + against + abstain <= present, _("实到不会比应到多,票数不会比实到多。")),
        (present >= must, SHORT % {"due": due, "must": must, "there": present, "source": source}), (votes >= agree, FEW % {"votes": votes, "must": agree, "source": source}),
    )  # fmt: skip


def is_whole(matter, step, day, due):
    """Decide whether as many were due as sit in the body, where it is entered: of all party members none is left out."""
    body = GoverningBody.objects.on(day).filter(area=matter.village_id, kind=BodyKind.BRANCH, group_name="").first() if step == Step.PARTY else None
    n = seated(body, day).count() if body else 0
    return first_refusal((due >= n, _("村党组织登记了 %(n)s 名成员,应到不能少于 %(n)s。") % {"n": n}))


def follows(matter, day, now):
    """Decide whether a step may be on a day: not before the step before it, not after today."""
    last = matter.records.order_by("-day").values_list("day", flat=True).first()
    return first_refusal((day <= now, _("日期不能晚于今天。")), (last is None or day >= last, _("这一步不能早于上一步(%(day)s)。") % {"day": last}))


def can_decide(actor, matter):
    """May the actor link the decision of the village's meeting: after the party members deliberated."""
    return first_refusal(*mine(actor, matter.village_id), (matter.state == StepState.PARTY, _("党员大会审议以后才由村民(代表)会议决议。")))


def is_its_decision(matter, item):
    """Decide whether a decision was made after the steps, its minutes signed; that it is one of the village's own meeting, the act's choice says."""
    held, last = item.meeting, matter.records.order_by("-day").values_list("day", flat=True).first()
    return first_refusal(
        (held.state == MeetingState.CLOSED and held.signed_at is not None, _("会议还没有散会,或者会议记录还没有第二个人签字。")),
        (last is None or item.decided_on >= last, _("会议决议不能早于党员大会审议(%(day)s)。") % {"day": last}),
    )  # fmt: skip


def notice_of(matter):
    """Return the notice by which the decision of a matter was published (决议公开), or None."""
    return PublicNotice.objects.filter(item=matter.item_id, withdrawn_on=None).first() if matter.item_id else None


def can_tell(actor, matter, at):
    """May the actor tell the result: once the decision was published."""
    return first_refusal(
        *mine(actor, matter.village_id), (matter.state == StepState.DECIDED, _("会议决议以后才登记实施结果;已经登记的等验收。")), (notice_of(matter), _("决议还没有公开,先报备、公示。")),
    )  # fmt: skip


def can_accept(actor, matter, at):
    """May the actor accept a result: another hand than told it, of the village or of the township."""
    told = matter.results.filter(accepted=None).first()
    reach = any(scope.covers(actor, matter.village_id, duty=duty) for duty in (Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS))
    return first_refusal(
        (actor.has_duty(Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS), NO_DUTY), (reach, OUT_OF_REACH), (matter.state == StepState.TOLD and told, _("没有等验收的结果。")),
        (told is None or told.told_by_id != actor.id, _("登记结果的人不能自己验收,请另一个人验收。")), (told is None or not is_one_person(actor, told.told_by_id, at), SAME_PERSON),
    )  # fmt: skip


def is_published(matter):
    """Decide whether the decision still stands published: a notice that was taken down, for an objection that was upheld, has no result to publish."""
    return first_refusal((notice_of(matter), _("决议的公示已经撤下,结果不能公开。先写“不通过”,决议重新上会。")))


def can_stop(actor, matter):
    """May the actor let a matter rest: until its result was told."""
    return first_refusal(*mine(actor, matter.village_id), (matter.state not in (StepState.TOLD, StepState.ENDED, StepState.STOPPED), _("已经登记结果或者不再办理。")))
