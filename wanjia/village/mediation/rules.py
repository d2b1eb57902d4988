"""Who sees a file of mediation, who carries it on, who may never have to do with it; and why not (人民调解法)."""

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry
from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy import mediation as policy
from wanjia.policy.spelling import plain
from wanjia.registry.models import Household, Membership
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..mediation_states import CaseState, Side
from ..models import MediationCase
from ..rules import duty_in

DRAWN = "mediation_case.draw"
WRITES = (DRAWN, "mediation_case.term", "mediation_case.sign")
NO_DUTY = _("您的岗位没有调解的权限。调解卷宗只有人民调解员能打开,别人只看得到件数。")
OWN = _("您是当事人,或者当事人的家人,不能经办这一件,请别的调解员办(回避)。")
KIN = _("这个人是当事人,或者和当事人同过户,不能调解这一件(回避)。")
ENDED = _("这一件已经结束。")
NOT_AGREED = _("这一件没有生效的协议。")


def visible_cases(actor):
    """The cases of villages where the actor mediates: nobody else's list names one."""
    return MediationCase.objects.filter(scope.in_reach(actor, area="village_id", duty=Duty.MEDIATE))


def mediates(actor, _row=None):
    """May the actor take a dispute up at all; in which village, the act judges."""
    return first_refusal((actor.has_duty(Duty.MEDIATE), NO_DUTY))


def homes_of(person):
    """All homes that somebody lives or ever lived in: near kin, as far as the register knows them."""
    return Household.objects.filter(pk__in=Membership.objects.filter(person=person).values("household"))


def names_of(case):
    """Return the names of those who stand in a case or for somebody in it (当事人、监护人、代理人), to be compared and shown to nobody."""
    parties = case.parties.select_related("person")
    return {plain(name) for party in parties for name in (party.person.name if party.person_id else party.name, party.agent)} - {""}


def is_own(actor, case):
    """Tell whether an account looks like a party's own, or that of somebody who lives or lived with one: by the name, an account knows no more."""
    mine = "".join(actor.name.split())
    kin = Membership.objects.filter(household__in=case.homes.filter(of_mediator=False).values("home"), person__name=mine).exists()
    return kin or plain(mine) in names_of(case)


def _hand(actor, case):
    return *duty_in(actor, case.village_id, Duty.MEDIATE, NO_DUTY), (not is_own(actor, case), OWN)


def can_read(actor, case):
    """May the actor open the file: whoever mediates there, and is neither a party nor of a party's home."""
    return first_refusal(*_hand(actor, case))


def can_carry_on(actor, case):
    """May the actor write in a file: while the case goes on."""
    return first_refusal(*_hand(actor, case), (case.state == CaseState.TAKEN, ENDED))


def can_tell_rights(actor, case):
    """May the actor note that a party was told its rights: where parties stand."""
    return first_refusal(*_hand(actor, case), (case.state == CaseState.TAKEN, ENDED), (case.parties.exists(), _("先登记当事人。")))


def both_sides(case):
    """Tell whether both sides stand in the file."""
    return {Side.APPLICANT, Side.OTHER} <= set(case.parties.values_list("side", flat=True))


def _told(case):
    return not case.parties.filter(told_on=None).exists(), _("还有当事人没有告知权利义务,先告知(第二十三条)。")


def _ready(case):
    """What a sitting needs: both sides, each told its rights, and somebody who mediates (art. 19, 23)."""
    return (
        (both_sides(case), _("先登记甲乙双方。")), _told(case),
        (case.mediator_id is not None, _("先选定调解员(第十九条)。")),
    )  # fmt: skip


def can_draw(actor, case):
    """May the actor draw up an agreement: after a sitting of which there is a record."""
    return first_refusal(
        *_hand(actor, case), (case.state == CaseState.TAKEN, ENDED), *_ready(case), (case.records.filter(kind="sitting").exists(), _("先写调解笔录(第二十七条)。")),
    )  # fmt: skip


def may_sit(case):
    """Decide whether a sitting may be written down."""
    return first_refusal(*_ready(case))


def may_be_of(case, day):
    """Decide whether a sitting may have been on a day: not before each party was told its rights (art. 23)."""
    return first_refusal((not case.parties.filter(told_on__gt=day).exists(), _("调解笔录的日期不能早于告知权利义务那天(第二十三条)。")))


def may_end(case, unreported):
    """Decide whether a case may end here: not while it may turn into a crime of which nobody was told (art. 25). unreported: the cases of which that is so."""
    return first_refusal((not unreported.filter(pk=case.pk).exists(), _("可能引起治安、刑事案件,先报告派出所并登记;没有风险了的,也先登记(第二十五条)。")))


def draft_of(case):
    """Return the agreement of a case, None where there is none yet."""
    return getattr(case, "agreement", None)


