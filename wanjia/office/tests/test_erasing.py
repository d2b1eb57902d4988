"""What names an erased person goes from the register and from what the person asked for; what is counted stays."""

import pytest
from django.db import connection

from tests.house.acts import World
from wanjia.casework.models import Need
from wanjia.kernel import journal
from wanjia.kernel.fields import BlindIndex, EncryptedText
from wanjia.office.erasing import commands
from wanjia.registry.models import Person
from wanjia.reporting.checking.queries import differences

pytestmark = pytest.mark.django_db


def of_somebody():
    """A need of the home's head, with a phone and a story, and one of somebody else."""
    world = World()
    need = world.need(requester=world.register.head, requester_phone="13887000005", story="家里的难处")
    return need, world.need(summary="停水", requester_name="别的人")


def test_what_the_person_asked_for_no_longer_names_them():
    need, other = of_somebody()
    before = Need.objects.count()
    assert commands.replay("default", orders=[need.requester_id]) == 1
    again = Need.objects.get(pk=need.pk)
    assert (again.requester_name, again.requester_initials, again.requester_last4, again.requester_phone, again.story) == (commands.GONE, "", "", "", "")
    assert Person.objects.get(pk=need.requester_id).name == commands.GONE
    assert Need.objects.get(pk=other.pk).requester_name == "别的人"
    assert (Need.objects.count(), again.number, again.state, again.due_on) == (before, need.number, need.state, need.due_on)
    assert list(differences()) == []
    assert journal.verify()[1] is None


def test_every_sealed_or_naming_column_of_both_is_emptied():
    """A new one is emptied too, or says here why it stays."""
    stays = set()
    for (model, _column), emptied in commands.EMPTIED.items():
        sealed = {field.column for field in model._meta.concrete_fields if isinstance(field, EncryptedText | BlindIndex)}
        assert sealed - set(emptied) - stays == set(), model
        with connection.cursor() as cursor:
            there = {column.name for column in connection.introspection.get_table_description(cursor, model._meta.db_table)}
        assert set(emptied) <= there
