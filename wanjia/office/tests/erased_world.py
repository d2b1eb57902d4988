"""Somebody with distinctive strings in every declared field of every model that can hold them, and a search that reads everything."""

import base64
import json
from datetime import date, time

from django.apps import apps
from django.db import connection, transaction

from tests.house.acts import World
from wanjia.care.tests import erased as erased_of_care
from wanjia.casework.assignment import commands as assignment
from wanjia.casework.callback.commands import call_back
from wanjia.casework.clock import commands as clock
from wanjia.casework.commands import note_step, take
from wanjia.casework.handling import commands as handling
from wanjia.casework.models import SPOKEN, Evidence, Need, Recheck, Saying
from wanjia.casework.revealing.commands import reveal_need
from wanjia.casework.sessions import commands as sessions
from wanjia.casework.tests import walk
from wanjia.casework.tests.acts import CALLED, DECISION, anew
from wanjia.casework.tests.factories import MONDAY, later
from wanjia.casework.tests.walk import bring
from wanjia.casework.together import commands as together
from wanjia.kernel.erasure import of
from wanjia.labour.models import (
    Belonging,
    Campaign,
    Card,
    Change,
    Complaint,
    DayOrder,
    DayWork,
    Departure,
    FollowUp,
    Market,
    Proposal,
    Seat,
    Spell,
    Stop,
    Trip,
    WageClaim,
    Waiting,
    Worker,
)  # fmt: skip
from wanjia.labour.tests import demand_world
from wanjia.labour.tests.factories import entered
from wanjia.registry.access.commands import ask_access
from wanjia.registry.aid import commands as aid
from wanjia.registry.models import (
    Absence,
    AidCut,
    AidRefusal,
    Benefit,
    CareEntrustment,
    DatedStatus,
    FileAccess,
    GroupReview,
    Household,
    Membership,
    Merge,
    Parentage,
    Person,
    TwinQuestion,
    Upload,
    UploadContent,
    UploadRow,
    UrgentAid,
    Visit,
    VisitDraft,
    VisitFinding,
    VisitSheet,
)
from wanjia.registry.tests.factories import NOW, number
from wanjia.reporting.exporting.commands import ask_export, decide_export
from wanjia.reporting.models import Export
from wanjia.schools.tests import erased as erased_of_schools
from wanjia.sealing.columns import rotated_models
from wanjia.sealing.fields import EncryptedText
from wanjia.solving.models import Plan
from wanjia.village.tests import erased as erased_of_village

MARK = "欧阳龙吟"
PINYIN, INITIALS, LAST4, PHONE = "ouyanglongyin", "O.Y.L.Y", "7Q3Z", "13912347766"
BORN, SERIAL = date(1971, 2, 3), 518
NUMBER = number(BORN, SERIAL)  # ends in X: four figures would be met one day in the key of a row
STRINGS = (MARK, PINYIN, INITIALS, LAST4, PHONE, NUMBER, NUMBER[-4:])
DAY = date(2026, 11, 2)


