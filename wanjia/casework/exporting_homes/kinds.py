"""The register's homes as an export, as the engine of exports takes them."""

from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area
from wanjia.registry.exporting import queries
from wanjia.registry.exporting.rules import names_children
from wanjia.reporting.kinds import ExportKind

from ..states import ExportKind as K
from .forms import AskHomes
from .rules import can_take_numbers

LARGEST_SHEET = 1_048_575  # rows below a heading: what a workbook holds


def _members(actor, query, _at):
    return queries.members_of(queries.exported_homes(actor, query.get("village", "")))


def _lines(actor, export, _members):
    """A child is named only where the sheet bears numbers and the actor's posts open children's files."""
    homes, numbers = queries.exported_homes(actor, export.query.get("village", "")), bool(export.columns)
    return queries.lines(homes, numbers=numbers, children=names_children(actor, numbers))


def _phrased(exports):
    asked = {export.pk: export.query["village"] for export in exports if export.query.get("village")}
    names = dict(Area.objects.filter(pk__in=asked.values()).values_list("pk", "name")) if asked else {}
    return {pk: [(_("村(社区)"), names[code])] for pk, code in asked.items() if code in names}


HOMES = ExportKind(
    K.HOMES, K.HOMES.label, AskHomes, "casework/exporting_homes/export.html", asks=("village",), sensitive=tuple(sorted(queries.SEALED)),
    place="village", rows=_members, phrased=_phrased, header=lambda export: queries.header(bool(export.columns)), lines=_lines,
    sheet=_("家庭成员"), named=lambda export: _("家庭户-%(day)s.xlsx").removesuffix(".xlsx") % {"day": today(export.asked_at)}, may=can_take_numbers,
    most=LARGEST_SHEET, at=("homes", "export_homes"),
)  # fmt: skip
