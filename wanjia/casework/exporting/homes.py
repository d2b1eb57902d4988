"""Which homes an export means, and the workbook of them."""

import tempfile

from django.http import FileResponse
from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today
from wanjia.registry.exporting import rules
from wanjia.registry.exporting.queries import SEALED, exported_homes, header, lines, members_of
from wanjia.sheets.writing import content_disposition, write_xlsx

__all__ = ["SEALED", "asked_for", "exported_homes", "members_of", "sent"]


def asked_for(actor, export):
    """Return the homes that an export means, as far as the actor sees them now."""
    return exported_homes(actor, export.query.get("village", ""))


def sent(actor, export, homes):
    """Return the download. A child is named only where the sheet bears numbers and the actor's posts open children's files."""
    numbers = bool(export.columns)
    rows, file = lines(homes, numbers=numbers, children=rules.names_children(actor, numbers)), tempfile.TemporaryFile()  # noqa: SIM115
    write_xlsx(file, header(numbers), rows, sheet=_("家庭成员"))
    file.seek(0)
    answer = FileResponse(file, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = content_disposition(_("家庭户-%(day)s.xlsx") % {"day": today(export.asked_at)})
    answer["X-Content-Type-Options"], answer["Cache-Control"] = "nosniff", "no-store"
    return answer
