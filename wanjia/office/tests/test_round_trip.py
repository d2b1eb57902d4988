"""The short cut of what `make prove-office` shows with whole offices: a small world goes into a backup and comes back equal."""

import json
import zipfile

import pytest
from django.db import connection

from tests.whole import assert_whole
from wanjia.casework.models import Need
from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.factories import World
from wanjia.casework.tests.walk import bring
from wanjia.kernel import proof
from wanjia.kernel.verdict import Refused
from wanjia.office.backing import commands, examining, places
from wanjia.registry.models import Household


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
            places.prove_equal(place.alias, commands.reading.models(said["schema"]), said["tables"])

    assert manifest(again)["tables"]["casework_need"] == manifest(made)["tables"]["casework_need"]
    assert manifest(again)["tables"] == manifest(made)["tables"]
    assert Household.objects.get().number == "530625202201999"  # the living office was not touched
    assert Need.objects.get(state=S.CLOSED).returns == 0
    assert connection.alias == "default"
