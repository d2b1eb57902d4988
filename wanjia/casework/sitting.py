"""Sitting down to one need after the other: what was skipped stays skipped for the day, in this session."""

from django.shortcuts import redirect


def skipped(request, under):
    """List the keys of the needs that were skipped today; under: what they are skipped for."""
    kept = request.session.get(under, {})
    return kept["needs"] if kept.get("day") == request.day.isoformat() else []


def skip(request, under, need_id, again):
    """Keep that a need was skipped, or without one take up again what was; return the way back to the sitting called `again`."""
    needs = [*skipped(request, under), str(need_id)] if need_id else []
    request.session[under] = {"day": request.day.isoformat(), "needs": needs}
    return redirect(again)
