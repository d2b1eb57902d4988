"""Who lists a craftsman and who shows him, who enters a pair or a booking; and why not."""

import re

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.policy import appraisal as policy
from wanjia.policy.spelling import joined
from wanjia.registry.memberships import members_on
from wanjia.verdict import Refused, first_refusal

from ..appraisal.rules import another_hand, is_heard
from ..bodies import rolls
from ..craft_states import BookingState, CraftState, PairState
from ..duties import Duty
from ..models import CraftBooking, Craftsman, MentorPair
from ..rules import OUT_OF_REACH, crosses_nothing, duty_in

NO_KEEP = _("您的岗位没有登记乡土人才、庭院经济的权限。")
NO_REVIEW = _("您的岗位没有核对乡土人才、庭院经济的权限。")
NOT_OFFERED = _("没有这一类,从列出来的里面选。")
TAKEN = _("师傅那个半天已经有约,换一个半天。")
NUMBERS = re.compile(r"\d{7,}")
SPELT = str.maketrans("零〇一二三四五六七八九幺", "001234567891")


def visible_craftsmen(actor, *, duty=Duty.SEE_VILLAGE):
    """The craftsmen of villages in reach."""
    return Craftsman.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_pairs(actor, *, duty=Duty.SEE_VILLAGE):
    """The pairs whose craftsman is of a village in reach."""
    return MentorPair.objects.filter(scope.in_reach(actor, area="craftsman__village_id", duty=duty))


def visible_bookings(actor, *, duty=Duty.SEE_VILLAGE):
    """The bookings that a village in reach asked for, and those of its craftsmen."""
    mine = scope.in_reach(actor, area="village_id", duty=duty) | scope.in_reach(actor, area="craftsman__village_id", duty=duty)
    return CraftBooking.objects.filter(mine)


def in_hands(actor):
    """Return the Q of craftsmen and ventures of the villages where the actor keeps them, or looks at what another wrote."""
    return scope.in_reach(actor, area="village_id", duty=Duty.KEEP_CRAFTS) | scope.in_reach(actor, area="village_id", duty=Duty.REVIEW_CRAFTS)


def works_in(actor, village_id):
    """Tell whether the actor keeps them in this village, or looks at what another wrote there: names, and what was taken back, are nobody else's to read."""
    return any(scope.covers(actor, village_id, duty=duty) for duty in (Duty.KEEP_CRAFTS, Duty.REVIEW_CRAFTS))


def keeps(actor, _row=None):
    """May the actor keep craftsmen and ventures at all; in which village, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_CRAFTS), NO_KEEP))


def kept(actor, *villages):
    """Return what lets the actor keep what lies in one of these villages."""
    return (actor.has_duty(Duty.KEEP_CRAFTS), NO_KEEP), (any(scope.covers(actor, one, duty=Duty.KEEP_CRAFTS) for one in villages), OUT_OF_REACH)


def reviewed(actor, village_id):
    """Return what lets the actor look at what another wrote in a village."""
    return duty_in(actor, village_id, Duty.REVIEW_CRAFTS, NO_REVIEW)



def adult_in(home, name, day):
    """Return the one adult of a home with this name. Raises Refused where there is none, or whoever it is may not be named."""
    found = [one.person for one in members_on(home, day) if one.person.name == name.strip()]
    first_refusal(
        (len(found) == 1, _("这一户里没有这个人,写全名。")),
        (bool(found) and rolls.adults(home.village_id, "", day).filter(pk=found[0].pk).exists(), _("未满十八岁、或者底数里没有出生日期的人,不登记姓名。")),
    ).or_raise()
    return found[0]


def may_be_said(consent, heard, consented_on, day, home, *texts, contact=""):
    """Refuse what is to be shown without a consent that was heard by then, or whose words tell what nothing public says, a child of the home or a telephone among them; a contact alone may hold one."""
    if consented_on > day:
        raise Refused(_("同意的日期不能晚于今天。"))
    is_heard(consent, heard).or_raise()
    children = [one.person.name for one in members_on(home, day) if one.person.is_minor_on(day)]
    crosses_nothing(lambda one: policy.crossed(one, policy.STORY, children), *texts, contact).or_raise()
    first_refusal((not any(NUMBERS.search(joined(text).translate(SPELT)) for text in texts), _("这里不写电话号码、证件号码。"))).or_raise()


def asked_anew(rows, consented_on):
    """Decide whether a consent is no older than the day on which one like it was last taken back."""
    back = rows.aggregate(last=Max("withdrawn_on"))["last"]
    return first_refusal((back is None or consented_on >= back, _("撤下以后再登记,要重新问过,同意的日期不能早于撤下的那一天。")))


def can_show(actor, one, at):
    """May the actor show a craftsman: another hand than wrote him and his consent down."""
    return first_refusal(
        *reviewed(actor, one.village_id), (one.state == CraftState.WRITTEN, _("这一条已经公布或者撤下。")),
        *another_hand(actor, {one.written_by_id}, at, _("谁登记的谁不能公布,请另一个人核对同意后公布。")),
    )  # fmt: skip


def can_withdraw(actor, one):
    """May the actor take a craftsman off the list: at any time."""
    return first_refusal(*kept(actor, one.village_id), (one.state != CraftState.WITHDRAWN, _("已经撤下。")))


def can_teach(actor, one):
    """May the actor enter somebody who learns with a craftsman: while he is shown."""
    return first_refusal(*kept(actor, one.village_id), (one.state == CraftState.SHOWN, _("这位师傅还没有公布,或者已经撤下。")))


def can_end(actor, pair):
    """May the actor end a pair: as the craftsman or the learner says."""
    return first_refusal(*kept(actor, pair.craftsman.village_id), (pair.state == PairState.RUNNING, _("这一对已经结束。")))


def can_agree(actor, one):
    """May the actor write down that a craftsman agreed: whoever keeps his village, which asks him."""
    return first_refusal(
        *kept(actor, one.craftsman.village_id), (one.state == BookingState.ASKED, _("这次预约已经答应或者了结。")), (one.craftsman.state == CraftState.SHOWN, _("这位师傅已经撤下,不再约。")),
    )  # fmt: skip


def can_hold(actor, one):
    """May the actor write down that he came: who asked, or whose craftsman he is."""
    return first_refusal(*kept(actor, one.village_id, one.craftsman.village_id), (one.state == BookingState.AGREED, _("还没有约好,或者已经了结。")))


def can_fail(actor, one):
    """May the actor write down that nothing came of it: until it was held."""
    return first_refusal(*kept(actor, one.village_id, one.craftsman.village_id), (one.state in (BookingState.ASKED, BookingState.AGREED), _("这次预约已经了结。")))


def is_free(craftsman, day, half):
    """Tell whether a craftsman has promised a half-day to nobody."""
    return not craftsman.bookings.filter(day=day, half=half, state__in=(BookingState.AGREED, BookingState.HELD)).exists()


def shown(**facts):
    """The craftsmen whom everybody may find, of all villages: by how they agreed to be called, while they live."""
    return Craftsman.objects.filter(state=CraftState.SHOWN, person__died_on=None, **facts)
