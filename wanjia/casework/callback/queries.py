"""Whom to call: what waits, what comes next at this desk, and how far the day has come."""

from datetime import timedelta

from django.db.models import Case, Count, Exists, F, OuterRef, Q, When

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import day_start, today
from wanjia.kernel.models import Entry
from wanjia.orgs.models import User

from ..models import Callback
from ..rules import independent, involves, visible_needs
from ..states import BEFORE_DONE, Word
from ..states import NeedState as S

REST = timedelta(hours=1)  # a try within the hour of the last one is at no other hour
IN_HAND = timedelta(minutes=15)  # so long a number that somebody opened is taken for being called


def to_call_back(actor):
    """Return the needs that wait for a callback by somebody who has no part in them; where a slip already says solved, first."""
    waiting = _shown(actor).filter(~involves(actor), state=S.DONE_REPORTED)
    return waiting.annotate(tries=Count("callbacks", filter=_missed())).order_by(_said_first(), "step_due_on", "recorded_at", "pk")


def withdrawals(actor):
    """Return the needs of which somebody entered that the household takes them back, longest waiting first: to be asked by others."""
    waiting = _shown(actor).filter(~involves(actor), state__in=BEFORE_DONE, withdrawal_asked_at__isnull=False)
    return waiting.order_by("withdrawal_asked_at", "pk")


def to_call_now(actor, at):
    """Return what of it may be called at this moment: not tried within the hour, and its number not open at somebody else's desk."""
    tried = Callback.objects.filter(need=OuterRef("pk"), reached=False, at__gt=at - REST)
    return to_call_back(actor).filter(~Exists(tried)).exclude(pk__in=_in_others_hands(actor, at))


def sitting(actor, at, skipped):
    """Return (the next need to call or None, {"done", "whole", "skipped", "later"}) of a day's calls; what was skipped comes not again."""
    now = to_call_now(actor, at)
    waiting, n = now.exclude(pk__in=skipped), to_call_back(actor).count()
    done, left, passed = called_today(actor, at), waiting.count(), now.filter(pk__in=skipped).count()
    return waiting.first(), {"done": done, "whole": done + left + passed, "skipped": passed, "later": n - left - passed}


def called_today(actor, at):
    """Count the households that the actor has called today."""
    return Callback.objects.filter(by=actor.pk, at__gte=day_start(today(at))).values("need").distinct().count()


def _in_others_hands(actor, at):
    """List the needs whose number somebody else opened a moment ago: two people do not ring one household at once."""
    opened = Entry.objects.filter(at__gt=at - IN_HAND, act="need.phone").exclude(by_id=actor.pk)
    return list(opened.values_list("subject_id", flat=True))


def number_from(need, bearer):
    """Return {"who", "unit", "on"} of whoever wrote the number that is called, when he has a part in the need; else None.

    bearer: the home, or its head, whose number it is where the need bears none. He could write his own, and speak for the household when it rings.
    """
    if bearer is None:
        writer, unit, at = need.recorded_by, need.recorded_org.name if need.recorded_org else "", need.recorded_at
    else:
        lines = Entry.objects.filter(subject=bearer._meta.label_lower, subject_id=str(bearer.pk), act__in=("household.update", "person.update")).order_by("-seq")
        line = next((one for one in lines if "phone" in one.detail.get("fields", ())), None)
        if line is None:
            return None
        writer, unit, at = User.objects.filter(pk=line.by_id).first(), line.by_org, line.at
    return {"who": writer.name, "unit": unit, "on": today(at)} if writer and not independent(writer, need) else None


def _shown(actor):
    seen = visible_needs(actor, duty=Duty.CALL_BACK).select_related("village__parent", "holder", "handler", "household")
    return seen.defer("story", "requester_phone", "ledger_cells")


def _missed():
    return Q(callbacks__round=F("reopenings"), callbacks__at__gte=F("done_at"), callbacks__reached=False)


def _said_first():
    return Case(When(slip_word=Word.SOLVED, then=0), default=1)
