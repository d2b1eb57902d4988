"""What the pages of joint triage show besides their forms, and where they lead on."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..assignment.rules import is_arbitrated
from ..assignment.suggestions import offers_among
from ..promise import spelled
from ..rules import TIERS
from ..states import Difficulty, Waiting
from ..triage.queries import grid_rows
from . import queries, rules


def name_of(row):
    """Return what a unit is called in a list."""
    return row.name


def what_waits(request, _row):
    """How many needs of each kind wait, on the page that calls a session."""
    day = request.day
    found = queries.areas(None, request.user, day)
    return {"waits": [(kind, queries.waiting(request.user, found[0], [kind], day).count()) for kind in Waiting] if found else []}


def drawn(answer):
    """How many came onto the agenda."""
    return ngettext("又列入 %(n)s 件。", "又列入 %(n)s 件。", answer) % {"n": answer}


def at_item(request, item):
    """How far the session has come, the grid, units with their reasons, why the need came back."""
    day, need = request.day, item.need
    done, whole = queries.progress(item.session)
    units = queries.leads(item, request.user, day)
    return {
        "need": need, "session": item.session, "progress": done, "whole": whole, "difficulties": list(Difficulty),
        "grid": grid_rows(need.village_id, day), "offers": offers_among(request.user, need, units, day),
        "back_step": need.steps.filter(act__in=("return", "contest")).last(), "latest": rules.latest_day(need, day),
        "arbitrates": is_arbitrated(need), "above": TIERS[TIERS.index(need.raised_from) + 1 :] if need.raised_from else (),
    }  # fmt: skip


def decided(answer):
    """Say what was decided, in one sentence on top of the next item."""
    return _("第 %(n)s 件已议定:%(unit)s,%(day)s前办结。") % {"n": answer.item.n, "unit": answer.holder.name, "day": spelled(answer.due_on)}


def onward(_request, item, _answer):
    """Bring the next item; when none waits, the session's page says what is left to do."""
    following = queries.next_item(item.session, item.n)
    return redirect("casework:decide", following.pk) if following else redirect("casework:session", item.session_id)
