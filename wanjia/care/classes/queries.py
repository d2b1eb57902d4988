"""What is asked of classes: which there are, today's, the roll with who may fetch whom, which child is an alarm."""

from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.models import Area
from wanjia.orgs.models.areas import Level
from wanjia.policy import care_day

from ..class_states import OPEN_HERE, Enrolled, Here, SessionState
from ..duties import Duty
from ..looking import days_left, unlooked
from ..models import CareClass, Collector, Enrolment, Helper, Presence, Session
from . import rules

LIVES = Q(child__died_on=None)  # of a roll: nobody calls the name of a child who has died, nor keeps its seat


def villages(_row, actor, day):
    """The villages in which the actor may open a class."""
    return Area.objects.on(day).filter(scope.in_place(actor, area="code", duty=Duty.KEEP_CLASSES), level=Level.VILLAGE).order_by("code")


def leaders(_row, actor, day):
    """Who may lead a class there: helpers in office of units in the actor's area; whether somebody is clear, the act judges."""
    return Helper.objects.on(day).filter(scope.in_place(actor, area="organisation__area_id", duty=Duty.KEEP_CLASSES)).order_by("name", "pk")


def listed(actor):
    """The classes in reach: how many are in, how many wait."""
    counted = {name: Count("roll", filter=Q(roll__state=state, roll__child__died_on=None)) for name, state in (("n_in", Enrolled.IN), ("n_waits", Enrolled.WAITS))}
    return rules.visible_classes(actor).select_related("area", "unit", "leader").annotate(**counted).order_by("area_id", "name", "pk")


def running(_child, actor, day):
    """The classes that are not over in which the actor puts children on the roll."""
    return rules.visible_classes(actor, duty=(Duty.KEEP_CLASSES,)).filter(until_on__gt=day).order_by("area_id", "name", "pk")


def free_seats(care_class):
    """Return how many seats nobody has; below nought where seats were taken away."""
    return care_class.seats - care_class.roll.filter(LIVES, state=Enrolled.IN).count()


def held_today(actor, day):
    """Return [(class, its session of `day` or None)] of the classes that are held on `day`, the earliest first."""
    running = list(rules.visible_classes(actor).filter(from_on__lte=day, until_on__gt=day).select_related("area", "leader"))
    bells = rules.bells_on(running, day)
    classes = [one for one in running if rules.held_on(one, day, bells[one.pk])]
    sessions = {one.care_class_id: one for one in Session.objects.filter(day=day, care_class__in=classes)}
    return [(one, sessions.get(one.pk)) for one in sorted(classes, key=lambda one: (one.starts, one.name))]


def roll_of(care_class):
    """The children of a class, those in it first, then the line; with the adults listed for each."""
    fetching = Collector.objects.filter(to_on=None).order_by("listed_at")
    rows = care_class.roll.exclude(state=Enrolled.OUT).filter(LIVES).select_related("child").prefetch_related(Prefetch("child__collectors", fetching, to_attr="adults"))
    return rows.order_by("state", "on", "recorded_at", "pk")


def called(session):
    """The children of a session, whoever is still to be called first, with the adults who may fetch each."""
    fetching = Collector.objects.on(session.day).exclude(confirmed_at=None).order_by("listed_at")
    rows = Presence.objects.filter(session=session).select_related("child", "session__care_class", "fetched_by")
    return rows.prefetch_related(Prefetch("child__collectors", fetching, to_attr="adults")).order_by("child__pinyin", "pk")


def adults_of(presence, _actor, day):
    """The adults who may fetch a child today."""
    return Collector.objects.on(day).filter(child=presence.child_id).exclude(confirmed_at=None)


def adults_ever(presence, *_row):
    """Every adult who was ever listed for the child: what a call names again when it is repeated."""
    return Collector.objects.filter(child=presence.child_id)


def adult_words(adult):
    """How an adult is called in the choice."""
    return f"{adult.name}({adult.relation})"


def alarms(actor, at):
    """Return the children of open sessions who are an alarm at `at`: of today's, and of any day before, for midnight fetches nobody."""
    rows = rules.visible_presences(actor).filter(session__day__lte=today(at), session__state=SessionState.OPEN, state__in=OPEN_HERE)
    return [one for one in rows.select_related("session__care_class", "child") if rules.late(one, at)]


