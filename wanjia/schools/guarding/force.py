"""When a guard can come: one definition for the roster, for substitutes and for alarms. Pure but for reading the rows once, with four questions however many guards there are."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import CHINA, day_start
from wanjia.policy import guarding as policy

from ..guard_states import Away
from ..models import Busy, Consent, GuardAbsence, Qualification
from ..plan_states import Party

GONE, NOT_THEN, NO_CONSENT, NOT_HELD, BUSY, AWAY = (
    _("已经退出。"), _("这个星期几不能来。"), _("没有家长本人有效的同意。"), _("没有有效的保安员证。"), _("这个时段有课或者没空。"), _("这个时段请假或者在休息。"),
)  # fmt: skip


class Force:
    """The calendars of some guards over a span of days: who can come to which slot, and why not."""

    def __init__(self, guards, first, end):
        """guards: Guard rows; first, end: the span, end no longer in it."""
        self.guards = {one.pk: one for one in guards}
        self.edition = policy.in_force(first)
        in_span = {"guard__in": self.guards, "from_on__lt": end}
        self.consents, self.held, self.busy, self.away = (defaultdict(list) for _each in range(4))
        for guard, since, until in Consent.objects.filter(**in_span, to_on__gt=first).values_list("guard", "from_on", "to_on"):
            self.consents[guard].append((since, until))
        for guard, kind, since, until in Qualification.objects.filter(**in_span, until_on__gt=first).values_list("guard", "kind", "from_on", "until_on"):
            self.held[guard].append((kind, since, until))
        for one in Busy.objects.filter(**in_span).not_ended(first):
            self.busy[one.guard_id].append(one)
        # A night before the first day asks for rest on it: one day more is read.
        spans = GuardAbsence.objects.filter(guard__in=self.guards, taken_back_at=None, from_at__lt=day_start(end), until_at__gt=day_start(first - timedelta(days=1)))
        rest = timedelta(hours=self.edition.night_rest_hours)
        for guard, since, until, why in spans.values_list("guard", "from_at", "until_at", "why"):
            self.away[guard].append((since, until + rest if why == Away.NIGHT else until))

    def kept_from(self, guard_id, day, starts, ends):
        """Return why a guard cannot come to a slot of a day, or None when he can. starts, ends: times of that day."""
        guard = self.guards[guard_id]
        if day < guard.from_on or (guard.to_on is not None and day >= guard.to_on):
            return GONE
        if str(day.isoweekday()) not in guard.weekdays:
            return NOT_THEN
        if guard.party == Party.PARENT and not any(since <= day < until for since, until in self.consents[guard_id]):
            return NO_CONSENT
        for need in self.edition.needs.get(guard.party, ()):
            if not any(kind == need and since <= day < until for kind, since, until in self.held[guard_id]):
                return NOT_HELD
        if guard_id in self.busy and any(self._meets(one, day, starts, ends) for one in self.busy[guard_id]):
            return BUSY
        if guard_id in self.away:
            begin, end = (datetime.combine(day, at, CHINA) for at in (starts, ends))
            if any(since < end and begin < until for since, until in self.away[guard_id]):
                return AWAY
        return None

    def _meets(self, one, day, starts, ends):
        in_force = one.from_on <= day and (one.to_on is None or day < one.to_on)
        return in_force and str(day.isoweekday()) in one.weekdays and one.starts < ends and starts < one.ends
