"""Rules of points, of the fee and for feasts cite a by-law as it is in force on the day; lines go by it only while it is, and show its text of their day."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.house.worlds import World
from wanjia.verdict import Refused

from ..bylaws import citing
from ..customs.commands import check_stretch
from ..fees.commands import draw_fee_rule
from ..models import BylawSpell, FeeRule, PointScheme
from ..points.commands import draw_scheme, propose_points
from ..points.lapses.commands import book_lapse, drop_lapse, tell_lapse
from . import bylaw_factories as laws
from . import fee_factories, point_factories
from .cited import DAY, clause

pytestmark = pytest.mark.django_db
who = laws.who


@pytest.fixture
def world():
    return World()


def shown(page, *args, world):
    """What the clerk reads on a page."""
    client = Client()
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    return " ".join(client.get(reverse(page, args=args)).content.decode().split())


def test_a_rule_bears_the_clause_it_cites_and_a_page_shows_its_text(world):
    one = draw_scheme(village=world.datong, fen=100, cites=clause(world, "points_rules"), **who(world.visitor))
    since = DAY - timedelta(days=9)
    assert (one.resolved, one.resolved_on) == ("《points_rules》第 1 版第 1 条", since)
    html = shown("village:point_scheme", one.pk, world=world)
    assert laws.CLAUSE in html and "的条文就是这样" in html


def test_what_was_written_before_reads_as_it_did(world):
    one = point_factories.scheme(world)
    html = shown("village:point_scheme", one.pk, world=world)
    assert one.resolved in html and "依据的制度" not in html


def test_the_version_before_is_not_cited_and_its_text_of_a_day_is_told(world):
    """A second version replaced the first today: only it may be cited; a line of yesterday shows the first, one of today the second."""
    old = clause(world, "points_rules")
    BylawSpell.objects.update(to_on=DAY)
    laws.BylawVersion.objects.filter(pk=old.of_id).update(state="bylaw_ended")
    new = laws.version(world, laws.V.IN_FORCE, kind="points_rules")
    BylawSpell.objects.filter(of=new).update(from_on=DAY)
    new.clauses.update(words="换了一句。")
    with pytest.raises(Refused, match="今天不在施行"):
        draw_scheme(village=world.datong, fen=100, cites=old, **who(world.visitor))
    assert draw_scheme(village=world.datong, fen=100, cites=new.clauses.get(), **who(world.visitor)).cites == new.clauses.get()
    assert citing.shown(old, DAY - timedelta(days=1)).same
    then = citing.shown(old, DAY)
    assert not then.same and then.then.words == "换了一句。"
    assert citing.shown(old, DAY - timedelta(days=30)).then is None


def test_no_line_goes_by_a_by_law_that_the_township_stopped(world):
    """On the day before it was stopped a deed counts, on the day itself it does not."""
    item = point_factories.item(world)
    PointScheme.objects.filter(pk=item.scheme_id).update(cites=clause(world, "points_rules"))
    BylawSpell.objects.update(to_on=DAY)
    item.refresh_from_db()
    asked = {"home": world.register.home, "item": item, "words": "清扫村口到学校的路", **who(world.visitor)}
    with pytest.raises(Refused, match="引用的制度那一天没有施行"):
        propose_points(day=DAY, **asked)
    claim = propose_points(day=DAY - timedelta(days=1), **asked)
    html = shown("village:point_claim", claim.pk, world=world)
    assert laws.CLAUSE in html and f"{DAY - timedelta(days=1)} 的条文就是这样" in html


@pytest.mark.parametrize("stopped", [True, False])
def test_no_point_lapses_while_the_by_law_it_lapses_by_is_stopped(world, stopped):
    """Neither is it told to the homes nor taken off the book; the control: the by-law stands."""
    one = point_factories.lapse(world)
    PointScheme.objects.filter(pk=one.scheme_id).update(cites=clause(world, "points_rules"))
    BylawSpell.objects.update(to_on=point_factories.TOLD if stopped else None)
    told = {"point_scheme_id": one.scheme_id, "year": 2026, **who(world.visitor, point_factories.TOLD)}
    book = {"point_lapse_id": one.pk, **who(world.clerk, point_factories.OVER)}
    if stopped:
        with pytest.raises(Refused, match="引用的制度那一天没有施行"):
            book_lapse(**book)
        drop_lapse(point_lapse_id=one.pk, reason="制度停止执行", **who(world.visitor, point_factories.TOLD))
        with pytest.raises(Refused, match="引用的制度那一天没有施行"):
            tell_lapse(**told)
    else:
        assert book_lapse(**book).points == 10


def test_a_fee_begins_on_no_day_before_its_by_law(world):
    asked = {"village": world.datong, "basis": "per_home", "span": "quarter", "yuan": "60", "cites": clause(world, "refuse"), **who(world.visitor)}
    with pytest.raises(Refused, match="以前的不补收"):
        draw_fee_rule(from_on=date(2026, 10, 1), **asked)
    assert draw_fee_rule(from_on=date(2026, 12, 1), **asked).resolved_on == DAY - timedelta(days=9)
    assert FeeRule.objects.get().cites.of.bylaw.kind == "refuse"


def test_a_look_at_a_stretch_bears_the_frontage_rule_of_its_day(world):
    one = fee_factories.stretch(world)
    rule = laws.version(world, laws.V.IN_FORCE)
    check_stretch(stretch_id=one.pk, **who(world.visitor))
    assert one.checks.get().rule == rule
    assert shown("village:stretch", one.pk, world=world).count("《门前三包》第 1 版") == 2
