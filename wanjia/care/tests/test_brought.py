"""Today's spreadsheets of pairs, classes, diners and helpers: what each row is told, and what becomes of those that are sound."""

from datetime import date, timedelta

import pytest

from wanjia.care.models import Collector, Diner, Enrolment, Helper, Pair, TeamMember
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Sponsorship, User
from wanjia.registry.applying import commands as applying
from wanjia.registry.importing import commands as importing
from wanjia.registry.importing.brought import imports
from wanjia.registry.importing.rules import visible_uploads
from wanjia.verdict import Refused

from . import acts_classes
from .factories import START, checked, helper, team

pytestmark = pytest.mark.usefixtures("monday")

DAY = MONDAY.date()
PAIRS = ("乡镇,村,学生姓名,学校,帮扶干部,帮扶单位,联系电话,结对时间\n", "细沙乡,大同村,王小雨,大同小学,岳帮扶,永善县工单办,13887000077,2026-03-01\n")
ROLL = ("课堂,乡镇,村,学生姓名,家长姓名,接送人,与学生关系,接送人电话\n", "大同小学四点半课堂,细沙乡,大同村,王小雨,王建国,王建军,叔叔,13887000009\n")
DINERS = ("食堂,乡镇,村,老人姓名,就餐日,忌口,是否送餐,联系人,联系电话\n", "大同村爱心食堂,细沙乡,大同村,王老五,周一至周五,少盐,送,王建国,13887000009\n")
HELPERS = ("单位,姓名,性别,类别,语言,特长,手机,队伍\n", "{unit},祝青,女,老师,汉语、苗语,数学,13887000011,\n")


def who(world, name):
    return {"by": User.objects.get(pk=getattr(world, name).pk), "at": MONDAY}


def sent(world, template, head, *rows, by):
    one = importing.receive_upload(template=template, name="名册.csv", body=(head + "".join(rows)).encode(), **who(world, by))
    return importing.forecast_upload(importing.judge_upload(one, **who(world, by)), **who(world, by))


def told(upload):
    """Return (codes of the rows that were sent back, the columns that they name)."""
    rows = upload.rows.filter(ok=False).order_by("number")
    return [row.code for row in rows]


def written(world, upload, by):
    importing.confirm_upload(upload_id=upload.pk, **who(world, by))
    applying.apply_chunk(upload_id=upload.pk, **who(world, by))
    upload.refresh_from_db()
    return upload.counts


@pytest.fixture
def roster(world):
    """The helper of the sheet is on the list and clear."""
    one = helper(world, organisation=world.office)
    checked(one, at=MONDAY)
    Sponsorship.objects.create(organisation=world.office, area=world.datong, from_on=START)
    return world, PAIRS[1].replace("永善县工单办", world.office.name)


def test_a_row_of_the_roster_is_a_pair_since_its_day_and_the_same_sheet_again_is_none(roster):
    world, row = roster
    upload = sent(world, "pairs", PAIRS[0], row, by="care")
    assert told(upload) == [] and not Pair.objects.exists(), "nothing is written before somebody confirms"
    assert upload.forecast["counts"] == {"pairs_new": 1, "pairs_same": 0, "pairs_gone": 0}
    met = Entry.objects.get(act="upload.meet_children")
    assert str(world.register.child.pk) in str(met.detail), "whose names were met is journalled before the answer is shown"
    assert written(world, upload, "care")["pairs_new"] == 1
    one = Pair.objects.get()
    assert (one.child, one.helper.name, one.from_on) == (world.register.child, "岳帮扶", date(2026, 3, 1))
    again = sent(world, "pairs", PAIRS[0], row, "细沙乡,大同村,没有人,,岳帮扶,,,\n", by="care")
    assert (again.forecast["counts"]["pairs_same"], told(again)) == (1, ["care.child_unknown"])


def _other(world):
    two = helper(world, name="岑帮扶")
    checked(two, at=MONDAY)
    Pair.objects.create(child=world.register.child, helper=two, from_on=DAY)


def _kin(world):
    Helper.objects.filter(name="岳帮扶").update(person=world.register.head)


def _lapsed(world):
    checked(Helper.objects.get(name="岳帮扶"), on=DAY - timedelta(days=9), until_on=DAY - timedelta(days=1), at=MONDAY)


def _unwanted(world):
    one = Helper.objects.get(name="岳帮扶")
    Pair.objects.create(child=world.register.child, helper=one, from_on=START, to_on=DAY - timedelta(days=1), end_reason="asked")


def _had(world):
    two = helper(world, name="岑帮扶")
    Pair.objects.create(child=world.register.child, helper=two, from_on=START, to_on=DAY - timedelta(days=9), end_reason="left")


