"""Three lines and three concerns: one definition of a line kept on every page, who reads what was said, what a raised concern becomes."""

import random
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from wanjia.care.line_states import Line, Pace, Standing
from wanjia.care.lines import beside, queries
from wanjia.care.lines import commands as lines
from wanjia.care.lines import rules as line_rules
from wanjia.care.lines import standing as standings
from wanjia.care.models import Concern, LineContact, Pair, Paired, Rhythm
from wanjia.care.rhythms import commands as rhythms
from wanjia.care.rhythms.queries import faults
from wanjia.indicators.definitions import definitions
from wanjia.kernel.acts import ACTS
from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry, EntryKind
from wanjia.kernel.tests.tried import MONDAY
from wanjia.policy import contacts
from wanjia.registry.models import Person
from wanjia.reporting.figures import queries as counting
from wanjia.verdict import Conflict, Refused

from .acts_lines import anew, paired, unpaired, unvetted, watched, who
from .factories import checked, helper, pair

DAY = MONDAY.date()
BACKEND = "django.contrib.auth.backends.ModelBackend"
SECRET = "奶奶说爸爸常喝酒"


def told(world, line="parent", way="phone", on=DAY, by="helper", **facts):
    return lines.note_contact(**paired(world), line=line, way=way, on=on, **facts, **who(world, by))


def row(world, day=DAY):
    return queries.of_child(world.register.child, day)


def dots(world, day=DAY):
    return [dot.standing for dot in row(world, day).dots]


def others(world):
    """The child is in no group that is reached every month."""
    paired(world)
    rhythms.keep_rhythms(children=[world.register.child.pk], by=rhythms.CLOCK, at=MONDAY)


# --- the rule ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("last", "months", "how"), [
    (date(2026, 11, 1), 1, Standing.KEPT), (date(2026, 10, 31), 1, Standing.DUE), (date(2026, 9, 30), 1, Standing.LATE), (None, 1, Standing.LATE),
    (date(2026, 10, 1), 3, Standing.KEPT), (date(2026, 9, 30), 3, Standing.DUE), (date(2026, 6, 30), 3, Standing.LATE),
])  # fmt: skip
def test_a_line_is_kept_by_the_month_or_the_quarter_of_the_calendar(last, months, how):
    assert contacts.standing(last, date(2025, 1, 1), DAY, months) == how


def test_who_is_in_company_since_this_month_is_late_of_nothing():
    assert contacts.standing(None, date(2026, 11, 1), DAY, 1) == Standing.DUE


def test_the_database_says_the_same_as_the_rule_over_random_days(world):
    """The one definition is written twice, for rows and for one line: both must answer alike."""
    dice, child, one = random.Random(131), world.register.child, helper(world)
    mine = pair(world, one, from_on=date(2026, 3, 20))
    for line in Line.values:
        for _n in range(6):
            LineContact.objects.get_or_create(
                child=child, helper=one, line=line, way=dice.choice(["phone", "visit"]), reached=dice.random() < 0.8, on=date(2026, 3, 20) + timedelta(days=dice.randrange(250)),
                taken_back_at=MONDAY if dice.random() < 0.1 else None, defaults={"recorded_at": MONDAY},
            )  # fmt: skip
    Rhythm.objects.create(child=child, pace=Pace.OTHERS, from_on=date(2026, 6, 1), looked_on=date(2026, 6, 1))
    for _n in range(60):
        day = date(2026, 3, 20) + timedelta(days=dice.randrange(300))
        found = standings.standing(Paired.objects.all(), day).get()
        pace = Pace.OTHERS if day >= date(2026, 6, 1) else Pace.PRIORITY
        assert found.f_pace == pace
        for line in Line.values:
            last = max((c.on for c in LineContact.objects.filter(standings.COUNTS, line=line, on__lte=day)), default=None)
            assert (getattr(found, f"f_{line}_on"), getattr(found, f"f_{line}")) == (last, contacts.standing(last, mine.from_on, day, contacts.in_force(day).every[pace][line])), (day, line)


# --- one definition on every page ------------------------------------------------------------------------------------------


