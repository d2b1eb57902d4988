"""Who may propose, hear, decide and tell, and who may see it. 社会救助法 (2026) 45, 48, 50, 76."""

from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.kernel.models import Entry
from wanjia.orgs import scope
from wanjia.orgs.models import Line
from wanjia.policy import aid
from wanjia.registry.duties import Duty
from wanjia.verdict import first_refusal

from ..finding import grown_up
from ..memberships import head_of, lived_in, living_nowhere, members_on, where_its_aid_may_go
from ..models import AidCut, AidRefusal, DatedStatus, Household, Membership, Person, UrgentAid
from ..people.rules import opens_for, whose_files
from ..permits import post_for
from ..states import CUT, OPEN_CUTS
from ..ties import with_families

SEES = (Duty.KEEP_AID, Duty.DECIDE_AID)
# Whose own duty aid is, besides a village's or township's own posts: civil affairs, and the federation of the disabled.
AID_LINES = (Line.CIVIL, Line.DISABLED)
NO_DUTY = _("您的岗位没有办理救助的权限。")
ELSEWHERE = _("这一户的救助不由您的单位办。")
WAITS = _("只有等着听取意见的才能听。")
NOT_YOURSELF = _("提出停减的人不能自己听取意见,请换一个人去听。")


def _reaches(actor, duty):
    return [reach for reach in scope.reaches(actor, duty=duty) if with_families(reach, AID_LINES)]


def handles(actor, code, *, duty, person=None):
    """Tell whether aid in this village is the actor's by posts that carry `duty`; of a child (person) only where its file opens for him."""
    here = any(reach.holds(code) for reach in _reaches(actor, duty))
    return here and (person is None or not person.is_protected or bool(opens_for(actor, [person])))


def visible_aid(actor, *, duty=SEES, day=None):
    """Return the live statuses in the actor's reach that are aid today; of a child only where its file opens for him."""
    found = Q(pk__in=[])
    for key in aid.kinds(day or today(timezone.now())):
        scheme, code = key.split(":")
        found |= Q(scheme=scheme, code=code)
    homes = DatedStatus.objects.filter(_within(actor, duty, "household__village_id") | _within(actor, duty, "person__village_id"))
    opens = Q(person=None) | Q(person__in=Person.objects.filter(grown_up())) | Q(person__in=Person.objects.filter(whose_files(actor)))
    return homes.filter(found).filter(opens).select_related("household__village", "person__village")


def _within(actor, duty, village="village_id"):
    found = Q(pk__in=[])
    for reach in _reaches(actor, duty):
        found |= Q(**{f"{village}__gte": reach.first, f"{village}__lt": reach.end})
    return found


def visible_cuts(actor, *, duty=SEES):
    """Return the proposals in the actor's reach; of somebody who is a child only those whose file opens for him."""
    opens = Q(status__person=None) | Q(status__person__in=Person.objects.filter(grown_up())) | Q(status__person__in=Person.objects.filter(whose_files(actor)))
    rows = AidCut.objects.filter(_within(actor, duty)).filter(opens)
    return rows.select_related("village__parent", "status__household__village", "status__person", "proposed_by", "heard_by", "decided_by")


def visible_refusals(actor, *, duty=SEES):
    """Return the refusals in the actor's reach; what is a child's only where children's files open."""
    rows = AidRefusal.objects.filter(_within(actor, duty))
    return rows.filter(Q(young=False) | whose_files(actor)).select_related("village__parent", "household__village", "person", "decided_by")


def visible_urgent(actor, *, duty=SEES):
    """Return the aid given before its papers in the actor's reach."""
    return UrgentAid.objects.filter(_within(actor, duty)).select_related("village__parent", "household__village", "recorded_by")