@pytest.mark.parametrize(("change", "before", "codes"), [
    (lambda row: row, _had, ["pair.before"]),
    (lambda row: row.replace("2026-03-01", f"{DAY - timedelta(days=9)}"), _had, []),
    (lambda row: row, lambda _world: Sponsorship.objects.all().delete(), ["pair.elsewhere"]),
    (lambda row: row, _unwanted, ["pair.unwanted"]),
    (lambda row: row.replace("王小雨", "没有人"), None, ["care.child_unknown"]),
    (lambda row: row.replace("岳帮扶", "没有人"), None, ["care.helper_unknown"]),
    (lambda row: row, _other, ["pair.other"]),
    (lambda row: row, _kin, ["pair.kin"]),
    (lambda row: row, _lapsed, ["pair.not_clear"]),
    (lambda row: row, lambda _world: Helper.objects.filter(name="岳帮扶").update(capacity=0), ["pair.full"]),
    (lambda row: row.replace("2026-03-01", "2027-03-01"), None, ["date.future"]),
    (lambda row: row.replace("大同村", "没有村"), None, ["village.unknown"]),
    (lambda row: row + row.replace("2026-03-01", "2026-03-02"), None, ["care.twice"]),
])  # fmt: skip
def test_what_a_pair_by_hand_is_refused_for_a_row_is_refused_for(roster, change, before, codes):
    world, row = roster
    if before:
        before(world)
    upload = sent(world, "pairs", PAIRS[0], change(row), by="care")
    assert told(upload) == codes


def test_what_changed_between_the_look_and_the_writing_is_sent_back_and_no_half_row_stands(roster):
    """Negative control of the judge: he passed the row, and the act refuses it all the same."""
    world, row = roster
    upload = sent(world, "pairs", PAIRS[0], row, by="care")
    assert told(upload) == []
    _lapsed(world)
    assert written(world, upload, "care") == {"pairs_new": 0, "pairs_same": 0, "pairs_gone": 1}
    assert not Pair.objects.exists()
    assert (upload.rows.get().ok, upload.rows.get().code) == (False, "row.changed")


def test_a_workbook_asks_for_the_duty_of_what_it_writes(roster):
    """Who may bring in homes may not make pairs by a sheet, nor see such sheets of colleagues; and the other way round."""
    world, row = roster
    with pytest.raises(Refused, match="不由您的岗位登记"):
        sent(world, "pairs", PAIRS[0], row, by="clerk")
    with pytest.raises(Refused, match="不由您的岗位登记"):
        sent(world, "household", "户编号,姓名\n", "H1,王\n", by="care")
    theirs = sent(world, "pairs", PAIRS[0], row, by="care")
    assert theirs in visible_uploads(who(world, "care")["by"])
    colleague = User.objects.get(pk=world.ledger.pk)
    assert world.ledger.posts.first().organisation_id == theirs.organisation_id and colleague.has_duty("import"), "of the very unit, and may import"
    assert theirs not in visible_uploads(colleague)


def test_a_row_of_the_sign_up_is_a_place_in_the_class_and_an_adult_who_is_still_to_be_confirmed(world):
    acts_classes.a_class(world)
    upload = sent(world, "class_roll", *ROLL, by="clerk")
    assert told(upload) == [] and not Enrolment.objects.exists()
    assert written(world, upload, "clerk")["enrolments_new"] == 1
    one, adult = Enrolment.objects.get(), Collector.objects.get()
    assert (one.child, one.state, one.asked_by) == (world.register.child, "in_class", "王建国")
    assert (adult.name, adult.phone, adult.confirmed_at, adult.listed_by) == ("王建军", "13887000009", None, world.clerk)
    assert sent(world, "class_roll", *ROLL, by="clerk").forecast["counts"]["enrolments_same"] == 1


@pytest.mark.parametrize(("old", "new", "code"), [
    ("大同小学四点半课堂", "没有的课堂", "class.unknown"), ("王小雨", "没有人", "care.child_unknown"), (",叔叔", ",", "class.collector_half"), ("王建国", "", "name.missing"),
])  # fmt: skip
def test_rows_of_a_sign_up_that_are_sent_back(world, old, new, code):
    acts_classes.a_class(world)
    assert told(sent(world, "class_roll", ROLL[0], ROLL[1].replace(old, new, 1), by="clerk")) == [code]


def test_a_full_class_lines_up_the_rest_of_the_sheet(world):
    acts_classes.a_class(world, seats=1)
    world.register.join("王小宝", "儿子", DAY.replace(year=2014), 31)
    rows = ROLL[1], "大同小学四点半课堂,细沙乡,大同村,王小宝,王建国,,,\n"
    assert written(world, sent(world, "class_roll", ROLL[0], *rows, by="clerk"), "clerk")["enrolments_new"] == 2
    assert [(one.child.name, one.state) for one in Enrolment.objects.order_by("recorded_at", "state")] == [("王小雨", "in_class"), ("王小宝", "waits_seat")]