def strangers(actor, day):
    """Count today's open sessions at whose gate somebody said a code that lets nobody go with the child."""
    return rules.visible_sessions(actor).filter(day=day, state=SessionState.OPEN, wrong_codes__gt=0).order_by().count()


def unopened(held, at):
    """Return of classes held on the day of `at`, as held_today gives them, those that should have begun by then and whose roll nobody called."""
    return [one for one, session in held if (session is None or session.state == SessionState.UNCALLED) and rules.overdue(one, today(at), at)]


def was_to_come(care_class, day):
    """Who was to come on a day that is over, or whose hour has come: in the class since that day or before, alive that day."""
    return care_class.roll.filter(Q(child__died_on=None) | Q(child__died_on__gt=day), state=Enrolled.IN, on__lte=day)


def to_look_at(at):
    """The classes at which the clock is to look: a day's hour has come, and nobody has looked yet whether the roll was called."""
    return CareClass.objects.filter(unlooked(at, minutes=care_day.in_force(today(at)).late_after, clock="starts", ends="until_on"))


def silent(classes, at):
    """Return [(class, day)] of the days on which a class was to be held and nobody called the roll, and at which the clock has not looked yet."""
    left = [(one, days_left(one, at, rules.overdue_from(one.starts, today(at)))) for one in classes]
    bells = {day: rules.bells_on([one for one, days in left if day in days], day) for day in {day for _one, days in left for day in days}}
    found = []
    for one, days in left:
        held = [day for day in days if rules.held_on(one, day, bells[day][one.pk])]
        called_on = set(Session.objects.filter(care_class=one, day__in=held).values_list("day", flat=True)) if held else ()
        found += [(one, day) for day in held if day not in called_on and was_to_come(one, day).exists()]
    return found


def unheld(actor, day):
    """The sessions of days before whose roll nobody called and of which nobody has said why: the oldest first."""
    return rules.visible_sessions(actor).filter(state=SessionState.UNCALLED, day__lt=day).select_related("care_class").order_by("day", "pk")


def _silent_before(actor, at):
    """How many sessions before today nobody called or explained: those noted, and those that the clock has yet to note."""
    left = silent(rules.visible_classes(actor).filter(pk__in=to_look_at(at).values("pk")), at)
    return unheld(actor, today(at)).order_by().count() + sum(day < today(at) for _class, day in left)


def left_open(actor, day):
    """The sessions of days before that nobody closed: a child of theirs stands nowhere yet."""
    return rules.visible_sessions(actor).filter(day__lt=day, state=SessionState.OPEN).select_related("care_class").order_by("day", "pk")


def alarmed(user, _day):
    """How many children are an alarm now, and sessions of today and before without a roll: what the head of the page says. A class that is over may have a child left."""
    if not user.has_duty(*rules.HOLDS) or not rules.visible_classes(user).exists():
        return 0
    now = timezone.now()
    return len(alarms(user, now)) + len(unopened(held_today(user, today(now)), now)) + strangers(user, today(now)) + _silent_before(user, now)


def unconfirmed(actor):
    """The adults in reach who wait for a second person; those the actor listed are somebody else's to confirm."""
    rows = rules.visible_collectors(actor, duty=Duty.KEEP_CLASSES).filter(to_on=None, confirmed_at=None)
    return rows.exclude(listed_by=actor.id).select_related("child").order_by("listed_at", "pk")


def queue(actor, _day):
    """Return {name of the place: how many adults wait for the actor's confirming}."""
    return {"care:classes": unconfirmed(actor).count() if actor.has_duty(Duty.KEEP_CLASSES) else 0}


def counts(session):
    """Return {state: how many} of a session."""
    return dict(session.roll.order_by().values_list("state").annotate(n=Count("pk")))


def past(care_class):
    """The sessions of a class, the last first, with how many were there."""
    there = Count("roll", filter=Q(roll__state__in=(Here.PRESENT, Here.FETCHED)))
    return care_class.sessions.annotate(n_there=there, n_all=Count("roll")).order_by("-day")


def listed_classes_of(child_id):
    """The classes in which a child is today."""
    return [row.care_class for row in Enrolment.objects.filter(child=child_id, state=Enrolled.IN).select_related("care_class")]
