"""Pages of people: list, one person, a child's file behind a stated reason, and the acts."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from wanjia.doors.asking import form_of
from wanjia.doors.guard import act, say
from wanjia.doors.listing import page_of
from wanjia.doors.pages import answer
from wanjia.doors.reading import page
from wanjia.policy.statuses import months_after
from wanjia.registry.duties import Duty

from ..fact_forms import ReasonForm
from ..finding import standing
from ..lookups.commands import look_up
from ..memberships import heads_of, home_numbers, homes_of
from ..permits import post_for
from . import children as young
from . import commands, opening, queries
from .forms import LINES
from .rules import can_keep, count_all_visible_people, opens_for
from .subjects import PEOPLE

MANY = 500  # bearers of a text beyond which the list says "more than", and asks for more of the name


@page("people/", Duty.SEE_REGISTER, template="list")
def people(request):
    """List and find people; children by their initials."""
    text = request.GET.get("q", "").strip()
    look_up(request.user, text)
    rows = queries.people_found(request.user, text)
    sorts = {"name": ("pinyin", "born_shown", "pk"), "born": ("born_shown", "pinyin", "pk")}
    if not text:
        counted = {"count": count_all_visible_people(request.user)}
    else:
        counted = {"most": MANY}
        if queries.more_than(rows, MANY):  # a surname: sorted as the index has it, so that one page is read and not every bearer
            sorts["name"] = (queries.index_of(text), "pk")
    page = page_of(request, queries.listed(rows), sorts=sorts, default="name", **counted)
    page.object_list = [queries.Listed(*row) for row in page]
    page.homes = home_numbers(page)
    return {"page": page, "text": text, "opens": request.user.has_duty(Duty.OPEN_CHILD_FILES)}


@page("people/<uuid:person_id>/", Duty.SEE_REGISTER, of=PEOPLE)
def person(request, one):
    """One adult; a minor's page is the child's file; a merged record leads to the one that stands for it."""
    if one.merged_into_id:
        say(request, _("这条记录已并入下面这一条。"))
        return redirect("registry:person", standing(one).pk)
    if one.is_protected:
        return redirect("registry:child_file", one.pk)
    homes = list(homes_of(one))
    return {
        "homes": homes, "heads": {pk: name for pk, (name, _n) in heads_of([row.household for row in homes]).items()},
        "facts": queries.facts_shown(one), "statuses": queries.statuses_of(one),
        "live": {row.pk for row in queries.live_statuses(queries.statuses_of(one), request.day)}, "absences": one.absences.order_by("-from_on"),
        "children": queries.children_of(one), "may_keep": can_keep(request.user, one), "reason": ReasonForm(), "merges": queries.merges_of(one),
    }  # fmt: skip


@page("children/<uuid:person_id>/", Duty.OPEN_CHILD_FILES, of=replace(PEOPLE, word="child"), fresh=True)
def child_file(request, child):
    """A child's file: asks for a reason, journals the reading, then sends the page. Each sending is journalled."""
    form = ReasonForm(request.POST or opening.reason_of(request, child))
    if form.is_valid() and act(request, form, commands.open_child_file, child_id=child.pk):
        opening.remember(request, child, form.cleaned_data["reason"])
        review = form_of(commands.review_groups.act)(row=child, actor=request.user, day=request.day)
        kept = {"may_keep": can_keep(request.user, child), "post": post_for(request.user, child.village_id), "review": review}
        return "file", {**young.file_of(child, request.day), **kept}
    return "ask", {"form": form if request.method == "POST" else ReasonForm()}


@page("people/<uuid:person_id>/edit/", Duty.KEEP_REGISTER, of=PEOPLE, fresh=True)
@sensitive_post_parameters()
def person_edit(request, one):
    """Change what is known of a person. A child's form shows what only the file shows: it opens with the file, and each showing is journalled."""
    if one.is_protected:
        reason = opening.reason_of(request, one)
        if reason is None:
            return redirect("registry:child_file", one.pk)
        commands.open_child_file(child_id=one.pk, by=request.user, at=request.at, **reason)
    return answer(request, commands.update_person.act, one)


@page("children/", Duty.SEE_REGISTER)
def children(request):
    """Children of special groups in one's area, derived today, with names masked: which child is in which is told whom files open for."""
    area, day = queries.area_of(request.user, request.GET.get("area"), duty=Duty.SEE_REGISTER), request.day
    if area is None:
        raise Http404
    rows, group = young.special_children(request.user, area, day), request.GET.get("group", "")
    counts, opened = young.group_counts(rows), opens_for(request.user, [row[0] for row in rows])
    shown = [row for row in rows if row[0].pk in opened]
    page = page_of(request, [row for row in shown if not group or any(one.group == group for one in row[1])])
    return {"page": page, "tabs": young.group_tabs(counts), "group": group, "area": area, "n": len(rows), "day": day, "hidden": len(rows) - len(shown)}


@page("children/reviews/", Duty.KEEP_REGISTER)
def reviews(request):
    """What falls due for a review: derived groups, statuses, birthdays at 14, 16 and 18."""
    area, day = queries.area_of(request.user, request.GET.get("area"), duty=Duty.KEEP_REGISTER), request.day
    if area is None:
        raise Http404
    due = young.reviews_due(request.user, area, day)
    page = page_of(request, queries.statuses_due(request.user, area, day))
    birthdays = young.birthdays_between(request.user, area, day, months_after(day, 2))
    return {"due": page_of(request, due, word="due"), "page": page, "birthdays": birthdays, "area": area}


@page("people/<uuid:person_id>/parents/<str:line>/", Duty.KEEP_REGISTER, name="parent_name", of=PEOPLE)
def name_parent(request, child, line):
    """Say who a child's father or mother is."""
    if line not in LINES:
        raise Http404
    act = replace(commands.name_parent.act, words=_("登记%(line)s") % {"line": LINES[line]}, given=lambda _request, _child: {"line": line})
    return answer(request, act, child, also={"line": line})
