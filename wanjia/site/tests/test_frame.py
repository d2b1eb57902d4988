"""The frame: menu by duties, the area I stand in, search, language, letters; words of days; maps; the asset build."""

import json
import re
from datetime import date
from types import SimpleNamespace
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, resolve, reverse

from wanjia.casework.slip.commands import issue_slip
from wanjia.casework.tests.factories import MONDAY, World
from wanjia.kernel.calendar import WorkingCalendar, seed_days
from wanjia.orgs.models import User
from wanjia.site import build, maps
from wanjia.site.templatetags.wanjia import days_left, span


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def test_the_menu_shows_what_the_duties_open_and_nothing_else(as_user, world):
    html = as_user(world.visitor).get("/").content.decode()
    assert reverse("casework:record") in html
    assert f'href="{reverse("casework:triage")}"' not in html
    html = as_user(world.clerk).get("/").content.decode()
    assert f'href="{reverse("casework:triage")}"' in html


def test_every_place_shown_opens(as_user, world):
    from wanjia.site.menu import menu_for

    opened = set()
    for user in (world.visitor, world.clerk, world.handler, world.caller, world.inspector, world.ledger, world.officer):
        client = as_user(user)
        for place in (place for _words, places in menu_for(user, "/") for place in places):
            duties = getattr(resolve(urlsplit(place["address"]).path).func, "guard", None)
            assert not isinstance(duties, tuple) or User.objects.get(pk=user.pk).has_duty(*duties), (user, place["name"])
            if place["address"] not in opened:  # the guard has no other question: whoever it lets in meets the same page
                assert client.get(place["address"], follow=True).status_code == 200, (user, place["name"])
                opened.add(place["address"])
    assert len(opened) > 40


def test_a_kept_menu_is_of_this_reader_this_place_and_this_language(as_user, world):
    client = as_user(world.clerk)
    for path in ("/", "/needs/", "/"):
        html = client.get(path).content.decode()
        assert re.findall(r'<li><a href="([^"]*)"\s*aria-current="page">', html) == [path] * 2
    client.cookies["django_language"] = "en"
    english = client.get("/needs/").content.decode()
    assert "诉求台账" not in english and "Ledger" in english
    del client.cookies["django_language"]
    other = as_user(world.visitor).get("/needs/").content.decode()
    assert "诉求台账" in other and f'href="{reverse("casework:triage")}"' not in other


def test_a_long_menu_folds_what_is_opened_once_a_week_and_a_short_one_nothing(as_user, world):
    from wanjia.site.menu import LONG, menu_for

    def folds(user, path):
        html = as_user(user).get(path).content.decode()
        return html, list(re.finditer(r'<details class="rare"(.*?)>.*?</details>', html[: html.index("<main")], re.DOTALL))

    def holding(user, path, name):
        return next((one for one in folds(user, path)[1] if f'href="{reverse(name)}"' in one[0]), None)

    assert sum(len(places) for _words, places in menu_for(world.clerk, "/")) > LONG >= sum(len(places) for _words, places in menu_for(world.caller, "/"))
    shut, here = holding(world.clerk, "/", "reporting:exports"), holding(world.clerk, reverse("reporting:exports"), "reporting:exports")
    assert (shut[1], here[1]) == ("", " open"), "open where one stands in it"
    assert holding(world.clerk, "/", "casework:triage") is None
    assert not folds(world.caller, "/")[1]
    # What a village worker seldom opens of employment is folded; the township, which enters employers, has them at hand.
    assert holding(world.visitor, "/", "labour:employers") and not holding(world.clerk, "/", "labour:employers")
    assert not holding(world.visitor, "/", "labour:calls") and f'href="{reverse("labour:calls")}"' in folds(world.visitor, "/")[0]


@pytest.mark.parametrize("template", ["{% url 'casework:need' pk %}", "{% url 'casework:need' pk as found %}{{ found }}", "{% url 'desk' %}"])
def test_an_address_is_the_one_that_the_resolver_gives(template):
    for pk in (uuid4(), uuid4()):
        expected = reverse("desk") if "desk" in template else reverse("casework:need", args=[pk])
        assert Template(template).render(Context({"pk": pk})) == expected


def test_an_address_that_is_not_there_says_so_unless_it_is_asked_as_something():
    with pytest.raises(NoReverseMatch):
        Template("{% url 'casework:nothing' pk %}").render(Context({"pk": uuid4()}))
    assert Template("{% url 'casework:nothing' pk as found %}[{{ found }}]").render(Context({"pk": uuid4()})) == "[]"


