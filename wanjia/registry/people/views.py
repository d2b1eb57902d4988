"""Pages of people: list, one person, a child's file behind a stated reason, and the acts."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wanjia.kernel.calendar import today
from wanjia.kernel.guard import act, guarded, say, sent_key
from wanjia.kernel.listing import page_of
from wanjia.orgs.duties import Duty
from wanjia.policy.statuses import months_after

from ..acting import act_page, next_of, shown_once
from ..fact_forms import FactsForm, ReasonForm
from ..households.forms import asked_facts
from ..households.queries import homes_of
from ..households.views import home_or_404
from ..lookups.commands import look_up, look_up_bearer
from ..models import Absence, DatedStatus, Person
from . import children as young
from . import commands, opening, queries
from .forms import LINES, AtHome, EndOn, EntrustCare, NameParent, RecordAbsence, RecordStatus, ReturnedOn, ReviewGroups
from .rules import can_keep, opens_for, visible_people


def person_or_404(request, person_id, *, duty=Duty.SEE_REGISTER):
    """Return the person visible under the page's duty; missing and forbidden look alike."""
    return get_object_or_404(visible_people(request.user, duty=duty).select_related("village__parent", "merged_into"), pk=person_id)


def _now():
    return today(timezone.now())


@guarded(Duty.SEE_REGISTER)
def people(request):
    """List and find people; children by their initials."""
    text = request.GET.get("q", "").strip()
    look_up(request.user, text)
    rows = queries.people_found(request.user, text)
    page = page_of(request, rows, sorts={"name": ("pinyin", "born_shown", "pk"), "born": ("born_shown", "pinyin", "pk")}, default="name")
    page.homes = queries.home_numbers(page)
    return render(request, "registry/people/list.html", {"page": page, "text": text})


@guarded(Duty.SEE_REGISTER)
def person(request, person_id):
    """One adult; a minor's page is the child's file; a merged record leads to the one that stands for it."""
    one = person_or_404(request, person_id)
    if one.merged_into_id:
        say(request, _("这条记录已并入下面这一条。"))
        return redirect("registry:person", queries.standing(one).pk)
    if one.is_protected:
        return redirect("registry:child_file", one.pk)
    facts = {
        "person": one, "homes": homes_of(one), "facts": queries.facts_shown(one), "statuses": queries.statuses_of(one),
        "live": {row.pk for row in queries.live_statuses(queries.statuses_of(one), _now())}, "absences": one.absences.order_by("-from_on"),
        "children": queries.children_of(one), "may_keep": can_keep(request.user, one), "reason": ReasonForm(), "merges": queries.merges_of(one),
    }  # fmt: skip
    return render(request, "registry/people/person.html", facts)


@guarded(Duty.KEEP_REGISTER)
def edit(request, person_id):
    """Update a person: all facts, or just those that the address names."""
    one = person_or_404(request, person_id, duty=Duty.KEEP_REGISTER)
    if one.is_protected and not opening.reason_of(request, one):
        return redirect("registry:child_file", one.pk)  # the form shows what only the file shows
    form = FactsForm(request.POST or None, row=one, names=asked_facts(request, Person))
    look_up_bearer(request.user, request.POST.get("citizen_id"))
    return act_page(
        request, form, commands.update_person, words=_("更新个人情况"), about=one.shown_name, done=_("已更新。"),
        then=reverse("registry:person", args=[one.pk]), person_id=one.pk,
    )  # fmt: skip


@guarded(Duty.REVEAL)
@shown_once
def reveal(request, person_id):
    """Show what is sealed of a person once, after a reason was journalled."""
    one, form, back = (
        person_or_404(request, person_id, duty=Duty.REVEAL),
        ReasonForm(request.POST or None),
        reverse("registry:person", args=[person_id]),
    )
    if one.is_protected:
        return redirect("registry:child_file", one.pk)
    if form.is_valid() and act(request, form, commands.reveal_person, person_id=one.pk):
        shown = [
            (_("身份证号"), one.citizen_id),
            (_("手机号"), one.phone),
            (_("电话是谁的"), one.phone_owner),
            (_("健康状况"), one.health),
        ]
        return render(request, "registry/revealed.html", {"title": one.name, "shown": shown, "back": back})
    return render(
        request,
        "registry/act.html",
        {"form": form, "words": _("查看敏感信息"), "about": one.shown_name, "tone": "primary", "back": back},
    )


