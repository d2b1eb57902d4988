"""The five stages of a placement (五位一体, B9), each a count of rows; whoever fell out between two of them, with the reason that was noted.

Nobody enters a stage by a form of its own: that somebody was asked, wished, was told, said yes, started and stayed stands in rows that the
work leaves anyway, and the funnel only counts them. Beside it: of those who started so many months ago, who is still in that work.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, Count, DurationField, Exists, ExpressionWrapper, F, Max, OuterRef, Q, Sum, When
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import day_start
from wanjia.policy.labour import in_force
from wanjia.policy.statuses import months_after
from wanjia.solving.models import Plan
from wanjia.solving.standing.queries import standing_of

from ..matching.plans import KIND
from ..models import Contact, Proposal, Spell, Start, Tally, Worker
from ..states import UNREACHED, Answer

MONTH = 30  # days, as the follow-ups count them
WISHES = ~Q(wants_place="") | ~Q(wants_trade="")


@dataclass(frozen=True)
class Stage:
    """One stage: its code, its words, who acts; rows: the labourers who reached it; lost: those of the stage before who did not."""

    code: str
    words: object
    who: object
    rows: object
    lost: object


def stages(campaign, day):
    """Return the Stages of a drive by `day`, in their order; each one's rows are among those of the one before."""
    known, rows = _known(campaign, day), _everybody(campaign)
    steps = (
        ("reached", _("摸排到人"), _("政府主导"), Q(Exists(known.asked)) | Q(Exists(known.proposed))), ("wishing", _("问清意愿"), _("村级发动"), Q(Exists(known.proposed)) | WISHES),
        ("told", _("推荐并告知"), _("中介输出"), Q(Exists(known.told))), ("started", _("到岗"), _("企业接收"), Q(Exists(known.started))), ("kept", _("稳岗"), _("稳岗就业"), Q(Exists(_kept(day)))),
    )  # fmt: skip
    found = []
    for code, words, who, reached in steps:
        before, rows = rows, rows.filter(reached)
        # Never those whose keys are not among the others': of a whole city PostgreSQL compares each with each.
        found.append(Stage(code, words, who, rows, before.filter(~reached)))
    return found


@dataclass(frozen=True)
class Known:
    """What is known of one labourer in a drive, each a question about the row outside: asked: reached by a call; proposed: in any version;
    told, started: in the version that stands."""

    asked: object
    proposed: object
    told: object
    started: object


def _known(campaign, day):
    # By moments, not by their dates: of how many rows a function of a column holds, the database has no idea.
    # A call after the drive's last day is the next one's: a drive that is over would go on growing.
    first, end = day_start(campaign.from_on), day_start(min(day + timedelta(days=1), campaign.until_on))
    asked = Contact.objects.filter(worker=OuterRef("pk"), recorded_at__gte=first, recorded_at__lt=end).exclude(result__in=UNREACHED)
    proposed = Proposal.objects.filter(worker=OuterRef("pk"), plan__in=_versions(campaign), vacancy__isnull=False)
    standing = standing_of(KIND, campaign.pk)
    now = proposed.filter(plan=standing.plan_id) if standing else proposed.none()
    return Known(asked, proposed, now.exclude(state=Answer.PROPOSED), now.filter(state=Answer.STARTED))


def _versions(campaign):
    return list(Plan.objects.filter(kind=KIND, about=str(campaign.pk)).values_list("pk", flat=True))


def _everybody(campaign):
    first, end = campaign.area.span()
    return Worker.objects.filter(left_on=None, village__gte=first, village__lt=end)


def _kept(day):
    """Return the spells that have lasted as long as the day's definition of stable work asks."""
    since = months_after(day, -in_force(day).stable_months)
    return Spell.objects.filter(worker=OuterRef("pk"), to_on=None, from_on__lte=since)


def counted(campaign, day):
    """Return [(Stage, n, how many were lost before it)] of a drive.

    Whoever was proposed something and whoever was only called are counted apart: asked for either of the two at once, PostgreSQL looks each labourer of a city up by himself.
    """
    known, everybody = _known(campaign, day), _everybody(campaign)
    called = everybody.filter(Exists(known.asked), ~Exists(known.proposed)).aggregate(n=Count("pk"), wishing=Count("pk", filter=WISHES))
    proposed = everybody.filter(Exists(known.proposed)).count()
    kept = everybody.filter(Exists(known.started)).filter(Exists(_kept(day))).count()
    sums = [_counted(campaign), proposed + called["n"], proposed + called["wishing"], *_answered(campaign), kept]
    return [(one, n, before - n) for one, before, n in zip(stages(campaign, day), sums, sums[1:], strict=False)]


