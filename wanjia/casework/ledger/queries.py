"""What the desk, the ledger and one need's page ask. A list costs the same number of queries for one row and for fifty."""

from collections import defaultdict
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.db.models import Case, Count, Exists, F, Func, OuterRef, Q, When, Window
from django.db.models.functions import Coalesce, Least
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from wanjia.casework.duties import Duty
from wanjia.doors.listing import Asked
from wanjia.indicators.definitions import definition
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs import scope
from wanjia.orgs.asked_by import AskedBy
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role
from wanjia.policy.oldcodes import modern
from wanjia.registry.finding import begins
from wanjia.registry.households.queries import found
from wanjia.reporting.figures.alike import counted, grouped, summed
from wanjia.reporting.figures.counting import condition
from wanjia.shapes import Shape, number

from ..clock.queries import plans_ahead, plans_due, waits_for_decision
from ..matters.queries import shared
from ..models import LedgerView, Need, Recheck, Step
from ..promise import promise_of
from ..queries import forsaken, waits_for_a_table
from ..rules import SEES, concludes, involves, seen, visible_needs
from ..states import BEFORE_DONE, OPEN
from ..states import NeedState as S
from .columns import USUAL, fields
from .moves import closed_by

DRAWN = Q(involves_child=True) | Q(drawn=True)  # closing.rules.is_drawn, in SQL
COUNTY = 6  # digits of a county's code
FOUND, RELATED = 20, 5  # what the search box shows; what stands beside a need
# What the unit that holds the need does next; the other acts are done to it from beside.
HELD = (Duty.SCREEN_NEEDS, Duty.TRIAGE_NEEDS, Duty.ASSIGN_NEEDS, Duty.ACCEPT_NEEDS, Duty.HANDLE_NEEDS)
ROW = ("village__parent", "holder", "handler", "household")
SORTS = {
    "number": ("number",),
    "due": (F("due_on").asc(nulls_last=True), "number"),
    "recorded": ("recorded_at", "number"),
    "village": ("village_id", "number"),
    "state": ("state", "due_on", "number"),
    "holder": ("holder__name", "due_on", "number"),
}


# The saved questions of the ledger: the word in the address, and the definition that says what it counts.
TABS = {
    "all": "needs.received", "running": "needs.running", "screen": "desk.screen", "triage": "desk.triage", "assign": "desk.assign",
    "accept": "desk.accept", "work": "desk.work", "callback": "desk.callback", "close": "desk.close", "late": "needs.overdue",
    "nobody": "needs.unowned", "unsolved": "needs.open",
}  # fmt: skip


# What the index `need_tabs` begins with: the tabs are counted in its order.
TABS_BY = ("state", "outcome", "confirmed")


def tabs():
    """Return the saved questions of the ledger: {word in the address: its name}."""
    return {word: named(definition(id_)) for word, id_ in TABS.items()}


def named(item):
    """Return a definition's name in the reader's language."""
    return item.en if get_language() == "en" else item.zh


def tab_counts(needs, day):
    """Count every tab over `needs` in one query: {word: n}."""
    return dict(zip(TABS, counted(needs, _trees(), day, by=TABS_BY), strict=True))


def all_tab_counts(actor, day):
    """Return the same of all needs that the actor sees."""
    return dict(zip(TABS, summed(ALL_TABS(actor, day=day), _trees(), by=TABS_BY), strict=True))


def _trees():
    return [definition(id_).tree for id_ in TABS.values()]


ALL_TABS = AskedBy(lambda actor, day: grouped(visible_needs(actor), _trees(), day, by=TABS_BY))


def searched(actor, needs, text):
    """Keep the needs that `text` may mean: number, slip code, requester, last four, phone, pinyin or initials of the home."""
    text = modern(text.strip())
    if not text:
        return needs
    meant = Q(number__icontains=text) | Q(requester_name__startswith=text) | Q(summary__icontains=text)
    if text.isascii() and text.isalpha():
        meant |= begins("requester_initials", text.lower())
    if len(text) == 4:
        meant |= Q(requester_last4=text.upper())
    meant |= Q(household__in=found(actor, text, duty=SEES).values("pk"))
    return needs.filter(meant)


def the_one(actor, text):
    """Return the address of the need whose full number `text` is, or None."""
    need = visible_needs(actor).filter(number=text).first()
    return need and reverse("casework:need", args=[need.pk])