def test_a_row_of_the_diners_is_an_elder_on_the_list(world):
    acts_classes.a_canteen(world)
    acts_classes.elder(world)
    upload = sent(world, "diners", *DINERS, by="clerk")
    assert told(upload) == [] and not Diner.objects.exists()
    assert written(world, upload, "clerk")["diners_new"] == 1
    one = Diner.objects.get()
    assert (one.weekdays, one.diet, one.brought, one.contact, one.phone) == ("12345", "low_salt", True, "王建国", "13887000009")
    assert sent(world, "diners", *DINERS, by="clerk").forecast["counts"]["diners_same"] == 1


@pytest.mark.parametrize(("old", "new", "code"), [
    ("大同村爱心食堂", "没有的食堂", "diner.canteen"), ("王老五", "没有人", "diner.unknown"), ("王老五", "王小雨", "diner.young"), ("周一至周五", "看情况", "diner.days"),
    ("少盐", "少油", "diner.diet"), (",送,", ",也许,", "word.unknown"),
])  # fmt: skip
def test_rows_of_diners_that_are_sent_back(world, old, new, code):
    acts_classes.a_canteen(world)
    acts_classes.elder(world)
    assert told(sent(world, "diners", DINERS[0], DINERS[1].replace(old, new, 1), by="clerk")) == [code]


def test_a_row_of_the_helpers_is_somebody_on_the_list_in_a_team_and_near_no_child_yet(world):
    team(world, organisation=world.office, name="金沙志愿服务队")
    row = HELPERS[1].format(unit=world.office.name)
    upload = sent(world, "helpers", HELPERS[0], row.replace(",\n", ",金沙志愿服务队\n"), by="care")
    assert told(upload) == []
    assert written(world, upload, "care")["helpers_new"] == 1
    one = Helper.objects.get()
    assert (one.name, one.kind, one.sex, one.speaks, one.skills, one.capacity, one.phone) == ("祝青", "teacher", "女", "mandarin miao", "数学", 3, "13887000011")
    assert TeamMember.objects.get().helper == one and not one.checks.exists()
    assert sent(world, "helpers", HELPERS[0], row, by="care").forecast["counts"]["helpers_same"] == 1


@pytest.mark.parametrize(("old", "new", "code"), [
    ("{unit}", "没有的单位", "helper.unit"), (",\n", ",没有的队\n", "helper.team"), ("苗语", "英语", "helper.speaks"), ("老师", "什么人", "word.unknown"), ("女", "", "row.too_few_cells"),
])  # fmt: skip
def test_rows_of_helpers_that_are_sent_back(world, old, new, code):
    assert told(sent(world, "helpers", HELPERS[0], HELPERS[1].replace(old, new, 1).format(unit=world.office.name), by="care")) == [code]


def test_every_code_says_in_both_languages_what_to_do():
    for name in ("pairs", "class_roll", "diners", "helpers"):
        for code, (zh, en) in imports()[name].template.own.items():
            assert zh and en and zh != en, code


@pytest.mark.parametrize(("template", "by"), [("pairs", "care"), ("class_roll", "clerk"), ("diners", "clerk"), ("helpers", "care"), ("household", "clerk")])
def test_the_empty_workbook_is_read_as_it_was_sent(world, client, template, by):
    """Whoever fills in the downloaded workbook meets no header that is not known."""
    client.force_login(getattr(world, by))
    answer = client.get(f"/import/blank/{template}/")
    assert answer.status_code == 200
    body = b"".join(answer.streaming_content)
    one = importing.receive_upload(template=template, name="空白.xlsx", body=body, **who(world, by))
    assert importing.judge_upload(one, **who(world, by)).file_code == "file.no_rows", "its header is known, and nothing stands below"
    assert client.get("/import/blank/nothing/").status_code == 404


def test_an_empty_workbook_is_for_those_who_may_bring_it_in(world, client):
    client.force_login(world.clerk)
    assert client.get("/import/blank/pairs/").status_code == 404
    assert "结对花名册" not in client.get("/import/").content.decode()


EVENTS = ("活动名称,日期,村,地点,主办单位,户数,学生人数\n", "重阳敬老,2026-10-18,大同村,村委会,关工委,30,12\n", "元旦,2027-01-01,大同村,村委会,关工委,20,15\n")


def test_an_event_that_is_still_to_come_is_sent_back_when_it_is_judged(world):
    one = sent(world, "events", *EVENTS, by="clerk")
    assert told(one) == ["date.future"] and one.rows_ok == 1
    assert written(world, one, "clerk")["rows_new"] == 1
