"""The acts on visits: plan, draft, record, cancel. A finding becomes a need by the ledger's own act."""

import json
from contextlib import suppress
from datetime import date, timedelta
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act, inside
from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import today
from wanjia.orgs.handing.queries import able
from wanjia.orgs.models import User
from wanjia.policy.visit_form import packed, unknown
from wanjia.registry.duties import Duty
from wanjia.verdict import Refused

from ..households.commands import note_verified
from ..households.subjects import HOMES
from ..memberships import members_on
from ..models import Visit, VisitDraft, VisitFinding, VisitPurpose, VisitSheet
from ..people.queries import sheets_of
from ..states import VISIT
from . import leaving, pages, queries, rules
from .subjects import VISITS

DONE = (
    "done_on",
    "daypart",
    "method",
    "companions",
    "present",
    "met_in_person",
    "done_on_spot",
    "next_on",
    "next_words",
    "signed_by",
)


@act(
    HOMES, "visit_plan", at="visits/new", words=_("安排走访"), done=_("已安排。"), duty=Duty.VISIT, may=rules.can_plan, given=pages.begun, then=pages.to_visit,
    call=None, because="POST /api/visits/ names the home in its body: api.plan", lines={"visit.plan": _("安排走访")},
)  # fmt: skip
def plan_visit(
    household, *, by, at,
    planned_on: Annotated[date, Asked(_("哪天去"), initial=lambda _home, _actor, day: day)],
    visitor_ids: Annotated[list[str], Asked(_("谁去"), among=queries.who_may_go, initial=lambda _home, actor, _day: [str(actor.pk)])],
    purpose: Annotated[VisitPurpose, Asked(_("为什么去"))] = VisitPurpose.ROUTINE,
    purpose_words: Annotated[str, Asked(_("补充说明"), most=80)] = "",
    mandate: Annotated[str, Asked(_("工作机制"), among=queries.mandates, none=_("不标"), select=True)] = "",
):  # fmt: skip
    """Plan a visit of some users to a home on a day, with its purpose (计划走访)."""
    visitors = _users(visitor_ids)
    rules.somebody_goes(visitors).or_raise()
    rules.can_go(household, visitors).or_raise()
    if planned_on < today(at):
        raise Refused(_("计划日期不能早于今天。已经去过的,请选今天,再在记录里填实际日期。"))
    return _planned(
        household, visitors, by=by, at=at, planned_on=planned_on, purpose=purpose, purpose_words=purpose_words.strip(), mandate=mandate.strip()
    )  # fmt: skip


def _planned(household, visitors, *, by, at, **facts):
    visit = Visit.objects.create(household=household, planned_by=by, planned_at=at, **facts)
    visit.visitors.set(visitors)
    journal.record(
        act="visit.plan", subject=visit, by=by, at=at, area_code=household.village_id, after=visit.state, household=household.pk,
        planned_on=visit.planned_on, visitors=[one.name for one in visitors],
    )  # fmt: skip
    return visit


def plan_after_leaving(person, *, within, by, at):
    """Plan, within another act, a visit to each home where a child or somebody old stays when a person has left for work (B39).

    Who goes is one who visits in that village, the nearest post first; by when: so many days from now. A home whose village nobody visits, or where
    somebody is going already, gets none: it stands among the homes that somebody left. Returns the visits.
    """
    made = []
    for home in leaving.homes_left(person, today(at)):
        visitor = queries.nearest_visitor(home.village_id, today(at))
        if visitor is not None and rules.can_go(home, [visitor]):
            made.append(_planned(home, [visitor], by=by, at=at, planned_on=today(at) + timedelta(days=within), purpose=VisitPurpose.DEPARTURE))
    return made


THE_FORM = "it belongs to the form in six parts: views.record"


@act(
    VISITS, "open", words=_("打开走访表"), duty=Duty.VISIT, may=inside, reads=True, page=False, call=None, because=THE_FORM,
    lines={"child.open_notes": _("打开儿童记录")},
)  # fmt: skip
def open_visit(visit, *, by, at):
    """Journal, before the form is sent, that the visitor reads what was noted about the home's children; returns the visit.

    The visit's purpose is the stated reason. A home without notes about children is not journalled.
    """
    rules.can_record(by, visit, list(visit.visitors.all())).or_raise()
    reason = " ".join(filter(None, (str(_("入户走访")), visit.get_purpose_display(), visit.purpose_words)))
    for member in members_on(visit.household, today(at)):
        if member.person.is_minor_on(today(at)) and sheets_of(member.person).exists():
            journal.record_reading(
                act="child.open_notes", subject=member.person, by=by, at=at, reason=reason, area_code=visit.household.village_id,
                visit=visit.pk,
            )  # fmt: skip
    return visit