@guarded(Duty.OPEN_CHILD_FILES)
@shown_once
def child_file(request, person_id):
    """A child's file: asks for a reason, journals the reading, then sends the page. Each sending is journalled."""
    child = person_or_404(request, person_id, duty=Duty.OPEN_CHILD_FILES)
    form = ReasonForm(request.POST or opening.reason_of(request, child))
    if form.is_valid() and act(request, form, commands.open_child_file, child_id=child.pk):
        opening.remember(request, child, form.cleaned_data["reason"])
        return render(
            request,
            "registry/people/file.html",
            {**young.file_of(child, _now()), "may_keep": can_keep(request.user, child), "review": ReviewGroups()},
        )
    return render(
        request, "registry/people/ask.html", {"child": child, "form": form if request.method == "POST" else ReasonForm()}
    )


@guarded(Duty.SEE_REGISTER)
def children(request):
    """Children of special groups in one's area, derived today, with names masked: which child is in which is told whom files open for."""
    area, day = queries.area_of(request.user, request.GET.get("area"), duty=Duty.SEE_REGISTER), _now()
    if area is None:
        raise Http404
    rows, group = young.special_children(request.user, area, day), request.GET.get("group", "")
    counts, opened = young.group_counts(rows), opens_for(request.user, [row[0] for row in rows])
    shown = [row for row in rows if row[0].pk in opened]
    page = page_of(request, [row for row in shown if not group or any(one.group == group for one in row[1])])
    return render(
        request,
        "registry/people/children.html",
        {"page": page, "tabs": young.group_tabs(counts), "group": group, "area": area, "n": len(rows), "day": day, "hidden": len(rows) - len(shown)},
    )


@guarded(Duty.KEEP_REGISTER)
def reviews(request):
    """What falls due for a review: derived groups, statuses, birthdays at 14, 16 and 18."""
    area, day = queries.area_of(request.user, request.GET.get("area"), duty=Duty.KEEP_REGISTER), _now()
    if area is None:
        raise Http404
    due = young.reviews_due(request.user, area, day)
    page = page_of(request, queries.statuses_due(request.user, area, day))
    birthdays = young.birthdays_between(request.user, area, day, months_after(day, 2))
    return render(
        request,
        "registry/people/reviews.html",
        {"due": due[:100], "n_due": len(due), "page": page, "birthdays": birthdays, "area": area},
    )


@guarded(Duty.KEEP_REGISTER)
@require_POST
def review(request, person_id):
    """Stand by the groups of a child, or say what is wrong."""
    child, form = person_or_404(request, person_id, duty=Duty.KEEP_REGISTER), ReviewGroups(request.POST)
    if form.is_valid() and act(request, form, commands.review_groups, child_id=child.pk):
        say(request, _("已复核。"))
        return redirect(next_of(request) or reverse("registry:child_file", args=[child.pk]))
    return render(
        request,
        "registry/act.html",
        {"form": form, "words": _("复核类别"), "tone": "primary", "back": reverse("registry:child_file", args=[child.pk])},
    )


@guarded(Duty.KEEP_REGISTER)
def new_status(request, person_id):
    """Record a status of a person."""
    one = person_or_404(request, person_id, duty=Duty.KEEP_REGISTER)
    form = RecordStatus(request.POST or None, holder="person")
    return act_page(
        request, form, commands.record_status, words=_("登记情形"), about=one.shown_name, done=_("已登记。"),
        then=reverse("registry:person", args=[one.pk]), person_id=one.pk,
    )  # fmt: skip


@guarded(Duty.KEEP_REGISTER)
def new_home_status(request, household_id):
    """Record a status of a home."""
    home = home_or_404(request, household_id, duty=Duty.KEEP_REGISTER)
    form = RecordStatus(request.POST or None, holder="household")
    return act_page(
        request, form, commands.record_status, words=_("登记家庭身份"), about=home.number, done=_("已登记。"),
        then=reverse("registry:household", args=[home.pk]), household_id=home.pk,
    )  # fmt: skip


