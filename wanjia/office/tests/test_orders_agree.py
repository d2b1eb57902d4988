"""The order outside the database and the erasure within agree, whatever comes between; a namesake's import is left to two people."""

import base64
import errno
import json
import os

import pytest
from django.db import transaction

from wanjia.casework.models import Saying
from wanjia.kernel import journal, triggers
from wanjia.kernel.command import command
from wanjia.kernel.erasure import WORD
from wanjia.kernel.models import ErasureLine
from wanjia.office.erasing import commands, queries, searching
from wanjia.office.health import data_checks
from wanjia.orgs.checking.queries import differences
from wanjia.registry.models import Household, Person, Upload, UploadContent
from wanjia.verdict import Conflict, Refused

from .erased_world import MARK, NUMBER
from .test_erasing import DAY, erase
from .test_orders import place as place
from .test_orders import planted as planted

pytestmark = pytest.mark.django_db


def stands(planted):
    return (Person.objects.get(pk=planted.person.pk).name, ErasureLine.objects.count(), queries.orders()) == (planted.person.name, 0, [])


def test_who_was_quicker_leaves_no_order_behind(planted, monkeypatch):
    """An import moved on under the erasure: refused, and no restore carries out what was refused."""
    move = journal.move
    monkeypatch.setattr(journal, "move", lambda *given, **more: (_ for _ in ()).throw(Conflict()))
    with pytest.raises(Conflict):
        erase(planted)
    assert stands(planted)
    monkeypatch.setattr(journal, "move", move)
    erase(planted)  # the negative control
    assert len(queries.orders()) == 1 and not stands(planted)


def test_without_room_for_the_order_nothing_is_erased(planted, monkeypatch):
    def full(*given):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(commands, "_append", full)
    with pytest.raises(Refused, match="No space left"):
        erase(planted)
    assert stands(planted)


def test_the_doctor_names_an_order_that_was_not_carried_out(planted):
    """Written, and then the power failed before the database kept it."""
    with pytest.raises(RuntimeError), transaction.atomic():
        erase(planted)
        assert data_checks.erasures().level == "green"
        raise RuntimeError("the power fails")
    assert data_checks.erasures().level == "red"
    assert Person.objects.get(pk=planted.person.pk).name == MARK
    commands.replay("default", orders=queries.waiting())
    assert (Person.objects.get(pk=planted.person.pk).name, data_checks.erasures().level) == (WORD, "green")


def sent(planted, text, state="received"):
    upload = Upload.objects.create(template="household", size=9, digest=f"{len(text):064x}", received_at=planted.world.register.home.registered_at,
                                   today=DAY, by=planted.world.clerk, sent_name=json.dumps("户.csv"))  # fmt: skip
    UploadContent.objects.create(upload=upload, body=base64.b64encode(text.encode()).decode())
    return upload


def test_an_import_that_bears_the_name_alone_is_listed_and_left(planted):
    namesake = sent(planted, f"户编号,姓名\nH77,{MARK}")
    at_home = sent(planted, f"户编号,姓名\n{Household.objects.get(pk=planted.home.pk).number},{MARK}")
    numbered = sent(planted, f"姓名,身份证号\n某,{NUMBER}")
    token = f"registry_upload:{namesake.pk.hex}"
    assert [row for row, _column in searching.mentions(planted.person.pk, namesake.received_at) if row.startswith("registry_upload")] == [token]

    erase(planted)

    state = {one.pk: one.state for one in Upload.objects.all()}
    assert (state[namesake.pk], state[at_home.pk], state[numbered.pk]) == ("received", "cancelled", "cancelled")
    assert UploadContent.objects.filter(upload=namesake).exists() and not UploadContent.objects.filter(upload=at_home).exists()
    erase(planted, also=[token])  # two people say that it is the same person
    assert Upload.objects.get(pk=namesake.pk).state == "cancelled" and not UploadContent.objects.filter(upload=namesake).exists()


def test_a_sealed_text_that_is_emptied_behind_the_guards_is_named(planted):
    assert list(differences()) == []
    triggers.lift(models=[Saying])
    saying = Saying.objects.first()
    Saying.objects.filter(pk=saying.pk).update(words="")
    assert [(one.kind, one.what, one.column) for one in differences()] == [("erasure", f"casework_saying {saying.pk}", "words")]


def test_an_erased_sealed_text_is_accounted_for(planted):
    """The negative control: emptied by two people, with its line."""
    erase(planted)
    assert Saying.objects.filter(words="").exists() and list(differences()) == []


def test_the_word_of_an_erasure_is_refused_however_deep_it_lies(planted):
    @command("tests.deep")
    def deep(*, answers, by, at):
        return None

    try:
        who = {"by": planted.world.clerk, "at": planted.world.register.home.registered_at}
        with pytest.raises(Refused, match="不能自己填"):
            deep(answers={"home": [{"words": f" {WORD}"}]}, **who)
        deep(answers={"home": [{"words": f"听说是{WORD}"}]}, **who)  # the negative control: within other words it deceives no check
    finally:
        from wanjia.kernel.command import COMMANDS

        del COMMANDS["tests.deep"]