class Planted:
    """The person, its home and its needs; `rows` has one planted row of each model at least."""

    def __init__(self):
        self.world = world = World()
        self.home = world.register.register(MARK, BORN, SERIAL, phone=PHONE, address=f"{MARK}家门前", note=f"{MARK}的备注")
        self.person = Person.objects.get(name=MARK)
        self.neighbour = world.register.head
        self.needs = [self._closed(), self._declined(), self._worked_on()]
        self.child = world.register.child
        self.rows = {}
        for model, facts in self._facts().items():
            row = model.objects.filter(pk=facts.pk).get() if hasattr(facts, "pk") else model(**facts)
            self.rows[model] = fill(row)
        self._export()

    def _closed(self):
        said = dict(walk.DONE)
        walk.DONE.update(outcome_text=f"{MARK}已享受低保", no_evidence_reason=f"{MARK}的审批表在民政系统内")
        try:
            need = bring(self.world, "done_reported", household=self.home, requester=self.person, summary=f"{MARK}想申请低保", **WHO)
        finally:
            walk.DONE.update(said)
        call_back(need_id=need.pk, way="phone", reached=True, word="solved", words=f"{MARK}原话", by=self.world.caller, at=later(days=5))
        walk.close(self.world, need)
        reveal_need(need_id=need.pk, reason=f"给{MARK}打电话核实", by=self.world.clerk, at=later(days=7))
        with transaction.atomic():  # the line of the recheck that is planted with its words in clear, as before they were sealed
            row, at = take(need.pk, later(days=8))
            note_step(row, "recheck", by=self.world.inspector, at=at, words="抽查属实", agrees=True)
        return Need.objects.get(pk=need.pk)

    def _declined(self):
        """A need that bears the person's name and no key."""
        from wanjia.casework.screening.commands import decline_need

        need = self.world.need(household=self.home, summary=f"{MARK}要修路", **WHO)
        return decline_need(need_id=need.pk, decline_ground="already_has", decision_reason=f"{MARK}已享受同类补助,不重复发放", told_on=DAY,
                            told_way="face", by=self.world.clerk, at=later(hours=1))  # fmt: skip

    def _worked_on(self):
        """A need that a session decided with a dissent, that units consulted on and helped with, that was planned with a step."""
        world, clerk = self.world, anew(self.world, "clerk")
        need = bring(world, "admitted", household=self.home, requester=self.person, summary=f"{MARK}想修房", **WHO)
        session = sessions.call_session(**CALLED, units=[world.civil, world.education], by=clerk, at=later(hours=6))
        item = session.items.get(need=need)
        sessions.decide_item(item_id=item.pk, **DECISION | {"measure": f"{MARK}家先修屋顶"}, holder=world.civil, by=clerk, at=later(hours=7))
        sessions.keep_dissent(item_id=item.pk, organisation=world.education, person="周教体", words=f"{MARK}家的房子还能住", by=clerk, at=later(hours=7))
        handler, teacher, what = anew(world, "handler"), anew(world, "teacher"), {"need_id": need.pk}
        assignment.accept_need(**what, by=handler, at=later(1))
        agreed = {"on": later(1).date(), "units": [world.education], "words": f"{MARK}家的房子教体局不管"}
        together.note_consultation(**what, **agreed, by=handler, at=later(1, hours=1))
        part = together.ask_unit(**what, unit=world.education, words=f"{MARK}家的学籍", due_on=later(3).date(), by=handler, at=later(1, hours=2))
        together.report_help(task_id=part.pk, words=f"{MARK}的学籍已核实", by=teacher, at=later(2))
        handling.add_note(**what, words="去看过", by=handler, at=later(3))
        plan = {"outcome": "planned", "outcome_text": f"{MARK}家列入明年危房改造计划", "planned_on": date(2026, 12, 31)}
        handling.report_done(**what, **walk.DONE | plan, by=handler, at=later(4))
        step = clock.add_milestone(**what, due_on=later(20).date(), words=f"{MARK}家备料", by=handler, at=later(4, hours=1))
        clock.reach_milestone(**what, milestone=step, done_on=later(5).date(), words=f"{MARK}家料已到", by=handler, at=later(5))
        return Need.objects.get(pk=need.pk)

    def _export(self):
        one = ask_export(kind="needs", purpose=f"核对{MARK}一户的台账", query={"q": MARK}, rows=900, columns=["联系电话"], by=self.world.clerk, at=MONDAY)
        self.rows[Export] = fill(decide_export(export_id=one.pk, approve=True, by=self.world.township_leader, at=MONDAY))

    def _access(self):
        """Somebody of another township asked for the files of the person's home, and said whose."""
        what = {"home": self.home.number, "purpose": "school", "words": f"{MARK}的孩子转到我镇小学", "until_on": later(days=5).date()}
        return ask_access(**what, by=anew(self.world, "stranger"), at=MONDAY)

    def _aid(self, status):
        """Aid that was proposed to be stopped, aid that was refused, aid that was given at once: each by its act, for the check asks for the lines."""
        visitor, clerk = anew(self.world, "visitor"), anew(self.world, "clerk")
        why = {"kind": "end", "ground": "income", "fact": f"{MARK}的工资流水", "reasons": f"{MARK}的收入变多了"}
        asked = {"benefit": "relief_check", "asked": f"{MARK}想申请低保", "asked_on": DAY, "condition": f"{MARK}的收入", "fact": f"{MARK}的流水"}
        given = {"given": f"给{MARK}大米 2 袋", "why": f"{MARK}家失火", "given_on": DAY}
        return {
            AidCut: aid.propose_cut(held_id=status.pk, **why, by=visitor, at=MONDAY),
            AidRefusal: aid.refuse_aid(household_id=self.home.pk, person=self.person, **asked, by=clerk, at=MONDAY),
            UrgentAid: aid.give_urgent_aid(household_id=self.home.pk, **given, by=clerk, at=MONDAY),
        }

    def _labour(self):
        """The person on the roll of labourers, a spell of work and what it said before, belonged to a station, complained of the employer."""
        worker = entered(Worker(person=self.person, village_id=self.person.village_id, entered_on=DAY, verified_on=DAY, line_digest=MARK.encode()))
        spell = Spell.objects.create(worker=worker, from_on=DAY, to_on=DAY, place="city", how="self", evidence="declared", recorded_at=NOW)
        complained = demand_world.complaint(self.world)
        complained.person, complained.words, complained.who = self.person, f"{MARK}两个月没发工资", MARK
        complained.save(update_fields=["person", "words", "who"])
        station = demand_world.station(self.world)
        away = {"worker": worker, "outpost": station, "from_on": DAY, "to_on": DAY, "consent": "phone", "recorded_at": MONDAY}
        owed = {"worker": worker, "outpost": station, "spell": spell, "from_on": DAY, "last_on": DAY, "owes": 6000, "number": "530625-202611-0001", "at": MONDAY}
        changed = {"spell": spell, "was": {"employer_name": f"{MARK}的老板", "source": MARK}, "recorded_at": NOW}
        return {Worker: worker, Spell: spell, Change: changed, Complaint: complained, Belonging: away, WageClaim: owed, **self._went(worker), **self._worked_a_day(worker)}

    def _went(self, worker):
        """The person was proposed a vacancy, stood on a list of departures, had a seat, and was asked how it goes."""
        world, days = self.world, {"from_on": DAY, "until_on": later(days=100).date()}
        drive = Campaign.objects.create(name="百日行动", area=world.county, opened_at=NOW, opened_by=world.clerk, **days)
        plan = Plan.objects.create(kind="charters", about=str(drive.pk), area=world.county, number=1, asked_at=NOW, asked_by=world.clerk)
        trip = Trip.objects.create(campaign=drive, plan=plan, number=1, kind="coach", leave_at=NOW, seats=50)
        up, down = (Stop.objects.create(trip=trip, turn=turn, drop=turn == 2, place="530625", name="某地") for turn in (1, 2))
        departure = Departure(campaign=drive, worker=worker, place="330200", earliest_on=DAY, latest_on=DAY, listed_at=NOW)
        departure.save()
        seat = Seat(plan=plan, trip=trip, departure=departure, village_id=worker.village_id, pick_up=up, drop=down, number=1)
        seat.save()
        unit = {"owner": world.clerk, "village_id": worker.village_id}
        return {
            Proposal: {"plan": plan, "worker": worker}, Departure: departure, Seat: seat, FollowUp: {"seat": seat, "after_days": 7, "due_on": DAY, **unit},
        }  # fmt: skip

    def _worked_a_day(self, worker):
        """The person has a card at a market and worked a day."""
        world = self.world
        market = Market.objects.create(area=world.xisha, unit=world.civil, name="某零工市场", place="某处", opens=time(6), closes=time(9), from_on=DAY)
        order = DayOrder.objects.create(
            market=market, employer_name="某队", contact_name="某", day=DAY, from_at=time(7), hours=8, headcount=1, left=0, trade="build", area="530625", place="某处", pay=150,
            pay_per="day", settle_on=DAY, settle_way="cash", safety="安全帽", insured=True, words="搬砖", recorded_at=NOW,
        )  # fmt: skip
        card = Card(area=world.xisha, worker=worker, last_on=DAY, made_at=NOW)
        card.save()
        waiting = Waiting.objects.create(market=market, day=DAY, card=card, number=1, came_at=NOW, recorded_at=NOW)
        return {Card: card, DayWork: {"order": order, "waiting": waiting, "sent_at": NOW}}

    def _facts(self):
        world, need, person, child = self.world, self.needs[0], self.person, self.child
        visit = Visit(household=self.home, planned_on=DAY, planned_by=world.visitor, planned_at=NOW)
        visit.save()
        upload = Upload(template="household", size=9, digest="d" * 64, received_at=NOW, today=DAY, by=world.clerk, organisation=world.township)
        upload.save()
        staff = {"decided_at": NOW, "decided_by": world.clerk}
        recorded = {"recorded_at": NOW}
        status = DatedStatus(person=person, scheme="allowance", scheme_version="2016", code="nursing", **recorded)
        status.save()
        one, other = sorted((person, self.neighbour), key=lambda row: row.pk)
        gone = Person.objects.create(name=f"{MARK}又名", merged_into=person, registered_at=NOW)
        return {
            Person: person, Household: self.home, Need: need, Membership: Membership.objects.get(person=person), Visit: visit,
            Evidence: {"need": need, "added_at": NOW},
            Saying: {"need": need, "at": later(days=8), "act": "recheck", "by": world.inspector},
            Recheck: {"need": need, "at": later(days=8), "agrees": True, "by": world.inspector, "by_org": world.office},
            DatedStatus: status,
            **self._aid(status), **self._labour(), **erased_of_care.rows(world, person, MARK), **erased_of_schools.rows(world, person, MARK), **erased_of_village.rows(world, person, MARK),
            FileAccess: self._access(),
            Absence: {"person": person, **recorded},
            Parentage: {"child": child, "line": "father", "parent": person, **recorded},
            CareEntrustment: {"child": child, "carer": person, "from_on": DAY, **recorded},
            GroupReview: {"child": person, "group": "left_behind", "definition": "1", "agreed": True, "on": DAY, "next_on": DAY, **recorded},
            VisitSheet: {"visit": visit, "child": person, **recorded},
            VisitDraft: {"visit": visit, "by": world.visitor, "saved_at": NOW},
            VisitFinding: {"visit": visit, "requester": person, "category": "aid", **recorded},
            TwinQuestion: {"one": one, "other": other, **staff},
            Merge: {"kept": person, "gone": gone, "at": NOW, "by": world.clerk},
            Upload: upload, UploadContent: {"upload": upload}, UploadRow: {"upload": upload, "number": 2, "ok": True},
            Benefit: {"person": person, "scheme": "耕地地力保护补贴", "period": "2026", "amount_yuan": 100, **recorded},
        }  # fmt: skip