def matching(actor, text):
    """Return what the search box shows of needs, FOUND at most: {"needs": rows, "columns", "more": where these are not all}; None for nothing."""
    needs = list(rows(searched(actor, visible_needs(actor), text)).order_by("-recorded_at")[: FOUND + 1])
    return {"needs": needs[:FOUND], "columns": USUAL, "more": len(needs) > FOUND} if needs else None


def ledger(actor, asked, day, *, duty=SEES):
    """Return the visible needs that the ledger's filter `asked` (cleaned data of LedgerFilter) keeps, without the tab."""
    needs = searched(actor, visible_needs(actor, duty=duty), asked.get("q") or "")
    if asked.get("area"):
        first, end = asked["area"].span()
        needs = needs.filter(village_id__gte=first, village_id__lt=end)
    for word in ("category", "channel", "urgency", "basis", "holder"):
        if asked.get(word):
            needs = needs.filter(**{word: asked[word]})
    if asked.get("mine"):
        needs = needs.filter(held_by(actor))
    if asked.get("figure"):
        needs = needs.filter(condition(asked["figure"], day))
    if asked.get("since"):
        needs = needs.filter(recorded_on__gte=asked["since"])
    if asked.get("until"):
        needs = needs.filter(recorded_on__lte=asked["until"])
    return needs


def rows(needs):
    """Fetch with each need what its row shows."""
    return whole(needs).defer("story", "requester_phone", "ledger_cells")


WHOLE = AskedBy(lambda actor, pk: whole(visible_needs(actor)).filter(pk=pk).order_by())


def whole(needs):
    """Fetch with each need what its own page shows, the imported cells too; what is revealed for a reason is read then."""
    return needs.select_related(*ROW).defer("story", "requester_phone")


# What says whether a clock stands still, since when and how long.
STOPPED = ("stopped_on", "runs_on", "stopped_days", "stop_reason")
# What a row of a list shows, and what its one button asks.
SHOWN = (
    "number", "summary", "requester_name", "urgency", "difficulty", "due_on", "state", "ended_at", "done_at", "withdrawal_asked_at", "involves_child",
    "drawn", "recheck_for", "recheck_due_on", "returns", "handler", "recorded_by", "outcome", "planned_on", "asked_for", "contested_at", "extended_from", "extension_told_on", *STOPPED,
    "village__short_name", "village__parent__short_name", "holder__name", "holder__short_name", "holder__line", "holder__tier",
)  # fmt: skip


def listed(needs, columns=()):
    """Fetch with each need what casework/rows.html shows, and no more: a need has seventy columns and a list fifty rows.

    columns: those that the list shows besides the usual ones.
    """
    more = fields(columns)
    joined = [field.rpartition("__")[0] for field in more if "__" in field]
    return needs.select_related("village__parent", "holder", *joined).only(*SHOWN, *more)


def tab_of(needs, tab, day):
    """Keep the needs of one tab."""
    return needs.filter(condition(TABS[tab], day))


def whole_tab(actor, tab, columns, day, most):
    """Return a tab of all needs that the actor sees, for a list whose page has `most` rows."""
    def first(*fields):
        return TAB(actor, day=day, tab=tab, columns=tuple(columns), fields=fields, most=most)

    return Asked(first, lambda: listed(tab_of(visible_needs(actor), tab, day), columns))


TAB = AskedBy(lambda actor, day, tab, columns, fields, most: listed(tab_of(visible_needs(actor), tab, day), columns).order_by(*fields)[:most])
SHARED = AskedBy(lambda actor, day, tab: shared(tab_of(visible_needs(actor), tab, day)))


class ByNoIndex(Func):
    """A column as it is. SQLite would go along its index, and look up row by row what stands whole in the index of the tabs, or belongs to one person."""

    arity, template = 1, "%(expressions)s"

    def as_sqlite(self, compiler, connection):
        """Write it so that no index is of it."""
        return self.as_sql(compiler, connection, template="+%(expressions)s")


def view_of(actor):
    """Return how the actor looks at the ledger, or None where nothing was chosen."""
    return VIEW.first(actor.pk)


VIEW = Shape(lambda user: LedgerView.objects.filter(user=user).order_by("pk")[:1])


def on_desk(actor, day=None):
    """Return the open needs whose next act is this actor's, worst first: what is or will be late first, of one day what was promised soonest, then longest waiting."""
    return _worst_first(_todo(actor, day or today(timezone.now())))


def first_on_desk(actor, day, most):
    """Return the same for a page of so many rows."""
    if _looks_for_others(actor):
        return on_desk(actor, day)
    found = ON_DESK(actor, day=day, most=most)  # which they are, and how many there are: what each row shows is fetched for these alone
    return Asked(lambda: _in_order([key for key, _n in found]), lambda: on_desk(actor, day), lambda: found[0][1] if found else 0)