def can_propose(actor, status, at):
    """May the actor propose to stop or reduce this aid (停发、减发)."""
    day, holder = today(at), status.household or status.person
    return first_refusal(
        (actor.has_duty(Duty.KEEP_AID), NO_DUTY),
        (handles(actor, holder.village_id or "", duty=Duty.KEEP_AID, person=status.person), ELSEWHERE),
        (aid.is_aid(status.scheme, status.code, day), _("这不是发钱的救助,情况有变直接在户或人的页面上终止就行。")),
        (status.to_on is None, _("这一项救助已经有停发的日期。")),
        (not AidCut.objects.filter(status=status, state__in=OPEN_CUTS).exists(), _("这一项救助已经有人提出停减,正在办,请看那一件。")),
    )


def can_follow(actor, status):
    """May the actor let the aid of an empty home go with its people (救助随人走), where it did not go of itself: to the home that the rule names."""
    home = status.household
    empty = home is not None and not lived_in(home)
    return first_refusal(
        (actor.has_duty(Duty.KEEP_AID), NO_DUTY),
        (handles(actor, (home or status.person).village_id or "", duty=Duty.KEEP_AID, person=status.person), ELSEWHERE),
        (home is not None and status.to_on is None, _("只有家庭在领的救助才随户走。")),
        (home is None or empty, _("这一户还有人住,救助不用迁。")),
        (not empty or _found(home), _("登记里找不到这一户的人现在住在哪一户。请先登记他们去了哪里,或者提出停发。")),
        (
            not empty or goes_to(status).exists(),
            _("这一家分到几户,各户人数一样,也看不出户主在哪一户:救助给哪一户,不由一个人说了算。请提出停减、先听意见,各户可以重新申请。"),
        ),
    )


def goes_to(status):
    """Return the home with which the aid of an empty one goes by the rule (policy.aid.goes_with), as a query set of one or none."""
    if status.household is None:
        return Household.objects.none()
    people = _people(status.household)
    with_head = Membership.objects.filter(person=head_of(status.household), to_on=None, household__in=people).values_list("household", flat=True).first()
    return Household.objects.filter(pk=aid.goes_with(people, with_head))


def _people(home):
    """Return {home: how many of an empty one live there}; under None those who live nowhere."""
    return {**dict(where_its_aid_may_go(home).values_list("pk", "people")), None: living_nowhere(home)}


def _found(home):
    """Tell whether it is known where those of an empty home live: most of them do not live nowhere."""
    people = _people(home)
    nowhere = people.pop(None)
    return nowhere <= max(people.values(), default=-1)


def _may_step(actor, cut, move, words, *, duty=(Duty.KEEP_AID,)):
    return (
        (actor.has_duty(*duty), NO_DUTY),
        (handles(actor, cut.village_id, duty=duty, person=cut.status.person), ELSEWHERE),
        (CUT.allows(move, cut.state), words),
    )


def can_seek(actor, cut):
    """May the actor note that he sought the person in vain: whoever may hear, while nothing is left behind."""
    return first_refusal(
        *_may_step(actor, cut, "leave", WAITS),
        (actor.id != cut.proposed_by_id, NOT_YOURSELF),
    )


def can_hear(actor, cut):
    """May the actor hear the person (听取意见): somebody else than who proposed.

    Until it is decided also whoever comes to speak after a notice was left, or where nobody was to be heard.
    """
    return first_refusal(
        *_may_step(actor, cut, "hear", WAITS),
        (cut.left or cut.heard_on is None, WAITS),
        (actor.id != cut.proposed_by_id, NOT_YOURSELF),
    )


def can_leave(actor, cut, at):
    """May the notice be left behind: after enough tries on enough days, by somebody else than who proposed."""
    rule = aid.in_force(today(at))
    sought = can_seek(actor, cut)
    return first_refusal(
        (sought, sought.reason),
        (
            rule.sought_enough(cut.missed_on, cut.noted_at),
            _("要找过 %(n)s 次、在 %(days)s 个不同的日子,都没有找到,才能留下告知书。现在算 %(tried)s 次:照记下的时间算,隔 %(hours)s 小时以上的才算另一次。")
            % {"n": rule.tries, "days": rule.days, "tried": rule.sought(cut.missed_on, cut.noted_at), "hours": rule.seeking.apart},
        ),
    )