def test_every_page_card_and_figure_counts_a_contact_alike(world, client):
    """CASA's users found two pages that disagreed; here each number of kept lines comes out of one population."""
    told(world, "parent")
    told(world, "teacher", missed=True)
    lines.take_back_contact(contact_id=LineContact.objects.get(line="parent").pk, **who(world))
    told(world, "parent", "message")
    told(world, "student", "phone", on=date(2026, 10, 20))
    wanted = {"parent": Standing.KEPT, "teacher": Standing.LATE, "student": Standing.DUE}
    Pair.objects.update(from_on=date(2026, 6, 1))
    for rows in (queries.mine(anew(world, "helper"), DAY), [row(world)], beside.of_home(asks(world, "visitor"), world.register.home)["rows"], beside.on_desk(asks(world, "helper"), None)["rows"],
                 [beside.of_file(asks(world, "visitor"), world.register.child)["one"]], beside.near(asks(world, "visitor"), None)["rows"]):  # fmt: skip
        assert {dot.line.value: dot.standing for dot in rows[0].dots} == wanted
    figures = {one["id"]: one["n"] for one in counting.figures(Paired.objects.all(), DAY, DAY)}
    assert figures == {"lines.due": 1, "lines.parent": 1, "lines.teacher": 0, "lines.student": 0, "lines.all": 0, "lines.late": 1, "lines.met": 0}
    now = {one["id"]: one["n"] for one in counting.figures(Paired.objects.all(), None, today(timezone.now()))}
    assert now == {one["id"]: one["n"] for one in counting.of_area("530625") if one["id"].startswith("lines.")}
    client.force_login(anew(world, "visitor"), BACKEND)
    for figure, n in {"lines.parent": 1, "lines.teacher": 0, "lines.late": 1, "lines.all": 0}.items():
        shown = client.get(reverse("care:lines"), {"figure": figure}).context["page"]
        # the page is of today, the contacts of a past month: what it counts and what it lists agree whatever the day
        assert len(shown.object_list) == counting.rows_of(figure, Paired.objects.all(), *[client.get(reverse("care:lines")).context["day"]] * 2).count(), (figure, n)


def test_a_page_with_a_definition_of_its_own_would_disagree(world, monkeypatch):
    """Negative control: thirty days gone by, as others count it, says otherwise of the first of a month."""
    told(world, on=date(2026, 10, 30))
    kept = counting.rows_of("lines.parent", Paired.objects.all(), DAY, DAY).count()
    by_days = LineContact.objects.filter(standings.COUNTS, line="parent", on__gt=DAY - timedelta(days=30)).count()
    assert (kept, by_days) == (0, 1)


def asks(world, name):
    from types import SimpleNamespace

    return SimpleNamespace(user=anew(world, name), day=DAY, at=MONDAY)


def test_the_past_is_counted_as_it_was(world):
    told(world, on=date(2026, 10, 20))
    counted = {day: counting.count(Paired.objects.all(), day, DAY, items=definitions("lines"))["lines.parent"] for day in (date(2026, 10, 19), date(2026, 10, 20), DAY)}
    assert counted == {date(2026, 10, 19): 0, date(2026, 10, 20): 1, DAY: 0}


def test_a_child_who_died_since_is_still_counted_of_the_days_before(world):
    told(world, on=date(2026, 10, 20))
    Person.objects.filter(pk=world.register.child.pk).update(died_on=date(2026, 10, 25))
    counted = [counting.count(Paired.objects.all(), day, DAY, items=definitions("lines"))["lines.due"] for day in (date(2026, 10, 24), date(2026, 10, 25), DAY)]
    assert counted == [1, 0, 0]


def test_what_a_page_reads_of_contacts_does_not_grow_with_the_years(world):
    """Of each line the last contact and the last try in vain, however many there were before."""
    one = helper(world)
    pair(world, one, from_on=date(2020, 1, 1))
    for n in range(40):
        for reached in (True, False):
            LineContact.objects.create(child=world.register.child, helper=one, line="parent", way="phone", reached=reached, on=DAY - timedelta(days=30 * n + reached), recorded_at=MONDAY)
    (pair_now,) = standings.standing(Paired.objects.all(), DAY)
    assert len(queries._ways([pair_now])) == 1
    assert queries._tried([world.register.child.pk], DAY) == {(world.register.child.pk, "parent"): DAY}
    assert (row(world).dots[0].on, row(world).dots[0].way, row(world).dots[0].tried) == (DAY - timedelta(days=1), "电话", DAY)