def test_i_stand_only_where_my_reach_goes(as_user, world):
    client = as_user(world.ledger)
    client.post(reverse("stand"), {"area": world.xisha.code})
    assert f'{reverse("casework:ledger")}?area={world.xisha.code}' in client.get("/").content.decode()
    client = as_user(world.clerk)
    client.post(reverse("stand"), {"area": world.makou.code})
    assert world.makou.code not in client.get("/").content.decode()


def test_search_goes_straight_to_a_number_knows_no_slip_code_and_stays_in_scope(as_user, world):
    need = world.need()
    slip = issue_slip(need_id=need.pk, by=world.visitor, at=MONDAY)
    here = reverse("casework:need", args=[need.pk])
    client = as_user(world.clerk)
    assert client.get(reverse("search"), {"q": need.number}).url == here
    for text in (slip.code, slip.code.lower()):  # a box that counts no tries would tell which guess is right
        assert need.number not in client.get(reverse("search"), {"q": text}).content.decode()
        assert need.number not in client.get(reverse("casework:ledger"), {"q": text}).content.decode()
    assert need.summary in client.get(reverse("search"), {"q": "王大"}).content.decode()
    html = as_user(world.stranger).get(reverse("search"), {"q": need.number}).content.decode()
    assert need.summary not in html


def test_chinese_until_english_is_chosen_whatever_the_browser_asks(client, world):
    answer = client.get(reverse("account_login"), headers={"accept-language": "en-US"})
    assert answer.headers["Content-Language"] == "zh-hans"
    client.post(reverse("set_language"), {"language": "en", "next": reverse("account_login")})
    assert client.get(reverse("account_login")).headers["Content-Language"] == "en"


def test_large_letters_stay_on_this_device(client, world):
    assert 'class="large"' not in client.get(reverse("account_login")).content.decode()
    answer = client.post(reverse("large_text"), {"large": "1", "next": "//elsewhere.example/"})
    assert answer.url == "/"
    assert 'class="large"' in client.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize(("due", "finished", "words"), [
    (date(2026, 11, 4), None, "还剩 2 个工作日"),
    (date(2026, 11, 2), None, "今天到期"),
    (date(2026, 10, 30), None, "超期 1 个工作日"),
    (date(2026, 11, 1), None, "超期 1 个工作日"),
    (date(2026, 11, 9), None, "还剩 5 个工作日"),
    (date(2026, 10, 30), date(2026, 11, 3), "超期 2 个工作日办结"),
    (date(2026, 10, 30), date(2026, 10, 29), "按期办结"),
    (None, None, "未定期限"),
])  # fmt: skip
def test_days_are_said_in_working_days(due, finished, words):
    frame = SimpleNamespace(calendar=WorkingCalendar({}), today=date(2026, 11, 2))
    shown = Template("{% days_left due finished %}").render(Context({"frame": frame, "due": due, "finished": finished}))
    assert words in shown


@pytest.mark.parametrize(("code", "tiles"), [("530625000000", 16), ("530600000000", 11)])
def test_maps_hold_every_area_once_and_shade_by_value(code, tiles):
    drawn = maps.drawing(code, {"530625202000": {"value": 10, "shown": "10", "url": "/x"}, "530625000000": {"value": 1, "shown": "1", "url": ""}})  # fmt: skip
    assert len({tile["code"] for tile in drawn["tiles"]}) == tiles
    shades = {tile["name"]: tile["heat"] for tile in drawn["tiles"]}
    assert shades[{"530625000000": "细沙乡", "530600000000": "永善县"}[code]] > 0
    assert sum(shade > 0 for shade in shades.values()) == 1
    assert maps.drawing("110000", {})["tiles"] == []


@pytest.mark.parametrize("top", [1, 2, 3, 7, 41])
def test_a_tile_and_its_legend_bear_the_same_shade(top):
    code = "530625202000"
    for value in range(1, top + 1):
        drawn = maps.drawing("530625000000", {code: {"value": value, "shown": "", "url": ""}, "other": {"value": top, "shown": "", "url": ""}})
        (heat,) = (heat for heat, first, last in drawn["steps"] if first <= value <= last)
        assert heat in {tile["heat"] for tile in drawn["tiles"] if tile["heat"]}, value


