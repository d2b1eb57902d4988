"""The office's own workbook: judged whole, every fault with its cell, nothing written before it is whole and confirmed."""

import io
from datetime import date

import openpyxl
import pytest
from django.utils import timezone

from tests.whole import assert_whole
from wanjia.office.starting import marked, opening, people, slips, template
from wanjia.office.starting.rules import INSTALLER
from wanjia.orgs.models import Organisation, Post, User
from wanjia.verdict import Refused

from .workbooks import roster, workbook

DAY = date(2026, 11, 25)
ANSWERS = {"county": "永善县", "unit": "县困难诉求台账办公室", "admin": "admin", "admin_name": "王安全", "auditor": "shenji", "auditor_name": "李审计"}


@pytest.fixture
def office(db):
    return opening.open_office(ANSWERS, lambda zh, en: None)


def test_sixteen_townships_and_sixty_people_come_in_and_each_gets_a_slip(office):
    bringing = opening.Bringing(workbook(*roster()), "人员.xlsx")
    assert bringing.roster.faults == []
    assert not Organisation.objects.filter(name="永善县民政局").exists()
    given = bringing.confirm()
    assert len(given) == len({slip.username for slip in given}) == 60
    assert Organisation.objects.filter(tier="township").count() == 16
    assert all(User.objects.get(username=slip.username).check_password(slip.password) for slip in given)
    assert set(User.objects.filter(username__in=[slip.username for slip in given]).values_list("must_change_password", flat=True)) == {True}
    assert slips.page(given, "https://x/").count("<section") == 60
    assert_whole()


def test_the_same_workbook_again_changes_nothing(office):
    data = workbook(*roster())
    assert len(opening.Bringing(data, "人员.xlsx").confirm()) == 60
    before = Post.objects.count(), User.objects.count(), Organisation.objects.count()
    assert opening.Bringing(data, "人员.xlsx").confirm() == []
    assert (Post.objects.count(), User.objects.count(), Organisation.objects.count()) == before


def test_a_list_that_lacks_units_ends_none_and_says_which_stay(office):
    """A second list, of one bureau alone: what stands keeps its posts, and nobody is left without a unit in silence."""
    units, staff = roster()
    opening.Bringing(workbook(units, staff), "人员.xlsx").confirm()
    standing = set(Organisation.objects.values_list("name", flat=True))
    posts = Post.objects.filter(to_on=None).count()
    second = opening.Bringing(workbook([units[0]], [["郑新来", "", "", "永善县民政局", "县直单位承办人", "", ""]]), "第二份.xlsx")
    assert second.roster.faults == []
    assert set(second.roster.left) == standing - {"永善县民政局"} and second.roster.left, "each is named before anything is written"
    second.confirm()
    assert set(Organisation.objects.filter(to_on=None).values_list("name", flat=True)) == standing
    assert Post.objects.filter(to_on=None).count() == posts + 1
    assert opening.Bringing(workbook([], staff[:1]), "人员.xlsx").roster.left == [], "who brings people alone says nothing of units"
    assert_whole()


