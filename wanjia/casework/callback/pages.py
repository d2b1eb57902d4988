"""The number to call on a page of its own: shown by one tap, journalled each time that it is."""

from wanjia.verdict import Refused

from . import commands, queries, rules

SEEN = ("phone", "shown")  # the button that opens the number, and the mark that it stands on the page that is sent


def phone_of(request, need):
    """Return {"number", "by"} to call, its look journalled, `by` as queries.number_from says; {"refused"}: why not; None where it was not asked for."""
    if set(SEEN).isdisjoint(request.POST):
        return None
    try:
        number = commands.show_phone(need_id=need.pk, by=request.user, at=request.at)
        return {"number": number, "by": queries.number_from(need, rules.called_instead(request.user, need))}
    except Refused as refusal:
        return {"refused": refusal.reason}


def beside_phone(request, need):
    """Return what the phone's part of a page shows before the number is asked for."""
    return {"may_see_phone": rules.can_show_phone(request.user, need), "of_home": rules.called_instead(request.user, need)}