def _in_order(keys):
    shown = {need.pk: need for need in SHOWN_ON_DESK(*keys)} if keys else {}
    return [shown[key] for key in keys if key in shown]


def _todo(actor, day):
    # Duties that the same posts carry are asked about together: with one post it is one question, as it is of one unit.
    by_posts, agreed = defaultdict(list), _agreed()
    for duty, waiting in (
        (Duty.SCREEN_NEEDS, Q(state=S.REGISTERED)),
        (Duty.TRIAGE_NEEDS, Q(state=S.ADMITTED)),
        (Duty.ASSIGN_NEEDS, Q(state__in=(S.TRIAGED, S.RETURNED))),
        (Duty.ACCEPT_NEEDS, Q(state__in=(S.ASSIGNED, S.REOPENED))),
        (Duty.HANDLE_NEEDS, Q(state__in=(S.ACCEPTED, S.IN_PROGRESS)) & (Q(handler=actor.pk) | Q(handler=None))),
        (Duty.HANDLE_NEEDS, plans_due(day) & (Q(handler=actor.pk) | Q(handler=None))),
        (Duty.CALL_BACK, waits_for_callback(actor)),
        (Duty.CLOSE_NEEDS, Q(state=S.VERIFIED) & closed_by(actor) & ~Q(handler=actor.pk) & (~DRAWN | agreed) & ~plans_ahead(day)),
        (Duty.DECIDE_CLOCKS, waits_for_decision(actor)),
        (Duty.HOLD_SESSIONS, waits_for_a_table()),
        (OrgsDuty.RECHECK_NEEDS, waits_for_recheck(actor) & ~_others_look(actor, day)),
    ):
        if actor.has_duty(duty):
            waiting = waiting & Q(holder__in=scope.units(actor, duty=duty)) if duty in HELD else waiting
            by_posts[*scope.posts(actor, duty=duty)].append((duty, waiting))
    todo = Q(pk__in=[])
    if actor.has_duty(Duty.ASSIGN_NEEDS):  # what no hand of its own unit moves lies on the desk of whoever may hand it on
        todo |= seen(actor, duty=Duty.ASSIGN_NEEDS) & forsaken(day)
    for waiting in by_posts.values():
        todo |= seen(actor, duty=waiting[0][0]) & reduce(or_, (asked for _duty, asked in waiting))
    return Need.objects.filter(todo)


def _worst_first(todo):
    return rows(todo).alias(worst=_first_due()).annotate(urged=_urged()).order_by(*WORST)


WORST = (F("worst").asc(nulls_last=True), F("due_on").asc(nulls_last=True), "recorded_at", "pk")
ON_DESK = AskedBy(lambda actor, day, most: _todo(actor, day).alias(worst=_first_due()).order_by(*WORST).annotate(n=Window(Count("pk"))).values_list("pk", "n")[:most])
SHOWN_ON_DESK = Shape(lambda *keys: rows(Need.objects.filter(pk__in=keys)).annotate(urged=_urged()).order_by())


def _urged():
    """Whether somebody urged since the need came to whoever holds it now."""
    since = Coalesce(OuterRef("assigned_at"), OuterRef("recorded_at"))
    return Exists(Step.objects.filter(need=OuterRef("pk"), act__in=("urge", "urged", "supervised"), recorded_at__gte=since))


def _first_due():
    """The earlier of the step's day and the need's own; its own no longer runs once it is reported done."""
    either = Least(Coalesce("step_due_on", "due_on"), Coalesce("due_on", "step_due_on"))
    return Case(
        When(state__in=BEFORE_DONE, then=either), When(state=S.CLOSED, recheck_due_on__isnull=False, then="recheck_due_on"),
        default=Coalesce("step_due_on", "due_on"),
    )  # fmt: skip


def held_by(actor):
    """Return the Q of needs that the actor's own units hold."""
    return Q(holder__in=[org.pk for org in scope.units(actor, duty=SEES)])


def _agreed():
    """The next tier found this round's last report to be so."""
    return Exists(Recheck.objects.filter(need=OuterRef("pk"), round=OuterRef("reopenings"), at__gte=OuterRef("done_at"), agrees=True))


def due_today(actor, day):
    """Count the open needs on the actor's units' desks whose own date or step's date is today."""
    return DUE_TODAY.first(actor, day=day) or 0


DUE_TODAY = AskedBy(lambda actor, day: number(Need.objects.filter(held_by(actor)).filter(condition("desk.today", day))))


