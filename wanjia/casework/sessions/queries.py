"""What waits for joint triage, who may be invited, which item comes next, how far a session has come."""

from django.db.models import Case, Count, IntegerField, Q, Value, When

from wanjia.casework.duties import Duty
from wanjia.orgs import scope
from wanjia.orgs.asked_by import AskedBy
from wanjia.orgs.models import Level, Organisation, Tier
from wanjia.policy.triage import rules as limits
from wanjia.shapes import number

from ..models import Session, SessionItem
from ..queries import forsaken, holders_for, signing
from ..rules import TIERS, visible_needs
from ..states import DECIDABLE, Difficulty, ItemState, SessionState, Waiting
from ..states import NeedState as S
from .subjects import HOLDS

STUCK = (Difficulty.HARD, Difficulty.POLICY)


def areas(_row, actor, _day):
    """Return the areas for which the actor may call a session, the widest first."""
    return scope.areas(actor, duty=Duty.HOLD_SESSIONS)


def waiting(actor, area, kinds, day):
    """Return the needs of an area that wait for joint triage and stand on no open agenda: second returns first, then what its holder
    asks about, then the first to fall due.
    """
    needs = visible_needs(actor, duty=Duty.HOLD_SESSIONS).filter(inside(area), left_to(area)).exclude(session_items__state=ItemState.OPEN)
    asked_first = [When(returns__gte=limits()["returns"]["most"], then=Value(0)), When(contested_at__isnull=False, then=Value(1))]
    first = Case(*asked_first, default=Value(2), output_field=IntegerField())
    return needs.filter(asked(kinds, day)).order_by(first, "step_due_on", "recorded_at", "number")


def left_to(area, need=""):
    """Return the Q of the needs that a session of this area may decide: not what was raised over its head (rules.raised_over).

    need: how the need is reached from the rows that are asked.
    """
    return Q() if area.level == Level.COUNTY else ~Q(**{f"{need}raised_from": Tier.TOWNSHIP})


def asked(kinds, day):
    """Return the Q of the kinds of needs that wait for joint triage (Waiting)."""
    found = {
        Waiting.RETURNED: arbitrated(day), Waiting.CONTESTED: Q(contested_at__isnull=False), Waiting.UNGRADED: Q(state=S.ADMITTED),
        Waiting.HARD: Q(state__in=(S.TRIAGED, S.RETURNED), difficulty__in=STUCK),
    }  # fmt: skip
    wanted = Q(pk__in=[])
    for kind in kinds:
        wanted |= found[Waiting(kind)]
    return wanted


def arbitrated(day):
    """Return the Q of the needs that only a session can hand over: sent back twice."""
    return Q(returns__gte=limits()["returns"]["most"]) & (Q(state__in=(S.TRIAGED, S.RETURNED)) | forsaken(day))


def invitable(_row, actor, day):
    """Return the units that may be invited: those of the county, and of the townships where the actor holds sessions."""
    codes = {area.code[:6] for area in scope.areas(actor, duty=Duty.HOLD_SESSIONS)}
    near = Q(pk__in=[])
    for code in codes:
        near |= Q(area__code__startswith=code, area__level=Level.COUNTY) | Q(tier=Tier.TOWNSHIP, line="", area__code__startswith=code)
    return Organisation.objects.on(day).filter(near).order_by("area__level", "pinyin", "name")


def not_invited(session, day):
    """Return the units of the county, and of its townships, that have no seat at a session: one of them may have come all the same."""
    units = Organisation.objects.on(day).filter(area__code__startswith=session.area.code[:6]).exclude(tier=Tier.VILLAGE)
    return units.exclude(pk__in=session.seats.values("organisation")).order_by("area__level", "pinyin", "name")


def of_number(actor, session, number):
    """Return the need of the session's area that the actor sees under this number, or None."""
    needs = visible_needs(actor, duty=Duty.HOLD_SESSIONS).filter(inside(session.area), number=number.strip())
    return needs.select_related("village", "holder").first()


def inside(area):
    """Return the Q of the needs that lie in an area."""
    return Q(village_id__gte=area.stem, village_id__lt=str(int(area.stem) + 1))


def at_table(item, _actor, _day):
    """Return the units that have a seat at an item's session: whose dissent may be kept."""
    return Organisation.objects.filter(pk__in=item.session.seats.values("organisation")).order_by("pinyin", "name")


def leads(item, _actor, day):
    """Return the units that some grade would let hold the item's need, and where somebody can sign."""
    signers = set(signing(day).values_list("organisation", flat=True))
    return [unit for unit in holders_for(item.need, day, TIERS) if unit.pk in signers]


def next_item(session, after=0):
    """Return the first item that waits to be decided, those after number `after` first; None where none does."""
    settles = Q(need__returns__gte=limits()["returns"]["most"]) | Q(need__contested_at__isnull=False)
    rows = session.items.filter(Q(need__state__in=DECIDABLE) | settles, left_to(session.area, "need__"), state=ItemState.OPEN)
    return rows.filter(n__gt=after).order_by("n").first() or rows.order_by("n").first()


def progress(session):
    """Return (how many items are through, how many there are)."""
    counts = dict(session.items.order_by().values_list("state").annotate(Count("pk")))
    whole = sum(counts.values())
    return whole - counts.get(ItemState.OPEN, 0), whole


def with_progress(sessions):
    """Return sessions with `whole`, how many items each has, and `through`, how many of them wait no more."""
    found = sessions.annotate(whole=Count("items"), through=Count("items", filter=~Q(items__state=ItemState.OPEN)))
    return found.order_by("-on", "-called_at", "pk")  # counted in groups, rows lose the order of their model


def waiting_unlisted(actor, day):
    """Count what waits for joint triage in the areas where the actor calls sessions, and stands on no open agenda; 0 for whoever calls none."""
    widest = next(iter(areas(None, actor, day)), None)
    if widest is None:
        return 0
    needs = visible_needs(actor, duty=Duty.HOLD_SESSIONS).filter(left_to(widest)).exclude(session_items__state=ItemState.OPEN)
    return needs.filter(asked(list(Waiting), day)).count()


def items_of(session):
    """Return a session's items with all that its page shows, in the order of the agenda."""
    rows = session.items.select_related("need__village__parent", "need__holder", "decision__holder", "decision__by")
    return rows.prefetch_related("dissents__organisation").defer("need__story", "need__requester_phone", "need__ledger_cells")


def to_do(actor, _day):
    """Count the sessions that wait for the actor, to be held or to be signed off: {name of the place: n}, one query."""
    if not actor.has_duty(*HOLDS):
        return {}
    return {"casework:sessions": TO_DO.first(actor) or 0}


def _to_do(actor):
    called = Q(scope.in_reach(actor, duty=Duty.HOLD_SESSIONS), state=SessionState.CALLED)
    return Session.objects.filter(called | Q(pk__in=to_sign(actor).values("pk")))


TO_DO = AskedBy(lambda actor: number(_to_do(actor)))


def to_sign(actor):
    """Return the sessions whose minutes the actor may sign off."""
    if not actor.has_duty(Duty.SIGN_SESSIONS):
        return Session.objects.none()
    own = SessionItem.objects.filter(Q(decision__by=actor.pk) | Q(dissents__by=actor.pk)).values("session")
    held = Session.objects.filter(scope.in_reach(actor, duty=Duty.SIGN_SESSIONS), state=SessionState.HELD)
    return held.exclude(kept_by=actor.pk).exclude(pk__in=own)
