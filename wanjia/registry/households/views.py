"""Pages of homes: list, one home, what is missing, and the acts."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wanjia.kernel.calendar import today
from wanjia.kernel.guard import act, guarded, say, sent_key
from wanjia.kernel.listing import page_of
from wanjia.orgs.duties import Duty

from ..acting import act_page, next_of, shown_once
from ..fact_forms import FactsForm, ReasonForm
from ..lookups.commands import look_up, look_up_bearer
from ..models import Household, Membership
from ..people.queries import live_statuses
from ..visits.queries import history_of
from . import commands, completeness, queries
from .forms import AddMember, EndMembership, FindHome, MoveMember, RegisterHousehold, asked_facts
from .rules import can_keep, visible_households


def home_or_404(request, household_id, *, duty=Duty.SEE_REGISTER):
    """Return the visible home; missing and forbidden look alike."""
    return get_object_or_404(visible_households(request.user, duty=duty).select_related("village__parent", "verified_by"), pk=household_id)


@guarded(Duty.SEE_REGISTER)
def households(request):
    """List and find homes."""
    text, village = request.GET.get("q", "").strip(), request.GET.get("village", "")
    look_up(request.user, text)
    rows = queries.found(request.user, text).select_related("village__parent")
    rows = rows.filter(village_id=village) if village else rows
    sorts = {"number": ("number",), "village": ("village_id", "number"), "verified": ("verified_on", "number")}
    page = page_of(request, rows, sorts=sorts, default="village")
    page.heads = queries.heads_of(page)
    return render(
        request,
        "registry/households/list.html",
        {"page": page, "text": text, "village": village, "villages": queries.villages_of(request.user)},
    )


@guarded(Duty.SEE_REGISTER)
def household(request, household_id):
    """One home on a day (?on=): its people, its facts without what is sealed, its statuses and visits."""
    home, now = home_or_404(request, household_id), today(timezone.now())
    day = parse_date(request.GET.get("on", "")) or now
    facts = {
        "home": home, "day": day, "now": now, "members": queries.members_shown(home, day), "past": queries.past_members(home, day),
        "missing": queries.missing_facts([home], now)[home.pk], "fresh": home.verified_on and home.verified_on > completeness.fresh_since(now),
        "facts": queries.facts_shown(home), "statuses": live_statuses(home.statuses.all(), day), "visits": history_of(home)[:8],
        "may_keep": can_keep(request.user, home), "reason": ReasonForm(), "away": queries.away_on(home, day),
    }  # fmt: skip
    return render(request, "registry/households/home.html", facts)


@guarded(Duty.KEEP_REGISTER)
def register(request):
    """Register a home."""
    form = RegisterHousehold(request.POST or None, actor=request.user)
    look_up_bearer(request.user, request.POST.get("citizen_id"))
    return act_page(
        request, form, commands.register_household, words=_("新建一户"), done=_("已建档。接着把家里其他人加上吧。"),
        then=lambda home: reverse("registry:household", args=[home.pk]),
    )  # fmt: skip


@guarded(Duty.KEEP_REGISTER)
def edit(request, household_id):
    """Update a home: all facts, or just those that the address names."""
    home = home_or_404(request, household_id, duty=Duty.KEEP_REGISTER)
    form = FactsForm(request.POST or None, row=home, names=asked_facts(request, Household))
    return act_page(
        request, form, commands.update_household, words=_("更新家庭情况"), about=_("%(number)s,保存即记为今天核实。") % {"number": home.number},
        done=_("已更新,并记为今天核实。"), then=reverse("registry:household", args=[home.pk]), household_id=home.pk,
    )  # fmt: skip


@guarded(Duty.KEEP_REGISTER)
@require_POST
def verify(request, household_id):
    """Note that the record was checked today."""
    home = home_or_404(request, household_id, duty=Duty.KEEP_REGISTER)
    commands.verify_household(household_id=home.pk, by=request.user, at=timezone.now(), key=sent_key(request))
    say(request, _("%(number)s 已记为今天核实。") % {"number": home.number})
    return redirect(next_of(request) or reverse("registry:household", args=[home.pk]))


@guarded(Duty.REVEAL)
@shown_once
def reveal(request, household_id):
    """Show the home's address and phone once, after a reason was journalled."""
    home = home_or_404(request, household_id, duty=Duty.REVEAL)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and act(request, form, commands.reveal_household, household_id=home.pk):
        shown = [(_("住址"), home.address), (_("联系电话"), home.phone)]
        return render(
            request,
            "registry/revealed.html",
            {"title": home.number, "shown": shown, "back": reverse("registry:household", args=[home.pk])},
        )
    page = {
        "form": form,
        "words": _("查看住址和电话"),
        "about": home.number,
        "tone": "primary",
        "back": reverse("registry:household", args=[home.pk]),
    }
    return render(request, "registry/act.html", page)


