"""Same matter, one answer: proposed with reasons, decided by whoever's duty holds all of it, undone without loss; counted as needs and as matters."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from wanjia.kernel import triggers
from wanjia.kernel.calendar import today
from wanjia.orgs.models import User
from wanjia.orgs.roles import Role
from wanjia.registry.models import Household
from wanjia.reporting.figures import queries as counting
from wanjia.verdict import Refused

from ..checking import matters as check
from ..checking.queries import needs as check_needs
from ..exporting.columns import HEADER, lines
from ..handling.commands import report_done
from ..matters import queries
from ..matters.commands import add_to_matter, group_needs, keep_apart, leave_matter, report_matter
from ..matters.rules import told_to
from ..matters.subjects import visible_matters
from ..models import Apart, Joined, Matter, Need, Step
from ..papers import monthly
from .factories import MONDAY, World, later, worker
from .walk import DONE, bring

pytestmark = pytest.mark.django_db
ROAD = "进社的路塌了半边,摩托车过不去"
SAID = (ROAD, "进社的路塌了,车过不去,娃娃上学绕远路", "路塌了半边,摩托车走不了", "我们社的路塌了,摩托车过不去")


@pytest.fixture
def world():
    return World()


def fresh(user):
    return User.objects.get(pk=user.pk)


def home(world, n, group="岩脚组", village=None):
    village = village or world.datong
    return Household.objects.create(number=f"{village.code}{n:03d}", village=village, group_name=group, registered_at=MONDAY)


def hamlet(world, n=4, **facts):
    """n homes of one hamlet ask for the same road."""
    return [
        world.need(household=home(world, 100 + at), category="road", summary=SAID[at % len(SAID)], requester_name=f"户主{at}", at=later(days=at), **facts)
        for at in range(n)
    ]


def numbers(*needs):
    return " ".join(need.number for need in needs)


def grouped(world, *needs, **how):
    return group_needs(numbers=numbers(*needs), by=fresh(world.clerk), at=later(days=6), **how)


def proposals(world, day=later(days=7)):
    return queries.proposals(fresh(world.clerk), world.xisha, today(day))


def told(one):
    return [[row.row["number"], [str(why) for why in row.reasons]] for row in one.needs]


def test_eleven_homes_that_ask_for_one_road_are_one_proposal_with_its_reasons(world):
    """Peers: FixMyStreet's users expect a duplicate hint; HOPE adjudicated duplicates one ticket at a time until July 2026 (#6235)."""
    needs = hamlet(world, 11)
    [one] = proposals(world)
    assert (one.kind, one.n, one.matter) == ("same", 11, None)
    assert [row.row["number"] for row in one.needs] == [need.number for need in needs]
    assert told(one)[1][1] == ["同一个村民小组", "同一类", "说法 36% 相同", "相隔 1 天"]
    matter = group_needs(numbers=one.numbers, by=fresh(world.clerk), at=later(days=11))
    assert Need.objects.filter(matter=matter).count() == 11 and proposals(world) == []


def test_a_repeat_of_one_home_is_proposed_and_one_that_had_ended_is_voiced_again(world):
    """Peers: the hotline's repeat complaints after a sham rectification [thearxiv]: what was closed and comes again is seen as such."""
    first = bring(world, "closed")
    again = world.need(at=later(days=20), summary="还是想申请低保")
    [one] = proposals(world, later(days=21))
    assert told(one) == [[first.number, []], [again.number, ["同一户", "同一类", "说法 40% 相同", "上一件办结 14 天后又提出"]]]
    matter = group_needs(numbers=one.numbers, by=fresh(world.clerk), at=later(days=21))
    first.refresh_from_db()
    assert (first.state, first.matter_id) == ("closed", matter.pk) and not list(check_needs(date(2026, 11, 23)))


def test_what_each_home_has_for_itself_is_not_proposed_across_homes(world):
    for n in (1, 2):
        world.need(household=home(world, 200 + n), summary="老人一个人,低保停了半年,想重新申请", requester_name=f"户主{n}")
    assert proposals(world) == []


def test_words_that_overlap_are_asked_for_more_in_a_village_than_in_a_hamlet(world):
    world.need(household=home(world, 11, "岩脚组"), category="road", summary="进社的路塌了半边,摩托车过不去", requester_name="甲")
    world.need(household=home(world, 12, "坪上组"), category="road", summary="村口的路灯坏了,晚上看不见,摩托车也不敢走", requester_name="乙")
    assert proposals(world) == []
    Household.objects.update(group_name="岩脚组")
    assert len(proposals(world)) == 1


