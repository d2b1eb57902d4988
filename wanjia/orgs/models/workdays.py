"""A change of the working-day table: who asked for it, who of another unit agreed, and how far what hangs on it is counted anew."""

import hashlib
import json
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from wanjia.kernel.erasure import Erasure
from wanjia.kernel.models import CalendarDay

from .agreeing import Asked


def digest(days):
    """Return the SHA-256 that stands in the journal for the days of a change: whoever writes over the change, or the table, is found by it."""
    return hashlib.sha256(json.dumps(days, ensure_ascii=False).encode()).hexdigest()


class DayChange(Asked):
    """One change of the working-day table (日历改动). What it made later is counted anew by a run that says here how far it is."""

    privacy = {
        "internal": (
            "id", "act", "days", "source", "by", "by_name", "by_org", "units", "at", "state", "decided_by", "decided_name", "decided_org",
            "decided_at", "words", "total", "done", "beat_at", "run", "run_by", "stopped", "fault",
        ),
    }  # fmt: skip
    erasure = Erasure(nobody="holidays and the staff who keep them")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    act = models.CharField(max_length=40)
    days = models.JSONField()  # [[day, works or None: out of the table, name, source]]
    source = models.CharField(max_length=200)
    # How far the recount is; run: which one may go on; beat_at: when it was heard of last, none when nothing is under way.
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    beat_at = models.DateTimeField(null=True)
    run = models.CharField(max_length=32, blank=True)
    run_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    stopped = models.BooleanField(default=False)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d} {self.source}"

    @property
    def rows(self):
        """The days that it keeps."""
        return [CalendarDay(day=day, works=works, name=name, source=source) for day, works, name, source in self._days() if works is not None]

    @property
    def without(self):
        """The days that it takes out of the table."""
        return [day for day, works, _name, _source in self._days() if works is None]

    @property
    def touched(self):
        """The set of days of which it says something."""
        return {day for day, *_rest in self._days()}

    @property
    def told(self):
        """Say on what it rests and, where two were needed, who they were: what a need's timeline says."""
        if not self.decided_by_id:
            return self.source
        facts = {"source": self.source, "asker": f"{self.by_org}{self.by_name}", "second": f"{self.decided_org}{self.decided_name}"}
        return _("%(source)s,%(asker)s申请,%(second)s同意") % facts

    def _days(self):
        field = CalendarDay._meta.get_field("day")
        return [(field.to_python(day), *rest) for day, *rest in self.days]
