"""An erasure reaches everything that says who somebody is; what is counted stays, and history has one door for it."""

import base64
import copy
import dataclasses
import json
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from wanjia.casework.commands import line_digest
from wanjia.casework.models import Callback, Evidence, Need, Step
from wanjia.casework.tests.factories import unit, worker
from wanjia.indicators.definitions import everything as all_figures
from wanjia.kernel import journal, triggers
from wanjia.kernel.erasure import WORD
from wanjia.kernel.models import Entry, ErasureLine
from wanjia.office.erasing import commands, finding, queries, rules, searching
from wanjia.office.starting.rules import INSTALLER
from wanjia.orgs.checking.queries import differences
from wanjia.orgs.models import Post, Tier, User
from wanjia.orgs.roles import Role
from wanjia.orgs.trail import anchor
from wanjia.registry.duplicates.commands import undo_merge
from wanjia.registry.households.completeness import village_counts
from wanjia.registry.models import Absence, Household, Merge, Person, Upload, UploadContent, VisitSheet
from wanjia.reporting.figures.tally import Tally
from wanjia.verdict import Refused

from .erased_world import MARK, NUMBER, PHONE, Planted, found, planted_columns

pytestmark = pytest.mark.django_db
REASON = "本人依法书面申请删除个人信息"
DAY = date(2026, 11, 9)
# No string can stand in them: indexes are keyed, a digest is one of a file.
NO_STRINGS = {"registry_person.phone_index", "registry_person.citizen_index", "registry_household.phone_index", "casework_evidence.digest", "labour_worker.line_digest", "labour_card.phone_index", "care_wishclaim.phone_index",
              "labour_card.name"}  # the name of a card stands there only of somebody in no register, whom no order names


@pytest.fixture(autouse=True)
def place(tmp_path, settings, monkeypatch):
    """The list of orders lies beside the key ring: each test has its own list."""
    monkeypatch.setattr(queries, "orders_path", lambda: tmp_path / queries.FILE)


@pytest.fixture
def planted():
    return Planted()


def erase(planted, also=(), person=None):
    world = planted.world
    return commands.erase_person(person_id=(person or planted.person).pk, first=world.clerk, second=world.auditor, reason=REASON, also=also,
                                 by=INSTALLER, at=world.register.home.registered_at)  # fmt: skip


def figures():
    """Every figure live and as of a past day, and the counts of the register."""
    return [Tally(Need.objects.all(), on, DAY).total(all_figures("needs")) for on in (None, DAY)], village_counts(Household.objects.all(), DAY)


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def columns_of_faults():
    return {(one.kind, one.column) for one in differences()}


def test_nothing_of_the_person_is_left_anywhere_and_no_figure_changes(planted):
    assert planted_columns() - set(found()) - NO_STRINGS == set()  # the planting reaches every declared column
    before, rows = figures(), {model: model.objects.count() for model in (Need, Step, Entry, Evidence, Callback, Person, Household)}
    assert (list(differences()), journal.verify()[1]) == ([], None)

    erase(planted)

    assert found() == []
    assert figures() == before
    assert (list(differences()), journal.verify()[1]) == ([], None)
    rows[Entry] += 3  # the act itself, and what became of the two imports' states
    after = {model: model.objects.count() for model in rows}
    assert after[Entry] in (rows[Entry] - 1, rows[Entry]) and {**after, Entry: 0} == {**rows, Entry: 0}
    assert Person.objects.get(pk=planted.person.pk).name == WORD
    assert {need.summary for need in Need.objects.filter(pk__in=[one.pk for one in planted.needs])} == {WORD}
    assert Person.objects.get(pk=planted.neighbour.pk).name == planted.neighbour.name


def test_a_second_time_changes_nothing(planted):
    erase(planted)
    lines = ErasureLine.objects.count()
    erase(planted)
    assert ErasureLine.objects.count() == lines
    assert (list(differences()), journal.verify()[1]) == ([], None)


@pytest.mark.parametrize(("model", "name"), [(Absence, "place"), (Evidence, "words"), (Callback, "words"), (Need, "story"), (Step, "words"), (VisitSheet, "answers")])
def test_a_field_that_is_no_longer_declared_is_found(planted, monkeypatch, model, name):
    """The negative control of the search: what a declaration leaves out stands in the open."""
    said = model.erasure
    less = {kind: tuple(one for one in getattr(said, kind) if one != name) for kind in ("word", "empty")}
    monkeypatch.setattr(model, "erasure", dataclasses.replace(said, **less))
    triggers.lay(models=[model])

    erase(planted)

    assert found() == [f"{model._meta.db_table}.{name}"]


