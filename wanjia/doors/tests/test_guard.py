import uuid
from types import SimpleNamespace

import pytest
from django import forms
from django.test import RequestFactory

from wanjia.doors import guard
from wanjia.verdict import Conflict, NoRight, Refused, TooLate


class Person:
    """A signed-in person with some duties."""

    is_authenticated = True

    def __init__(self, *duties):
        self.duties = set(duties)

    def has_duty(self, *duties):
        return not self.duties.isdisjoint(duties)


class OneWord(forms.Form):
    word = forms.CharField()


def get(user, view, path="/needs?page=2"):
    request = RequestFactory().get(path)
    request.user = user
    return view(request)


@guard.guarded("record", "handle")
def desk(request):
    return "desk"


def test_a_stranger_is_sent_to_sign_in_and_back():
    answer = get(SimpleNamespace(is_authenticated=False), desk)

    assert answer.status_code == 302
    assert answer.url.endswith("?next=/needs%3Fpage%3D2")


def test_one_of_the_duties_is_enough():
    assert get(Person("handle"), desk) == "desk"


def test_without_a_duty_the_answer_is_a_sentence():
    with pytest.raises(Refused, match="没有这项权限"):
        get(Person("visit"), desk)


def test_a_view_without_duties_lets_in_everybody_signed_in():
    assert get(Person(), guard.guarded()(lambda request: "page")) == "page"


def test_each_view_says_how_it_is_guarded():
    assert desk.guard == ("record", "handle")
    assert guard.guarded()(lambda request: 0).guard == guard.SIGNED_IN
    assert guard.public(lambda request: 0).guard == guard.PUBLIC


def post(**sent):
    request = RequestFactory().post("/", sent)
    request.user = Person()
    form = OneWord(request.POST)
    assert form.is_valid()
    return request, form


def test_act_hands_the_form_and_the_key_to_the_command():
    key, seen = uuid.uuid4(), {}
    request, form = post(word="水管", key=str(key))

    assert guard.act(request, form, lambda **what: seen.update(what) or "answer", need_id=7)
    assert (seen["word"], seen["need_id"], seen["key"], seen["by"]) == ("水管", 7, key, request.user)
    assert form.answer == "answer"


@pytest.mark.parametrize("refusal", [Refused("该户不在您的辖区。"), Conflict("刚刚被别人处理过。")])
def test_a_refusal_stands_on_the_form(refusal):
    def refuse(**what):
        raise refusal

    request, form = post(word="水管")

    assert not guard.act(request, form, refuse)
    assert form.non_field_errors() == [str(refusal.reason)]


@pytest.mark.parametrize("text", ["", "no-uuid"])
def test_a_broken_key_is_no_key(text):
    assert guard.sent_key(post(word="x", key=text)[0]) is None


def test_who_knows_better_what_to_do_instead_says_so():
    person = Person("visit")
    person.without = lambda asked: f"这里要“{asked}”,请……"

    with pytest.raises(NoRight, match="这里要“record、handle”"):
        get(person, desk)


def test_a_form_without_a_page_of_its_own_hands_on_the_refusal_behind_it():
    def refuse(**what):
        raise TooLate("已经超过 24 小时。")

    request, form = post(word="水管")
    guard.act(request, form, refuse)
    assert isinstance(guard.refusal_of(form), TooLate)

    nothing = OneWord({"word": ""})
    assert not nothing.is_valid() and type(guard.refusal_of(nothing)) is Refused