def test_the_worst_line_sorts_first_then_the_longest_ago(world):
    one = helper(world)
    kids = [world.register.child, *(world.register.join(name, "儿子", date(2015, 5, n), 30 + 2 * n, schooling="primary") for n, name in ((3, "王一"), (5, "王二")))]
    for child, days in zip(kids, ((1, 1, 1), (1, 1, 40), (1, 1, 70)), strict=True):
        pair(world, one, child, from_on=date(2026, 6, 1))
        for line, back in zip(Line.values, days, strict=True):
            LineContact.objects.create(child=child, helper=one, line=line, way="phone", reached=True, on=DAY - timedelta(days=back), recorded_at=MONDAY)
    found = standings.worst_first(standings.standing(Paired.objects.all(), DAY))
    assert [one.child_id for one in found] == [kids[2].pk, kids[1].pk, kids[0].pk]


def test_a_number_of_a_past_day_opens_the_rows_of_that_day(world, client):
    """The programme's page of a past year leads here: ?as_of= is the day of the number, today's right to see is today's."""
    told(world, on=date(2026, 10, 20))
    lines.raise_concern(**paired(world), domain="mind", then="watch", words="近来话少了", **who(world))
    lines.settle_concern(concern_id=Concern.objects.get().pk, outcome="好多了", by=anew(world, "helper"), at=MONDAY + timedelta(days=3))
    client.force_login(anew(world, "visitor"), BACKEND)
    opened = {}
    for page, figure, day in (("care:lines", "lines.parent", "2026-10-31"), ("care:lines", "lines.parent", "2026-10-19"), ("care:concerns", "concerns.open", "2026-11-03"), ("care:concerns", "concerns.open", "2026-11-05")):
        shown = client.get(reverse(page), {"figure": figure, "as_of": day}).context
        opened[figure, day] = len(shown["page"].object_list)
        assert {row["id"]: row["n"] for row in shown["figures"]}[figure] == opened[figure, day]
    assert list(opened.values()) == [1, 0, 1, 0]
    assert client.get(reverse("care:lines"), {"as_of": "x"}).status_code == 404


# --- rhythms ----------------------------------------------------------------------------------------------------------------


def test_others_are_reached_by_the_quarter_and_the_child_by_the_month(world):
    told(world, on=date(2026, 10, 5))
    told(world, "student", "phone", on=date(2026, 10, 5))
    Pair.objects.update(from_on=date(2026, 1, 1))
    assert dots(world) == [Standing.DUE, Standing.LATE, Standing.DUE]
    others(world)
    assert dots(world) == [Standing.KEPT, Standing.LATE, Standing.DUE]


def test_a_class_that_the_register_bears_out_no_more_ends_on_that_day(world):
    others(world)
    Rhythm.objects.update(from_on=date(2026, 10, 1))
    Rhythm.objects.update(looked_on=date(2026, 10, 1), pace=Pace.PRIORITY)
    assert [fault[1:] for fault in faults(DAY)] == [("pace", "priority", "others")]
    rhythms.look(at=MONDAY)
    assert [(one.pace, one.from_on, one.to_on) for one in Rhythm.objects.order_by("from_on")] == [("priority", date(2026, 10, 1), DAY), ("others", DAY, None)]
    assert (list(faults(DAY)), Entry.objects.filter(act="child.rhythm").count()) == ([], 1)


# --- contacts ---------------------------------------------------------------------------------------------------------------


def test_a_contact_says_in_the_journal_that_it_was_and_never_what_was_said(world):
    told(world, note=SECRET)
    entry = Entry.objects.get(act="child.contact")
    assert SECRET not in str(entry.__dict__)
    assert LineContact.objects.get().note == SECRET


def test_the_same_twice_is_one_row(world):
    told(world)
    with pytest.raises(Conflict):
        told(world)
    assert LineContact.objects.count() == 1


def test_whoever_is_not_vetted_meets_no_child_but_calls_its_teacher(world):
    paired(world)
    unvetted(world, None)
    told(world, "teacher", "school")
    with pytest.raises(Refused, match="背景审查"):
        told(world, "student", "school")


def test_without_the_guard_it_would_be_written(world, monkeypatch):
    """Negative control."""
    paired(world)
    unvetted(world, None)
    monkeypatch.setattr(line_rules, "may_be_near_children", lambda helper, day: True)
    told(world, "student", "school")
    assert LineContact.objects.count() == 1


