"""Pages of homes: list, one home, what is missing, and moving somebody."""

from dataclasses import replace

from django.utils.dateparse import parse_date
from django.utils.translation import gettext, ngettext

from wanjia.doors.listing import page_of
from wanjia.doors.pages import answer
from wanjia.doors.reading import page
from wanjia.registry.duties import Duty

from ..fact_forms import ReasonForm
from ..lookups.commands import look_up
from ..memberships import heads_of, lived_in
from ..people.queries import live_statuses
from . import commands, completeness, queries
from .forms import FindHome
from .rules import can_keep, visible_households
from .subjects import HOMES, MEMBERS

MANY = 500  # homes beyond which those that a text finds are counted no further
# What a row of the list shows: the rest, some of it sealed, would be read of fifty homes for nothing.
SHOWN = ("pk", "number", "group_name", "verified_on", "village__short_name", "village__parent__short_name")


@page("households/", Duty.SEE_REGISTER, template="list")
def households(request):
    """List and find homes."""
    text, village = request.GET.get("q", "").strip(), request.GET.get("village", "")
    look_up(request.user, text)
    rows = queries.found(request.user, text)
    rows = rows.filter(village_id=village) if village else rows
    sorts = {"number": ("number",), "village": ("village_id", "number"), "verified": ("verified_on", "number")}
    page = page_of(request, rows.values_list(*SHOWN, named=True), sorts=sorts, default="village", **({"most": MANY} if text else {"count": rows.count()}))
    heads = heads_of(page)
    page.heads = {home.pk: _said(*heads.get(home.pk, ("", 0))) for home in page}
    return {"page": page, "text": text, "village": village, "villages": queries.villages_of(request.user)}


def _said(head, n):
    return head or gettext("(没有户主)"), ngettext("%(n)s 人", "%(n)s 人", n) % {"n": n}


@page("households/<uuid:household_id>/", Duty.SEE_REGISTER, template="home", of=HOMES)
def household(request, home):
    """One home on a day (?on=): its people, its facts without what is sealed, its statuses."""
    now = request.day
    day = parse_date(request.GET.get("on", "")) or now
    return {
        "home": home, "day": day, "head": heads_of([home]).get(home.pk, ("",))[0], "now": now,
        "members": queries.members_shown(home, day, now), "past": queries.past_members(home, day),
        "missing": queries.missing_facts([home], now)[home.pk], "fresh": home.verified_on and home.verified_on > completeness.fresh_since(now),
        "facts": queries.facts_shown(home), "statuses": live_statuses(queries.HELD(home.pk), day),
        "shell": day == now and not lived_in(home), "may_keep": can_keep(request.user, home), "reason": ReasonForm(), "away": queries.away_on(home, day),
    }  # fmt: skip


@page("members/<int:membership_id>/move/", Duty.KEEP_REGISTER, name="member_move", of=MEMBERS)
def move_member(request, member):
    """Somebody moved to another home, which is found by its village and by who lives there."""
    find = FindHome(request.GET if "village" in request.GET else {}, actor=request.user, day=request.day, initial={"village": member.household.village_id})
    code, text = find.asked()
    look_up(request.user, text)
    homes = queries.homes_to_join(request.user, code, text, but=member.household_id, chosen=request.POST.get("household_id"))
    act = replace(commands.move_member.act, given=lambda _request, _member: {"homes": homes})
    return answer(request, act, member, find=find, homes=homes)


@page("stale/", Duty.KEEP_REGISTER)
def stale(request):
    """What is missing or stale, per village; in one village, the homes to clear."""
    day, mine = request.day, visible_households(request.user, duty=Duty.KEEP_REGISTER)
    villages = completeness.village_counts(mine, day)
    code = request.GET.get("village") or (villages[0]["village_id"] if len(villages) == 1 else "")
    if not code:
        return "villages", {"villages": villages}
    only = request.GET.get("only", "")
    page = page_of(request, queries.to_clear(request.user, code, day, only), per_page=20)
    page.heads, missing = heads_of(page), queries.missing_facts(page, day)
    counts = next((row for row in villages if row["village_id"] == code), None)
    gaps = completeness.gap_counts(mine.filter(village_id=code), day)
    rows = [(home, missing[home.pk], not (home.verified_on and home.verified_on > completeness.fresh_since(day))) for home in page]
    return {"page": page, "rows": rows, "counts": counts, "only": only, "gaps": gaps, "village": code}