@guarded(Duty.KEEP_REGISTER)
def add_member(request, household_id):
    """Add a member."""
    home = home_or_404(request, household_id, duty=Duty.KEEP_REGISTER)
    look_up_bearer(request.user, request.POST.get("citizen_id"))
    return act_page(
        request, AddMember(request.POST or None), commands.add_member, words=_("添加家庭成员"), about=home.number, done=_("已添加。"),
        then=reverse("registry:household", args=[home.pk]), household_id=home.pk,
    )  # fmt: skip


@guarded(Duty.KEEP_REGISTER)
def end_membership(request, membership_id):
    """Somebody left the home."""
    member = _member_or_404(request, membership_id)
    return act_page(
        request, EndMembership(request.POST or None), commands.end_membership, words=_("登记离开"), tone="danger",
        about=f"{member.household.number} · {member.person.shown_name}", done=_("已登记。这条记录仍可按日期查到。"),
        then=reverse("registry:household", args=[member.household_id]), membership_id=member.pk,
    )  # fmt: skip


@guarded(Duty.KEEP_REGISTER)
def move_member(request, membership_id):
    """Somebody moved to another home."""
    member = _member_or_404(request, membership_id)
    find = FindHome(request.GET if "village" in request.GET else {}, actor=request.user, initial={"village": member.household.village_id})
    code, text = find.asked()
    look_up(request.user, text)
    homes = queries.homes_to_join(request.user, code, text, but=member.household_id, chosen=request.POST.get("household_id"))
    return act_page(
        request, MoveMember(request.POST or None, homes=homes), commands.move_member, words=_("迁移到另一户"),
        about=f"{member.household.number} · {member.person.shown_name}", done=_("已迁移。"), template="registry/households/move.html",
        then=reverse("registry:household", args=[member.household_id]), membership_id=member.pk, more={"find": find, "homes": homes},
    )  # fmt: skip


@guarded(Duty.KEEP_REGISTER)
def stale(request):
    """What is missing or stale, per village; in one village, the homes to clear."""
    day, mine = today(timezone.now()), visible_households(request.user, duty=Duty.KEEP_REGISTER)
    villages = completeness.village_counts(mine, day)
    code = request.GET.get("village") or (villages[0]["village_id"] if len(villages) == 1 else "")
    if not code:
        return render(request, "registry/households/villages.html", {"villages": villages})
    only = request.GET.get("only", "")
    page = page_of(request, queries.to_clear(request.user, code, day, only), per_page=20)
    page.heads, missing = queries.heads_of(page), queries.missing_facts(page, day)
    counts = next((row for row in villages if row["village_id"] == code), None)
    gaps = completeness.gap_counts(mine.filter(village_id=code), day)
    rows = [
        (home, missing[home.pk], not (home.verified_on and home.verified_on > completeness.fresh_since(day))) for home in page
    ]
    return render(
        request,
        "registry/households/stale.html",
        {"page": page, "rows": rows, "counts": counts, "only": only, "gaps": gaps, "village": code},
    )


def _member_or_404(request, membership_id):
    rows = Membership.objects.filter(to_on=None, household__in=visible_households(request.user, duty=Duty.KEEP_REGISTER)).select_related(
        "household", "person"
    )
    return get_object_or_404(rows, pk=membership_id)
