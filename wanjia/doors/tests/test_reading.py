"""A page declared at its function: whom it lets in, what its template is told, which face it shows, which address comes first; an answer reads its model."""

from types import SimpleNamespace
from uuid import UUID

import pytest
from django.apps import apps
from django.http import Http404, HttpResponse
from django.urls import get_resolver
from django.urls.resolvers import RegexPattern, URLResolver
from pydantic import Field

from wanjia.doors import reading
from wanjia.doors.answers import Answer, type_of
from wanjia.doors.guard import PUBLIC
from wanjia.kernel.models import Entry
from wanjia.verdict import NoRight

from .test_guard import Person

STRANGER = SimpleNamespace(is_authenticated=False)


@pytest.fixture
def opened(monkeypatch, rf):
    """Return what opens an address of the pages declared meanwhile; a drawn page is (its template, what that is told)."""
    assert get_resolver().url_patterns  # those of the house stand already
    monkeypatch.setattr(reading, "PAGES", {})
    monkeypatch.setattr(reading, "OPENS", {})
    monkeypatch.setattr(reading, "render", lambda _request, template, facts: (template, facts))

    def get(where, user=None, method="get"):
        request = getattr(rf, method)(where)
        request.user = user or Person("look")
        met = URLResolver(RegexPattern(r"^/"), reading.urls_of_app("shop")).resolve(where)
        return met.func(request, **met.kwargs)

    return get


def declared(view, *said, **more):
    """Declare a view of a room of orgs as a page of an app called shop."""
    view.__module__ = "wanjia.orgs.units.views"
    return reading.page(*said, **{"under": "shop", **more})(view)


def things(request, **ids):
    return {"day": request.day, "at": request.at, **ids}


def test_a_page_is_drawn_by_the_template_of_its_name_at_one_moment(opened):
    declared(things, "things", "look")
    template, told = opened("/things")
    assert template == "orgs/units/things.html"
    assert (told["day"] - told["at"].date()).days in (0, 1), "a Chinese day"


def test_it_lets_in_whom_its_duties_let_in_and_a_public_one_everybody(opened):
    declared(things, "things", "look")
    declared(things, "window", PUBLIC, name="window")
    with pytest.raises(NoRight):
        opened("/things", Person("other"))
    assert opened("/things", STRANGER).status_code == 302
    assert opened("/window", STRANGER)[0] == "orgs/units/things.html"
    assert reading.opens("shop:things")[0] == ("look",)


def test_what_stands_before_a_page_stands_before_its_row(opened):
    """Negative control: without the door the row is asked for, and is not there."""
    nothing = SimpleNamespace(key="thing", keyword="thing_id", word="", seen=lambda actor, *, duty: Entry.objects.none())
    declared(things, "held/<int:thing_id>", "look", of=nothing, name="held", door=lambda view: lambda request, **ids: "kept out")
    declared(things, "open/<int:thing_id>", "look", of=nothing, name="open")
    assert opened("/held/3") == "kept out"


@pytest.mark.django_db
def test_a_row_is_seen_by_the_duty_that_opens_its_page(opened):
    asked = []
    nothing = SimpleNamespace(key="thing", keyword="thing_id", word="", seen=lambda actor, *, duty: asked.append(duty) or Entry.objects.none())
    declared(things, "things/<int:thing_id>", "look", of=nothing)
    with pytest.raises(Http404):
        opened("/things/3")
    assert asked == [("look",)]


def test_a_page_with_several_faces_shows_the_one_it_names(opened):
    def faces(request):
        return "empty", {"n": 0}

    declared(faces, "faces", "look")
    assert opened("/faces") == ("orgs/units/empty.html", {"n": 0})


def test_an_address_that_spells_a_word_comes_before_one_that_takes_any(opened):
    declared(things, "things/<str:word>", "look", name="any")
    declared(things, "things/slip", "look", name="slip", template="slip")
    assert [opened(f"/things/{word}")[0] for word in ("slip", "other")] == ["orgs/units/slip.html", "orgs/units/things.html"]


def test_what_only_takes_a_button_is_not_opened_and_a_fresh_page_is_not_kept(opened):
    def sent(request):
        return HttpResponse("done")

    declared(sent, "sent", "look", sends=True, fresh=True)
    assert opened("/sent").status_code == 405
    assert "no-store" in opened("/sent", method="post")["Cache-Control"]


def test_an_answer_reads_its_types_from_its_model_and_says_what_no_model_knows():
    class EntryOut(Answer, of=Entry, columns="seq at who=by_name act n"):
        """A line."""

        n: int
        who: str = Field(description="in whose name")

    kinds = {name: one.annotation for name, one in EntryOut.model_fields.items()}
    assert list(kinds) == ["seq", "at", "who", "act", "n"]
    assert kinds["seq"] is int and kinds["act"] is str and EntryOut.model_fields["who"].alias == "by_name"
    told = EntryOut.model_validate({"seq": 1, "at": "2026-11-23T08:00:00Z", "by_name": "李", "act": "need.assign", "n": 2})
    assert told.who == "李"


def test_a_column_over_an_empty_relation_may_be_none_and_one_without_a_type_is_said():
    Area, Organisation, User = (apps.get_model("orgs", name) for name in ("Area", "Organisation", "User"))

    assert type_of(Organisation, "area.name") is str
    assert type_of(Area, "parent.name") == str | None
    assert type_of(Organisation, "id") is UUID and type_of(Area, "parent_id") == str | None
    with pytest.raises(KeyError, match="not for everybody"):
        type_of(User, "phone")
    with pytest.raises(KeyError, match="says no type"):
        type_of(Entry, next(one.name for one in Entry._meta.get_fields() if one.get_internal_type() in ("JSONField", "BinaryField")))