@act(
    VISITS, "visit_draft", words=_("先存草稿"), duty=Duty.VISIT, may=inside, page=False, call=None, because=THE_FORM, lines={"visit.draft": _("保存走访草稿")},
)  # fmt: skip
def save_visit_draft(visit, *, answers, by, at):
    """Keep the unfinished form of one visitor, sealed. Journalled when begun, not at each keystroke."""
    rules.can_record(by, visit, list(visit.visitors.all())).or_raise()
    draft = VisitDraft.objects.filter(visit=visit, by=by).first()
    if draft is None:
        draft = VisitDraft(visit=visit, by=by)
        journal.record(act="visit.draft", subject=visit, by=by, at=at, area_code=visit.household.village_id)
    draft.answers, draft.saved_at = json.dumps(answers, ensure_ascii=False), at
    draft.save()
    return draft


@act(
    VISITS, "visit_record", words=_("记录走访"), duty=Duty.VISIT, may=inside, page=False, call=None,
    because="the form in six parts and its body, question by question, are its own: views.record, api.record",
    lines={"visit.record": _("记录走访")},
)  # fmt: skip
def record_visit(visit, *, done_on, method, visitor_ids, by, at, home=None, children=None, findings=(), still_holds=False, **told):
    """Record a visit that took place (走访记录).

    home: {question code: {"choice", "words"}}; children: {child id: the same}; told: columns named in DONE. findings: list of
    {"category", "words", "urgency", "is_wish", "requester_id", "about_child_id"}; the ledger makes a need of each in the same step.
    still_holds: the home's record was read over there and holds; it is verified as of the visit's day, in the same step.
    Raises Refused when fewer than two people saw a child.
    """
    visitors, home, children = _users(visitor_ids), home or {}, {str(k): v for k, v in (children or {}).items()}
    _may_be_recorded(visit, visitors, method, told, children, still_holds, by=by)
    _check(visit, done_on, home, children, told, at)
    _keep_sheets(visit, home, children, at)
    rules.of_the_home(findings, {one.person_id for day in (done_on, today(at)) for one in members_on(visit.household, day)}).or_raise()
    rules.in_known_words(findings).or_raise()
    _keep_findings(visit, findings, at)
    visit.visitors.set(visitors)
    _write(visit, {**told, "done_on": done_on, "method": method, "done_at": at, "done_by": by})
    journal.move(
        visit, VISIT, "record", by=by, at=at, area_code=visit.household.village_id, done_on=done_on, findings=len(findings),
        children=len(children),
    )  # fmt: skip
    if still_holds:
        note_verified(visit.household, done_on, by=by, at=at)
    _go_on(visit, by=by, at=at)
    return visit


def _may_be_recorded(visit, visitors, method, told, children, still_holds, *, by):
    """Refuse who may not write it down, a visitor who may not go there, and fewer than two who saw a child."""
    rules.can_record(by, visit, visitors).or_raise()
    rules.can_go(visit.household, set(visitors) - set(visit.visitors.all())).or_raise()  # whoever was planned may have left since, and went all the same
    if still_holds:
        rules.can_verify(by, visit).or_raise()
    rules.enough_visitors(method, visitors, told.get("companions", ""), any(children.values())).or_raise()


def _write(visit, facts):
    """Write what was done on the visit's row, and empty the draft that was kept of it."""
    for name, value in facts.items():
        setattr(visit, name, value)
    visit.save(update_fields=[*DONE, "done_at", "done_by"])
    for draft in VisitDraft.objects.filter(visit=visit).exclude(answers=b""):
        draft.answers = ""
        draft.save(update_fields=["answers"])


@act(
    VISITS, "visit_finding", at="finding", words=_("再说一件"), duty=Duty.VISIT, may=rules.can_add, then=pages.at_the_door,
    lines={"visit.finding": _("走访中再说一件")},
)  # fmt: skip
def add_finding(
    visit, *, by, at,
    words: Annotated[str, Asked(_("困难是什么"), _("一句话:谁、遇到什么困难、盼着怎么办。"), rows=2, most=200, least=1)],
    category: Annotated[str, Asked(_("属于哪一类"), among=queries.categories, select=True, none=_("请选择"))],
    requester_id: Annotated[str, Asked(_("谁的诉求"), among=queries.people_there, select=True, none=_("不指明"))] = "",
):  # fmt: skip
    """Note one more difficulty that was voiced at the door once the visit was recorded (再说一件); the ledger takes it at once."""
    known = {str(one.person_id): one.person for one in members_on(visit.household, today(at))}
    found = {"words": words, "category": category, "requester_id": requester_id or None}
    rules.of_the_home([found], known).or_raise()
    rules.in_known_words([found]).or_raise()
    asks = known.get(requester_id)
    _keep_findings(visit, [found | {"about_child_id": requester_id if asks and asks.is_minor_on(today(at)) else None}], at)
    journal.record(act="visit.finding", subject=visit, by=by, at=at, area_code=visit.household.village_id)
    _go_on(visit, by=by, at=at)
    return visit