def test_a_card_filled_in_by_hand_is_written_by_whoever_keeps_cards(world):
    lines.enter_card(**paired(world), parent_on=DAY, parent_way="visit", student_on=DAY, student_way="school", **who(world, "visitor"))
    assert sorted(LineContact.objects.values_list("line", "way", "helper__name")) == [("parent", "visit", "岳帮扶"), ("student", "school", "岳帮扶")]


# --- concerns ---------------------------------------------------------------------------------------------------------------


def test_a_raised_concern_is_a_task_with_its_day_or_a_need_in_one_step(world):
    paired(world)
    lines.raise_concern(**paired(world), domain="study", words=SECRET, then="task", todo="请老师补课", due_on=DAY + timedelta(days=7), **who(world))
    lines.raise_concern(**paired(world), domain="life", words=SECRET, then="need", **who(world))
    need = apps.get_model("casework.Need").objects.get()
    assert (need.requester_name, need.involves_child, need.story, need.holder is not None) == (world.register.child.shown_name, True, SECRET, True)
    assert SECRET not in need.summary
    assert sorted(Concern.objects.values_list("domain", "need")) == [("life", need.number), ("study", "")]
    counted = counting.count(Concern.objects.all(), DAY, DAY, items=definitions("concerns"))
    assert counted == {"concerns.open": 2, "concerns.study": 1, "concerns.life": 1, "concerns.mind": 0, "concerns.acted": 2, "concerns.overdue": 0}
    assert counting.count(Concern.objects.all(), DAY + timedelta(days=8), DAY, items=definitions("concerns"))["concerns.overdue"] == 1


def test_what_is_to_be_done_stands_before_what_is_watched(world):
    about = {"child": world.register.child, "on": DAY, "recorded_at": MONDAY, "words": SECRET}
    for name, facts in {"watched": {"level": "watch"}, "later": {"level": "act", "due_on": DAY + timedelta(days=9)}, "ledger": {"level": "act", "need": "X-1", "handed_on": DAY}, "soon": {"level": "act", "due_on": DAY}}.items():
        Concern.objects.create(domain="life", todo=name, **about, **facts)
    assert [one.todo for one in queries.concerns_listed(anew(world, "visitor"), DAY)] == ["soon", "later", "ledger", "watched"]


def test_what_is_put_on_the_ledger_later_was_watched_or_overdue_until_then(world):
    """A figure of a past day does not change by what is done today; the negative control is the day itself."""
    lines.raise_concern(**paired(world), domain="mind", then="watch", words="近来话少了", **who(world))
    lines.raise_concern(**paired(world), domain="study", then="task", words=SECRET, todo="请老师补课", due_on=DAY, **who(world))
    for one in Concern.objects.all():
        lines.hand_concern_on(concern_id=one.pk, by=anew(world, "helper"), at=MONDAY + timedelta(days=3))
    counted = [counting.count(Concern.objects.all(), DAY + timedelta(days=n), DAY + timedelta(9), items=definitions("concerns")) for n in (2, 3)]
    assert [(one["concerns.acted"], one["concerns.overdue"]) for one in counted] == [(1, 1), (2, 0)]


def test_a_settled_concern_was_open_the_day_before(world):
    lines.raise_concern(**paired(world), domain="mind", then="watch", words="近来话少了", **who(world))
    lines.settle_concern(concern_id=Concern.objects.get().pk, outcome="好多了", by=anew(world, "helper"), at=MONDAY + timedelta(days=3))
    items = definitions("concerns")
    assert [counting.count(Concern.objects.all(), DAY + timedelta(days=n), DAY + timedelta(9), items=items)["concerns.open"] for n in (0, 2, 3)] == [1, 1, 0]


def test_without_a_ledger_the_need_is_refused_with_a_way_out(world, monkeypatch):
    monkeypatch.setattr(line_rules, "gather", lambda kind: [])
    with pytest.raises(Refused, match="没有诉求台账"):
        lines.raise_concern(**paired(world), domain="life", words=SECRET, then="need", **who(world))
    assert not Concern.objects.exists()


