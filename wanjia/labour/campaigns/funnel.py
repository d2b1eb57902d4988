"""The five stages of a placement (五位一体, B9), each a count of rows; whoever fell out between two of them, with the reason that was noted.

Nobody enters a stage by a form of its own: that somebody was asked, wished, was told, said yes, started and stayed stands in rows that the
work leaves anyway, and the funnel only counts them. Beside it: of those who started so many months ago, who is still in that work.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import DurationField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wanjia.policy.labour import in_force
from wanjia.policy.statuses import months_after
from wanjia.solving.standing.queries import standing_of

from ..matching.plans import KIND
from ..models import Contact, Proposal, Spell, Start, Worker
from ..states import UNREACHED, Answer

MONTH = 30  # days, as the follow-ups count them


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
    first, end = campaign.area.span()
    window = {"recorded_at__date__gte": campaign.from_on, "recorded_at__date__lte": day}
    everybody = Worker.objects.filter(left_on=None, village__gte=first, village__lt=end)
    asked = Contact.objects.filter(worker=OuterRef("pk"), **window).exclude(result__in=UNREACHED)
    proposals = Proposal.objects.filter(worker=OuterRef("pk"), plan__kind=KIND, plan__about=str(campaign.pk), vacancy__isnull=False)
    standing = standing_of(KIND, campaign.pk)
    now = proposals.filter(plan=standing.plan_id) if standing else proposals.none()
    reached = everybody.filter(Exists(asked) | Exists(proposals))
    wishing = reached.filter(Exists(proposals) | ~Q(wants_place="") | ~Q(wants_trade=""))
    told = wishing.filter(Exists(now.exclude(state=Answer.PROPOSED)))
    started = told.filter(Exists(now.filter(state=Answer.STARTED)))
    kept = started.filter(Exists(_kept(day)))
    found = [
        ("reached", _("摸排到人"), _("政府主导"), everybody, reached), ("wishing", _("问清意愿"), _("村级发动"), reached, wishing),
        ("told", _("推荐并告知"), _("中介输出"), wishing, told), ("started", _("到岗"), _("企业接收"), told, started), ("kept", _("稳岗"), _("稳岗就业"), started, kept),
    ]  # fmt: skip
    return [Stage(code, words, who, rows, before.exclude(pk__in=rows.values("pk"))) for code, words, who, before, rows in found]


def _kept(day):
    """Return the spells that have lasted as long as the day's definition of stable work asks."""
    since = months_after(day, -in_force(day).stable_months)
    return Spell.objects.filter(worker=OuterRef("pk"), to_on=None, from_on__lte=since)


def counted(campaign, day):
    """Return [(Stage, n, how many were lost before it)] of a drive."""
    return [(one, one.rows.count(), one.lost.count()) for one in stages(campaign, day)]


def lasting(campaign, day):
    """Return [Stage] of those who started through the drive so many months ago (到岗后还在岗): rows: who stayed so long in the work that they began; lost: who did not."""
    through = Proposal.objects.filter(plan__kind=KIND, plan__about=str(campaign.pk), state=Answer.STARTED, worker=OuterRef("spell__worker"), vacancy=OuterRef("vacancy"))
    starts = Start.objects.filter(Exists(through), spell__worker=OuterRef("pk"))
    stayed = starts.annotate(lasted=ExpressionWrapper(F("spell__to_on") - F("spell__from_on"), output_field=DurationField()))
    first, end = campaign.area.span()
    found = []
    for months in in_force(day).kept_months:
        long_ago, span = {"spell__from_on__lte": day - timedelta(days=MONTH * months)}, timedelta(days=MONTH * months)
        kept = Exists(stayed.filter(Q(spell__to_on=None) | Q(lasted__gte=span), **long_ago))
        due = Worker.objects.filter(Exists(starts.filter(**long_ago)), village__gte=first, village__lt=end)
        found.append(Stage(f"after{months}", _("到岗满 %(n)s 个月还在岗") % {"n": months}, "", due.filter(kept), due.exclude(kept)))
    return found


def lasting_counted(campaign, day):
    """Return [(Stage, how many stayed, of how many, how many did not)] of a drive; a month that nobody has reached yet is left out."""
    found = [(one, one.rows.count(), one.lost.count()) for one in lasting(campaign, day)]
    return [(one, n, n + lost, lost) for one, n, lost in found if n + lost]


def stage_of(campaign, day, code):
    """Return one Stage by its code, None for an unknown one."""
    return next((one for one in (*stages(campaign, day), *lasting(campaign, day)) if one.code == code), None)


def reasons(campaign, workers):
    """Return {labourer: why he did not go} of what was noted in this drive, the newest word of each."""
    rows = Proposal.objects.filter(plan__kind=KIND, plan__about=str(campaign.pk), worker__in=[one.pk for one in workers]).exclude(why_not="")
    return dict(rows.order_by("answered_at").values_list("worker", "why_not"))
