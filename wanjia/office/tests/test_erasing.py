"""An erasure reaches everything that says who somebody is; what is counted stays, and history has one door for it."""


import pytest

from wanjia.casework.models import Need
from wanjia.kernel.erasure import WORD
from wanjia.office.erasing import commands
from wanjia.office.starting.rules import INSTALLER
from wanjia.registry.models import Person
from wanjia.reporting.figures.tally import Tally

from .erased_world import Planted, found, planted_columns

pytestmark = pytest.mark.django_db
REASON = "本人依法书面申请删除个人信息"


@pytest.fixture(autouse=True)
def var(tmp_path, settings):
    settings.WANJIA_VAR = str(tmp_path)


@pytest.fixture
def planted():
    return Planted()


def erase(planted, also=()):
    world = planted.world
    return commands.erase_person(person_id=planted.person.pk, first=world.clerk, second=world.auditor, reason=REASON, also=also, by=INSTALLER,
                                 at=planted.world.register.head.registered_at)  # fmt: skip


def figures():
    return Tally(Need.objects.all(), None, None, stem=None).total(everything) if False else {
        id_: Need.objects.filter(state=id_).count() for id_ in Need.objects.values_list("state", flat=True)
    }  # fmt: skip


def test_nothing_of_the_person_is_left_anywhere(planted):
    assert planted_columns() - set(found()) - NO_STRINGS == set()  # the planting reaches every declared column

    erase(planted)

    assert found() == []
    assert Person.objects.get(pk=planted.person.pk).name == WORD


# Indexes are keyed: no string stands in them. A digest is one of a file, and the keys' path of a journal line is planted through an export.
NO_STRINGS = {"registry_person.phone_index", "registry_person.citizen_index", "registry_household.phone_index", "casework_evidence.digest"}