def can_write_terms(actor, case):
    """May the actor write a term: while the agreement is a draft that nobody signed."""
    draft = draft_of(case)
    return first_refusal(
        *_hand(actor, case), (case.state == CaseState.TAKEN, ENDED), (draft is not None, _("先起草协议。")),
        (not case.parties.filter(signed_on__isnull=False).exists(), _("已经有人签字,条款不能再加。要改的重新起草。")),
    )  # fmt: skip


def can_sign(actor, case):
    """May the actor note that a party signed: a written agreement with terms."""
    draft = draft_of(case)
    return first_refusal(
        *_hand(actor, case), (case.state == CaseState.TAKEN, ENDED), (draft is not None and draft.written, _("没有起草好的书面协议。")), (draft is not None and draft.terms.exists(), _("协议还没有一条条款。")),
        (case.parties.filter(signed_on=None).exists(), _("当事人都签了。")),
    )  # fmt: skip


def hands(case):
    """Return who drew an agreement up as it stands, wrote a term of it or noted that a party signed: none of them seals it."""
    lines = Entry.objects.filter(subject="village.mediationcase", subject_id=str(case.pk), act__in=WRITES)
    drawn = lines.filter(act=DRAWN).aggregate(last=Max("seq"))["last"] or 0
    draft = draft_of(case)
    return {draft.drawn_by_id if draft else None, *lines.filter(seq__gte=drawn).values_list("by_id", flat=True)} - {None}


def can_seal(actor, case, at):
    """May the actor seal an agreement, so that it takes effect: every party knows its rights and signed what is written; another hand than drew it up (art. 23, 29, 30)."""
    draft, wrote = draft_of(case), hands(case)
    return first_refusal(
        *_hand(actor, case), (case.state == CaseState.TAKEN, ENDED), (draft is not None and draft.terms.exists(), _("还没有起草好的协议。")),
        _told(case), (draft is None or not draft.written or not case.parties.filter(signed_on=None).exists(), _("还有当事人没有签字。")),
        (actor.id not in wrote, _("谁起草、写条款、登记签字的谁不能盖章,请另一个人核对签字后盖章。")), (not any(is_one_person(actor, hand, at) for hand in wrote), SAME_PERSON),
    )  # fmt: skip


def _agreed(actor, case):
    return (*_hand(actor, case), (case.state == CaseState.AGREED, NOT_AGREED))


def can_follow(actor, case):
    """May the actor write down how an agreement is kept (art. 31)."""
    return first_refusal(*_agreed(actor, case))


def can_relapse(actor, case):
    """May the actor take a dispute up anew that had ended: once, the next time from the new case."""
    return first_refusal(*_hand(actor, case), (case.state != CaseState.TAKEN, _("这一件还在调解。")), (not hasattr(case, "relapse"), _("已经重新受理过,从新的那一件再受理。")))


def can_apply(actor, case, at):
    """May the actor note that both sides asked the court to confirm: within the days of the law, of what a court confirms (art. 33)."""
    if case.state != CaseState.AGREED:
        return first_refusal(*_agreed(actor, case))
    one, edition = case.agreement, policy.in_force(case.agreement.valid_on)
    return first_refusal(
        *_agreed(actor, case), (one.written, _("口头协议不能申请司法确认,先补书面协议。")), (not one.touches or one.touches not in edition.barred, _("涉及身份关系、确权的协议,法院不受理司法确认。")),
        (one.applied_on is None, _("已经申请过司法确认。")), (today(at) <= edition.confirm_end(one.valid_on), _("协议生效超过 %(n)s 天,不能再申请司法确认。") % {"n": edition.confirm_days}),
    )  # fmt: skip


def can_hear_court(actor, case):
    """May the actor write down what the court said."""
    asked = case.state == CaseState.AGREED and case.agreement.applied_on is not None and not case.agreement.court_word
    return first_refusal(*_agreed(actor, case), (asked, _("没有等法院裁定的申请。")))


def may_mediate(case, person):
    """Decide whether somebody may mediate this case: no party, nobody of the name of one or of whoever stands for one, nobody who lives or lived with one."""
    own = case.parties.filter(person=person).exists() or plain(person.name) in names_of(case) or case.homes.filter(of_mediator=False, home__in=homes_of(person)).exists()
    return first_refusal((not own, KIN))


def may_be_party(case, person, *names):
    """Decide whether somebody may stand in a case whose mediator is chosen: not the mediator, by the register or by his name, nor his kin. names: by which a party, or whoever stands for it, is sealed."""
    seat = case.mediator
    own = seat is not None and (plain(seat.person.name) in map(plain, names) or (person and (seat.person_id == person.pk or case.homes.filter(of_mediator=True, home__in=homes_of(person)).exists())))
    return first_refusal((not own, _("选定的调解员就是这个人,或者和他同过户。先换调解员。")))