@pytest.mark.parametrize(("spoil", "words"), [
    pytest.param(lambda units, staff: staff[3].__setitem__(4, "大总管"), "没有“大总管”这个角色", id="no such role"),
    pytest.param(lambda units, staff: staff[3].__setitem__(3, "水利局"), "找不到“水利局”", id="no such unit"),
    pytest.param(lambda units, staff: units[2].__setitem__(2, "省级"), "没有“省级”这个层级", id="no such tier"),
    pytest.param(lambda units, staff: units[2].__setitem__(4, "不存在乡"), "区划里没有“不存在乡”", id="no such place"),
    pytest.param(lambda units, staff: staff[3].__setitem__(1, "9大"), "账号用小写字母开头", id="bad account"),
    pytest.param(lambda units, staff: staff[3].__setitem__(1, "admin"), "账号“admin”已经是王安全的", id="somebody else's account"),
    pytest.param(lambda units, staff: staff[3].__setitem__(4, "村(社区)干部") or staff[3].__setitem__(3, "永善县民政局"), "不能设在", id="wrong tier"),
    pytest.param(lambda units, staff: staff[0].__setitem__(1, "same") or staff[4].__setitem__(1, "same") or staff[4].__setitem__(0, staff[0][0]), "不能由同一人担任", id="excluded"),
    pytest.param(lambda units, staff: units.append(units[0]), "出现了两次", id="unit twice"),
    pytest.param(lambda units, staff: staff[3].__setitem__(0, ""), "姓名", id="no name"),
])  # fmt: skip
def test_each_fault_is_said_and_marked_and_nothing_is_written(office, spoil, words):
    units, staff = roster()
    spoil(units, staff)
    data = workbook(units, staff)
    bringing = opening.Bringing(data, "人员.xlsx")
    assert any(words in str(fault) for fault in bringing.roster.faults), [str(fault) for fault in bringing.roster.faults]
    before = User.objects.count(), Organisation.objects.count()
    with pytest.raises(Refused):
        bringing.confirm()
    assert (User.objects.count(), Organisation.objects.count()) == before
    book = openpyxl.load_workbook(io.BytesIO(marked.workbook(data, bringing.roster.faults)))
    comments = [cell.comment.text for name in ("单位", "人员岗位") for row in book[name].iter_rows() for cell in row if cell.comment]
    assert any(words in text for text in comments)


def test_the_empty_workbook_is_read_as_its_own(office):
    """Nothing in it is wrong but that nobody filled it in."""
    found = people.judge(template.workbook(), "空.xlsx", today=DAY)
    assert found.people == []
    assert [("一行也没有填" in fault.words, fault.row) for fault in found.faults] == [(True, 0)]


def test_the_administrator_has_a_second_factor_and_the_auditor_is_somebody_else(office):
    admin, auditor = office
    assert admin.otpauth.startswith("otpauth://totp/") and len(admin.recovery) == 10
    assert (auditor.username, auditor.totp) == ("shenji", "")
    assert "█" in slips.drawn_in_terminal(admin)


def test_opening_again_makes_nothing(office):
    before = User.objects.count(), Organisation.objects.count(), Post.objects.count()
    assert opening.open_office(ANSWERS, lambda zh, en: None) == []
    assert (User.objects.count(), Organisation.objects.count(), Post.objects.count()) == before


def test_a_demo_is_never_an_office_nor_an_office_a_demo(db):
    from wanjia.office.starting.commands import open_office

    opening.open_office(ANSWERS, lambda zh, en: None)
    with pytest.raises(Refused):
        open_office(kind="demo", by=INSTALLER, at=timezone.now())


def test_planted_accounts_are_no_office(db):
    for name in ("a1", "a2"):
        User.objects.create(username=name, name=name, password="argon2$one-and-the-same")
    with pytest.raises(Refused):
        opening.open_office(ANSWERS, lambda zh, en: None)


def test_a_locked_out_administrator_is_let_in_from_the_machine(office):
    slip = opening.slip_anew("admin", factor=True)
    assert slip.totp != office[0].totp
    assert User.objects.get(username="admin").check_password(slip.password)
    with pytest.raises(Refused):
        opening.slip_anew("niemand", factor=False)


def test_an_unknown_county_is_refused_with_those_that_are_known(db):
    with pytest.raises(Refused, match="鲁甸县"):
        opening.open_office(ANSWERS | {"county": "火星县"}, lambda zh, en: None)


def test_a_county_of_ones_own_comes_from_a_file(db, tmp_path):
    own = tmp_path / "区划.csv"
    own.write_text("区划代码,名称,乡镇\n532300000000,楚雄州,\n532324000000,南华县,\n532324100201,东街村民委员会,龙川镇\n", encoding="utf-8-sig")
    opening.open_office(ANSWERS | {"county": str(own)}, lambda zh, en: None)
    assert Organisation.objects.get().name == "南华县困难诉求台账办公室"


def test_a_workbook_in_which_nothing_was_filled_says_so(office):
    faults = opening.Bringing(template.workbook(), "人员.xlsx").roster.faults
    assert len(faults) == 1 and "一行也没有填" in str(faults[0])
