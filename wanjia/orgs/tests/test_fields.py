"""What is found by a few letters, and the reason that is tapped or typed."""

import pytest
from django import forms

from wanjia.orgs.fields import FEW, LISTED, OneOfMany, ToldReason, searched
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


GIVEN = {"label": "哪个", "help_text": "", "required": True}


def many(n):
    return [(f"{code:06}", f"第{code}县") for code in range(n)]


def asked(rows, **given):
    return searched(lambda *_asked: rows)["field"](None, None, None, **GIVEN | given)


@pytest.mark.parametrize(("n", "line"), [(FEW, False), (FEW + 1, True)])
def test_a_few_are_a_list_and_more_are_a_line_to_type_in(n, line):
    assert isinstance(asked(many(n)), OneOfMany) is line


@pytest.mark.parametrize("typed", ["000017", "第17县", "17"])
def test_one_of_many_is_found_by_its_code_its_words_or_letters_of_them(typed):
    assert asked(many(30)).clean(typed) == "000017"


def test_letters_of_several_ask_back_and_what_lies_beyond_the_list_is_found():
    field = asked(many(LISTED + 50))
    assert len(field.widget.offered) == LISTED
    assert field.clean(f"第{LISTED + 49}县") == f"{LISTED + 49:06}"
    with pytest.raises(forms.ValidationError, match="个"):
        field.clean("县")
    with pytest.raises(forms.ValidationError, match="没有找到"):
        field.clean("桥")


def test_an_empty_answer_of_codes_is_no_code_and_of_rows_no_row(world):
    assert asked(many(30), required=False).clean("") == "" == asked(many(3), required=False).clean("")
    rows = list(Organisation.objects.all()) * 7
    assert asked(rows, required=False).clean("") is None is asked(rows[:3], required=False).clean("")


def test_of_two_with_the_same_words_one_bears_a_number(world):
    one = Organisation.objects.first()
    field = searched(lambda *_asked: [one] * (FEW + 1), lambda unit: unit.name)["field"](None, None, None, **GIVEN)
    assert field.widget.offered[:2] == [one.name, f"{one.name} (2)"]
    assert field.prepare_value(one.pk) == one.name and field.clean(str(one.pk)) == one
