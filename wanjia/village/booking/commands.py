"""The one way in which points move: two lines that add up to nought, the home's balance never below it; and the reversal of what was given wrongly."""

from typing import Annotated

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.serials import next_serial
from wanjia.verdict import Conflict, Refused

from ..duties import Duty
from ..models import PointAccount, PointEntry, PointLine
from ..point_states import EntryKind, Purse
from . import queries, rules
from .subjects import ENTRIES

OTHER_SIDE = {EntryKind.AWARD: Purse.ISSUED, EntryKind.REVERSAL: Purse.ISSUED, EntryKind.REDEEM: Purse.SPENT, EntryKind.GIVE_BACK: Purse.SPENT, EntryKind.LAPSE: Purse.LAPSED, EntryKind.RESTORE: Purse.LAPSED}


def book(kind, home, points, *, by, at, claim=None, reverses=None, lapse=None, words=""):
    """Book points of a home within an act: so many into its account, or out of it where the number is negative; the village's own account takes the other side.

    Returns the PointEntry. Raises Refused where the home has not so many: points are never owed. `queries.alone_in` was called.
    """
    village_id = home.village_id if claim is None else claim.village_id
    if queries.is_closed(village_id, today(at)):
        raise Conflict(_("这个月已经结账,请再办一次。"))  # it was begun before midnight, and waited for whoever closed
    mine = PointAccount.objects.get_or_create(home=home, defaults={"village_id": village_id, "purse": Purse.HOME})[0]
    theirs = PointAccount.objects.get_or_create(village_id=mine.village_id, purse=OTHER_SIDE[kind], home=None)[0]
    if not _moved(mine, points, least=max(0, -points)):
        raise Refused(rules.NOT_ENOUGH % {"n": PointAccount.objects.get(pk=mine.pk).balance})
    PointAccount.objects.filter(pk=theirs.pk).update(balance=F("balance") - points, version=F("version") + 1)
    entry = PointEntry.objects.create(
        village_id=mine.village_id, serial=next_serial(PointEntry.objects.filter(village_id=mine.village_id)), kind=kind, claim=claim, reverses=reverses, lapse=lapse, words=words, day=today(at), at=at, made_by_id=by.id,
    )  # fmt: skip
    PointLine.objects.bulk_create([PointLine(entry=entry, account=mine, points=points), PointLine(entry=entry, account=theirs, points=-points)])
    return entry


def _moved(account, points, *, least):
    """Move a home's balance where it holds `least` at this very moment; tell whether it did."""
    return PointAccount.objects.filter(pk=account.pk, balance__gte=least).update(balance=F("balance") + points, version=F("version") + 1)


@act(
    ENTRIES, "point_reverse", at="reverse", words=_("冲正这一笔"), done=_("已冲正,原来的一笔照样留着。"), duty=Duty.REVIEW_POINTS, may=rules.can_reverse, tone="danger", rank=10, lines={"points.reverse": _("冲正积分")},
)  # fmt: skip
def reverse_points(point_entry, *, by, at, words: Annotated[str, Asked(_("为什么冲正"), _("写错在哪里,这一户怎么说。先告诉这一户。"), rows=2, least=4, most=120)]):
    """Take back points that were given wrongly, or put back what lapsed wrongly (冲正): another booking that names the first; nothing is deleted. Where the home spent them meanwhile, it is refused."""
    queries.alone_in(point_entry.village_id)
    rules.not_lapsed(point_entry).or_raise()  # who carried a lapse out meanwhile held the book
    line = point_entry.lines.select_related("account__home").get(account__purse=Purse.HOME)
    kind = EntryKind.RESTORE if point_entry.kind == EntryKind.LAPSE else EntryKind.REVERSAL
    book(kind, line.account.home, -line.points, reverses=point_entry, words=words.strip(), by=by, at=at)
    journal.record(act="points.reverse", subject=point_entry, by=by, at=at, area_code=point_entry.village_id, points=line.points)
    return point_entry
