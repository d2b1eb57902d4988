"""Who keeps the appraisal of a quarter, who puts its red list up, which poll counts for it; and why not."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy import appraisal as policy
from wanjia.policy.quarters import days_of, quarter_of
from wanjia.registry.memberships import members_on
from wanjia.verdict import first_refusal

from ..appraisal_states import EntryState, RoundState
from ..duties import Duty
from ..models import AppraisalRound, PollHome, RedEntry
from ..poll_states import PollState
from ..polls.queries import board_of
from ..rules import crosses_nothing, duty_in
from ..verifier import verify

NO_KEEP = _("您的岗位没有办季度评比的权限。")
NO_REVIEW = _("您的岗位没有核对评比的权限。")
NOT_STANDING = _("这一季已经计票或者不办了。")
HEARD = _("当面说同意的,写明谁答应的、谁在场(至少 4 个字)。")


def visible_rounds(actor, *, duty=Duty.SEE_VILLAGE):
    """The appraisals of villages in reach."""
    return AppraisalRound.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_entries(actor, *, duty=Duty.SEE_VILLAGE):
    """The homes that stand in them."""
    return RedEntry.objects.filter(scope.in_reach(actor, area="round__village_id", duty=duty))


def keeps(actor, _row=None):
    """May the actor keep appraisals at all; in which village, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_APPRAISAL), NO_KEEP))


def kept(actor, village_id):
    """Return what lets the actor keep what lies in a village."""
    return duty_in(actor, village_id, Duty.KEEP_APPRAISAL, NO_KEEP)


def reviewed(actor, village_id):
    """Return what lets the actor look at what another drew up in a village."""
    return duty_in(actor, village_id, Duty.REVIEW_APPRAISAL, NO_REVIEW)


def another_hand(actor, hands, at, words):
    """Return what asks for another hand than these, and for another person."""
    hands = {hand for hand in hands if hand}
    return (actor.id not in hands, words), (not any(is_one_person(actor, hand, at) for hand in hands), SAME_PERSON)



def names_of(home, day):
    """Return the names of who lives in a home: no text bears one."""
    return [one.person.name for one in members_on(home, day)]


def says_nothing_of(text, on, home=None, day=None):
    """Decide whether a text keeps silent about what no list or story says (policy/appraisal.toml), and, where a home is given, about its people's names."""
    names = names_of(home, day) if home is not None else ()
    return crosses_nothing(lambda one: policy.crossed(one, on, names), text)


def is_heard(consent, heard):
    """Decide whether a consent by word says who gave it and before whom."""
    return first_refusal((consent == "on_paper" or len(heard.strip()) >= 4, HEARD))


def can_stand(actor, one):
    """May the actor enter a home: until the count."""
    return first_refusal(*kept(actor, one.village_id), (one.state == RoundState.STANDING, NOT_STANDING))


def can_count(actor, one):
    """May the actor link the poll: some homes stand, and it was not counted."""
    standing = one.entries.filter(state=EntryState.STANDING).exists()
    return first_refusal(*kept(actor, one.village_id), (one.state == RoundState.STANDING, NOT_STANDING), (standing, _("还没有一户同意参评。")))


def _own_card(poll, entries):
    """Tell whether a home that stands had itself on its card."""
    classes = {home: set(options) for home, options in PollHome.objects.filter(poll=poll).values_list("household_id", "cls__options")}
    return any(one.called in classes.get(one.home_id, ()) for one in entries)


def roll_days(one):
    """Return the first and the last day whose homes a poll on an appraisal may ask: those of its quarter, and some after it."""
    first, last = days_of(one.year, one.quarter)
    return first, last + timedelta(days=policy.in_force(last).late_days)


def counts_for(one, poll):
    """Decide whether a poll counts for an appraisal: this village's, of the quarter, published and whole, on these homes and no others, nobody's own home on its card.

    A home that took its consent back since may stand on the cards: it is passed over in the result.
    """
    if poll.area_id != one.village_id or poll.state != PollState.CLOSED:
        return first_refusal((False, _("要选本村已经开票公布的户表决。")))
    first, last = roll_days(one)
    entries = list(one.entries.all())
    called, standing = {entry.called for entry in entries}, {entry.called for entry in entries if entry.state == EntryState.STANDING}
    options = {words for cls in poll.classes.all() for words in cls.options}
    board = board_of(poll)
    same = set(options) <= called and standing <= set(options)
    return first_refusal(
        (not AppraisalRound.objects.filter(poll=poll).exists(), _("这次表决已经用在另一次评比上。")),
        (first <= poll.roll_on <= last, _("这次表决的名册不是这一季的。")),
        (same, _("票上的称呼和这一季参评户的称呼不一样。")), (len(board["classes"]) > 1 and not _own_card(poll, entries), _("参评的户在自己的票上,这样的票不算评比。")),
        (verify(poll.board, poll.digest)[0], _("这次表决的公开板验不过,不能采用。")),
    )  # fmt: skip


def can_list(actor, one, at):
    """May the actor put the red list up: another hand than counted, or wrote a listed home's consent down."""
    hands = {one.counted_by_id, *one.entries.filter(state=EntryState.CHOSEN).values_list("asked_by_id", flat=True)}
    return first_refusal(
        *reviewed(actor, one.village_id), (one.state == RoundState.COUNTED, _("这一季不在“待公布”。")), (one.entries.filter(state=EntryState.CHOSEN).exists(), _("评上的户都撤回了同意,没有红榜可公布。")),
        *another_hand(actor, hands, at, _("登记同意、登记结果的人不能公布,请另一个人核对同意书后公布。")),
    )  # fmt: skip


def can_cancel(actor, one):
    """May the actor call it off: until the list is up."""
    return first_refusal(*kept(actor, one.village_id), (one.state in (RoundState.STANDING, RoundState.COUNTED), _("这一季已经有了结果。")))


def can_withdraw(actor, entry):
    """May the actor write down that a home takes its consent back: at any time."""
    open_states = (EntryState.STANDING, EntryState.CHOSEN, EntryState.LISTED)
    return first_refusal(*kept(actor, entry.round.village_id), (entry.state in open_states, _("这一户没有在参评,也不在红榜上。")))


def is_of_now(year, number, at):
    """Decide whether a quarter is this one or the one before: nobody appraises what is to come, or long past."""
    this = quarter_of(today(at))
    before = quarter_of(days_of(*this)[0] - timedelta(days=1))
    return first_refusal(((year, number) in (this, before), _("只能办这一季或者上一季的评比。")))
