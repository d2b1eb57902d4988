"""Every CHECK, every unique constraint and every trigger is met by name: the row that it refuses is written past the acts and rules.

A new constraint in a model fails the count until it has its row here. Triggers need no rows: they are the same few on every table.
"""

import uuid
from copy import copy
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from wanjia.care.tests import guards as care_guards
from wanjia.casework.minors.commands import publish_minors_audit
from wanjia.casework.models import (
    Apart,
    Callback,
    Decision,
    Digest,
    Finding,
    FindingNeed,
    GridCell,
    Joined,
    Need,
    Recheck,
    Rung,
    Slip,
    SubTask,
    Support,
)
from wanjia.casework.tests import clock_acts, matter_acts, together_acts, walk
from wanjia.casework.tests.acts import called
from wanjia.kernel import triggers
from wanjia.kernel.tests.test_triggers import kept_for_good, planted, spoilt_rows  # noqa: F401
from wanjia.labour.models import (
    Campaign,
    Chunk,
    Departure,
    Driver,
    FollowUp,
    Load,
    RollMerge,
    Round,
    Seat,
    Since,
    Spell,
    Stop,
    Tally,
    Target,
    Trip,
    Verified,
    Worker,
)  # fmt: skip
from wanjia.labour.tests import acts_departures as travel
from wanjia.labour.tests import acts_loads, acts_rolls, guards_board, guards_demand, guards_markets, guards_sums
from wanjia.labour.tests import acts_matching as matching_acts
from wanjia.labour.tests import acts_roll as labour_acts
from wanjia.office.models import Disposal, DisposalItem, DisposalOutcome, Installation
from wanjia.office.tests import acts as retention_acts
from wanjia.orgs.models import (
    AreaAlias,
    AreaSuccession,
    Handover,
    Message,
    MessageChannel,
    Organisation,
    OrganisationAlias,
    Sponsorship,
)
from wanjia.registry.models import (
    Absence,
    AidCut,
    Benefit,
    CareEntrustment,
    DatedStatus,
    FileAccess,
    KnownHeader,
    Membership,
    Parentage,
    Person,
    TwinQuestion,
    Upload,
    UploadRow,
    VisitDraft,
    VisitSheet,
)
from wanjia.registry.tests import access_acts, aid_acts
from wanjia.reporting.models import Paper, PublishedCounts
from wanjia.schools.tests import guards as schools_guards
from wanjia.village.tests import guards as village_guards

from .acts import DAY, MONDAY, World, actor, merge, upload, visit

pytestmark = pytest.mark.django_db
BEFORE = DAY - timedelta(days=1)


def told(**more):
    return {"recorded_at": MONDAY} | more


def held(world, **values):
    """A need that a unit has, changed so."""
    return Need.objects.filter(pk=walk.bring(world, "assigned").pk).update(**values)


def ended(world, **values):
    return Need.objects.filter(pk=walk.bring(world, "declined").pk).update(**values)


def status(world, **values):
    return DatedStatus.objects.create(**told(scheme="relief", scheme_version="1", code="minimum", **values))


def care(world, **values):
    return CareEntrustment.objects.create(**told(child=world.register.child, carer_name="张桂芳", **values))


def cut(world, **values):
    """A proposal of the village worker's to cut aid, changed so."""
    return AidCut.objects.filter(pk=aid_acts.proposed(world)["cut_id"]).update(**values)


def decision(world, **values):
    """Something decided on the one item of a session."""
    item = called(world).items.get()
    return Decision.objects.create(item=item, need=item.need, line=1, at=MONDAY, by=world.clerk, measure="没有主办单位", **values)


def in_order(world):
    """Two people, the one with the smaller key first."""
    return sorted((world.register.head, world.register.wife), key=lambda person: person.pk)


def twins(world, one, other):
    return TwinQuestion.objects.create(one=one, other=other, decided_at=MONDAY, decided_by=world.clerk)


def leave(world, how, **values):
    """A leave to read children's files, changed past its acts."""
    return FileAccess.objects.filter(pk=how(world)["access_id"]).update(**values)