def timeline(need):
    """Return the lines of the timeline, newest first."""
    return TIMELINE(need.pk)


TIMELINE = Shape(lambda need: Step.objects.filter(need=need).order_by("-n"))


def related(actor, need):
    """Return other needs of the same home, or of the same village and category, newest first: {"needs", "n", "all"}; all: where the rest of n stands."""
    near = (need.household_id,) if need.household_id else (need.village_id, need.category)
    found = (OF_HOME if need.household_id else OF_KIND)(actor, need.pk, *near)
    if len(found) <= RELATED:
        return {"needs": found}
    others = visible_needs(actor).filter(_near(*near)).exclude(pk=need.pk)
    home, place = need.household_id, urlencode({"area": need.village_id, "category": need.category, "tab": "all"})
    return {"needs": found[:RELATED], "n": others.count(), "all": reverse("registry:household", args=[home]) if home else f"{reverse('casework:ledger')}?{place}"}


def _near(of, category=None):
    """The Q of the needs of a home; of a village, of one category."""
    return Q(household=of) if category is None else Q(village=of, category=category)


def _others(actor, need, near):
    return visible_needs(actor).filter(near).exclude(pk=need).only("summary", "state", "number").order_by("-recorded_at")[: RELATED + 1]


OF_HOME = AskedBy(lambda actor, need, home: _others(actor, need, _near(home)))
OF_KIND = AskedBy(lambda actor, need, village, category: _others(actor, need, _near(village, category)))


def waits_for_callback(actor):
    """Return the Q of the needs whose household the actor, where he may, asks: what is done, or is to be taken back."""
    return (Q(state=S.DONE_REPORTED) | Q(state__in=BEFORE_DONE, withdrawal_asked_at__isnull=False)) & ~involves(actor)


def handed_out(actor):
    """Return the needs that the actor's units handed out and nobody signed for yet, the latest first."""
    mine = [unit.pk for unit in scope.units(actor, duty=Duty.ASSIGN_NEEDS)]
    given = visible_needs(actor).filter(state=S.ASSIGNED, holdings__to_at=None, holdings__assigned_by__in=mine)
    return rows(given).order_by("-assigned_at", "pk")


def waits_for_recheck(actor):
    """Return the Q of the needs that the actor, where he may, looks at again."""
    drawn = Q(state=S.VERIFIED) & DRAWN & ~_agreed()
    return (drawn | Q(recheck_due_on__isnull=False) & ~Q(state=S.DONE_REPORTED)) & ~involves(actor) & ~concludes(actor)


def _others_look(actor, day):
    """Return the Q of what an inspector looks at in a leader's stead: a leader's desk says how many there are, its rows are what nobody else may look at."""
    if not _looks_for_others(actor):
        return Q(pk__in=[])
    posts = scope.posts(actor, duty=OrgsDuty.RECHECK_NEEDS)
    near = Q(*(Q(posts__organisation__area__code__startswith=post.reach.stem[:COUNTY]) for post in posts), _connector=Q.OR)
    inspectors = User.objects.filter(near, pk__in=Post.objects.on(day).filter(role=Role.INSPECTOR).values("user"), is_active=True)
    each = (seen(one, duty=OrgsDuty.RECHECK_NEEDS) & waits_for_recheck(one) for one in inspectors.exclude(pk=actor.pk).distinct())
    return reduce(or_, each, Q(pk__in=[]))


def _looks_for_others(actor):
    """Tell whether the actor looks again as a leader alone: who else does so is then looked up."""
    posts = scope.posts(actor, duty=OrgsDuty.RECHECK_NEEDS)
    return bool(posts) and all(post.role == Role.LEADER for post in posts)


def needs_of_home(actor, home):
    """Return the needs of a home that the actor sees: open ones first, then the newest."""
    mine = visible_needs(actor).filter(household=home).order_by(Case(When(state__in=OPEN, then=0), default=1), "-recorded_at", "pk")
    return mine.only("pk", "number", "summary", "state", "due_on", "due_days", "graded_on", "first_due_on", "recorded_on", *STOPPED)


def promised(needs, day):
    """Return what a home's page shows of its needs, each with its promise."""
    calendar = WorkingCalendar.load()
    return [
        {"address": reverse("casework:need", args=[need.pk]), "summary": need.summary, "number": need.number, "state": need.state,
         "words": need.get_state_display(), "open": need.is_open, "promise": promise_of(need, day, (), calendar) if need.is_open else None}
        for need in needs
    ]  # fmt: skip
