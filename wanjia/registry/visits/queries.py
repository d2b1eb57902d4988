"""What is asked about visits: planned by whom, due where, how long ago, and what was seen last time."""

from datetime import timedelta

from django.db.models import Case, Count, DateField, Exists, F, IntegerField, Max, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from wanjia.doors.words import in_english, said
from wanjia.kernel.calendar import today
from wanjia.orgs.carried import roles_with
from wanjia.orgs.handing.queries import standing_posts
from wanjia.orgs.models import Post, User
from wanjia.orgs.scope import posts
from wanjia.policy.mandates import in_force
from wanjia.policy.registers import visiting
from wanjia.policy.statuses import schemes
from wanjia.policy.visit_form import in_words, unpacked
from wanjia.registry.duties import Duty
from wanjia.sealing.fields import opened

from ..households.rules import visible_households
from ..memberships import members_on
from ..models import DatedStatus, Membership, Visit, VisitDraft, VisitFinding, VisitSheet
from ..people.queries import records_of
from ..states import VisitState
from .rules import CATEGORIES, visible_visits


def mandates(_home, _actor, day):
    """Return [(code, words)] of the tags that may be given today."""
    return [(one["code"], said(one)) for one in in_force(day)]


def planned(actor):
    """Return visible planned visits, soonest first."""
    rows = visible_visits(actor).filter(state=VisitState.PLANNED)
    return rows.select_related("household__village").prefetch_related("visitors").order_by("planned_on", "household__number")


def planned_for(actor):
    """Return the planned visits that the actor goes on, soonest first."""
    return planned(actor).filter(visitors=actor)


def of_today(actor, day):
    """Return the planned visits that the actor goes on today, or should have gone on."""
    return planned_for(actor).filter(planned_on__lte=day)


def done(actor):
    """Return visible visits that took place, newest first."""
    rows = visible_visits(actor).filter(state=VisitState.DONE).select_related("household__village").prefetch_related("visitors")
    return rows.annotate(found=Count("findings")).order_by("-done_on", "-done_at")


def priority(day):
    """Return the Q of homes that come first: one that holds a priority status on `day`, or whose member does."""
    live = _live_priority(day)
    members = Membership.objects.filter(
        to_on=None, person__in=DatedStatus.objects.filter(live, person__isnull=False).values("person")
    )
    return Q(Exists(DatedStatus.objects.filter(live, household=OuterRef("pk")))) | Q(
        Exists(members.filter(household=OuterRef("pk")))
    )


def _live_priority(day):
    held = Q(pk__in=[])
    for scheme in schemes().values():
        version = scheme.version_on(day)
        if scheme.priority and version:
            held |= Q(scheme=scheme.code, code__in=version.codes)
    return held & (Q(from_on=None) | Q(from_on__lte=day)) & (Q(to_on=None) | Q(to_on__gt=day))


def with_last_visit(households):
    """Annotate homes with `last_visit_on`, the day of the last visit that took place, or None."""
    last = (
        Visit.objects.filter(household=OuterRef("pk"), state=VisitState.DONE)
        .order_by()
        .values("household")
        .annotate(on=Max("done_on"))
    )
    return households.annotate(last_visit_on=Subquery(last.values("on"), output_field=DateField()))


def due(actor, day):
    """Return visible homes whose visit is due on `day` and not planned: priority first, then longest unvisited.

    Annotated: last_visit_on, first (0 for a priority home, 1 for another).
    """
    rule = visiting()
    homes = with_last_visit(visible_households(actor, duty=Duty.VISIT)).annotate(
        first=Case(When(priority(day), then=Value(0)), default=Value(1), output_field=IntegerField())
    )
    waiting = Visit.objects.filter(household=OuterRef("pk"), state=VisitState.PLANNED)
    late = Q(last_visit_on=None)
    late |= Q(first=0, last_visit_on__lte=day - timedelta(days=rule["priority_days"]))
    late |= Q(first=1, last_visit_on__lte=day - timedelta(days=rule["ordinary_days"]))
    rows = homes.filter(late).exclude(Exists(waiting)).select_related("village")
    return rows.order_by("first", F("last_visit_on").asc(nulls_first=True), "number")


def due_by_village(actor, day):
    """Return [(village id, name, homes due, homes)] of the actor's reach, in the order of codes."""
    names = {
        row["village_id"]: row
        for row in visible_households(actor, duty=Duty.VISIT).order_by("village_id").values("village_id", "village__name").annotate(n=Count("pk"))
    }
    counts = dict(due(actor, day).order_by("village_id").values_list("village_id").annotate(n=Count("pk")))
    return [(code, row["village__name"], counts.get(code, 0), row["n"]) for code, row in names.items()]


def by_cadre(actor, first_day, last_day):
    """Return users with visits planned in a span of days, by name: planned, done, waiting past their day. Not a ranking."""
    mine = Q(visits__in=visible_visits(actor), visits__planned_on__gte=first_day, visits__planned_on__lte=last_day)
    rows = User.objects.filter(mine).annotate(
        n_planned=Count("visits", filter=mine & ~Q(visits__state=VisitState.CANCELLED), distinct=True),
        n_done=Count("visits", filter=mine & Q(visits__state=VisitState.DONE), distinct=True),
    )
    return rows.order_by("name", "username").distinct()