def disposal(world):
    """A list that waits for another unit's word."""
    return Disposal.objects.filter(pk=retention_acts.listed(world)["disposal_id"]) if not Disposal.objects.exists() else Disposal.objects.all()


def a_row(disposal, **facts):
    return {"disposal": disposal, "n": 2, "table": "casework_need", "place": "530625202201", "began_on": DAY, "due_on": DAY} | facts


def wang(world, **values):
    """Wang on the roll of labourers, changed past its acts."""
    return Worker.objects.filter(pk=labour_acts.enrolled(world)["worker_id"]).update(**values)


def wangs_spell(world, **values):
    return Spell.objects.filter(pk=labour_acts.spell(world)["spell_id"]).update(**values)


def wangs_merge(world):
    labour_acts.twice(world, labour_acts.enrolled(world))
    return RollMerge.objects.get()


# What each CHECK refuses: a row that is right but for this.
CHECKS = {
    "tally_not_below_nought": lambda w: Tally.objects.create(village=w.datong, lifted=False, watched=False, relocated=False, place="none", carried=False, n=-1),
    "since_not_below_nought": lambda w: Since.objects.create(county=w.xisha, place="county", since_on=DAY, n=-1),
    "verified_not_below_nought": lambda w: Verified.objects.create(township=w.xisha, verified_on=DAY, n=-1),
    "need_holder_and_due_together": lambda w: ended(w, holder=None),
    "open_need_has_owner_and_date": lambda w: held(w, holder=None, due_on=None),
    "declined_need_has_reason": lambda w: ended(w, decision_reason=""),
    "callback_word_only_when_reached": lambda w: Callback.objects.create(need=walk.bring(w, "assigned"), at=MONDAY, way="phone", reached=False, word="solved"),
    "decision_names_owner_and_date_or_puts_off": lambda w: decision(w),
    "task_ended_has_its_moment": lambda w: SubTask.objects.filter(pk=together_acts.asked(w)["task_id"]).update(ended_at=MONDAY),
    "apart_are_two": lambda w: (one := walk.bring(w, "registered")) and Apart.objects.create(need=one, other=one, at=MONDAY, by_name="王台账"),
    "recheck_in_vain_says_nothing": lambda w: Recheck.objects.create(
        need=walk.bring(w, "verified"), at=MONDAY, agrees=True, reached=False, by=w.inspector, by_org=w.oversight),
    "sponsorship_ends_after_start": lambda w: Sponsorship.objects.create(organisation=w.civil, area=w.xisha, from_on=DAY, to_on=DAY),
    "status_of_person_or_household": lambda w: status(w),
    "status_ends_after_start": lambda w: status(w, household=w.register.home, from_on=DAY, to_on=BEFORE),
    "cut_is_heard_by_another": lambda w: cut(w, heard_by=w.visitor),
    "cut_is_decided_by_a_third": lambda w: cut(w, decided_by=w.visitor),
    "cut_has_its_day": lambda w: AidCut.objects.filter(pk=aid_acts.heard(w)["cut_id"]).update(state="cut"),
    "access_of_one_child_or_one_home": lambda w: leave(w, access_acts.asked, child=w.register.child),
    "access_ends_after_it_begins": lambda w: leave(w, access_acts.granted, until_at=MONDAY),
    "nobody_decides_on_own_access": lambda w: leave(w, access_acts.asked, decided_by=w.stranger),
    "nobody_reviews_own_access": lambda w: leave(w, access_acts.broken, reviewed_by=w.stranger),
    "emergency_is_to_be_reviewed": lambda w: leave(w, access_acts.broken, review_by_on=None),
    "nobody_agrees_to_own_disposal": lambda w: disposal(w).update(state="made", decided_by=w.ledger),
    "disposal_is_carried_when_agreed": lambda w: disposal(w).update(carried_at=MONDAY),
    "a_child_has_no_number_in_a_list": lambda w: disposal(w) and DisposalItem.objects.create(**a_row(disposal(w).get(), row="0", child=True, number="530625-202203-0001")),
    "disposed_or_spared": lambda w: disposal(w) and DisposalOutcome.objects.create(item=DisposalItem.objects.get(), at=MONDAY),
    "absence_ends_after_start": lambda w: Absence.objects.create(**told(person=w.register.head, place="宁波", from_on=DAY, to_on=BEFORE)),
    "parent_is_somebody_else": lambda w: Parentage.objects.create(**told(child=w.register.child, parent=w.register.child, line="father")),
    "care_ends_after_start": lambda w: care(w, from_on=DAY, to_on=BEFORE),
    "twins_in_order": lambda w: twins(w, *reversed(in_order(w))),
    "membership_ends_after_start": lambda w: Membership.objects.filter(person=w.register.wife).update(from_on=DAY, to_on=BEFORE),
    "worker_left_with_reason": lambda w: wang(w, left_on=DAY),
    "worker_place_with_its_day": lambda w: wang(w, place="county"),
    "spell_ends_after_start": lambda w: wangs_spell(w, to_on=BEFORE, from_on=DAY),
    "spell_is_somewhere": lambda w: wangs_spell(w, place="none"),
    "spell_organised_with_evidence": lambda w: wangs_spell(w, how="organised"),
    "spell_carried_is_organised": lambda w: wangs_spell(w, carried=True),
    "round_ends_after_start": lambda w: Round.objects.filter(pk=labour_acts.round_of(w)["round_id"]).update(to_on=BEFORE, from_on=DAY),
    "campaign_ends_after_start": lambda w: Campaign.objects.filter(pk=matching_acts.drive(w).pk).update(until_on=DAY, from_on=DAY),
    "target_not_below_nought": lambda w: Target.objects.create(campaign=matching_acts.drive(w), area=w.xisha, n=-1, set_by=w.labour, set_at=MONDAY),
    "departure_within_its_days": lambda w: travel.listed(w) and Departure.objects.update(latest_on=BEFORE),
    "departure_withdrawn_with_reason": lambda w: travel.listed(w) and Departure.objects.update(state="withdrawn"),
    "trip_left_when_on_its_way": lambda w: travel.out(w) and Trip.objects.update(state="left"),
    "driver_is_first_or_second": lambda w: travel.complete(w) and Driver.objects.filter(turn=2).update(turn=3),
    "stop_signed_whole": lambda w: travel.trip(w) and Stop.objects.filter(drop=True).update(signer="王经理"),
    "seat_missing_with_reason": lambda w: travel.rolled(w) and Seat.objects.update(state="missing"),
    "seat_called_with_day": lambda w: travel.trip(w) and Seat.objects.update(called="later"),
    "follow_up_done_with_result": lambda w: travel.promise(w) and FollowUp.objects.update(done_on=DAY),
    "installation_once": lambda w: Installation.objects.create(id=2, kind="office", opened_at=MONDAY),
}


