"""What is found by a few letters, and the reason that is tapped or typed."""

import pytest
from django import forms

from wanjia.orgs.fields import ToldReason
from wanjia.orgs.models import Organisation
from wanjia.orgs.units.fields import UnitField


class OfUnit(forms.Form):
    unit = UnitField()

    def __init__(self, *args):
        super().__init__(*args)
        self.fields["unit"].offer_units(Organisation.objects.order_by("name"))


class Why(ToldReason):
    USUAL = ("办理诉求需要", "入户走访前核对情况")


@pytest.mark.parametrize("typed", ["县民政局", "永善县 · 永善县民政局", "number"])
def test_a_unit_is_found_by_a_few_letters_or_its_number(world, typed):
    civil = Organisation.objects.get(name="永善县民政局")
    form = OfUnit({"unit": str(civil.pk) if typed == "number" else typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["unit"] == civil
    assert "<datalist" in str(form["unit"]) and "<select" not in str(form["unit"])


def test_letters_of_several_units_are_asked_about(world):
    form = OfUnit({"unit": "人民政府"})

    assert not form.is_valid() and "2 个" in str(form.errors)


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"usual": "办理诉求需要"}, "办理诉求需要"),
        ({"reason": "核对监护人情况"}, "核对监护人情况"),
        ({"usual": "办理诉求需要", "reason": "核对监护人情况"}, "核对监护人情况"),
        ({}, None),
        ({"reason": "看看"}, None),
        ({"usual": "随便"}, None),
    ],
)
def test_a_reason_is_tapped_or_typed(sent, reason):
    form = Why(sent)

    assert form.is_valid() == (reason is not None)
    assert reason is None or form.cleaned_data == {"reason": reason}