def test_related_needs_of_two_kinds_are_proposed_as_related_and_counted_as_two(world):
    a = world.need(household=home(world, 11), category="road", summary="岩脚组桥垮了,拖拉机运不出花椒", requester_name="甲")
    b = world.need(household=home(world, 12), category="industry", summary="岩脚组桥垮了,花椒运不出去", requester_name="乙")
    [one] = proposals(world)
    assert one.kind == "related"
    grouped(world, a, b, kind="related")
    assert proposals(world) == [] and matters_of("needs.received") == (2, 2)


def test_a_need_that_a_child_is_part_of_is_proposed_with_nothing(world):
    """A child's need never joins by a rule: nobody reads of it beside another home's words. Control: without the child it does."""
    needs = hamlet(world, 2)
    Need.objects.filter(pk=needs[1].pk).update(involves_child=True)
    assert proposals(world) == []
    Need.objects.filter(pk=needs[1].pk).update(involves_child=False)
    assert len(proposals(world)) == 1


def test_what_somebody_found_to_be_two_matters_is_proposed_no_more(world):
    a, b = hamlet(world, 2)
    assert keep_apart(numbers=numbers(a, b), by=fresh(world.clerk), at=later(days=3)) == 1
    assert proposals(world) == [] and Apart.objects.count() == 1
    assert list(Step.objects.filter(act="apart").values_list("need__number", flat=True).order_by("need__number")) == sorted([a.number, b.number])
    with pytest.raises(Refused, match="已经记过"):
        keep_apart(numbers=numbers(b, a), by=fresh(world.clerk), at=later(days=3))
    grouped(world, a, b)  # a person may still find later that they are one


def matters_of(id_, day=None):
    row = next(one for one in counting.figures(Need.objects.all(), day, date(2026, 11, 30)) if one["id"] == id_)
    return row["n"], row["matters"]


def test_each_need_keeps_its_number_date_and_owner_and_leaves_with_all_of_it(world):
    needs = hamlet(world)
    before = {need.pk: (need.number, need.due_on, need.holder_id, need.state) for need in Need.objects.all()}
    matter = grouped(world, *needs[:3])
    assert matter.number == "530625-M0001"
    add_to_matter(matter_id=matter.pk, numbers=needs[3].number, by=fresh(world.clerk), at=later(days=7))
    group = queries.group(fresh(world.clerk), matter)
    assert (group.n, group.due) == (4, min(need.due_on for need in needs))
    leave_matter(matter_id=matter.pk, need=needs[0], reason="路不是同一段", by=fresh(world.clerk), at=later(days=8))
    assert {need.pk: (need.number, need.due_on, need.holder_id, need.state) for need in Need.objects.all()} == before
    assert [step.act for step in needs[0].steps.order_by("n")] == ["record", "group", "ungroup"]
    assert Need.objects.get(pk=needs[0].pk).matter_id is None and Need.objects.filter(matter=matter).count() == 3
    assert queries.group(fresh(world.clerk), matter).due == min(need.due_on for need in needs[1:])


def test_a_matter_of_one_is_none_and_ends(world):
    a, b = hamlet(world, 2)
    matter = grouped(world, a, b)
    leave_matter(matter_id=matter.pk, need=a, by=fresh(world.clerk), at=later(days=8))
    matter.refresh_from_db()
    assert matter.ended_at == later(days=8) and not Need.objects.exclude(matter=None).exists()
    grouped(world, a, b)
    assert list(Matter.objects.order_by("number").values_list("number", flat=True)) == ["530625-M0001", "530625-M0002"]


def test_needs_and_matters_are_counted_by_one_definition_today_and_for_any_past_day(world):
    """Peers: two pages count "inactive volunteer" differently (CASA #1246, #850): here one figure says both numbers, everywhere, as of any day."""
    needs = hamlet(world, 4)
    world.need()
    matter = grouped(world, *needs)
    assert matters_of("needs.received") == (5, 2)
    leave_matter(matter_id=matter.pk, need=needs[3], by=fresh(world.clerk), at=later(days=9))
    assert matters_of("needs.received") == (5, 3)
    assert matters_of("needs.received", later(days=5).date()) == (5, 5)
    assert matters_of("needs.received", later(days=6).date()) == matters_of("needs.received", later(days=8).date()) == (5, 2)
    assert matters_of("needs.received", later(days=9).date()) == (5, 3)
    assert queries.counted_once(5, queries.shared(Need.objects.all())) == 3


def test_putting_together_improves_no_rate(world):
    """Every numerator, denominator and percent stays what it was: needs are counted as needs. Control: the matters do fall."""
    needs = hamlet(world, 3)
    bring(world, "done_reported")
    told = [{name: row[name] for name in ("id", "n", "N", "percent", "shown")} for row in counting.figures(Need.objects.all(), None, later(days=20).date())]
    before = matters_of("needs.received")
    grouped(world, *needs)
    assert [{name: row[name] for name in ("id", "n", "N", "percent", "shown")} for row in counting.figures(Need.objects.all(), None, later(days=20).date())] == told
    assert (before, matters_of("needs.received")) == ((4, 4), (4, 2))