TEXTS = {
    "citizen_last4": NUMBER[-4:], "requester_last4": LAST4, "initials": INITIALS, "requester_initials": INITIALS, "pinyin": PINYIN,
    "requester_phone": PHONE, "citizen_id": NUMBER, "phone": PHONE, "answers": json.dumps({"words": MARK}), "name": MARK,
    "values": json.dumps({"姓名": MARK, "身份证号": NUMBER}), "findings": json.dumps([[2, "x", "姓名", MARK]]), "sent_name": json.dumps(f"{MARK}.xlsx"),
}  # fmt: skip
# Who asks, as it is told when a need is recorded: its first line bears the digest.
WHO = {"requester_name": MARK, "requester_last4": LAST4, "requester_relation": f"{MARK}的关系"[:20], "school_name": f"{MARK}的学校"}


def fill(row):
    """Plant a string in every declared field of the row that the acts left empty."""
    for name in (*of(type(row)).word, *of(type(row)).empty):
        if isinstance(row, Card) and name == "name":
            continue  # of a card of the register the name stands there; one of nobody in the register no order reaches
        if isinstance(row, Need) and name in SPOKEN:
            continue  # said by acts, and by the lines of these acts
        field = row._meta.get_field(name)
        if name.endswith(("_index", "line_digest")) or (getattr(row, name) and name not in ("pinyin", "initials", "requester_initials", "sent_name", "citizen_last4")):
            continue
        text = TEXTS.get(name, f"{MARK}的{name}")
        if name == "body":
            text = base64.b64encode(f"户编号,姓名,身份证号\nH1,{MARK},{NUMBER}".encode()).decode()
        setattr(row, name, text[: field.max_length] if getattr(field, "max_length", None) else text)
    row.save()
    return row


