"""Who writes down a contact or a concern of a child, and who reads what was said."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.registry.models import Person
from wanjia.verdict import first_refusal

from ..children.rules import own_pairs, sees_child, visible_children
from ..duties import Duty
from ..helpers.rules import may_be_near_children
from ..line_states import ConcernState, Line
from ..models import Concern, LineContact, Pair

TASK_MONTHS = 12  # a task due later than so is due never
ELSEWHERE = _("这个孩子不是您结对的,也不在您代录的范围里。")


def keeps(actor, child, day):
    """Tell whether the actor keeps the lines of a child: its helper, or whoever writes down the cards of helpers where the child is."""
    return own_pairs(actor, day).filter(child=child.pk).exists() or (actor.has_duty(Duty.KEEP_LINES) and sees_child(actor, child.pk, day, duty=Duty.KEEP_LINES))


def kept_children(actor, day):
    """Return the children whose lines the actor keeps."""
    near = visible_children(actor, day, duty=Duty.KEEP_LINES).order_by().values("pk")
    return Person.objects.filter(Q(pk__in=near) | Q(pk__in=own_pairs(actor, day).values("child")))


def pair_of(child, day):
    """Return the pair of a child that stands on `day`, or None."""
    return Pair.objects.on(day).filter(child=child.pk).select_related("helper__organisation").first()


def can_note(actor, child, at):
    """May the actor write down a contact of a child: who keeps its lines, while somebody is paired with it."""
    day = today(at)
    return first_refusal(
        (keeps(actor, child, day), ELSEWHERE),
        (pair_of(child, day), _("这个孩子现在没有结对,先结对再记联系。")),
    )


def can_print_card(actor, child, at):
    """May the actor print the card that tells a home whom to call: never somebody who may not be near the child today."""
    noted = can_note(actor, child, at)
    return may_be_near_children(pair_of(child, today(at)).helper, today(at)) if noted else noted


def fits(pair, on, day):
    """Decide whether a contact fits its day: not to come, and not before the child had anybody."""
    return first_refusal(
        (on <= day, _("日期不能晚于今天。")),
        (pair and on >= pair.from_on, _("那一天这个孩子还没有和现在的帮扶人结对。")),
    )


def is_vetted(pair, on):
    """Decide whether a helper may have been with the child on that day: the one rule of who may be near children says so, and why not."""
    return first_refusal(
        (may_be_near_children(pair.helper, on), _("帮扶人那一天不得联系孩子本人:没有有效的背景审查,或者已经离任。请先办理审查;家长、老师可以照常联系。")),
    )


def may_stand(child, line, on, day):
    """Refuse a contact that no paper and no telephone may bring in; returns the pair by which it stands."""
    pair = pair_of(child, day)
    first_refusal((pair, _("这个孩子现在没有结对,先结对再记联系。"))).or_raise()
    fits(pair, on, day).or_raise()
    if line == Line.STUDENT:  # by telephone and message too: that is how somebody unfit gets near a child unseen
        is_vetted(pair, on).or_raise()
    return pair


def visible_contacts(actor, day):
    """Return the contacts of the children whose lines the actor keeps."""
    return LineContact.objects.filter(child__in=kept_children(actor, day))


def can_take_back(actor, contact, at):
    """May the actor take back a contact that was written down by mistake."""
    return first_refusal(
        (keeps(actor, contact.child, today(at)), ELSEWHERE),
        (contact.taken_back_at is None, _("这一条已经撤回。")),
    )


def can_raise(actor, child, at):
    """May the actor raise a concern about a child: whoever keeps its lines, its teachers' school among them."""
    return first_refusal((keeps(actor, child, today(at)), ELSEWHERE))


def ledger_stands():
    """Decide whether a ledger of needs takes on what somebody is to do."""
    return first_refusal((gather("OPENS_NEEDS"), _("这台系统没有诉求台账,请选“我来办”。")))


def visible_concerns(actor, day):
    """Return the concerns about the children whom the actor sees in care."""
    return Concern.objects.filter(child__in=visible_children(actor, day))


def kept_concerns(actor, day):
    """Return the open concerns about the children whose lines the actor keeps."""
    return Concern.objects.filter(state=ConcernState.OPEN, child__in=kept_children(actor, day))


def can_settle(actor, concern, at):
    """May the actor say that a concern is settled."""
    return first_refusal(
        (keeps(actor, concern.child, today(at)), ELSEWHERE),
        (concern.state == ConcernState.OPEN, _("这件事已经了结。")),
    )


def can_hand_on(actor, concern, at):
    """May the actor put a concern on the ledger of needs: once."""
    open_yet, ledger = can_settle(actor, concern, at), ledger_stands()
    return first_refusal(
        (open_yet, open_yet.reason), (not concern.need, _("这件事已经登记成诉求 %(number)s。") % {"number": concern.need}), (ledger, ledger.reason),
    )


def can_read_notes(actor, child, at):
    """May the actor read what was said of a child: its helper, the village's own worker for children, the protection officer of the place. Nobody else."""
    near = child.village_id and scope.covers(actor, child.village_id, duty=Duty.READ_CARE_NOTES)
    return first_refusal((near or own_pairs(actor, today(at)).filter(child=child.pk).exists(), _("帮扶记录只给孩子的帮扶人、本村儿童主任和未成年人保护专员看。")))