def test_who_sees_one_of_its_needs_alone_learns_of_no_other(client, world):
    """Peers: items under a hierarchy vanish or leak (FixMyStreet #1342, OpenCRVS #3789). Control: the clerk, who sees both, reads all of it."""
    one, other = bring(world, "accepted"), hamlet(world, 1)[0]
    matter = grouped(world, one, other)
    handler, clerk = fresh(world.handler), fresh(world.clerk)
    assert list(visible_matters(handler)) == [] and list(visible_matters(clerk)) == [matter]
    assert queries.groups_of(handler, Need.objects.get(pk=one.pk)) == []
    assert "group" not in [step.act for step in told_to(handler, one.steps.all())]
    assert "group" in [step.act for step in told_to(clerk, one.steps.all())]
    for who, there in ((handler, False), (clerk, True)):
        client.force_login(who)
        page = client.get(reverse("casework:need", args=[one.pk])).content.decode()
        assert (matter.number in page, other.number in page) == (there, there)
        steps = client.get(f"/api/needs/{one.pk}").json()["steps"]
        assert ("group" in [step["act"] for step in steps]) is there
        assert client.get(reverse("casework:matter", args=[matter.pk])).status_code == (200 if there else 404)


def test_all_its_needs_lie_where_the_decider_triages_and_in_one_township(world):
    a, far = hamlet(world, 1)[0], world.need(village=world.xinmin, household=home(world, 11, village=world.xinmin), category="road", summary=ROAD, requester_name="邻乡", by=world.ledger)
    with pytest.raises(Refused, match="没有找到编号"):
        grouped(world, a, far)
    with pytest.raises(Refused, match="不在同一个乡镇"):
        group_needs(numbers=numbers(a, far), by=fresh(world.ledger), at=later(days=6))
    with pytest.raises(Refused, match="没有研判权限"):
        group_needs(numbers=numbers(a, far), by=fresh(world.handler), at=later(days=6))


def in_hand(world, summary, n):
    return bring(world, "accepted", household=home(world, 300 + n), category="road", summary=summary, requester_name=f"户主{n}")


def test_one_report_for_all_that_the_unit_holds_each_with_its_own_line_and_what_cannot_is_named(world):
    """Peers: one ticket at a time (HOPE #6235). Nothing is half written: what is left stands as it stood, with no line and no paper."""
    a, b = in_hand(world, ROAD, 1), in_hand(world, SAID[1], 2)
    fresh_one = bring(world, "assigned", household=home(world, 303), category="road", summary=SAID[2], requester_name="户主3")
    elsewhere = hamlet(world, 1)[0]
    matter = grouped(world, a, b, fresh_one, elsewhere)
    lines = fresh_one.steps.count()
    answer = report_matter(matter_id=matter.pk, by=fresh(world.handler), at=later(days=7), **{**DONE, "outcome_text": "塌方已清,能过车"})
    assert answer["done"] == sorted([a.number, b.number])
    assert [number for number, _why in answer["left"]] == [fresh_one.number] and "签收以后才能报办结" in answer["left"][0][1]
    assert (Need.objects.get(pk=fresh_one.pk).state, fresh_one.steps.count(), fresh_one.evidence.count()) == ("assigned", lines, 0)
    for need in (a, b):
        need.refresh_from_db()
        assert (need.state, need.outcome_text) == ("done_reported", "塌方已清,能过车") and need.steps.order_by("n").last().act == "report_done"
    assert not list(check_needs(date(2026, 11, 9)))
    with pytest.raises(Refused, match="没有能报办结的"):
        report_matter(matter_id=matter.pk, by=fresh(world.handler), at=later(days=7), **DONE)


def test_a_report_that_no_need_can_take_says_why_of_each_and_writes_nothing(world):
    a, b = in_hand(world, ROAD, 1), in_hand(world, SAID[1], 2)
    matter = grouped(world, a, b)
    with pytest.raises(Refused, match=f"{a.number}.*{b.number}"):
        report_matter(matter_id=matter.pk, by=fresh(world.handler), at=later(days=7), **{**DONE, "no_evidence_reason": ""})
    assert not Step.objects.filter(act="report_done").exists()
    report_done(need_id=a.pk, by=fresh(world.handler), at=later(days=7), **DONE)
    assert report_matter(matter_id=matter.pk, by=fresh(world.handler), at=later(days=7), **DONE)["done"] == [b.number]


def test_a_proposal_names_the_matter_that_stands(world):
    a, b, c = hamlet(world, 3)
    matter = grouped(world, a, b)
    [one] = proposals(world)
    assert (one.matter, told(one)[-1][0]) == (matter.pk, c.number)