def _counted(campaign):
    """Return how many labourers of the drive's area are on the roll, by the sums that every act keeps."""
    first, end = campaign.area.span()
    return Tally.objects.filter(village__gte=first, village__lt=end).aggregate(n=Sum("n"))["n"] or 0


def _answered(campaign):
    """Return (told, started) of the version that stands: whoever was compared has one row in it."""
    standing, (first, end) = standing_of(KIND, campaign.pk), campaign.area.span()
    if standing is None:
        return 0, 0
    rows = Proposal.objects.filter(plan=standing.plan_id, vacancy__isnull=False, worker__left_on=None, worker__village__gte=first, worker__village__lt=end)
    found = rows.aggregate(told=Count("pk", filter=~Q(state=Answer.PROPOSED)), started=Count("pk", filter=Q(state=Answer.STARTED)))
    return found["told"], found["started"]


def lasting(campaign, day):
    """Return [Stage] of those who started through the drive so many months ago (到岗后还在岗): rows: who stayed so long in the work that they began; lost: who did not."""
    starts, first_and_end = _starts(campaign).filter(spell__worker=OuterRef("pk")), campaign.area.span()
    found = []
    for months in in_force(day).kept_months:
        begun, stayed = _long_ago(day, months)
        due = Worker.objects.filter(Exists(starts.filter(begun)), village__gte=first_and_end[0], village__lt=first_and_end[1])
        kept = Exists(starts.filter(begun, stayed))
        found.append(Stage(f"after{months}", _("到岗满 %(n)s 个月还在岗") % {"n": months}, "", due.filter(kept), due.filter(~kept)))
    return found


def _starts(campaign):
    """Return the starts that came about through a drive."""
    through = Proposal.objects.filter(plan__in=_versions(campaign), state=Answer.STARTED, worker=OuterRef("spell__worker"), vacancy=OuterRef("vacancy"))
    return Start.objects.filter(Exists(through)).annotate(lasted=ExpressionWrapper(F("spell__to_on") - F("spell__from_on"), output_field=DurationField()))


def _long_ago(day, months):
    """Return (Q of the starts of so many months ago, Q of those that lasted so long)."""
    return Q(spell__from_on__lte=day - timedelta(days=MONTH * months)), Q(spell__to_on=None) | Q(lasted__gte=timedelta(days=MONTH * months))


def _any(condition):
    """Say of each labourer, by his starts, whether one is so: 1 or 0."""
    return Max(Case(When(condition, then=1), default=0))


def lasting_counted(campaign, day):
    """Return [(Stage, how many stayed, of how many, how many did not)] of a drive; a month that nobody has reached yet is left out."""
    first, end = campaign.area.span()
    each, asked = _starts(campaign).filter(spell__worker__village__gte=first, spell__worker__village__lt=end).order_by().values("spell__worker"), {}
    for months in in_force(day).kept_months:
        begun, stayed = _long_ago(day, months)
        each = each.annotate(**{f"f_due{months}": _any(begun), f"f_kept{months}": _any(begun & stayed)})
        asked |= {f"{word}{months}": Sum(f"f_{word}{months}", default=0) for word in ("due", "kept")}
    n = each.aggregate(**asked)
    found = [(one, n[f"kept{months}"], n[f"due{months}"]) for one, months in zip(lasting(campaign, day), in_force(day).kept_months, strict=True)]
    return [(one, kept, due, due - kept) for one, kept, due in found if due]


def stage_of(campaign, day, code):
    """Return one Stage by its code, None for an unknown one."""
    return next((one for one in (*stages(campaign, day), *lasting(campaign, day)) if one.code == code), None)


def reasons(campaign, workers):
    """Return {labourer: why he did not go} of what was noted in this drive, the newest word of each."""
    rows = Proposal.objects.filter(plan__kind=KIND, plan__about=str(campaign.pk), worker__in=[one.pk for one in workers]).exclude(why_not="")
    return dict(rows.order_by("answered_at").values_list("worker", "why_not"))
