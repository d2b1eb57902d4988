"""The acts on homes: register, update, verify; members come, move and go; many rows at once; what is sealed is shown once."""

from datetime import date
from functools import partial
from typing import Annotated, Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act, inside
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.models import Area
from wanjia.registry import bulk
from wanjia.registry.duties import Duty
from wanjia.verdict import Conflict, Refused

from ..cuts.commands import follow
from ..fact_forms import ONE_BY_ONE, TODAY, FactsForm, ReasonForm, facts_of
from ..finding import by_number
from ..following.commands import homes_changed, people_changed
from ..lookups.commands import asked_today, count_phone, meet_namesake
from ..lookups.rules import can_look_up
from ..memberships import live_homes, moved_whole, rung_at
from ..models import DatedStatus, Household, Membership, Person
from ..people import facts as person_facts
from ..people.queries import namesakes
from ..people.rules import person_for, says_why
from . import facts as home_facts
from . import forms, pages, rules
from .keeping import plan_rows
from .queries import next_number
from .subjects import HOMES, MEMBERS

HEAD = "户主"
DIED = "去世"


@act(
    HOMES, "household_new", at="new", words=_("新建一户"), done=_("已建档。接着把家里其他人加上吧。"), duty=Duty.KEEP_REGISTER, may=inside, new=True,
    form=forms.RegisterHousehold, given=pages.bearer_looked_up, call=None,
    because="the call takes village and head as they are: api.register", lines={"household.register": _("登记家庭户")},
)  # fmt: skip
def register_household(*, village_code, head, by, at, number="", another=False, **facts):
    """Register a home with its head (建档). head: facts of a person, see people.facts.FACTS; facts: see households.facts.FACTS;
    another: see add_member.

    Without `number` the next free one of the village is taken (12-digit village code + 3). A head whose citizen number is
    known stays the same person. Raises Refused when the actor may not or a fact cannot be true.
    """
    village = Area.objects.filter(pk=village_code).first()
    if village is None:
        raise Refused(_("没有代码为 %(code)s 的村(社区)。") % {"code": village_code})
    rules.can_register(by, village).or_raise()
    if number and Household.objects.filter(number=number).exists():
        raise Refused(_("户编号 %(number)s 已经登记过了。") % {"number": number})
    known = by_number(head.get("citizen_id"))
    if known is not None:
        rules.can_come(known, None, live_homes(known)).or_raise()
    household = Household(
        village=village, number=number or next_number(village), registered_at=at, verified_on=today(at), verified_by=_user(by)
    )
    home_facts.assign(household, home_facts.checked(facts, today(at)))
    try:
        with transaction.atomic():
            household.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("这个户编号刚刚被别人用了,请再提交一次。")) from None
    journal.record(act="household.register", subject=household, by=by, at=at, area_code=village.code, number=household.number)
    _join(household, HEAD, known, head, by=by, at=at, another=another)
    return household


@act(
    HOMES, "household_edit", at="edit", words=_("更新家庭情况"), done=_("已更新,并记为今天核实。"), duty=Duty.KEEP_REGISTER, may=rules.can_keep,
    form=FactsForm, given=pages.asked_of_home, template="registry/households/edit.html", call=None, because=ONE_BY_ONE,
    lines={"household.update": _("更新家庭户")},
)  # fmt: skip
def update_household(household, *, version, by, at, verified=True, **facts):
    """Write what was told about a home in one entry (更新); `verified` says that the rest was checked too and still holds.

    version: the one the form was built from. Raises Conflict when somebody was quicker. Nothing changed: nothing is written.
    """
    changed = home_facts.assign(household, home_facts.checked(facts, today(at)))
    if verified and household.verified_on != today(at):
        household.verified_on, household.verified_by = today(at), _user(by)
        changed += ["verified_on", "verified_by"]
    if changed:
        _save(household, version, changed)
        journal.record(
            act="household.update", subject=household, by=by, at=at, area_code=household.village_id, fields=_named(changed)
        )
    return household


