"""The drives, and one of them: its days, its places, its plans."""

from datetime import date

from django.http import Http404
from django.urls import reverse

from wanjia.doors.listing import page_of
from wanjia.doors.pages import legal_and_not
from wanjia.doors.reading import page
from wanjia.orgs.models import Level
from wanjia.solving.standing.queries import standing_of, versions_of

from ..duties import Duty
from ..matching.plans import KIND
from ..models import Target
from ..workers.rules import visible_workers
from . import funnel, queries, rules
from .subjects import CAMPAIGNS

MOST = 500  # people of a stage, beyond whom a list does not count: of a city they are a million


@page("labour/campaigns/", *rules.SEES, template="list")
def campaigns(request):
    """The drives in my reach, the newest first."""
    return {"page": page_of(request, rules.visible_campaigns(request.user)), "opens": request.user.has_duty(Duty.MATCH), "day": request.day}


@page("labour/campaigns/<uuid:campaign_id>/", *rules.SEES, template="one", of=CAMPAIGNS)
def campaign(request, campaign):
    """One drive: what was reached of what, day by day, place by place; which plan stands and which there are."""
    legal, _not_now = legal_and_not(CAMPAIGNS, request.user, campaign, request.at)
    place = queries.place_asked(campaign, request.GET.get("place", ""))
    found = queries.begun(campaign, request.day)
    places, whole, lack = queries.by_place(campaign, request.day, place, found)
    days = queries.by_day(campaign, request.day, found)
    standing = standing_of(KIND, campaign.pk)
    works = request.user.has_duty(Duty.MATCH, Duty.ACTIVATE_MATCH)
    return {
        "campaign": campaign, "place": place, "places": places, "whole": whole, "lack": lack, "opens": place.level == Level.CITY, "days": days[-14:], "cut": len(days) > 14, "reached": days[-1][2] if days else 0,
        "target": Target.objects.filter(campaign=campaign, area=campaign.area).values_list("n", flat=True).first(),
        "left": max(0, (campaign.until_on - request.day).days), "standing": standing,
        "versions": versions_of(KIND, campaign.pk).exclude(pk=standing.plan_id if standing else None)[:10] if works else [],
        "moves": [(one.words, reverse(f"labour:{one.name}", args=[campaign.pk]), "quiet" if one.aside else one.tone) for one in legal],
    }  # fmt: skip


@page("labour/campaigns/<uuid:campaign_id>/gone/", *rules.SEES, template="gone", of=CAMPAIGNS)
def campaign_gone(request, campaign):
    """Who left organised in a drive: of a place in it, of a day, where these are asked for; those in my reach."""
    area, on = queries.within_drive(campaign, request.GET.get("place", "")) or campaign.area, _day(request.GET.get("on", ""))
    rows = queries.gone(campaign, request.day, area, on).filter(worker__in=visible_workers(request.user).values("pk"))
    return {"campaign": campaign, "area": area, "on": on, "page": page_of(request, rows.select_related("worker__person", "worker__village__parent"), most=MOST)}


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@page("labour/campaigns/<uuid:campaign_id>/stages/", *rules.SEES, template="stages", of=CAMPAIGNS)
def campaign_stages(request, campaign):
    """How many reached each stage of the funnel: of a whole city a count of seconds, so the drive's page does not wait for it and puts it in its place."""
    return {"campaign": campaign, "funnel": funnel.counted(campaign, request.day), "lasting": funnel.lasting_counted(campaign, request.day)}


@page("labour/campaigns/<uuid:campaign_id>/stages/<slug:code>/", *rules.SEES, template="stage", of=CAMPAIGNS)
def campaign_stage(request, campaign, code):
    """Who reached a stage of the funnel, or fell out before it, with the reason that was noted; those in my reach."""
    stage = funnel.stage_of(campaign, request.day, code)
    if stage is None:
        raise Http404
    lost = "lost" in request.GET
    rows = (stage.lost if lost else stage.rows).filter(pk__in=visible_workers(request.user).values("pk"))
    page = page_of(request, rows.select_related("person", "village").order_by("village_id", "pk"), most=MOST)
    why = funnel.reasons(campaign, list(page))
    return {"campaign": campaign, "stage": stage, "lost": lost, "stays": stage.code.startswith("after"), "page": page, "rows": [(one, why.get(one.pk, "")) for one in page]}