def a_seat(world, **other):
    """The seat of a trip, as another row would have it."""
    travel.trip(world)
    one = Seat.objects.get()
    for name, value in other.items():
        setattr(one, name, value)
    return one


def numbered(world):
    """A person whose number another record is then given."""
    return Person.objects.get(pk=world.register.head.pk)


def paper(world):
    one = walk.bring(world, "assigned")
    return Paper.objects.create(kind="assignment", number=f"交办〔2026〕{uuid.uuid4().hex[:6]}", subject="casework.need", subject_id=one.pk, area=world.county, occasion=1,
                                printed_at=MONDAY, printed_by=world.clerk)  # fmt: skip


def sheet(world, child):
    return VisitSheet.objects.create(visit=visit(world), child=child, answers="{}", recorded_at=MONDAY)


def parent(world):
    return Parentage.objects.create(**told(child=world.register.child, line="father", parent=world.register.head))


def row(world):
    return UploadRow.objects.create(upload=Upload.objects.get(pk=upload(world)["upload_id"]), number=9999, ok=True, values="{}", findings="[]")


def imported(world):
    """A need that came from a line of a file."""
    one = walk.bring(world, "registered")
    Need.objects.filter(pk=one.pk).update(source_file="f" * 64, source_row=3)
    return Need.objects.get(pk=one.pk)


def item(world, **values):
    """The item of a session, changed in what the constraint does not ask."""
    one = called(world).items.get()
    for name, value in values.items():
        setattr(one, name, value)
    return one


