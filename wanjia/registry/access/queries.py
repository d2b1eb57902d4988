"""Whose file a request means, and what waits for whom."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wanjia.orgs import scope
from wanjia.orgs.asked_by import AskedBy
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.registry.duties import Duty
from wanjia.verdict import NotFound

from ..finding import by_number
from ..models import AccessKind, FileAccess, Household, Person
from ..states import AccessState
from . import rules
from .subjects import SHOWN

TOLD = "access"  # of the messages outside the house


def whose(home, number, area, school):
    """Return {"child" or "household", "area"} of what is asked for; a place is itself. Raises NotFound, alike for unknown and grown-up."""
    if area is not None:
        return {"area": area, "school": school.strip()}
    if home:
        household = Household.objects.filter(number=home.strip()).select_related("village").first()
        if household is None:
            raise NotFound(_("没有编号为“%(home)s”的户,请核对。") % {"home": home.strip()})
        return {"household": household, "area": household.village}
    found = by_number(number)
    if found is None or not found.is_protected or found.village_id is None:
        raise NotFound(_("按这个号码没有查到在册的孩子,请核对。这次查询已记入日志。"))
    return {"child": found, "area": found.village}


def child(person_id):
    """Return the standing record of a person, or None."""
    return Person.objects.filter(pk=person_id, merged_into=None).select_related("village").first()


def running(actor):
    """Return the minutes that the actor's open emergency has left: the banner on each of his pages."""
    return max((one.minutes_left for one in _mine(actor) if one.by_id == actor.pk), default=0)


def told_of(actor):
    """Count the emergencies in my children's files, or at my place, that nobody has reviewed yet."""
    return sum(one.by_id != actor.pk for one in _mine(actor))


def _mine(actor):
    """List the emergencies that are open to the actor, or of which he was told and no review says a word: asked once a request."""
    if not actor.has_duty(*rules.OPENS):
        return []
    if not hasattr(actor, "kept_emergencies"):
        actor.kept_emergencies = EMERGENCIES(actor, timezone.now())
    return actor.kept_emergencies


def _open_or_told(actor, now):
    own = Q(by=actor.pk, state=AccessState.GRANTED, until_at__gt=now)
    told = rules.answers_there(actor) & Q(pk__in=FileAccess.told.through.objects.filter(user=actor.pk).values("fileaccess"), reviewed_at=None)
    return FileAccess.objects.filter(own | told, kind=AccessKind.EMERGENCY)


EMERGENCIES = AskedBy(_open_or_told)


def to_decide(actor):
    """List the requests on which the actor may decide, the oldest first."""
    now = timezone.now()
    rows = list(_here(actor).filter(state=AccessState.ASKED, until_at__gt=now).order_by("asked_at"))
    readers = rules.Readers(actor, rows)
    return [one for one in rows if rules.can_decide(actor, one, now, readers)]


def to_review(actor):
    """List the emergencies that the actor may review, the oldest first."""
    rows = list(_here(actor).unreviewed().order_by("asked_at"))
    readers = rules.Readers(actor, rows)
    return [one for one in rows if rules.can_review(actor, one, readers)]


def _here(actor):
    if not actor.has_duty(Duty.APPROVE_ACCESS):
        return FileAccess.objects.none()
    return FileAccess.objects.filter(scope.in_reach(actor, duty=Duty.APPROVE_ACCESS)).select_related(*SHOWN)


def overdue_here(actor, day):
    """List the emergencies whose review is overdue where the actor reads the journal."""
    return list(rules.overdue(actor, day)) if actor.has_duty(OrgsDuty.READ_JOURNAL) else []


def waiting(actor):
    """Count what waits for the actor's word: three questions for both, however many wait."""
    now = timezone.now()
    rows = WAITING(actor, now) if actor.has_duty(Duty.APPROVE_ACCESS) else []
    if not rows:
        return 0
    readers = rules.Readers(actor, rows)
    return sum(bool(rules.can_review(actor, one, readers) if one.is_emergency else rules.can_decide(actor, one, now, readers)) for one in rows)


WAITING = AskedBy(lambda actor, now: _here(actor).filter(
    Q(state=AccessState.ASKED, until_at__gt=now) | Q(kind=AccessKind.EMERGENCY, reviewed_at=None)))  # fmt: skip


def others(actor):
    """Return the leaves that the actor sees, the newest first, without what waits for him."""
    return rules.visible_accesses(actor).select_related(*SHOWN).order_by("-asked_at", "pk")