@act(
    VISITS, "visit_cancel", at="cancel", call="cancel", words=_("取消走访"), done=_("已取消。"), duty=Duty.VISIT, may=rules.can_cancel, tone="danger",
    then=pages.to_list, lines={"visit.cancel": _("取消走访")},
)  # fmt: skip
def cancel_visit(visit, *, reason: Annotated[str, Asked(_("取消的原因"), most=80)], by, at):
    """Cancel a planned visit, with the reason."""
    if not reason.strip():
        raise Refused(_("请写明取消的原因。"))
    visit.cancel_reason = reason.strip()[:80]
    journal.move(
        visit,
        VISIT,
        "cancel",
        by=by,
        at=at,
        saving=["cancel_reason"],
        reason=visit.cancel_reason,
        area_code=visit.household.village_id,
    )
    return visit


def _go_on(visit, *, by, at):
    """Let what was voiced become rows at once. What is refused now (a need that stands already, a right that is missing) waits at the door."""
    for after in gather("AFTER_VISITS"):
        with suppress(Refused):
            after.take(visit, by=by, at=at)


def take_visits(takers, parting, *, why, by, at):
    """Hand planned visits over, within the act that ends a post or a unit: another goes in the place of whoever leaves, on the same day."""
    gone = {parting.person} if parting.person is not None else {post.user for post in parting.gone}
    for visit in Visit.objects.select_for_update(of=("self",)).select_related("household__village").filter(pk__in=takers).order_by("pk"):
        if visit.state != VISIT.initial[0]:
            continue  # recorded or called off since it was counted
        person = able(takers[visit.pk], parting.day, Duty.VISIT)
        rules.somebody_goes(person).or_raise()
        rules.can_go(visit.household, [person]).or_raise()
        visitors = [one for one in visit.visitors.all() if one not in gone]
        visit.visitors.set({*visitors, person})
        journal.record(
            act="visit.take_over", subject=visit, by=by, at=at, reason=why, area_code=visit.household.village_id,
            visitors=sorted({one.name for one in (*visitors, person)}),
        )  # fmt: skip


def _users(ids):
    return list(User.objects.filter(pk__in=ids, is_active=True).order_by("username"))


def _check(visit, done_on, home, children, told, at):
    if set(told) - set(DONE):
        raise Refused(_("不认识的信息项:%(names)s。") % {"names": "、".join(sorted(set(told) - set(DONE)))})
    if done_on > today(at):
        raise Refused(_("走访日期不能晚于今天。"))
    if told.get("next_on") and told["next_on"] < today(at):
        raise Refused(_("下次走访的日期不能早于今天。"))
    strange = [code for answers in (home, *children.values()) for code in unknown(answers)]
    if strange:
        raise Refused(_("走访表里没有这些问题:%(names)s。") % {"names": "、".join(strange)})
    here = {str(member.person_id) for member in members_on(visit.household, done_on)}
    if set(children) - here:
        raise Refused(_("走访日那天,这个孩子不在这一户。"))


def _keep_sheets(visit, home, children, at):
    """Save the sheets; what nobody answered leaves none."""
    pairs = [(None, home), *children.items()]
    VisitSheet.objects.bulk_create([
        VisitSheet(visit=visit, child_id=child, answers=packed(answers), recorded_at=at) for child, answers in pairs if packed(answers) != "{}"
    ])  # fmt: skip


def _keep_findings(visit, findings, at):
    """Save what was voiced, in its order: a microsecond apart, for nothing else says which was said first."""
    rows = []
    for n, finding in enumerate(findings):
        if not finding.get("words", "").strip() or not finding.get("category"):
            raise Refused(_("每条诉求都要选类别、写一句话。"))
        rows.append(VisitFinding(visit=visit, recorded_at=at + timedelta(microseconds=n), **{**finding, "words": finding["words"].strip()}))
    VisitFinding.objects.bulk_create(rows)
