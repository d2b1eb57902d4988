"""Somebody registered twice and put together since stands on no list a second time: no roll, no table, no shoes, no count."""

import pytest

from wanjia.care.canteen import commands as canteen
from wanjia.care.classes import commands as classes
from wanjia.care.gifts import commands as gifts
from wanjia.care.models import Canteen, CareClass, Diner, Enrolment, Gift
from wanjia.kernel.tests.tried import MONDAY
from wanjia.registry.models import Person
from wanjia.verdict import Refused

from . import acts_classes as acts
from . import acts_gifts

pytestmark = pytest.mark.django_db


def put_together(world, old):
    """Whoever has this record is found to have another, which stands from now on, in the same home."""
    home = old.memberships.get(to_on=None)
    facts = {name: getattr(old, name) for name in ("name", "pinyin", "birth_on", "village", "school_name", "grade", "sex")}
    new = Person.objects.create(registered_at=MONDAY, **facts)
    home.__class__.objects.create(household=home.household, person=new, relation=home.relation, from_on=MONDAY.date())
    Person.objects.filter(pk=old.pk).update(merged_into=new)
    return new


def test_a_child_stands_on_a_roll_once(world):
    acts.on_roll(world)
    new = put_together(world, Person.objects.get(pk=world.register.child.pk))
    with pytest.raises(Refused, match="已经在这个课堂"):
        classes.enrol_child(care_class_id=CareClass.objects.get().pk, name=new.name, asked_by="王建国", **acts.who(world))


def test_by_its_own_record_alone_it_is_looked_for_while_it_is_there(world, monkeypatch):
    """Negative control."""
    acts.on_roll(world)
    new = put_together(world, Person.objects.get(pk=world.register.child.pk))
    monkeypatch.setattr(classes, "records_of", lambda child: {child})
    classes.enrol_child(care_class_id=CareClass.objects.get().pk, name=new.name, asked_by="王建国", **acts.who(world))
    assert Enrolment.objects.count() == 2


def test_an_elder_stands_on_a_table_once(world, monkeypatch):
    acts.dines(world)
    new = put_together(world, Person.objects.get(name=acts.ELDER))
    what = {"canteen_id": Canteen.objects.get().pk, "name": new.name, "weekdays": [1], **acts.who(world)}
    with pytest.raises(Refused, match="已经在名单上"):
        canteen.take_on(**what)
    monkeypatch.setattr(canteen, "records_of", lambda person: {person})
    canteen.take_on(**what)
    assert Diner.objects.count() == 2, "negative control: he eats, and his home is called"


def test_a_pupil_gets_one_pair(world, monkeypatch):
    what = acts_gifts.opened(world)
    put_together(world, Person.objects.get(pk=world.register.child.pk))
    gifts.renew_roll(**what, **acts.who(world))
    assert Gift.objects.count() == 1
    monkeypatch.setattr(gifts, "standing", lambda person: person)
    gifts.renew_roll(**what, **acts.who(world))
    assert Gift.objects.count() == 2, "negative control: two pairs, and two children in the figure"