def test_the_list_and_the_page_of_a_need_propose_the_same(client, world):
    """Peers: two pages count differently (CASA #1246). The need's card is cut from the list's own count."""
    needs = hamlet(world, 3)
    clerk = fresh(world.clerk)
    assert [told(one) for one in queries.likely(clerk, needs[1], today(later(days=7)))] == [told(one) for one in proposals(world)]
    client.force_login(clerk)
    page = client.get(reverse("casework:matters")).content.decode()
    assert all(need.number in page for need in needs) and "同一个村民小组" in page
    sent = {"numbers": [need.number for need in needs[:2]], "what": "same"}
    assert client.post(reverse("casework:decide_matter"), sent).status_code == 302
    assert Need.objects.filter(matter__isnull=False).count() == 2
    assert client.get(reverse("casework:matters") + "?tab=standing").status_code == 200


def test_a_village_worker_is_proposed_nothing(world):
    needs = hamlet(world, 2)
    assert queries.likely(fresh(world.visitor), needs[0], today(later(days=7))) == []
    assert queries.likely(worker("lingdao", "高领导", world.township, Role.TOWNSHIP_LEADER), needs[0], today(later(days=7))) == []


def test_a_form_that_names_no_matter_opens_nothing(client, world):
    client.force_login(world.clerk, "django.contrib.auth.backends.ModelBackend")
    for key in ("not-a-key", "00000000-0000-0000-0000-000000000000"):
        assert client.post(reverse("casework:decide_matter"), {"what": "same", "matter": key, "numbers": "x"}).status_code == 404


def faults():
    return [*check.faults(date(2026, 11, 30)), *check_needs(date(2026, 11, 30))]


@pytest.mark.parametrize("spoil", [
    lambda matter, need: Need.objects.filter(pk=need.pk).update(matter=None),
    lambda matter, need: Need.objects.filter(pk=need.pk).update(related=matter),
    lambda matter, need: Matter.objects.filter(pk=matter.pk).update(ended_at=later(9)),
    lambda matter, need: Matter.objects.filter(pk=matter.pk).update(number="530625-M9999"),
    lambda matter, need: Matter.objects.filter(pk=matter.pk).update(made_by_name="谁"),
    lambda matter, need: Joined.objects.filter(need=need)._raw_delete(using="default"),
    lambda matter, need: Step.objects.filter(need=need, act="group").update(matter=None),
    lambda matter, need: Apart.objects.create(need=need, other=matter.needs.exclude(pk=need.pk).first(), at=later(9), by_name="谁"),
])  # fmt: skip
def test_what_is_changed_behind_the_lines_is_found(world, spoil):
    """The check folds who is in and who is out; control: nothing is found before."""
    needs = hamlet(world, 3)
    matter = grouped(world, *needs)
    assert faults() == []
    triggers.lift(models=[Need, Step, Matter, Joined, Apart])
    spoil(matter, needs[1])
    assert faults()


def test_both_numbers_stand_wherever_the_figure_is_printed(client, world):
    """Peers: two pages count differently (CASA #1246, #850). Dashboard, call, notice and ledger say 4 needs and 2 matters, from one count."""
    needs = hamlet(world, 3)
    world.need()
    matter = grouped(world, *needs)
    client.force_login(fresh(world.ledger))
    assert "收到的 4 件是 2 个事项" in client.get(reverse("reporting:dashboard")).content.decode()
    assert "4 件,2 个事项" in client.get(reverse("casework:ledger")).content.decode()
    figure = next(one for one in client.get("/api/figures").json()["figures"] if one["id"] == "needs.received")
    assert (figure["n"], figure["matters"], figure["percent"]) == (4, 2, None)
    paper = SimpleNamespace(area=world.county, as_of=later(days=8).date(), period="202611", printed_at=later(days=8, hours=2))
    said = monthly.content(paper, None, later(days=9))
    assert (said["n"]["received"], said["matters"]["received"]) == (4, 2)
    printed = render_to_string("casework/papers/monthly.html", {**said, "area": world.county, "anchor": {}})
    assert "收到诉求4件(2个事项)" in printed and "<th>事项</th>" in printed
    assert {row["并案号"] for row in exported(world.clerk)} == {matter.number, ""}


def exported(user):
    rows = lines(Need.objects.order_by("number"), matters=queries.named_to(fresh(user)))
    return [{"并案号": row[HEADER.index("是否重复/并案号")], "过程": row[HEADER.index("办理过程")]} for row in rows]


def test_an_export_names_no_matter_of_which_one_need_alone_is_seen(world):
    one, other = bring(world, "accepted"), hamlet(world, 1)[0]
    matter = grouped(world, one, other)
    assert [row["并案号"] for row in exported(world.clerk)] == [matter.number] * 2
    assert {row["并案号"] for row in exported(world.handler)} == {""}
    assert not any(matter.number in row["过程"] for row in exported(world.clerk))
