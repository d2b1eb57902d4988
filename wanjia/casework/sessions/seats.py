"""Who came for which unit: {the unit's id: who came for it}, as a page or a call says it."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.models import Organisation
from wanjia.verdict import Refused

from . import queries

MOST_PERSON, MOST_SEATS = 40, 100


def read(session, came, day):
    """Return {Organisation: who came for it, "" for nobody}. Raises Refused for a unit of elsewhere, too long a name, or nobody at all."""
    units = _units(session, list(came)[:MOST_SEATS], day)
    noted = {}
    for key, person in came.items():
        unit = units.get(str(key))
        if unit is None:
            raise Refused(_("参会单位请从本县的单位里选。"))
        if not isinstance(person, str) or len(person.strip()) > MOST_PERSON:
            raise Refused(_("“%(name)s”来的人写得太长,只写姓名。") % {"name": unit.name})
        noted[unit] = person.strip()
    if not any(noted.values()):
        raise Refused(_("请至少写明一个单位来的人。"))
    return noted


def _units(session, keys, day):
    keys = [key for key in keys if _is_key(key)]
    near = Organisation.objects.filter(pk__in=keys)
    found = [*near.filter(pk__in=session.seats.values("organisation")), *near.filter(pk__in=queries.not_invited(session, day))]
    return {str(unit.pk): unit for unit in found}


def _is_key(text):
    try:
        return bool(UUID(str(text)))
    except ValueError:
        return False