def can_decide(actor, cut, at):
    """May the actor decide: the head, a third person, after the hearing, or after the days to answer a notice that was left."""
    waits = answer_until(cut)
    return first_refusal(
        *_may_step(actor, cut, "cut", _("听取意见以后才能决定。"), duty=(Duty.DECIDE_AID,)),
        (not cut.decided_unheard, _("听取意见以后才能决定。")),
        (actor.id not in (cut.proposed_by_id, cut.heard_by_id), _("提出的人、听取意见的人不能自己决定。")),
        (waits is None or today(at) > waits, _("告知书留下以后,要等到 %(day)s 让本人来说话。") % {"day": waits}),
    )


def answer_until(cut):
    """Return the last day on which the person may answer a notice that was left behind, or None.

    Counted from the day on which it was noted where that is later: a day written back would take the person's time away.
    """
    if not (cut.left and cut.heard_on):
        return None
    noted = Entry.objects.filter(subject=cut._meta.label_lower, subject_id=str(cut.pk), act="aid.leave").order_by("-seq").first()
    since = max(cut.heard_on, today(noted.at)) if noted else cut.heard_on
    return WorkingCalendar.load().add(since, aid.in_force(since).answer).on


def can_serve(actor, cut):
    """May the actor note that the decision was handed over."""
    return first_refusal(*_may_step(actor, cut, "serve", _("决定以后才能送达。"), duty=SEES))


def can_drop(actor, cut):
    """May the actor take the proposal back; the aid goes on."""
    return first_refusal(*_may_step(actor, cut, "drop", _("决定以后不能撤回提议。"), duty=SEES))


def effect_from(cut, day):
    """Return the first day on which a decision of this day may take effect.

    Where nobody is to be heard: after a death its day, else the day of the proposal, for what was paid before is not taken back unheard.
    """
    if not cut.why.heard:
        return (cut.ground == "died" and last_death(cut.status)) or today(cut.proposed_at)
    return WorkingCalendar.load().add(day, aid.in_force(day).notice).on


def last_death(status):
    """Return the day on which the last of those died whose aid it is: of a home whoever belonged to it then; None where nobody did."""
    if status.person_id:
        return status.person.died_on
    then = Q(to_on=None) | Q(to_on__gte=F("person__died_on"))
    return Membership.objects.filter(then, household=status.household_id).aggregate(on=Max("person__died_on"))["on"]


def somebody_lives(status, day):
    """Tell whether somebody whose aid it is lives, as the register says: whoever belongs to the home, or did when the last of it died.

    A home that everybody was taken out of has not died: those who were moved elsewhere are to be heard.
    """
    died = last_death(status)
    if status.person_id or died is None:
        return died is None
    return any(one.person.died_on is None for on in (died, day) for one in members_on(status.household, on))


def can_refuse(actor, household):
    """May the actor write a refusal of aid to this home."""
    return first_refusal(
        (actor.has_duty(*SEES), NO_DUTY),
        (handles(actor, household.village_id, duty=SEES), ELSEWHERE),
    )


def can_serve_refusal(actor, refusal):
    """May the actor note that the refusal was handed over."""
    return first_refusal(
        (actor.has_duty(*SEES), NO_DUTY),
        (handles(actor, refusal.village_id, duty=SEES), ELSEWHERE),
        (refusal.served_on is None, _("这份决定已经送达。")),
    )


def can_give(actor, household):
    """May the actor note urgent aid (先行救助) that was given to this home."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_AID), NO_DUTY),
        (handles(actor, household.village_id, duty=Duty.KEEP_AID), ELSEWHERE),
    )


def can_make_up(actor, urgent):
    """May the actor note that its papers were made up."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_AID), NO_DUTY),
        (handles(actor, urgent.village_id, duty=Duty.KEEP_AID), ELSEWHERE),
        (urgent.papers_on is None, _("手续已经补齐了。")),
    )


def opens_young(actor, household):
    """Tell whether children's files of this home's village open for the actor."""
    return post_for(actor, household.village_id) is not None
