"""What the pages of aid show besides their forms, and where they lead."""

from django.shortcuts import redirect

from wanjia.policy import aid


def to_cut(_request, _status, cut):
    """To the proposal that was made."""
    return redirect("registry:aid_cut", cut.pk)


def to_refusal(_request, _home, refusal):
    """To the refusal, where its paper is printed."""
    return redirect("registry:aid_refusal", refusal.pk)


def to_list(_request, _about, _one):
    """To the list of aid: there stands the day of what was begun, and what is left of what was seen to."""
    return redirect("registry:aid")


def what_follows(request, _status):
    """What happens after a proposal: the days of the rule."""
    return {"rule": aid.in_force(request.day)}


def how_tries_count(request, cut):
    """How often somebody is to be sought before the notice may be left, which tries count, and how many do by now."""
    rule = aid.in_force(request.day)
    return {"rule": rule, "tried": rule.sought(cut.missed_on, cut.noted_at)}


def from_need(request, _home):
    """What a refusal begins with when it comes from a need (?need=): its number."""
    return {"initial": {"need_number": request.GET.get("need", "")[:30]}}