def everything():
    """Yield (where, text) of every cell of every table as it lies in the database, and of every sealed value opened."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            for cells in cursor.fetchall():
                for column, cell in zip(columns, cells):
                    if isinstance(cell, int) and cell < 100_000:
                        continue  # a row's key or a count: four digits of a citizen's number are kept as text, and a key may happen to be the same
                    text = bytes(cell).decode("utf-8", "replace") if isinstance(cell, bytes | memoryview) else str(cell)
                    yield f"{table}.{column}", text
    for model in rotated_models():
        sealed = [field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedText)]
        for row in model._base_manager.all():
            for name in sealed:
                text = str(getattr(row, name) or "")
                if model in (Evidence, UploadContent) and text:
                    text = base64.b64decode(text).decode("utf-8", "replace")
                yield f"{model._meta.db_table}.{name}", text


def found(strings=STRINGS):
    """Return where any of the strings is met, also as JSON spells it."""
    spelled = {*strings, *(json.dumps(one).strip('"') for one in strings)}
    long = [one for one in spelled if len(one) > 4 or one == MARK]  # four digits are met in any moment: they count where they stand alone
    return sorted({where for where, text in everything() if text in spelled or any(one in text for one in long)})


def planted_columns():
    """Return every column that an erasure is declared to change."""
    return {f"{model._meta.db_table}.{model._meta.get_field(name).column}" for model in apps.get_models() for name in of(model).gone}
