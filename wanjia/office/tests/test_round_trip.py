"""The short cut of what `make prove-office` shows with whole offices: a small world goes into a backup and comes back equal."""

import json
import zipfile

import pytest
from django.db import connection

from tests.whole import assert_whole
from wanjia.casework.models import Need, NumberSeries
from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.factories import World
from wanjia.casework.tests.walk import bring
from wanjia.kernel.models import CalendarDay
from wanjia.office import places
from wanjia.office.backing import blocks, commands, examining, filling, queries, reading, rules
from wanjia.orgs.checking import queries as checking
from wanjia.orgs.checking.queries import Difference
from wanjia.registry.models import Household
from wanjia.sealing import proof
from wanjia.verdict import Refused

from .conftest import entries


@pytest.fixture
def office(races, tmp_path, settings, django_db_blocker):
    """A small world that is really written: two needs, one of them walked to its end. A second database may be opened."""
    settings.WANJIA_VAR, settings.MEDIA_ROOT = str(tmp_path), str(tmp_path / "files")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "photo.jpg").write_bytes(b"a photo")
    world = World()
    bring(world, S.CLOSED)
    bring(world, S.IN_PROGRESS)
    proof.look()
    with django_db_blocker.unblock():
        yield tmp_path


def manifest(path):
    with zipfile.ZipFile(path) as box:
        return json.loads(box.read("manifest.json"))


def test_what_was_restored_equals_what_was_there_and_its_books_agree(office):
    made = commands.make_backup(office / "backups")
    said = manifest(made)
    Household.objects.update(number="530625202201999")
    spoilt = commands.make_backup(office / "backups")
    assert manifest(spoilt)["tables"] != said["tables"]  # negative control: the checksum sees one changed number

    with places.beside("default") as place:
        commands.load(made, said, place.alias)  # proves every table equal to the manifest, or refuses
        examining.refuse_faults(place.alias)
        again = commands.make_backup(office / "again", alias=place.alias)
        with places.standing_in(place.alias):
            assert_whole()
            Need.objects.filter(state=S.CLOSED).update(returns=7)
        with pytest.raises(Refused, match="与自己的经过不一致"):  # negative control: books that do not agree
            examining.refuse_faults(place.alias)
        said["tables"]["casework_need"]["rows"] += 1
        with pytest.raises(Refused, match="casework_need"):  # negative control: a table that came out otherwise
            filling.prove_equal(place.alias, commands.reading.models(said["schema"]), said["tables"])

    assert manifest(again)["tables"]["casework_need"] == manifest(made)["tables"]["casework_need"]
    assert manifest(again)["tables"] == manifest(made)["tables"]
    assert Household.objects.get().number == "530625202201999"  # the living office was not touched
    assert Need.objects.get(state=S.CLOSED).returns == 0
    assert connection.alias == "default"


def taken(path, before):
    """Return (how many blocks, how many of them are the earlier backup's own)."""
    found = [block["mark"] for listed in manifest(path)["blocks"].values() for block in listed]
    there = {block["mark"] for listed in manifest(before)["blocks"].values() for block in listed}
    return len(found), sum(mark in there for mark in found)


@pytest.mark.parametrize("act", [
    pytest.param(lambda: Household.objects.update(number="530625202201999"), id="changed"),
    pytest.param(lambda: NumberSeries.objects.create(prefix="530625-209910", last=1), id="added"),
    pytest.param(lambda: CalendarDay.objects.filter(pk=CalendarDay.objects.first().pk).delete(), id="deleted"),
])  # fmt: skip
def test_a_backup_on_top_of_an_earlier_one_is_whole_and_today(office, act):
    first = commands.make_backup(office / "backups")
    act()

    quick = commands.make_backup(office / "backups", before=first)

    whole = commands.make_backup(office / "backups")
    assert manifest(quick)["tables"] == manifest(whole)["tables"] != manifest(first)["tables"]
    assert entries(quick).keys() == entries(whole).keys()
    assert queries.verify(quick)
    many, same = taken(quick, first)
    assert 0 < many - same <= 2 < same
    first.unlink()
    assert queries.verify(quick)  # it leans on nothing


def test_a_mark_that_does_not_see_the_contents_is_found(office, monkeypatch):
    """Negative control: marks that stay the same bring yesterday's rows into today's backup."""
    monkeypatch.setattr(reading, "_mark", lambda told, content: told)
    first = commands.make_backup(office / "backups")
    Household.objects.update(number="530625202201999")
    quick, whole = commands.make_backup(office / "backups", before=first), commands.make_backup(office / "backups")
    then, blind, now = (manifest(one)["tables"]["registry_household"] for one in (first, quick, whole))
    assert blind == then != now


def test_the_same_values_in_a_column_of_another_kind_are_spelt_anew(office, monkeypatch):
    """After an upgrade a text may be JSON: what lies in an earlier backup is spelt as it was then."""
    first = commands.make_backup(office / "backups")
    same = taken(commands.make_backup(office / "backups", before=first), first)
    kind = rules.kind
    monkeypatch.setattr(rules, "kind", lambda field: "TextField" if kind(field) == "CharField" else kind(field))
    fewer = taken(commands.make_backup(office / "backups", before=first), first)
    assert same[1] > fewer[1]


def test_an_earlier_backup_that_is_gone_or_spoilt_only_costs_the_time(office):
    first = commands.make_backup(office / "backups")
    first.write_bytes(first.read_bytes()[:-3000])
    for before in (first, office / "gone.backup"):
        assert queries.verify(commands.make_backup(office / "backups", before=before))
    with blocks.earlier(None) as there:
        assert there("registry_person", "x") is None


def test_dates_that_wait_to_be_counted_anew_spoil_no_backup(office, monkeypatch):
    """Of many needs they are counted anew little by little: a backup made meanwhile is as good as any."""
    found = [Difference("retime", "530625-2026-000001", "due_on", "2027-01-08", "2027-01-11", waits=True)]
    with monkeypatch.context() as patch:
        patch.setattr(checking, "differences", lambda: found)
        examining.refuse_faults("default")
        found.append(Difference("need", "530625-2026-000001", "returns", "7", "0"))
        with pytest.raises(Refused, match="1 处"):  # negative control: a fault of the books
            examining.refuse_faults("default")


def test_a_backup_of_the_first_format_is_still_read(office, quick_restore, tmp_path):
    made = commands.make_backup(office / "backups")
    old, said = tmp_path / "old.backup", manifest(made) | {"format": 1}
    del said["blocks"]
    with zipfile.ZipFile(old, "w") as box:
        box.writestr("manifest.json", json.dumps(said))
        box.writestr("files/photo.jpg", b"a photo")
        for table in said["tables"]:
            box.writestr(f"tables/{table}.jsonl", b"".join(body for name, body in sorted(entries(made).items()) if name.startswith(f"tables/{table}/")))
    assert queries.verify(old)
    with places.beside("default") as place:
        commands.load(old, said, place.alias)
        examining.refuse_faults(place.alias)
