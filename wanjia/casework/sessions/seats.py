"""Who came for which unit, written a line each: what stands in the field at first, and how it is read."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.models import Organisation
from wanjia.verdict import Refused

COLON = "："
MOST_PERSON = 40


def lines_of(session, _actor, _day):
    """Return a line for each invited unit, with who came where that is noted."""
    return "\n".join(f"{seat.organisation.name}{COLON}{seat.person}" for seat in session.seats.select_related("organisation"))


def read(session, text, day):
    """Return {Organisation: who came for it, "" for nobody}. Raises Refused with the line that names no unit of the county, or too long a name."""
    noted = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        name, _colon, person = line.replace(":", COLON).partition(COLON)
        unit = _unit(session, name.strip(), day)
        if unit is None:
            raise Refused(_("没有找到单位“%(name)s”。请照单位全称写,一行一个。") % {"name": name.strip()[:40]})
        if len(person.strip()) > MOST_PERSON:
            raise Refused(_("“%(name)s”来的人写得太长,只写姓名。") % {"name": name.strip()[:40]})
        noted[unit] = person.strip()
    if not any(noted.values()):
        raise Refused(_("请至少写明一个单位来的人。"))
    return noted


def _unit(session, name, day):
    called = Organisation.objects.filter(Q(name=name) | Q(short_name=name)) if name else Organisation.objects.none()
    invited = called.filter(pk__in=session.seats.values("organisation")).first()
    return invited or called.on(day).filter(area__code__startswith=session.area.code[:6]).first()
