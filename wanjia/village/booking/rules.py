"""Who sees whose points, who may reverse a booking; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import PointAccount, PointEntry
from ..point_states import EntryKind, Purse
from ..rules import duty_in

NO_KEEP = _("您的岗位没有登记积分、办爱心超市的权限。")
NO_REVIEW = _("您的岗位没有审核积分的权限。")
NOT_ENOUGH = _("这一户只有 %(n)s 分,不够。积分不能欠。")
LAPSED = _("这一批积分已经过期注销,先冲正过期的那一笔。")


def visible_accounts(actor, *, duty=Duty.SEE_VILLAGE):
    """The accounts of homes in reach."""
    return PointAccount.objects.filter(scope.in_reach(actor, area="village_id", duty=duty), purse=Purse.HOME)


def visible_entries(actor, *, duty=Duty.SEE_VILLAGE):
    """The bookings of villages in reach."""
    return PointEntry.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def can_reverse(actor, entry, at):
    """May the actor reverse a booking: points that were given or lapsed, once, by another hand than proposed it. What was redeemed is given back at the shop; of what lapsed, the lapse is reversed first."""
    proposer = entry.claim.proposed_by_id if entry.claim_id else entry.lapse.told_by_id if entry.lapse_id else None
    return first_refusal(
        *duty_in(actor, entry.village_id, Duty.REVIEW_POINTS, NO_REVIEW), (entry.kind in (EntryKind.AWARD, EntryKind.LAPSE), _("只有记分可以冲正,兑换的到爱心超市退货。")),
        (not hasattr(entry, "reversed_by"), _("这一笔已经冲正。")), (proposer != actor.id, _("自己申报的自己不能冲正,请另一个人办。")), (not is_one_person(actor, proposer, at), SAME_PERSON),
        (not _lapsed(entry), LAPSED),
    )  # fmt: skip


def not_lapsed(entry):
    """Decide whether what a booking gave did not lapse: what was given wrongly is taken back once, not twice. `queries.alone_in` was called."""
    return first_refusal((not _lapsed(entry), LAPSED))


def _lapsed(entry):
    """Tell whether points of the same home, year and version lapsed."""
    if entry.kind != EntryKind.AWARD:
        return False
    homes = entry.lines.filter(account__purse=Purse.HOME).values("account")
    return PointEntry.objects.filter(lapse__scheme=entry.claim.item.scheme_id, lapse__year=entry.day.year, lines__account__in=homes, reversed_by=None).exists()
