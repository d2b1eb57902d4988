"""Who is let off a project: written down by one, taken back by another, and neither lets the project be due."""

import pytest

from wanjia.verdict import Refused

from ..levies import queries, rules
from ..levies.commands import charge_levy, relieve_home, undo_relief
from ..levy_states import LevyState as S
from . import levy_factories as made
from .levy_factories import DAY, who
from .test_levies import world as world

pytestmark = pytest.mark.django_db


def test_a_relief_written_by_mistake_is_taken_back_by_another_hand_before_the_project_is_due(world):
    relief, one = made.relief(world), made.levy(world, S.APPROVED)
    asked = {"levy_id": one.pk, "relief": relief}
    with pytest.raises(Refused, match="权限"):
        undo_relief(**asked, **who(world.farming))
    type(relief).objects.update(made_by=world.clerk)
    with pytest.raises(Refused, match="谁登记的谁不能撤销"):
        undo_relief(**asked, **who(world.clerk))
    type(relief).objects.update(made_by=world.register.yang)
    undo_relief(**asked, **who(world.clerk))
    line = next(line for line in queries.lines(one, DAY) if line.home == world.register.home)
    assert line.workers == 2 and one.reliefs.count() == 1
    relieve_home(levy_id=one.pk, home=world.register.home, ground="unable", heads=0, workers=1, **who(world.register.yang))
    assert one.reliefs.count() == 2, "what was taken back stays, and may be written down right"
    one.reliefs.exclude(undone_on=None).update(undone_by=world.farming)
    charge_levy(levy_id=one.pk, **who(world.clerk))
    with pytest.raises(Refused, match="已经过了这一步"):
        undo_relief(levy_id=one.pk, relief=one.reliefs.get(undone_on=None), **who(world.clerk))
    assert not queries.reliefs(None)


def test_a_relief_of_another_hand_is_taken_back_and_not_written_over(world):
    """Its first hand would have vanished, and could have let the project be due. The control: one's own is rewritten."""
    one = made.levy(world, S.APPROVED)
    asked = {"levy_id": one.pk, "home": world.register.home, "ground": "unable", "heads": 0}
    relieve_home(**asked, workers=2, **who(world.visitor))
    relieve_home(**asked, workers=1, **who(world.visitor))
    with pytest.raises(Refused, match="先请另一个人撤销"):
        relieve_home(**asked, workers=2, **who(world.register.yang))
    relief = one.reliefs.get()
    assert (relief.made_by_id, relief.workers) == (world.visitor.pk, 1)
    undo_relief(levy_id=one.pk, relief=relief, **who(world.clerk))
    relieve_home(**asked, workers=2, **who(world.register.yang))
    assert one.reliefs.get(undone_on=None).made_by_id == world.register.yang.pk


def test_who_wrote_down_who_is_let_off_is_not_called_to_let_it_be_due(world):
    """The rule refused what the desk offered."""
    relief, one = made.relief(world), made.levy(world, S.APPROVED)
    assert list(queries.to_charge(world.clerk, DAY)) == [one], "the control"
    type(relief).objects.update(made_by=world.clerk)
    assert not queries.to_charge(world.clerk, DAY)
    with pytest.raises(Refused, match="这一步请另一个人办"):
        charge_levy(levy_id=one.pk, **who(world.clerk))


def test_who_took_a_relief_back_does_not_let_the_project_be_due(world):
    """It raised what a home owes: whoever did is one of those who drew the roll up. The control: another hand did, and nobody is offered a relief to take back where none stands."""
    relief, one = made.relief(world), made.levy(world, S.APPROVED)
    assert rules.can_undo_relief(world.clerk, one)
    undo_relief(levy_id=one.pk, relief=relief, **who(world.clerk))
    assert not queries.to_charge(world.clerk, DAY) and not rules.can_undo_relief(world.clerk, one)
    with pytest.raises(Refused, match="这一步请另一个人办"):
        charge_levy(levy_id=one.pk, **who(world.clerk))
    type(relief).objects.update(undone_by=world.farming)
    assert list(queries.to_charge(world.clerk, DAY)) == [one] and charge_levy(levy_id=one.pk, **who(world.clerk)).state == S.CHARGED
