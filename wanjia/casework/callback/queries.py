"""Whom to call: what waits, what comes next at this desk, and how far the day has come."""

from datetime import timedelta

from django.db.models import Case, Count, Exists, F, OuterRef, Q, When

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import day_start, today
from wanjia.kernel.models import Entry
from wanjia.orgs.models import User
from wanjia.policy.triage import callback_tries

from ..models import Callback
from ..rules import independent, involves, visible_needs
from ..states import BEFORE_DONE, Word
from ..states import NeedState as S

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
    """Return what of it may be called at this moment: not tried so lately that a try would not count, its number not open at somebody else's desk."""
    tried = Callback.objects.filter(need=OuterRef("pk"), reached=False, at__gt=at - timedelta(hours=callback_tries().apart))
    return to_call_back(actor).filter(~Exists(tried)).exclude(pk__in=list(in_others_hands(actor, at)))


def called_today(actor, at):
    """Count the households that the actor has called today."""
    return Callback.objects.filter(by=actor.pk, at__gte=day_start(today(at))).values("need").distinct().count()


def in_others_hands(actor, at):
    """Return {key of a need: {"who", "at"}} of those whose number somebody else was the last to open, a moment ago: two people do not ring one household.

    Whoever opens it after him takes it over.
    """
    opened = Entry.objects.filter(at__gt=at - IN_HAND, at__lte=at, act="need.phone").order_by("seq")
    last = {need: (by, {"who": who, "at": when}) for need, by, who, when in opened.values_list("subject_id", "by_id", "by_name", "at")}
    return {need: said for need, (by, said) in last.items() if by != actor.pk}


def rung_by_others(actor, at):
    """List the needs that wait and are being rung by others, each with `rung_by`: they come to nobody's sitting until then."""
    ringing = in_others_hands(actor, at)
    found = list(to_call_back(actor).filter(pk__in=list(ringing))) if ringing else []
    for need in found:
        need.rung_by = ringing[str(need.pk)]
    return found


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
