"""Pages of stories, and of the tips that were given to whoever looks."""

from django.http import Http404

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page

from ..appraisal_states import StoryState, TipState
from ..duties import Duty
from . import queries, rules
from .subjects import STORIES, TIPS


@page("village/stories/", Duty.SEE_VILLAGE, template="list")
def stories(request):
    """The stories: what waits for another hand, what is shown, what came down."""
    mine = rules.visible_stories(request.user).select_related("village", "home")
    if not request.user.has_duty(Duty.KEEP_APPRAISAL, Duty.REVIEW_APPRAISAL):
        mine = mine.filter(state=StoryState.SHOWN, until_on__gte=request.day)
    n_waits = queries.to_show(request.user).count() if request.user.has_duty(Duty.REVIEW_APPRAISAL) else 0
    return {"page": page_of(request, mine.order_by("state", "-written_at", "pk")), "n_waits": n_waits, "keeps": request.user.has_duty(Duty.KEEP_APPRAISAL), "day": request.day}


@page("village/stories/<uuid:role_story_id>/", Duty.SEE_VILLAGE, of=STORIES, moves=True)
def role_story(request, one):
    """A story, how the home agreed, until when it is shown."""
    works = rules.works_on(request.user, one)
    if not works and one.until_on < request.day:
        raise Http404
    return {"drawn_here": one.state == StoryState.WRITTEN and one.written_by_id == request.user.id, "works": works}


@page("village/tips/", Duty.HEAR_TIPS, template="tips", fresh=True)
def tips(request):
    """What was given to whoever looks, and to nobody else: that it waits, and since when."""
    rows = rules.visible_tips(request.user).select_related("village").order_by("state", "-told_on", "pk")
    waits = queries.waiting_tips(request.user)
    return {"page": page_of(request, rows), "n_waits": waits.count(), "keeps": request.user.has_duty(Duty.KEEP_APPRAISAL), "day": request.day}


@page("village/tips/<uuid:tip_id>/", Duty.HEAR_TIPS, of=TIPS, moves=True, fresh=True)
def tip(request, one):
    """A tip, opened by the person to whom it was given."""
    return {"waits": one.state == TipState.WAITS}
