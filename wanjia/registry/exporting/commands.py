"""Take homes out of the register, with a reason that is kept."""

from wanjia.kernel import journal
from wanjia.kernel.command import command
from wanjia.kernel.models import EntryKind
from wanjia.orgs import scope
from wanjia.orgs.locks import hold
from wanjia.orgs.models import Area

from . import rules
from .queries import exported_homes


@command("registry.export_households")
def export_households(*, reason, by, at, village="", numbers=False):
    """Journal that homes are taken out, why, and whether with citizen numbers; returns how many. The page then sends the sheet.

    village: 12-digit code, or "" for the actor's whole reach. Raises Refused when the actor may not.
    """
    homes = exported_homes(by, village).count()
    hold(f"homes|{by.org_name}")
    rules.can_export(by, reason, homes, bool(numbers), rules.taken(by, at, bool(numbers))).or_raise()
    area = Area.objects.filter(pk=village).first() or next(iter(scope.areas(by)), None) or by.org
    journal.record(
        act="household.export", subject=area, by=by, at=at, kind=EntryKind.READING if numbers else EntryKind.ACT, reason=reason.strip(),
        area_code=village or getattr(area, "code", ""), homes=homes, numbers=numbers,
    )  # fmt: skip
    return homes