def test_an_erasure_line_that_is_taken_away_is_named(planted):
    erase(planted)
    triggers.lift(models=[ErasureLine])
    ErasureLine.objects.filter(table="casework_step").delete()

    faults = columns_of_faults()
    assert {("erasure", "lines"), ("erasure", "words")} <= faults
    assert any(kind == "need" and column.endswith(".journal") for kind, column in faults)
    ErasureLine.objects.filter(table="kernel_entry").delete()
    assert "被改动过" in journal.verify()[1]


def test_history_is_emptied_through_no_other_door(planted):
    step = Step.objects.filter(need=planted.needs[0]).exclude(words="").first()
    other = planted.world.need(summary="邻居家的事", requester_name="别的人").steps.first()
    empty = "UPDATE casework_step SET words = %s WHERE id = %s"
    with pytest.raises(DatabaseError, match="only appended"):
        sql(empty, WORD, step.pk)
    with pytest.raises(DatabaseError, match="only appended"):  # a sealed text may be sealed anew, not emptied
        sql("UPDATE casework_callback SET words = %s", b"")
    erase(planted)
    kept = Step.objects.get(pk=step.pk)
    with pytest.raises(DatabaseError, match="only appended"):
        sql(empty, "另一句", step.pk)
    with pytest.raises(DatabaseError, match="only appended"):
        sql("UPDATE casework_step SET words = %s, act = 'accept' WHERE id = %s", WORD, step.pk)
    with pytest.raises(DatabaseError, match="only appended"):
        sql(empty, WORD, other.pk)
    assert (kept.words, kept.act) == (WORD, step.act)

    triggers.lift(models=[Step])
    sql(empty, "另一句", step.pk)  # the negative control: without the guard it is written, and the check names it
    assert any(column.endswith(".journal") for _kind, column in columns_of_faults())


def test_who_writes_an_erasure_line_alone_is_named(planted):
    """The door opens to whoever holds the SQL prompt and writes the line himself; the check names both."""
    step = Step.objects.filter(need=planted.needs[0]).exclude(words="").first()
    sql("""INSERT INTO kernel_erasureline ("order", person, "table", "row", stood, stands, at) VALUES (%s, %s, 'casework_step', %s, '', '', %s)""",
        *(["0" * 32] * 2), str(step.pk), "2026-11-09 00:00:00+00:00")  # fmt: skip
    statement = ", ".join(f'"{name}" = {commands.erasure.after(Step, name, connection.vendor)}' for name in Step.erasure.gone)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE casework_step SET {statement} WHERE id = {step.pk}")

    assert Step.objects.get(pk=step.pk).words == WORD
    faults = columns_of_faults()
    assert ("erasure", "lines") in faults
    assert ("need", f"step {step.n}.journal") in faults


def test_the_journal_is_emptied_by_nobody_alone(planted):
    triggers.lift(models=[Entry])
    Entry.objects.filter(reason__contains=MARK).update(reason=WORD)
    assert "被改动过" in journal.verify()[1]
    assert ("erasure", "reason") in columns_of_faults()


def test_an_anchor_outside_still_holds_on_an_emptied_line(planted):
    line = Entry.objects.filter(reason__contains=MARK).first()
    code = anchor.code(line.seq, line.digest)
    erase(planted)
    assert Entry.objects.get(pk=line.pk).reason == WORD
    assert anchor.faults([code]) == []
    triggers.lift(models=[Entry])
    Entry.objects.filter(pk=line.pk).update(reason="另一个理由")
    assert len(anchor.faults([code])) == 1


def test_what_stood_there_cannot_be_guessed_from_its_digest(planted):
    """Lines carry a keyed digest; the plain ones in the chain were made with random bytes that are gone too."""
    steps = list(Step.objects.filter(need=planted.needs[0]))
    erase(planted)
    assert ErasureLine.objects.exclude(stood__regex=r"^i\d+:[0-9a-f]{64}$").count() == 0
    for before in steps:
        told = Entry.objects.filter(subject_id=str(before.need_id), detail__n=before.n).get(detail__has_key="line").detail["line"]
        assert line_digest(before) == told  # whoever still has everything meets it
        guess = copy.copy(before)
        guess.changed = {**before.changed, "salt": Step.objects.get(pk=before.pk).changed["salt"]}
        assert guess.changed["salt"] == WORD and line_digest(guess) != told
    for entry in Entry.objects.exclude(reason="").filter(reason=WORD):
        assert entry.detail["salt"] == WORD