def test_an_act_on_one_need_lights_the_queue_it_came_from(world):
    from wanjia.site.menu import menu_for

    def lit(user, act):
        return [place["name"] for _words, places in menu_for(user, f"/needs/1/{act}/") for place in places if place["here"]]

    assert lit(world.clerk, "screen") == lit(world.clerk, "decline") == ["casework:screening"]
    assert lit(world.clerk, "triage") == ["casework:triage"]
    assert lit(world.caller, "callback") == lit(world.caller, "check-withdrawal") == ["casework:callbacks"]
    assert lit(world.inspector, "recheck") == ["casework:rechecks"]
    assert lit(world.clerk, "assign") == ["casework:ledger"]


def test_whoever_calls_back_has_the_queue_at_the_thumb(world):
    from wanjia.site.menu import at_hand, menu_for

    assert "casework:callbacks" in [place["name"] for place in at_hand(menu_for(world.caller, "/"))]
    assert "casework:callbacks" not in [place["name"] for place in at_hand(menu_for(world.clerk, "/"))]


def test_an_official_map_takes_the_place_of_ours(settings, tmp_path):
    settings.VAR = tmp_path
    (tmp_path / "maps").mkdir()
    ring = [[103, 28], [104, 28], [104, 29], [103, 28]]
    shape = {"type": "Feature", "properties": {"code": "530625202000", "name": "细沙乡"}, "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]}}  # fmt: skip
    (tmp_path / "maps" / "530625.geojson").write_text(json.dumps({"features": [shape]}))
    assert [tile["name"] for tile in maps.drawing("530625000000", {})["tiles"]] == ["细沙乡"]


def test_assets_are_built_only_when_a_source_changed(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(build, "STAMP", tmp_path / "stamp")
    built = []
    monkeypatch.setattr(build, "build_assets", lambda: built.append(1))
    monkeypatch.setattr(build, "compile_translations", lambda: None)
    assert build.main([]) == build.main([]) == 0
    assert built == [1]
    monkeypatch.setattr(build, "sources_digest", lambda: "changed")
    build.main([])
    assert built == [1, 1]

    def broken():
        raise OSError("no network")

    monkeypatch.setattr(build, "build_assets", broken)
    assert build.main(["--force"]) == 1
    assert "请检查能否访问软件包源" in capsys.readouterr().out


@pytest.mark.parametrize(("due", "said"), [(date(2026, 12, 31), False), (date(2027, 1, 4), True)])
def test_every_date_past_the_published_calendar_says_that_it_is_provisional(due, said):
    """Of the step as of the whole (B16): `days_left` is the one place that says how much time is left."""
    calendar = WorkingCalendar({row.day: row.works for row in seed_days()})
    context = {"frame": SimpleNamespace(calendar=calendar, today=date(2026, 12, 30))}
    words = days_left(context, due)
    assert ("暂定" in words) is said
    assert "还剩 1 个工作日" in words if due.year == 2026 else "还剩 2 个工作日" in words


@pytest.mark.parametrize("address", ["/no-such-page/", "/needs/00000000-0000-0000-0000-000000000000/", "/triage/grid/"])
def test_a_refusal_and_a_wrong_address_keep_the_menu(as_user, world, address):
    answer = as_user(world.visitor).get(address)
    html = answer.content.decode()
    assert answer.status_code in (403, 404)
    assert f'href="{reverse("casework:record")}"' in html
    assert html.count("<h1>") == 1


def test_whoever_is_not_signed_in_sees_no_menu_at_a_wrong_address(client, db):
    html = client.get("/no-such-page/").content.decode()
    assert "<nav" not in html
    assert html.count("<h1>") == 1


def test_who_signs_in_again_after_a_button_is_told_that_it_was_not_done(client, as_user, world):
    """An expired session led to the button's own address, which answered with an empty white page."""
    sent = client.post("/journal/verify", {})
    assert (sent.status_code, sent.url) == (302, "/accounts/login/?next=/journal/verify")
    led = as_user(world.inspector).get("/journal/verify")
    assert (led.status_code, led["Allow"]) == (405, "POST")
    assert "刚才那一步没有办成" in led.content.decode()
    assert client.put("/journal/verify").content == b""


def test_a_span_without_an_end_says_since_when():
    assert span(date(2026, 10, 12), date(2026, 12, 1)) == "2026-10-12 – 2026-12-01"
    assert span(date(2026, 10, 12), None) == "2026-10-12 起", "never a dash with nothing behind it"
