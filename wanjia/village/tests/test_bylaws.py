"""By-laws: from the first opinion to the text on any day; what the reader of clauses meets however it is worded; one version in force, whatever races; stopped and back."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.test import Client

from tests.house.quicker import just_before
from tests.house.worlds import World
from wanjia.policy import bylaws as policy
from wanjia.verdict import Conflict, Refused

from ..agenda import commands as agenda
from ..bylaw_states import VersionState as V
from ..bylaws import commands as bylaws
from ..bylaws import queries
from ..deciding import commands as deciding
from ..meetings import commands as meetings
from ..models import AgendaItem, BylawSpell, BylawVersion, Meeting, PublicNotice
from .bylaw_factories import DAY, MONDAY, second, version, who
from .factories import body, signed

NEW_LAW = date(2026, 1, 1)
# Against the law, however it is worded.
BAD = {
    "fines": ["乱倒垃圾的罚款五十元", "乱倒垃圾,罚　款 50 元", "乱倒垃圾罚.款50元", "違者罰款五十元", "违者处以罚金", "不得已罚款五十元", "不得不罚款五十元", "村民不得乱倒垃圾,罚款五十元", "fa款五十", "参加者不得早退。罚款十元", "记过一次,罚五十", "罰 錢一百", "不交的交违约金"],
    "fines_by_name": ["违反的交教育费一百元", "迟到的拿出二十块钱给集体", "不参加清扫的每次扣五十元", "办酒超过十二桌的请全村吃饭出酒席两桌", "超标的放电影一场,费用三百元自掏", "违规的保证金不退", "违者缴纳伍拾圆", "乱倒垃圾的处50元", "违者每次五十元", "不参加清扫的一次一百元", "迟到的按每人次十元算"],
    "benefits": ["不参加的取消低保", "乱倒垃圾三次的,低保、医保一律不予上报", "不听劝的,村里停发各种补贴", "不来开会的低保停三个月", "违反的危房改造不办"],
    "services": ["不交费的断水断电", "不服从的村里不给开证明", "不交的一律不盖公章", "欠费的孩子不让上学", "欠费不供水", "不交的锁水表", "不交的停供两天"],
    "expelling": ["偷东西的赶出村子", "屡教不改的请他搬出本村", "违反两次的收回承包地", "开除村籍", "违反的取消村民资格", "三次以上的没收宅基地"],
    "shaming": ["三次以上的名字用大喇叭广播", "不孝的上黑榜", "违反的把照片发到群里", "在公开栏张贴违反者姓名", "不打扫的挂牌示众", "三次以上的会上点名通报"],
    "women": ["出嫁女不参加集体分红", "姑娘嫁到外村的,承包地收回", "嫁出去的闺女不分征地款", "离婚的妇女户口不保留", "上门女婿不得参加分红", "只有男丁才能分宅基地", "女方改嫁的不享受收益"],
    "person": ["偷盗的捆绑送派出所", "不交的牵走猪牛", "一人违反全家取消资格,全家受处理"],
    "petition": ["不得越级上访", "上访的一律不给补助", "村民不准举报村干部"],
    "levies": ["每户必须出工五个"],
    "marriage": ["结婚彩礼不得超过三万元"],
}  # fmt: skip
GOOD = [
    "门前三包:包卫生、包绿化、包秩序", "红白喜事一桌不超过十二个菜,亲友凑个热闹", "每户每月交垃圾清运费五元,特困户免交", "不得罚款,违反的批评教育", "严禁以任何形式罚款", "村里不得停水停电", "饮水池三个组轮流管,一组一年",
    "考上大学的在村里开一次茶话会", "妇女和男子一样参加会议", "谁都可以提议题,不留名字一样答复", "不得把人赶出村", "收费用在哪里每季度公开", "老人、残疾人家门前由志愿者帮忙清扫", "村务监督委员会看账,账目每季度张贴", "水费按表计量,每方一元",
    "不公布任何人的姓名和照片", "白事三天办完,提倡厚养薄葬", "垃圾清运处理费每户每月五元", "乱倒垃圾的由组长提醒,处理好为止", "修水池每处补一百元材料费",
]  # fmt: skip


@pytest.fixture
def world(db):
    return World()


@pytest.mark.parametrize(("code", "clause"), [(code, clause) for code, clauses in BAD.items() for clause in clauses])
def test_the_reader_meets_what_is_against_the_law_however_it_is_worded(code, clause):
    found = policy.judge(clause, DAY)
    assert code in {one.code for one in found}, [(one.code, one.said) for one in found]
    assert all(one.why and one.source and one.said for one in found)


@pytest.mark.parametrize("clause", GOOD)
def test_the_reader_lets_what_is_lawful_through(clause):
    assert policy.judge(clause, DAY) == []


@pytest.mark.parametrize(("code", "clause", "first", "before", "after"), [
    ("fines", "罚款五十元", date(2021, 7, 15), "第十四条", "第十六条"), ("fines", "罚款五十元", NEW_LAW, "第二十七条", "第三十一条"),
    ("women", "外嫁女不分红", date(2023, 1, 1), "第三十三条", "第五十五条"), ("women", "外嫁女不分红", date(2025, 5, 1), "第五十五条、第五十六条", "农村集体经济组织法第八条"),
    ("shaming", "上黑榜", date(2021, 1, 1), "民法通则", "民法典"), ("shaming", "上黑榜", NEW_LAW, "第二十七条", "第三十一条"), ("benefits", "取消低保", date(2026, 7, 1), "暂行办法", "社会救助法(2026"),
    ("benefits", "取消低保", NEW_LAW, "第二十七条", "第三十一条"), ("expelling", "开除村籍", date(2025, 5, 1), "农村土地承包法第二十七条", "农村集体经济组织法第十一条"), ("expelling", "开除村籍", NEW_LAW, "第二十七条", "第三十一条"),
    ("services", "停水", NEW_LAW, "第二十七条", "第三十一条"), ("person", "关起来", date(2021, 1, 1), "物权法", "民法典"), ("person", "关起来", NEW_LAW, "第二十七条", "第三十一条"),
    ("petition", "不得上访", date(2022, 5, 1), "信访条例第三条", "信访工作条例"), ("petition", "不得上访", NEW_LAW, "第二十七条", "第三十一条"), ("levies", "摊派", NEW_LAW, "第二十四条", "第二十八条"),
    ("marriage", "不准离婚", date(2021, 1, 1), "婚姻法", "民法典"), ("marriage", "不准离婚", NEW_LAW, "第二十七条", "第三十一条"), ("fines_by_name", "悔过费", date(2021, 7, 15), "第十四条", "第十六条"),
])  # fmt: skip
def test_the_article_is_the_one_of_the_day(code, clause, first, before, after):
    cited = [next(one.source for one in policy.judge(clause, day) if one.code == code) for day in (first - timedelta(days=1), first)]
    assert before in cited[0] and after in cited[1] and cited[0] != cited[1]


def test_who_may_adopt_is_dated_too():
    assert policy.adopts("covenant").bodies == ("villagers",) and policy.adopts("covenant").matter == "bylaws" and policy.adopts("feasts") == policy.adopts("water")
    law = policy.adopts("covenant").law
    assert "第二十七条" in policy.source_on(law, NEW_LAW - timedelta(days=1)) and "第三十一条" in policy.source_on(law, NEW_LAW)
    assert all(one.law for one in policy.lines())


def walk(world, one, ruling="pass"):
    """From the draft to the notice: what people do, by the acts."""
    bylaws.hear_homes(bylaw_version_id=one.pk, until=DAY, homes=41, words="多数赞成", **who(world.visitor))
    bylaws.submit_bylaw(bylaw_version_id=one.pk, **who(world.visitor))
    bylaws.check_bylaw(bylaw_version_id=one.pk, lawful=True, words="", **who(world.clerk))
    reps = body(world, "representatives", seats=9)
    bylaws.put_bylaw(bylaw_version_id=one.pk, body=reps, **who(world.visitor))
    one.refresh_from_db()
    held = meetings.call_meeting(governing_body_id=reps.pk, day=DAY, place="村委会", told_on=DAY - timedelta(days=4), counting="seats", **who(world.visitor))
    agenda.put_item(agenda_item_id=one.item_id, meeting=held, **who(world.visitor))
    meetings.open_meeting(meeting_id=held.pk, **who(world.visitor))
    for row in held.roll.all()[:7]:
        meetings.mark_roll(meeting_seat_id=row.pk, came="present", **who(world.visitor))
    agenda.rule_on_item(agenda_item_id=one.item_id, ruling=ruling, votes_for=6, votes_against=1, conclusion="通过,自公示起施行", answers="村委会副主任", due_on=DAY + timedelta(days=30), **who(world.visitor))
    Meeting.objects.get(pk=held.pk)
    meetings.close_meeting(meeting_id=held.pk, **who(world.visitor))
    signed(Meeting.objects.get(pk=held.pk))
    deciding.file_decision(agenda_item_id=one.item_id, filed_on=DAY, heard="同意", **who(world.visitor))
    deciding.post_notice(agenda_item_id=one.item_id, from_on=DAY, until_on=DAY + timedelta(days=14), where="公开栏", words="门前三包", **who(world.visitor))


def test_a_rule_from_the_first_opinion_to_its_text_on_any_day(world):
    old = version(world, V.IN_FORCE)
    new = bylaws.draw_bylaw(village=world.datong, kind="frontage", name="门前三包", **who(world.visitor))
    assert new.serial == 2 and new.clauses.count() == 1, "it begins with what holds"
    bylaws.write_bylaw_clause(bylaw_version_id=new.pk, number=2, words="罚款五十元", **who(world.visitor))
    bylaws.hear_homes(bylaw_version_id=new.pk, until=DAY, homes=41, words="多数赞成", **who(world.visitor))
    with pytest.raises(Refused, match="不合法"):
        bylaws.submit_bylaw(bylaw_version_id=new.pk, **who(world.visitor))
    bylaws.write_bylaw_clause(bylaw_version_id=new.pk, number=2, words="做不到的由小组长上门提醒。", **who(world.visitor))
    walk(world, new)
    bylaws.adopt_bylaw(bylaw_version_id=new.pk, **who(world.clerk))
    old.refresh_from_db()
    assert old.state == V.ENDED and queries.in_force(world.datong.pk, "frontage", DAY).pk == new.pk and queries.in_force(world.datong.pk, "frontage", DAY - timedelta(days=1)).pk == old.pk
    assert queries.in_force(world.datong.pk, "frontage", DAY - timedelta(days=10)) is None and queries.in_force(world.datong.pk, "water", DAY) is None
    assert [one.on for one in queries.on_board(world.datong, DAY, 5, "")] == [DAY]


def test_what_the_meeting_changed_is_written_checked_and_not_voted_on_again(world):
    one = bylaws.draw_bylaw(village=world.datong, kind="feasts", name="红白喜事", **who(world.visitor))
    bylaws.write_bylaw_clause(bylaw_version_id=one.pk, number=1, words="一桌不超过十二个菜。", **who(world.visitor))
    walk(world, one, "amend")
    with pytest.raises(Refused, match="先照表决改条文"):
        bylaws.adopt_bylaw(bylaw_version_id=one.pk, **who(world.clerk))
    bylaws.reword_bylaw(bylaw_version_id=one.pk, **who(world.visitor))
    bylaws.write_bylaw_clause(bylaw_version_id=one.pk, number=1, words="一桌不超过十个菜。", **who(world.visitor))
    bylaws.submit_bylaw(bylaw_version_id=one.pk, **who(world.visitor))
    bylaws.check_bylaw(bylaw_version_id=one.pk, lawful=True, words="和会议记录一致", **who(world.clerk))
    bylaws.adopt_bylaw(bylaw_version_id=one.pk, **who(world.clerk))
    assert queries.in_force(world.datong.pk, "feasts", DAY).clauses.get().words == "一桌不超过十个菜。"


def voted_again(world, item_id, ruling, at):
    """What was put up was objected to, and rightly: the representatives vote once more."""
    notice = PublicNotice.objects.get(item=item_id)
    deciding.tell_objection(public_notice_id=notice.pk, words="菜定得太少", way="spoken", told_on=DAY, **who(world.visitor))
    deciding.answer_objection(objection_id=notice.objections.get().pk, outcome="upheld", answer="退回再议", answered_for="监督委员会", **who(second(world)))
    again, day = AgendaItem.objects.get(came_from=item_id), DAY + timedelta(days=4)
    held = meetings.call_meeting(governing_body_id=again.body_id, day=day, place="村委会", told_on=DAY, counting="seats", **who(world.visitor))
    agenda.put_item(agenda_item_id=again.pk, meeting=held, **who(world.visitor))
    meetings.open_meeting(meeting_id=held.pk, **who(world.visitor, at))
    for row in held.roll.all()[:7]:
        meetings.mark_roll(meeting_seat_id=row.pk, came="present", **who(world.visitor, at))
    told = {"votes_for": 6, "votes_against": 1, "conclusion": "照改过的通过", "answers": "村委会副主任", "due_on": DAY + timedelta(days=30)}
    agenda.rule_on_item(agenda_item_id=again.pk, ruling=ruling, **told, **who(world.visitor, at))
    meetings.close_meeting(meeting_id=held.pk, **who(world.visitor, at))
    signed(Meeting.objects.get(pk=held.pk))
    deciding.file_decision(agenda_item_id=again.pk, filed_on=day, heard="同意", **who(world.visitor, at))
    deciding.post_notice(agenda_item_id=again.pk, from_on=day, until_on=day + timedelta(days=14), where="公开栏", words="红白喜事", **who(world.visitor, at))


@pytest.mark.parametrize("ruling", ["pass", "amend"])
def test_a_rule_that_was_changed_by_a_meeting_and_sent_back_is_written_as_the_last_vote_has_it(world, ruling):
    one, later = bylaws.draw_bylaw(village=world.datong, kind="feasts", name="红白喜事", **who(world.visitor)), MONDAY + timedelta(days=4)
    bylaws.write_bylaw_clause(bylaw_version_id=one.pk, number=1, words="一桌不超过十二个菜。", **who(world.visitor))
    walk(world, one, "amend")

    def reworded(at):
        bylaws.reword_bylaw(bylaw_version_id=one.pk, **who(world.visitor, at))
        bylaws.submit_bylaw(bylaw_version_id=one.pk, **who(world.visitor, at))
        bylaws.check_bylaw(bylaw_version_id=one.pk, lawful=True, words="和会议记录一致", **who(world.clerk, at))

    reworded(MONDAY)
    first = BylawVersion.objects.get(pk=one.pk).item
    voted_again(world, BylawVersion.objects.get(pk=one.pk).item_id, ruling, later)
    assert AgendaItem.objects.get(came_from=first).words == first.conclusion != first.words, "what is voted on once more is what the meeting had changed"
    with pytest.raises(Refused, match="先照表决改条文"):
        bylaws.adopt_bylaw(bylaw_version_id=one.pk, **who(world.clerk, later))  # its text is what the first vote made of it
    reworded(later)
    with pytest.raises(Refused, match="修改后通过"):
        bylaws.reword_bylaw(bylaw_version_id=one.pk, **who(world.visitor, later))
    bylaws.adopt_bylaw(bylaw_version_id=one.pk, **who(world.clerk, later))
    assert queries.in_force(world.datong.pk, "feasts", DAY + timedelta(days=4)).pk == one.pk


def test_the_township_stops_a_rule_and_lets_it_be_in_force_again(world):
    one, later = version(world, V.IN_FORCE), MONDAY + timedelta(days=3)
    bylaws.suspend_bylaw(bylaw_version_id=one.pk, words="第 1 条违反行政处罚法第十六条", **who(world.clerk))
    assert queries.in_force(world.datong.pk, "frontage", DAY) is None and queries.in_force(world.datong.pk, "frontage", DAY - timedelta(days=1)) == one
    bylaws.resume_bylaw(bylaw_version_id=one.pk, reason="核对原文,没有罚款", **who(world.clerk, later))
    held = [queries.in_force(world.datong.pk, "frontage", DAY + timedelta(days=n)) for n in (2, 3)]
    assert held == [None, one] and BylawSpell.objects.filter(of=one).count() == 2


def test_the_next_version_ends_one_that_was_stopped(world):
    old, new = version(world, V.SUSPENDED), version(world, V.VOTED_ON)
    bylaws.adopt_bylaw(bylaw_version_id=new.pk, **who(world.clerk))
    old.refresh_from_db()
    assert old.state == V.ENDED and BylawSpell.objects.filter(to_on=None).count() == 1


def test_two_that_come_in_force_at_once_leave_one(world):
    """A version is adopted while the one that was stopped comes back: the second is told, and its whole act is undone."""
    old, new = version(world, V.SUSPENDED), version(world, V.VOTED_ON)
    back = {"bylaw": old.bylaw, "of": old, "from_on": DAY}
    with just_before("INSERT INTO", BylawSpell, lambda: BylawSpell.objects.create(**back)) as came, pytest.raises(Conflict):
        bylaws.adopt_bylaw(bylaw_version_id=new.pk, **who(world.clerk))
    new.refresh_from_db()
    assert came and new.state == V.VOTED_ON


def test_of_two_hands_that_adopt_one_version_one_is_told(world):
    one = version(world, V.VOTED_ON)
    quicker = {"state": V.IN_FORCE, "adopted_at": MONDAY, "version": one.version + 1}
    with just_before("UPDATE", BylawVersion, lambda: BylawVersion.objects.filter(pk=one.pk).update(**quicker)) as came, pytest.raises(Conflict):
        bylaws.adopt_bylaw(bylaw_version_id=one.pk, **who(world.clerk))
    assert came and not BylawSpell.objects.exists()


def test_no_second_open_spell_can_be_written(world):
    one = version(world, V.IN_FORCE)
    with pytest.raises(IntegrityError):
        BylawSpell.objects.create(bylaw=one.bylaw, of=one, from_on=DAY)


def test_a_text_that_changed_after_the_check_does_not_come_in_force(world):
    one = version(world, V.VOTED_ON)
    one.clauses.update(words="罚款五十元")
    with pytest.raises(Refused, match="和送审时不一样"):
        bylaws.adopt_bylaw(bylaw_version_id=one.pk, **who(world.clerk))


def test_the_covenant_goes_to_all_villagers_alone(world):
    one = version(world, V.CHECKED, kind="covenant", name="村规民约")
    reps, villagers = body(world, "representatives", seats=9), body(world, "villagers")
    assert list(queries.bodies_for(one, None, DAY)) == [villagers]
    with pytest.raises(Refused, match="不能由这个组织表决"):
        bylaws.put_bylaw(bylaw_version_id=one.pk, body=reps, **who(world.visitor))
    bylaws.put_bylaw(bylaw_version_id=one.pk, body=villagers, **who(world.visitor))
    assert AgendaItem.objects.get(bylaw_version=one).matter == "bylaws"


def test_pages_and_papers_open_and_the_text_is_that_of_the_day(world, monkeypatch):
    old, draft = version(world, V.IN_FORCE), version(world, V.DRAFT, drawn_by=world.visitor)
    draft.clauses.create(number=2, words="乱倒垃圾的罚款五十元")
    printed = []
    monkeypatch.setattr("wanjia.village.bylaws.views.pdf", lambda template, context, name: printed.append((template, [str(one.of) for one in context["rows"]])) or b"%PDF-1.7")
    client = Client()
    client.force_login(second(world), backend="django.contrib.auth.backends.ModelBackend")
    assert "起草制度" in client.get("/village/bylaws/").content.decode()
    shown = client.get(f"/village/bylaws/{draft.pk}/").content.decode()
    assert "行政处罚法" in shown and "不合法" in shown
    client.get(f"/village/bylaws/paper/{world.datong.pk}/?day={DAY}")
    client.get(f"/village/bylaws/paper/{world.datong.pk}/?day={DAY - timedelta(days=30)}")
    assert [rows for _template, rows in printed] == [[str(old)], []]
    public = Client()
    assert old.clauses.get().words in public.get(f"/rules/{world.datong.pk}/?day={DAY}").content.decode()
    assert old.clauses.get().words not in public.get(f"/rules/{world.datong.pk}/?day={DAY - timedelta(days=30)}").content.decode()
    assert public.get(f"/rules/{world.xisha.pk}/").status_code == 404


@pytest.mark.parametrize("sent_on", [False, True])
def test_what_is_voted_on_is_what_was_checked(world, sent_on):
    """One hand rewrote the item after the township's check: the vote was on other words than those that came in force."""
    one = version(world, V.CHECKED)
    bylaws.put_bylaw(bylaw_version_id=one.pk, body=body(world, "representatives", seats=9), **who(world.visitor))
    item = BylawVersion.objects.get(pk=one.pk).item
    if sent_on:
        item = AgendaItem.objects.create(body=item.body, came_from=item, source="other_body", kind=item.kind, title=item.title, words=item.words, proposed_on=DAY, proposed_at=MONDAY, proposed_by=world.visitor)
    with pytest.raises(Refused, match="条文在制度里改"):
        agenda.change_item(agenda_item_id=item.pk, kind="major", title="买一台垃圾车", words="花五万元买垃圾车", matter=item.matter, **who(world.visitor))