def test_words_of_others_are_listed_and_left_until_somebody_decides(planted):
    other = planted.world.need(summary="邻居家的事", story=f"听{MARK}说的", requester_name="别的人")
    listed = list(searching.mentions(planted.person.pk, other.recorded_at))
    assert listed == [(f"casework_need:{str(other.pk).replace('-', '')}", "story")]
    erase(planted)
    assert found() == ["casework_need.story"]
    with pytest.raises(Refused, match="这一行"):
        erase(planted, also=["casework_need:1"])
    with pytest.raises(Refused, match="这一行"):
        erase(planted, also=["auth_user:1"])

    erase(planted, also=[listed[0][0]])
    assert found() == []
    assert [(said["person"], said["also"]) for said in queries.orders()][-1] == (str(planted.person.pk), [listed[0][0]])
    assert (list(differences()), journal.verify()[1]) == ([], None)


def test_a_home_keeps_its_words_while_others_live_there(planted):
    wife, home = planted.world.register.wife, planted.world.register.home
    Household.objects.get(pk=home.pk)
    home.refresh_from_db()
    home.address, home.note = "大同村三组", "门前路已硬化"
    home.save()
    for person in (planted.neighbour, wife):
        erase(planted, person=person)
        kept = Household.objects.get(pk=home.pk)
        assert (kept.address, kept.note) == ("大同村三组", "门前路已硬化")
    erase(planted, person=planted.child)
    kept = Household.objects.get(pk=home.pk)
    assert (kept.address, kept.note, kept.number) == ("", "", home.number)


def test_an_import_that_holds_the_person_ends(planted):
    body = base64.b64encode(f"户编号,姓名,身份证号\nH1,某人,{NUMBER}".encode()).decode()
    other = Upload.objects.create(template="household", size=9, digest="e" * 64, received_at=planted.world.register.home.registered_at, today=DAY,
                                  by=planted.world.clerk, sent_name=json.dumps("户.csv"))  # fmt: skip
    UploadContent.objects.create(upload=other, body=body)
    innocent = Upload.objects.create(template="household", size=9, digest="f" * 64, received_at=other.received_at, today=DAY, by=planted.world.clerk)
    UploadContent.objects.create(upload=innocent, body=base64.b64encode("户编号,姓名\nH1,某人".encode()).decode())
    erase(planted)
    assert Upload.objects.get(pk=other.pk).state == "cancelled"
    assert Upload.objects.get(pk=innocent.pk).state == "received"
    assert list(UploadContent.objects.values_list("upload", flat=True)) == [innocent.pk]


def test_what_was_merged_goes_together_and_does_not_come_apart(planted):
    merge = Merge.objects.get()
    erase(planted, person=merge.gone)
    assert set(Person.objects.filter(pk__in=[merge.gone_id, merge.kept_id]).values_list("name", flat=True)) == {WORD}
    with pytest.raises(Refused):
        undo_merge(merge_id=merge.pk, reason="并错了人", by=planted.world.clerk, at=merge.at)


def test_an_order_twice_is_taken_along_twice(tmp_path, planted):
    """The second names more rows: it may not be dropped because the person is known already."""
    erase(planted)
    (tmp_path / "backups").mkdir()
    commands.take_along(tmp_path / "backups")
    other = planted.world.need(summary="邻居家的事", story=f"听{PHONE}说的", requester_name="别的人")
    erase(planted, also=[f"casework_need:{other.pk}"])
    commands.take_along(tmp_path / "backups")
    assert len(queries.lines(tmp_path / "backups" / queries.FILE)) == 2


def test_nobody_writes_the_word_of_an_erasure_himself(planted):
    """Seven characters in one need, and the check would name it: no backup with it could be restored."""
    with pytest.raises(Refused, match="不能自己填"):
        planted.world.need(summary=f" {WORD} ")
    Need.objects.filter(pk=planted.world.need(summary="想修路").pk).update(summary=WORD)  # negative control: behind the door
    assert any(one.column == "summary" for one in differences())


def test_an_auditor_of_another_place_answers_for_nobody_here(planted):
    """The one who checks the ground must be one whose area covers the person's home; as it was, any auditor of any county would do."""
    world = planted.world
    far = worker("shenji-waixian", "外县审计员", unit("码口镇审计办", Tier.TOWNSHIP, world.makou), Role.AUDITOR)
    assert not rules.may_erase(world.clerk, far, REASON, finding.homes_of(planted.person.pk))
    with pytest.raises(Refused, match="管得到此人所在的地方"):
        commands.erase_person(person_id=planted.person.pk, first=world.clerk, second=far, reason=REASON, by=INSTALLER, at=world.register.home.registered_at)
    assert found() != [] and not ErasureLine.objects.exists() and not queries.orders_path().exists()
    assert rules.may_erase(world.clerk, world.auditor, REASON, finding.homes_of(planted.person.pk))
    Post.objects.filter(user=world.clerk).update(role=Role.AUDITOR)  # an auditor near does not lend the other's reach, nor the other way about
    assert rules.may_erase(User.objects.get(pk=world.clerk.pk), far, REASON, finding.homes_of(planted.person.pk))