@act(
    HOMES, "household_verify", at="verify", call="verify", words=_("记为今天核实"), done=pages.verified, duty=Duty.KEEP_REGISTER, may=rules.can_keep,
    lines={"household.verify": _("核实家庭户")},
)  # fmt: skip
def verify_household(household, *, by, at):
    """Note that somebody checked the home's record today and that it holds (核实)."""
    note_verified(household, today(at), by=by, at=at)
    return household


def note_verified(household, day, *, by, at):
    """Write within another act, a visit, that the home's record was checked on `day` and holds. A later check stands."""
    Household.objects.filter(pk=household.pk).exclude(verified_on__gt=day).update(verified_on=day, verified_by=_user(by), version=F("version") + 1)
    journal.record(act="household.verify", subject=household, by=by, at=at, area_code=household.village_id)


@act(
    HOMES, "member_new", at="members/new", words=_("添加家庭成员"), done=_("已添加。"), duty=Duty.KEEP_REGISTER, may=rules.can_keep,
    form=forms.NewPerson, given=pages.bearer_looked_up, call=None, because=ONE_BY_ONE,
    lines={"household.add_member": _("添加家庭成员"), "person.register": _("登记人员")},
)  # fmt: skip
def add_member(
    household, *, by, at,
    relation: Annotated[str, Asked(_("与户主关系"), among=lambda *_row: forms.RELATIONS)],
    from_on: Annotated[date | None, Asked(_("从哪天起"), _("出生、迁入或婚嫁的日子;不知道就留空。"))] = None,
    person_id=None, another=False,
    **facts: Annotated[Any, facts_of(Person, *forms.NEW_PERSON, needed=("name",))],
):  # fmt: skip
    """Add a member from a day on (迁入、出生): somebody of the register by `person_id`, or new by facts of a person.

    another: somebody has looked and says that the new person is not the registered one of the same name. Raises Refused without it.
    """
    person = person_for(by, person_id) if person_id else None
    known = person or by_number(facts.get("citizen_id"))
    if known is not None:
        rules.can_come(known, household, live_homes(known)).or_raise()
    return _join(household, relation, known, facts, from_on=from_on, by=by, at=at, another=another)


@act(
    MEMBERS, "member_move", words=_("迁移到另一户"), done=_("已迁移。"), duty=Duty.KEEP_REGISTER, may=rules.can_keep_member, page=False, call=None,
    because="the home is found first, by village and name: views.move_member; " + ONE_BY_ONE, form=forms.MoveMember,
    template="registry/households/move.html",
)  # fmt: skip
def move_member(
    old, *, household_id, by, at,
    relation: Annotated[str, Asked(_("与新户主的关系"), among=lambda *_row: [(HEAD, _("户主")), *forms.RELATIONS])],
    on: Annotated[date, Asked(_("从哪天起"), **TODAY)],
    reason: Annotated[str, Asked(_("原因"), most=40)] = "",
):  # fmt: skip
    """Move a member to another home from a day on (分户、婚嫁、迁移): the old membership ends that day, the new one begins."""
    household = rules.household_for(by, household_id)
    rules.can_keep(by, household).or_raise()
    if old.household_id == household.pk:
        raise Refused(_("此人已经在这一户了。"))
    _end(old, on, reason or _("迁往 %(number)s") % {"number": household.number}, by=by, at=at)
    return _join(household, relation, old.person, {}, from_on=on, by=by, at=at)


@act(
    MEMBERS, "member_end", at="end", words=_("登记离开"), done=_("已登记。这条记录仍可按日期查到。"), duty=Duty.KEEP_REGISTER,
    may=rules.can_keep_member, tone="danger", call=None, because=ONE_BY_ONE, lines={"household.end_member": _("结束家庭成员关系")},
)  # fmt: skip
def end_membership(
    membership, *, by, at,
    on: Annotated[date, Asked(_("离开日期"), **TODAY)],
    reason: Annotated[str, Asked(_("原因"), among=lambda *_row: forms.WHY_GONE)],
):  # fmt: skip
    """End a membership on a day (迁出、婚嫁、去世); somebody who died is marked so. Nothing is deleted."""
    if not reason.strip():
        raise Refused(_("请写明离开的原因。"))
    _end(membership, on, reason.strip(), by=by, at=at)
    if reason.strip() == DIED:
        Person.objects.filter(pk=membership.person_id).update(died_on=on)
    _follow(membership.person, by=by, at=at)
    people_changed([membership.person_id], by=by, at=at)
    return membership


