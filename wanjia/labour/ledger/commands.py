"""Let wages that stand on the ledger of needs stand as long as their need: withdrawn there, their days are free to be claimed anew.

The ledger is another app's and calls `follow_need` within its own act; its number is all that both know.
"""

from django.db.models import F
from django.utils.translation import gettext as _

from wanjia.kernel import journal

from ..models import DayWork, WageClaim, Worker


def follow_need(*, number, stands, by, at):
    """Let claims of wages follow their need: withdrawn (stands=False), or taken up again. One question each where none is of this number."""
    for claim in WageClaim.objects.filter(number=number).select_related("worker"):
        Worker.objects.select_for_update().get(pk=claim.worker_id)  # whoever claims days of his holds the same row
        (_stand_again if stands else _free)(claim, by=by, at=at)
    if not stands:
        _free_day_work(number, by=by, at=at)


def _free(claim, *, by, at):
    """Free the days of a claim that stands, in the ledger's name (withdrawn_by None): no hand of the station did it."""
    values = {"withdrawn_at": at, "withdrawn_by": None, "withdrawn_because": _("台账上的诉求已撤回")}
    if WageClaim.objects.filter(pk=claim.pk, withdrawn_at=None).update(**values):
        _note("station.freed", claim, by=by, at=at)


def _stand_again(claim, *, by, at):
    """Let a claim that the ledger freed stand again, unless its days were claimed anew since: these are owed once."""
    same_days = WageClaim.objects.filter(worker=claim.worker, withdrawn_at=None, from_on__lte=claim.last_on, last_on__gte=claim.from_on)
    if same_days.exists():
        return
    freed = WageClaim.objects.filter(pk=claim.pk, withdrawn_at__isnull=False, withdrawn_by=None)
    if freed.update(withdrawn_at=None, withdrawn_because=""):
        _note("station.stands_again", claim, by=by, at=at)


def _note(act, claim, *, by, at):
    journal.record(act=act, subject=claim.worker, by=by, at=at, area_code=claim.worker.village_id, station=claim.outpost_id, need=claim.number)


def _free_day_work(number, *, by, at):
    """Let a day's arrears be put on the ledger anew: a need that was withdrawn before it was judged is reopened by nobody, and he is not paid yet."""
    for work in DayWork.objects.filter(need=number).select_related("order__market"):
        DayWork.objects.filter(pk=work.pk).update(need="", need_at=None, version=F("version") + 1)
        journal.record(act="day_work.freed", subject=work, by=by, at=at, area_code=work.order.market.area_id, need=number)