def found(world):
    """A need of a finding."""
    finding = Finding.objects.create(rule="words_copied", unit=world.civil, at=MONDAY)
    return FindingNeed.objects.create(finding=finding, need=walk.bring(world, "verified"), rule="words_copied")


def audited(world):
    """A published audit of the county."""
    return publish_minors_audit(year=2026, by=actor(world, "auditor"), at=MONDAY)


# A row of each unique constraint, as it rightly stands: the same a second time is refused.
ONCE = {
    "one_paper_per_occasion": paper,
    "published_once": lambda w: PublishedCounts.objects.create(population="entitled", day=DAY, smallest=3, told={}, hidden={}, recorded_at=MONDAY),
    "one_minors_audit_per_day": audited,
    "disposed_once_in_a_list": lambda w: disposal(w) and DisposalItem.objects.get(),
    "one_standing_handover_a_person": lambda w: Handover.objects.create(user=w.clerk, organisation=w.township, due_on=DAY, opened_at=MONDAY),
    "one_standing_handover_a_unit": lambda w: Handover.objects.create(organisation=w.township, due_on=DAY, opened_at=MONDAY),
    "one_live_slip_per_need": lambda w: Slip.objects.create(need=walk.bring(w, "assigned"), code="ABC234", issued_at=MONDAY),
    "ledger_row_imported_once": imported,
    "step_number_once": lambda w: walk.bring(w, "assigned").steps.last(),
    "one_live_owner_per_need": lambda w: walk.bring(w, "assigned").holdings.get(to_at=None),
    "support_once": lambda w: Support.objects.create(need=walk.bring(w, "assigned"), organisation=w.education, asked_at=MONDAY),
    "one_live_cell_per_grade": lambda w: GridCell.objects.create(county=w.county, urgency="urgent", difficulty="easy", tiers=["village"], days=2,
                                                                 unit="working", from_on=DAY),
    "apart_once": lambda w: Apart.objects.create(need=(pair := matter_acts.roads(w))[0], other=pair[1], at=MONDAY, by_name="王台账"),
    "need_joined_once": lambda w: Joined.objects.filter(matter=matter_acts.grouped(w)["matter_id"]).first(),
    "one_seat_a_unit": lambda w: called(w).seats.first(),
    "item_number_once": lambda w: item(w, need=walk.bring(w, "registered")),
    "need_on_one_open_agenda": lambda w: item(w, n=9),
    "milestone_once": lambda w: clock_acts.with_step(w)["milestone"],
    "rung_once_a_clock": lambda w: Rung.objects.create(need=walk.bring(w, "assigned"), clock="need", turn="settle.0", level=1, starts_on=DAY, ends_on=DAY, due_on=DAY,
                                                       at=MONDAY, n=1),
    "found_once_by_each_rule_and_round": found,
    "digest_once_a_day": lambda w: Digest.objects.create(organisation=w.office, day=DAY, at=MONDAY, content={}),
    "message_once_a_unit": lambda w: Message.objects.create(organisation=w.civil, about="test", number="0", path="/", key="test:1", at=MONDAY),
    "one_live_channel_a_route": lambda w: MessageChannel.objects.create(organisation=w.civil, route="wecom", address="wecombot://0a1b2c3d", from_at=MONDAY,
                                                                        set_by=w.admin),
    "area_alias_once": lambda w: AreaAlias.objects.create(area=w.datong, name="大同片区"),
    "area_succession_once": lambda w: AreaSuccession.objects.create(old=w.xinmin, new=w.datong, on=DAY),
    "organisation_name_once_in_area": lambda w: Organisation.objects.get(pk=w.civil.pk),
    "organisation_alias_once": lambda w: OrganisationAlias.objects.create(organisation=w.civil, name="县民政局"),
    "one_sheet_per_child_and_visit": lambda w: sheet(w, w.register.child),
    "one_home_sheet_per_visit": lambda w: sheet(w, None),
    "one_draft_per_visit_and_visitor": lambda w: VisitDraft.objects.create(visit=visit(w), by=w.visitor, answers="{}", saved_at=MONDAY),
    "one_father_one_mother": parent,
    "one_open_cut_per_status": lambda w: AidCut.objects.get(pk=aid_acts.proposed(w)["cut_id"]),
    "one_live_care_per_child": lambda w: care(w, from_on=DAY),
    "one_load_of_a_file": lambda w: Load.objects.get(pk=acts_loads.begun(w)["load_id"]),
    "chunk_once": lambda w: Chunk.objects.create(load_id=acts_loads.begun(w)["load_id"], number=0, first_row=2, last_row=9, digest="i1:0", at=MONDAY),
    "twins_asked_once": lambda w: twins(w, *in_order(w)),
    "one_live_merge_per_person": merge,
    "one_person_per_number": numbered,
    "one_live_membership_per_home": lambda w: Membership.objects.get(person=w.register.wife),
    "upload_row_once": row,
    "known_header_once": lambda w: KnownHeader.objects.create(organisation=w.civil, template="household", header="家住", confirmed_at=MONDAY),
    "roll_part_once": lambda w: acts_rolls.sent(w).parts.get(),
    "one_spell_runs": lambda w: Spell.objects.get(pk=labour_acts.spell(w)["spell_id"]),
    "tally_once": lambda w: labour_acts.enrolled(w) and Tally.objects.get(),
    "one_round_runs": lambda w: Round.objects.get(pk=labour_acts.round_of(w)["round_id"]),
    "one_departure_waits": travel.listed,
    "trip_number_once": lambda w: Trip.objects.get(pk=travel.trip(w)["trip_id"]),
    "stop_turn_once": lambda w: travel.trip(w) and Stop.objects.get(drop=True),
    "one_driver_a_turn": lambda w: travel.complete(w) and Driver.objects.get(turn=1),
    "one_seat_a_plan": lambda w: a_seat(w, number=9),
    "seat_number_once": lambda w: a_seat(w, state="absent"),
    "follow_up_once": lambda w: travel.promise(w) and FollowUp.objects.first(),
    "roll_merged_once": wangs_merge,
    "benefit_once_per_period": lambda w: Benefit.objects.create(**told(person=w.register.head, scheme="低保", period="202610", amount_yuan=1)),
}  # fmt: skip