def children_of(visit, day):
    """Return the minors who live in the visited home on `day`."""
    return [m.person for m in members_on(visit.household, day) if m.person.is_minor_on(day)]


def last_answers(household, children):
    """Return ({code: words} of the home, {child id: {code: words}}) said last time, to stand grey beside the questions."""
    return _words(_latest(VisitSheet.objects.filter(visit__household=household, child=None))), {
        child.pk: _words(_latest(VisitSheet.objects.filter(child__in=records_of(child)))) for child in children
    }


def _latest(sheets):
    return sheets.filter(visit__state=VisitState.DONE).select_related("visit").order_by("-visit__done_on", "-recorded_at").first()


def _words(sheet):
    if sheet is None:
        return {}
    return {question.code: f"{sheet.visit.done_on}:{words}" for question, words, _ in said_in(sheet) or ()}


def draft_of(visit, user):
    """Return the answers of the user's unfinished form, or {}."""
    draft = VisitDraft.objects.filter(visit=visit, by=user).first()
    return opened(draft, "answers", unpacked, {}) if draft else {}


def home_sheet(visit):
    """Return [(question, words, concern)] noted about the home in a visit; None when it does not open."""
    sheet = visit.sheets.filter(child=None).first()
    return said_in(sheet) if sheet else []


def said_in(sheet):
    """Return [(question, words, concern)] of what was noted; None when it does not open."""
    return opened(sheet, "answers", lambda text: in_words(unpacked(text), in_english()), None)


def findings_of(visit):
    """Return the findings of a visit: what the ledger turns into needs."""
    return VisitFinding.objects.filter(visit=visit).select_related("requester", "about_child")


def categories(_visit, _actor, _day):
    """Return [(code, words)] of what a difficulty may be about."""
    return CATEGORIES


def people_there(visit, _actor, day):
    """Return [(id, words)] of those who live in the visited home on `day`."""
    return [(str(one.person_id), f"{one.person.shown_name}({one.relation})") for one in members_on(visit.household, day)]


def next_for(actor, day):
    """Return the next visit that the actor goes on by `day`, or None."""
    return planned_for(actor).filter(planned_on__lte=day).first()


def history_of(household):
    """Return every visit of a home, newest first."""
    rows = Visit.objects.filter(household=household).prefetch_related("visitors")
    return rows.annotate(found=Count("findings")).order_by("-planned_on", "-planned_at")


def colleagues(actor):
    """Return users who may visit and stand in a unit of the actor's own area or under it, the actor first."""
    roles = roles_with(Duty.VISIT)
    day = today(timezone.now())
    areas = {post.reach.stem for post in posts(actor, duty=Duty.VISIT)}
    near = Q(pk=actor.pk)
    for stem in areas:
        near |= Q(
            pk__in=Post.objects.on(day).filter(role__in=roles, organisation__area__code__startswith=stem[:9]).values("user")
        )
    return User.objects.filter(near, is_active=True).order_by(Case(When(pk=actor.pk, then=0), default=1), "name")


def nearest_visitor(village, day):
    """Return somebody who visits in a village on a day, of the nearest post (village, township, county), the longest held first; or None."""
    return nearest_of(village, day, Duty.VISIT)


def nearest_of(village, day, *duties):
    """Return who holds one of these duties nearest to a village, of the longest held post; or None."""
    posts = Post.objects.on(day).filter(role__in=roles_with(*duties), declined=False, user__is_active=True).select_related("user")
    for digits in (12, 9, 6):
        code = village[:digits].ljust(12, "0")
        if found := posts.filter(Q(area=code) | Q(area=None, organisation__area=code)).order_by("from_on", "pk").first():
            return found.user
    return None


def who_may_go(_home, actor, _day):
    """Return [(id, name)] of those whom the actor may plan a visit for."""
    return [(str(user.pk), user.name) for user in colleagues(actor)]


def held(leaving):
    """Return the planned visits on which somebody was to go who does not visit any more once he leaves, or once his unit has ended."""
    going = roles_with(Duty.VISIT)
    if leaving.moved:
        return Visit.objects.none()
    if leaving.person is not None:
        people = [] if any(post.role in going for post in leaving.left) else [leaving.person.pk]
    else:
        elsewhere = standing_posts(leaving.day).filter(role__in=going).exclude(pk__in=[post.pk for post in leaving.gone]).values("user")
        people = User.objects.filter(pk__in={post.user_id for post in leaving.gone}).exclude(pk__in=elsewhere).values("pk")
    return Visit.objects.filter(state=VisitState.PLANNED, visitors__in=people).distinct()


def adrift(day):
    """Return {(who was to go, the last unit)} of planned visits of people who do not visit any more."""
    planned = Visit.objects.filter(state=VisitState.PLANNED).order_by().values_list("visitors", flat=True).distinct()
    gone = User.objects.filter(pk__in=planned).exclude(pk__in=standing_posts(day).filter(role__in=roles_with(Duty.VISIT)).values("user"))
    last = Post.objects.filter(user__in=gone, declined=False).order_by("user", "from_on", "pk").values_list("user", "organisation")
    return set(dict(last).items())