def test_without_a_ledger_what_is_watched_is_not_put_on_it_later_either(world, monkeypatch):
    """Nor is it offered to whoever looks at it; with a ledger it is (negative control)."""
    one, act = Concern.objects.get(pk=watched(world)["concern_id"]), ACTS["care.hand_concern_on"]
    assert act.verdict(anew(world, "helper"), one, MONDAY)
    monkeypatch.setattr(line_rules, "gather", lambda kind: [])
    with pytest.raises(Refused, match="没有诉求台账"):
        lines.hand_concern_on(concern_id=one.pk, **who(world))


# --- who sees what -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "may"), [("helper", True), ("visitor", True), ("officer", True), ("clerk", False), ("leader", False), ("teacher", False), ("care", False), ("admin", False), ("auditor", False)])
def test_what_was_said_is_read_by_three_and_each_reading_is_written_down(world, name, may):
    told(world, note=SECRET)
    if not may:
        with pytest.raises(Refused):
            lines.read_notes(child_id=world.register.child.pk, **who(world, name))
        assert not Entry.objects.filter(act="child.care_notes").exists()
        return
    said = lines.read_notes(child_id=world.register.child.pk, **who(world, name))
    assert said[0][2] == [SECRET]
    assert Entry.objects.get(act="child.care_notes").kind == EntryKind.READING


@pytest.mark.parametrize("name", ["helper", "visitor", "clerk", "officer", "care", "leader", "teacher", "stranger", "auditor", "admin"])
def test_no_page_shows_the_name_or_what_was_said(world, client, name):
    told(world, note=SECRET)
    lines.raise_concern(**paired(world), domain="study", then="watch", words=SECRET, **who(world))
    client.force_login(anew(world, name), BACKEND)
    child = world.register.child
    for address in (reverse("care:mine"), reverse("care:lines"), reverse("care:concerns"), reverse("care:programme"), reverse("care:child", args=[child.pk]), reverse("desk"),
                    reverse("care:child_contact", args=[child.pk]), reverse("care:child_concern", args=[child.pk]), reverse("care:child_card", args=[child.pk])):  # fmt: skip
        body = client.get(address).content.decode()
        assert child.name not in body and SECRET not in body, address
    assert not Entry.objects.filter(act="child.named_in_care").exists()


def test_names_stand_where_they_were_asked_for_and_each_reading_is_written_down_before(world, client):
    told(world)
    client.force_login(anew(world, "helper"), BACKEND)
    for address, query in ((reverse("care:mine"), {"names": "1"}), (reverse("care:month_card"), {})):
        answer = client.get(address, query)
        assert world.register.child.name in answer.content.decode()
    assert Entry.objects.filter(act="child.named_in_care", subject_id=str(world.register.child.pk)).count() == 2


def test_without_the_reading_no_name_leaves(world, client, monkeypatch):
    """Negative control: names are sent only after the journal took the reading."""
    told(world)
    client.force_login(anew(world, "helper"), BACKEND)

    def broken(*_children, **_facts):
        raise Refused("日志写不进")

    monkeypatch.setattr("wanjia.care.lines.views.read_names", broken)
    assert world.register.child.name not in client.get(reverse("care:mine"), {"names": "1"}).content.decode()


def test_on_a_device_lies_no_name(world, client):
    told(world)
    client.force_login(anew(world, "helper"), BACKEND)
    assert world.register.child.name not in client.get(reverse("care:mine"), {"names": "1"}, headers={"Satchel": "1"}).content.decode()


def test_a_tap_on_the_list_writes_and_comes_back(world, client):
    child = paired(world)["child_id"]
    client.force_login(anew(world, "helper"), BACKEND)
    Person.objects.filter(pk=child).update(birth_on=date(2016, 5, 20))
    answer = client.post(reverse("care:mine"), {"child_id": child, "line": "parent", "way": "phone"})
    assert (answer.status_code, LineContact.objects.get().line) == (302, "parent")


def test_who_keeps_no_company_with_a_child_finds_none(world, client):
    other = helper(world, user=anew(world, "handler"), name="别的帮扶人")
    checked(other, at=MONDAY)
    told(world)
    client.force_login(anew(world, "handler"), BACKEND)
    assert client.get(reverse("care:child", args=[world.register.child.pk])).status_code in (403, 404)


def test_a_child_without_anybody_can_be_watched_and_not_called(world):
    paired(world)
    unpaired(world, None)
    lines.raise_concern(child_id=world.register.child.pk, domain="study", then="watch", words="没有人管作业", **who(world, "visitor"))
    assert Concern.objects.get().helper is None
