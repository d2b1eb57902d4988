"""The card on a home's page, and what a plan or a need made from it begins with."""

from datetime import timedelta

from wanjia.doors.guard import taken_along

from ..models import VisitPurpose
from ..states import VisitState
from .queries import of_home, words_to_go

ONCE = timedelta(days=90)  # within which nobody is sent to ask the same again


def beside_home(request, home):
    """What may be owed to a home: {"offers", "received", "day"}; None for nothing. On a page that lies on a device nothing of a child."""
    day = request.day
    offers = of_home(request.user, home, day, children=not taken_along(request))
    if not offers:
        return None
    received = [one for one in offers if one.stands == "received"]
    went = {one.purpose_words: one for one in home.visits.exclude(state=VisitState.CANCELLED).filter(planned_on__gt=day - ONCE)}
    asked = {one.word: went[words] for one in offers if (words := words_to_go(one.word)[0][:80]) in went}
    return {"offers": [one for one in offers if one.stands != "received"], "received": received, "home": home, "day": day, "asked": asked}


def visit_begun(request, _home):
    """What the form of a visit begins with when it is planned for a benefit (?benefit=): its purpose, said."""
    words = words_to_go(request.GET.get("benefit", ""))
    return {"initial": {"purpose": VisitPurpose.VERIFY, "purpose_words": words[0][:80]}} if words else {}