def _status_or_404(request, status_id):
    status = get_object_or_404(DatedStatus.objects.select_related("person", "household"), pk=status_id)
    if status.person_id:
        person_or_404(request, status.person_id, duty=Duty.KEEP_REGISTER)
        return status, reverse("registry:person", args=[status.person_id])
    home_or_404(request, status.household_id, duty=Duty.KEEP_REGISTER)
    return status, reverse("registry:household", args=[status.household_id])


@guarded(Duty.KEEP_REGISTER)
def end_status(request, status_id):
    """A status no longer holds."""
    status, back = _status_or_404(request, status_id)
    return act_page(
        request, EndOn(request.POST or None), commands.end_status, words=_("终止"), about=f"{status.scheme_words}:{status.words}",
        done=_("已终止,记录保留。"), then=back, tone="danger", status_id=status.pk,
    )  # fmt: skip


@guarded(Duty.KEEP_REGISTER)
@require_POST
def confirm_status(request, status_id):
    """A status was looked at again and holds."""
    status, back = _status_or_404(request, status_id)
    commands.confirm_status(status_id=status.pk, by=request.user, at=timezone.now(), key=sent_key(request))
    say(request, _("已复核,仍然有效。"))
    return redirect(next_of(request) or back)


@guarded(Duty.KEEP_REGISTER)
def new_absence(request, person_id):
    """Somebody went away."""
    one = person_or_404(request, person_id, duty=Duty.KEEP_REGISTER)
    return act_page(
        request, RecordAbsence(request.POST or None), commands.record_absence, words=_("登记外出"), about=one.shown_name,
        done=_("已登记。家里有孩子的,留守情况会随之重新推算。"), then=reverse("registry:person", args=[one.pk]), person_id=one.pk,
    )  # fmt: skip


@guarded(Duty.KEEP_REGISTER)
def at_home(request, person_id):
    """Somebody was at home on a day."""
    one = person_or_404(request, person_id, duty=Duty.KEEP_REGISTER)
    return act_page(
        request, AtHome(request.POST or None), commands.say_at_home, words=_("登记在家"), about=one.shown_name,
        done=_("已登记在家。家里有孩子的,留守情况会随之重新推算。"), then=reverse("registry:person", args=[one.pk]), person_id=one.pk,
    )  # fmt: skip


@guarded(Duty.KEEP_REGISTER)
def end_absence(request, absence_id):
    """Somebody came back."""
    absence = get_object_or_404(Absence, pk=absence_id, to_on=None)
    one = person_or_404(request, absence.person_id, duty=Duty.KEEP_REGISTER)
    return act_page(
        request, ReturnedOn(request.POST or None), commands.record_return, words=_("登记返回"), about=f"{one.shown_name} · {absence.place}",
        done=_("已登记返回。"), then=reverse("registry:person", args=[one.pk]), absence_id=absence.pk,
    )  # fmt: skip


@guarded(Duty.KEEP_REGISTER)
def name_parent(request, person_id, line):
    """Say who a child's father or mother is."""
    if line not in LINES:
        raise Http404
    child = person_or_404(request, person_id, duty=Duty.KEEP_REGISTER)
    form = NameParent(request.POST or None, child=child, line=line)
    return act_page(
        request, form, commands.name_parent, words=_("登记%(line)s") % {"line": LINES[line]}, about=child.shown_name, done=_("已登记。"),
        then=reverse("registry:person", args=[child.pk]), child_id=child.pk, line=line,
    )  # fmt: skip


@guarded(Duty.KEEP_REGISTER)
def entrust_care(request, person_id):
    """Say who looks after a child."""
    child = person_or_404(request, person_id, duty=Duty.KEEP_REGISTER)
    return act_page(
        request, EntrustCare(request.POST or None), commands.entrust_care, words=_("登记照护人"), about=child.shown_name,
        done=_("已登记照护人。"), then=reverse("registry:person", args=[child.pk]), child_id=child.pk,
    )  # fmt: skip