@act(
    HOMES, "household_reveal", at="reveal", words=_("查看住址和电话"), duty=OrgsDuty.REVEAL, may=rules.can_reveal_home, reads=True,
    form=ReasonForm, then=pages.sealed_shown, call=None, because="a sealed value is shown to a person who gives a reason, never to a program",
    lines={"household.reveal": _("查看家庭敏感信息")},
)  # fmt: skip
def reveal_household(household, *, reason, by, at):
    """Journal that the actor sees the home's address and phone, and why; returns the household. The page shows them once.

    A home whose number is its head's: the head has a line of that too.
    """
    says_why(reason).or_raise()
    said = {"act": "household.reveal", "by": by, "at": at, "reason": reason.strip(), "area_code": household.village_id}
    journal.record_reading(subject=household, fields=["address", "phone"], **said)
    bearer = rung_at([household]).get(household.pk)
    if bearer not in (None, household):
        journal.record_reading(subject=bearer, fields=["phone"], **said)
    count_phone(by, at)
    return household


@command("registry.keep_rows")
def keep_rows(*, rows, source, by, at):
    """Keep many homes with their members in one transaction; for the importer. Returns counts as `Plan.counts` says.

    rows: list of dicts already validated: {"number", "village" (12-digit code), facts of households.facts.FACTS…,
    "verified_on", "members": [{"relation", facts of people.facts.FACTS…, "away_to": place, "claims": [words of the office's
    own column of special groups]}]}. Numbers and phones are in canonical form. A missing, empty or None fact leaves what is
    known alone; a member not in the file stays. A person is found by citizen number anywhere, else by name and birth date
    (or name alone when either has none) within that household; facts of somebody kept by another township are not touched.
    source: words for where the rows come from, kept with statuses and absences.
    Equal facts write nothing and journal nothing: the same rows twice change nothing. Else one journal line per call names
    the homes. Call it with up to some 2,000 homes at a time: each call is atomic. `plan_rows(rows, actor=…)` tells beforehand,
    without writing, what this would do, row by row.
    Raises Refused when a village (of the file, or where the number is registered) lies outside the actor's reach.
    """
    plan = plan_rows(rows, actor=by, at=at, source=source)
    rules.can_keep_rows(by, plan.village_codes).or_raise()
    _write(plan)
    if moved := [row.pk for row, names in plan.changed.values() if isinstance(row, Household) and "village" in names]:
        follow(status__household__in=moved, by=by, at=at)
    people_changed(plan.met_before(), by=by, at=at)
    if plan.writes:
        journal.record(
            act="household.keep_rows", subject=plan.subject, by=by, at=at, area_code=plan.common_area, source=source,
            counts=plan.counts, homes=plan.journal_homes(),
        )  # fmt: skip
    return plan.counts


def _write(plan):
    for write in [bulk.ready(model, rows) for model, rows in plan.new.items()]:  # all sealed before the first is locked
        write()
    for row, names in plan.changed.values():
        if hasattr(row, "version"):
            row.version += 1
            names = [*names, "version"]
        row.save(update_fields=list(dict.fromkeys(names)))


