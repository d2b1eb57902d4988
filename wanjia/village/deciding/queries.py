"""What is asked of filings, notices and objections: what waits for whom, the next number."""


from django.db.models import Count, Q

from wanjia.orgs import scope
from wanjia.orgs.locks import hold
from wanjia.orgs.serials import next_serial
from wanjia.policy import meetings as law

from ..duties import Duty
from ..models import AgendaItem, Filing, Objection
from ..states import DECIDED, MeetingState
from .rules import has_others


def next_number(area_id, year):
    """Return the next number of a filing of a village and year; whoever files another meanwhile waits."""
    hold(f"filings of|{area_id}|{year}")
    return next_serial(Filing.objects.filter(area=area_id, year=year))


def last_day(row, _actor, day):
    """Return the earliest last day of a notice that goes up on a day."""
    return law.publication(day).last_day(day)


def to_file(actor):
    """The decisions of the actor's villages whose minutes are signed, and that are not filed or not put up yet; not those to be corrected, nor those that were taken down."""
    mine = AgendaItem.objects.filter(scope.in_reach(actor, area="body__area_id", duty=Duty.KEEP_MEETINGS))
    ready = mine.filter(state__in=DECIDED, meeting__state=MeetingState.CLOSED, meeting__signed_at__isnull=False)
    return ready.filter(Q(filing=None) | (Q(notices=None) & ~Q(filing__opinion="corrected")))


def unanswered(actor):
    """The objections of the actor's villages that wait for their answer."""
    return Objection.objects.filter(scope.in_reach(actor, area="notice__area_id", duty=Duty.KEEP_MEETINGS), outcome="")


def left_to_township(actor):
    """The unanswered objections of villages in which nobody else could answer: they wait for the township's filing hand."""
    waits = Objection.objects.filter(scope.in_reach(actor, area="notice__area_id", duty=Duty.FILE_DECISIONS), outcome="")
    rows = list(waits.values_list("pk", "notice__area_id", "notice__posted_by", "notice__item__decided_by"))
    return waits.filter(pk__in=[pk for pk, area, *hands in rows if not has_others(area, {hand for hand in hands if hand})])


def filings_waiting(actor):
    """The filings that wait for the township's word."""
    return Filing.objects.filter(scope.in_reach(actor, duty=Duty.FILE_DECISIONS), opinion="")


def is_late(filing, day):
    """Tell whether the township's days for its word are over."""
    return not filing.opinion and (day - filing.filed_on).days > law.publication(filing.filed_on).answer_within_days


def seal_of(area):
    """Return whose seal stands under a paper: the village's committee, whose name an area may bear already."""
    return area.name if area.name.endswith("委员会") else f"{area.name}村民委员会"


def with_counts(rows):
    """Give notices what their list shows: objections, and how many wait."""
    return rows.select_related("area", "item__body").annotate(n=Count("objections", distinct=True), waits=Count("objections", filter=Q(objections__outcome=""), distinct=True))


def alarmed(actor, _day):
    """How many objections wait for their answer: what the desk says."""
    return unanswered(actor).count() if actor.has_duty(Duty.KEEP_MEETINGS) else 0


def named(spoken):
    """Return the keys of the objections that an erasure seeks: by whom, in what was said, in the answer (kernel.brings.Spoken)."""
    return [one.pk for one in Objection.objects.all().iterator() if spoken.names(spoken.strings, f"{one.name}\n{one.words}\n{one.answer}")]