def again(one):
    """The same row under a new key."""
    twin = copy(one)
    twin.pk = one._meta.pk.get_default() if isinstance(one._meta.pk, models.UUIDField) else None
    for name in {"number", "code"} & {field.name for field in one._meta.concrete_fields if field.unique}:
        setattr(twin, name, f"{getattr(one, name)}-1")
    return twin


def declared(kind):
    """Return {name: (model, constraint)} of every constraint of this kind that our models declare."""
    every = [model for model in apps.get_models() if model.__module__.startswith("wanjia.") and ".tests." not in model.__module__]
    return {one.name: (model, one) for model in every for one in model._meta.constraints if isinstance(one, kind)}


CHECKS |= guards_board.CHECKS | guards_demand.CHECKS | guards_markets.CHECKS | care_guards.CHECKS | schools_guards.CHECKS | village_guards.CHECKS
ONCE |= guards_board.ONCE | guards_demand.ONCE | guards_markets.ONCE | guards_sums.ONCE | care_guards.ONCE | schools_guards.ONCE | village_guards.ONCE


@pytest.mark.parametrize("name", CHECKS)
def test_each_check_refuses(name):
    world = World()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CHECKS[name](world)


@pytest.mark.parametrize("name", ONCE)
def test_each_unique_constraint_refuses_the_same_once_more(name):
    one = ONCE[name](World())
    model, constraint = declared(models.UniqueConstraint)[name]
    triggers.lift(models=[model])  # on a table that is only appended another guard would speak first
    columns = ", ".join(f"{model._meta.db_table}.{model._meta.get_field(field).column}" for field in constraint.fields)
    with pytest.raises(IntegrityError, match=columns if connection.vendor == "sqlite" else name), transaction.atomic():
        again(one).save(force_insert=True)


def test_every_constraint_has_its_row():
    assert set(CHECKS) == set(declared(models.CheckConstraint))
    assert set(ONCE) == set(declared(models.UniqueConstraint))