def _join(household, relation, person, facts, *, by, at, from_on=None, another=False):
    """Make `person`, or the one whose facts are given, a member from `from_on`; returns the membership."""
    if from_on and from_on > today(at):
        raise Refused(_("迁入日期不能晚于今天。"))
    if not relation.strip():
        raise Refused(_("请填写与户主关系。"))
    person = person or _new_person(household, facts, another, by=by, at=at)
    if Membership.objects.filter(household=household, person=person, to_on=None).exists():
        raise Refused(_("%(name)s已经是这一户的成员。") % {"name": person.shown_name})
    if relation == HEAD and Membership.objects.filter(household=household, relation=HEAD, to_on=None).exists():
        raise Refused(_("这一户已经有户主。请先变更原户主的关系。"))
    membership = Membership.objects.create(household=household, person=person, relation=relation.strip(), from_on=from_on)
    if person.village_id != household.village_id:
        Person.objects.filter(pk=person.pk).update(village=household.village_id)
        follow(status__person=person, by=by, at=at)
    journal.record(
        act="household.add_member",
        subject=household,
        by=by,
        at=at,
        area_code=household.village_id,
        person=person.pk,
        relation=relation,
    )
    _follow(person, by=by, at=at)
    people_changed([person.pk], by=by, at=at)
    return membership


def _follow(person, *, by, at):
    """Let what a home that is empty now holds go with its people, where each of them lives in one and the same home (救助随人走).

    Where they went to different ones, or the other home holds the same already, it stays, shown as on an empty home: somebody says where.
    """
    left = Membership.objects.filter(person=person, to_on__isnull=False).values("household")
    for status in DatedStatus.objects.select_for_update(of=("self",)).select_related("household").filter(to_on=None, household__in=left).order_by("pk"):
        home = moved_whole(status.household)
        if home is not None and rules.may_follow(status, home):
            follow_people(status, home, by=by, at=at)


def follow_people(status, home, *, by, at, reason=""):
    """Move a status of a home to the home in which its people live now; a line on both homes."""
    left = status.household
    status.household = home
    status.save(update_fields=["household"])
    told = {"by": by, "at": at, "reason": reason, "status": status.pk, "scheme": status.scheme}
    journal.record(act="household.aid_leaves", subject=left, area_code=left.village_id, to=home.number, **told)
    journal.record(act="household.aid_comes", subject=home, area_code=home.village_id, whence=left.number, **told)
    follow(status=status, by=by, at=at)
    homes_changed([left.pk, home.pk], by=by, at=at)
    return status


def _new_person(household, facts, another, *, by, at):
    facts = person_facts.checked(facts, today(at))
    if not facts.get("name"):
        raise Refused(_("请填写姓名。"))
    if not facts.get("citizen_id") and not facts.get("id_absent_reason"):
        raise Refused(_("没有身份证号时,请选择无证原因。"))
    person = Person(village_id=household.village_id, registered_at=at)
    person_facts.assign(person, facts)
    if by.id and not can_look_up(asked_today(by, at)):
        rules.say_whether_another(another)
    try:
        rules.be_no_namesake(namesakes(by, person, household), another)
    except rules.Namesake as asked:
        asked.noting = partial(meet_namesake, asked.person)
        raise
    person.save(force_insert=True)
    journal.record(act="person.register", subject=person, by=by, at=at, area_code=household.village_id)
    return person


def _end(membership, on, reason, *, by, at):
    if on > today(at):
        raise Refused(_("离开日期不能晚于今天。"))
    if membership.from_on and on < membership.from_on:
        raise Refused(_("离开日期不能早于迁入日期 %(day)s。") % {"day": membership.from_on})
    membership.to_on, membership.end_reason = on, reason[:40]
    if not Membership.objects.filter(pk=membership.pk, to_on=None).update(to_on=on, end_reason=membership.end_reason):
        raise Conflict()
    journal.record(
        act="household.end_member", subject=membership.household, by=by, at=at, area_code=membership.household.village_id,
        person=membership.person_id, on=on, reason=membership.end_reason,
    )  # fmt: skip


def _save(row, version, changed):
    """Save changed columns by compare-and-set on `version`."""
    if not type(row).objects.filter(pk=row.pk, version=version).update(version=version + 1):
        raise Conflict()
    row.version = version + 1
    row.save(update_fields=changed)


def _named(changed):
    return [name for name in changed if not name.endswith("_index")]


def _user(by):
    return by if by.id else None
