import pytest
from django.apps import apps

from wanjia.kernel import privacy
from wanjia.kernel.models import Entry

OURS = [model for model in apps.get_models() if model.__module__.startswith("wanjia.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_is_sorted_once(model):
    assert privacy.unsorted(model) == []
    assert set(model.privacy) <= set(privacy.LEVELS)


def test_a_forgotten_a_doubled_and_a_wrong_name_are_found():
    class Half:
        _meta = Entry._meta
        privacy = {"internal": ("seq", "seq"), "open": ("nothing",)}

    assert {"seq", "nothing", "reason"} <= set(privacy.unsorted(Half))


def test_a_level_is_looked_up():
    assert privacy.level(Entry, "reason") == "internal"
    with pytest.raises(KeyError):
        privacy.level(Entry, "nothing")


@pytest.mark.parametrize(("name", "shown"), [("", ""), ("李", "李"), ("李明", "李*"), ("欧阳小明", "欧*明"), ("李小明", "李*明")])
def test_names_leave_the_office_masked(name, shown):
    assert privacy.mask_name(name) == shown


def test_numbers_show_their_last_four():
    assert privacy.mask_phone("13800001234") == "*******1234"
    assert privacy.mask_phone("123") == "****"
    assert privacy.mask_citizen_id("53062519900101123X") == "**************123X"
    assert privacy.mask_citizen_id("") == ""
