"""What is asked of the book: points out, the lines of a home, whether all adds up."""

from django.db.models import F, OuterRef, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.locks import hold
from wanjia.registry.memberships import heads_of

from ..models import PointAccount, PointEntry, PointLine, PointMonth
from ..point_states import EntryKind, Purse


def points_out(village_id):
    """Return how many points homes of a village hold together."""
    return PointAccount.objects.filter(village_id=village_id, purse=Purse.HOME).aggregate(n=Sum("balance"))["n"] or 0


def lines_of(account):
    """The lines of a home's account, the last first, with what each was for."""
    return account.lines.select_related("entry__claim__item__scheme", "entry__redemption__good", "entry__lapse__scheme", "entry__reverses__claim__item", "entry__reverses__redemption__good").order_by("-entry__serial")


def alone_in(village_id):
    """Let nobody else book in this village until the running transaction ends: its numbers and balances follow each other."""
    hold(f"points of|{village_id}")


def is_closed(village_id, day):
    """Tell whether a day lies in a month that was drawn up already; `alone_in` was called."""
    return PointMonth.objects.filter(village=village_id, month=f"{day:%Y-%m}").exists()


def _reversed():
    return -Subquery(PointLine.objects.filter(entry=OuterRef("entry__reverses"), account=OuterRef("account")).values("points")[:1])


def _unlike():
    """Yield the homes' lines that say something else than the claim, the receipt or the booking that they stand for: whoever changes both lines and the balance leaves these."""
    stands_for = {
        EntryKind.AWARD: F("entry__claim__points"), EntryKind.REDEEM: -F("entry__redemption__points"), EntryKind.REVERSAL: _reversed(), EntryKind.GIVE_BACK: _reversed(), EntryKind.RESTORE: _reversed(),
    }  # fmt: skip
    for kind, should in stands_for.items():
        yield from PointLine.objects.filter(account__purse=Purse.HOME, entry__kind=kind).annotate(should=should).exclude(points=F("should")).select_related("entry").order_by("entry")


def faults(_day):
    """Yield (what, column, is, should) of each account whose balance is not the sum of its lines, and of each booking whose lines do not add up to nought, or are not what they stand for."""
    kept = PointAccount.objects.annotate(should=Sum("lines__points", default=0)).exclude(balance=F("should")).select_related("village")
    for one in kept.order_by("pk"):
        yield one, _("余额"), one.balance, one.should
    for row in PointLine.objects.values("entry").annotate(n=Sum("points")).exclude(n=0).order_by("entry"):
        yield PointEntry.objects.get(pk=row["entry"]), _("积分流水"), row["n"], 0
    for line in _unlike():
        yield line.entry, _("积分流水"), line.points, line.should or 0


def awarded_by(day):
    """Return the bookings up to a day that gave the points of a claim (of the query around it)."""
    return PointEntry.objects.filter(claim=OuterRef("pk"), day__lte=day)


def with_heads(rows):
    """Give a page of rows that have a home its head's name."""
    heads = heads_of([one.home for one in rows])
    for one in rows:
        one.head = heads.get(one.home_id, ("",))[0]
    return rows
