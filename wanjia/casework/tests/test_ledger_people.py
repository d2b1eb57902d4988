"""The ledger's 责任人 becomes somebody of the office where the name says whom, and stays a remark with what to do where it does not."""

from datetime import UTC, date, datetime

import pytest

from wanjia.casework.importing.commands import take_ledger_row
from wanjia.casework.queries import triage_desk
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role

from .factories import worker

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 26, 1, tzinfo=UTC)


def row(world, number=3, **said):
    """Take one row of a paper ledger that the civil affairs bureau has on its desk."""
    values = {
        "登记时间": date(2026, 11, 2), "诉求人": "李四", "诉求内容": "停水三天", "诉求类别": "饮水用电", "是否合理": "合理", "紧急程度": "一般",
        "难易程度": "容易", "牵头单位": "永善县民政局", "交办时间": date(2026, 11, 3), **said,
    }  # fmt: skip
    return take_ledger_row(village=world.datong, values=values, source_file="f" * 64, source_row=number, by=world.clerk, at=AT)


def page_of(client, world, need):
    client.force_login(world.clerk)
    return client.get(f"/needs/{need.pk}/").content.decode()


def test_the_one_person_of_that_name_in_the_unit_answers_for_it(client, world):
    need = row(world, 责任人=world.handler.name)
    assert (need.holder, need.handler, need.responsible) == (world.civil, world.handler, world.handler.name)
    said = page_of(client, world, need)
    assert world.handler.name in said and "请承办单位" not in said


def test_settled_rows_too(world):
    need = row(world, 责任人=world.handler.name, 是否解决="已解决", 办结时间=date(2026, 11, 9))
    assert need.handler == world.handler


@pytest.mark.parametrize("case", ["nobody", "two", "elsewhere", "left", "locked"])
def test_a_name_that_says_not_whom_stays_a_remark_with_what_to_do(client, world, case):
    """None of that name, two of them, one in another unit, one who has left, one whose account is locked."""
    name = world.handler.name
    if case == "nobody":
        name = "马某某"
    elif case == "two":
        worker("second", name, world.civil, Role.BUREAU_WORKER)
    elif case == "elsewhere":
        name = world.clerk.name
    elif case == "left":
        Post.objects.filter(user=world.handler).update(to_on=date(2026, 11, 20))
    else:
        User.objects.filter(pk=world.handler.pk).update(is_active=False)
    need = row(world, 责任人=name)
    assert (need.handler, need.ledger_handler, need.responsible) == (None, name, name)
    said = page_of(client, world, need)
    assert name in said
    assert "系统里没有对上的人" in said
    assert "请承办单位签收时指定责任人" in said


def test_a_name_alone_does_not_move_the_need(world):
    """The handler's word stays a claim: the need waits to be signed for, whoever is named."""
    assert row(world, 责任人=world.handler.name).state == "assigned"


def test_a_name_without_the_duty_to_handle_is_no_handler(world):
    """The acts refuse who may not handle; the paper's name makes nobody one who may."""
    head = worker("juzhang9", "段局长", world.civil, Role.CALLBACK_OFFICER)
    need = row(world, 责任人=head.name)
    assert (need.holder, need.handler, need.ledger_handler) == (world.civil, None, head.name)


@pytest.mark.parametrize("unit", ["", "/细沙乡人民政府"])
def test_the_one_person_who_may_have_recorded_it_is_its_recorder(client, world, unit):
    """登记人 is a colleague, not who imports: the need is hers, her unit's, and the page says her name."""
    colleague = worker("xisha2", "杨登记", world.clerk.org, Role.TOWNSHIP_WORKER)
    need = row(world, 登记人=f"杨登记{unit}")
    assert (need.recorded_by, need.recorded_org, need.ledger_recorder) == (colleague, world.township, "")
    assert "杨登记" in page_of(client, world, need)


def test_two_of_the_recorders_name_stay_a_remark(world):
    for username in ("xisha2", "xisha3"):
        worker(username, "杨登记", world.clerk.org, Role.TOWNSHIP_WORKER)
    need = row(world, 登记人="杨登记")
    assert (need.recorded_by, need.ledger_recorder) == (world.clerk, "杨登记")


def test_a_name_without_the_duty_to_record_is_no_recorder(world):
    """What the own hand recorded lifts the line of a reach: nobody gets that by a name in a workbook."""
    admin = worker("guanli9", "耿管理", world.clerk.org, Role.ADMINISTRATOR)
    need = row(world, 登记人=f"{admin.name}/{world.clerk.org.name}")
    assert (need.recorded_by, need.ledger_recorder) == (world.clerk, f"{admin.name}/{world.clerk.org.name}")


@pytest.mark.parametrize("column", ["交办时间", "签收时间", "办结时间"])
def test_nothing_has_happened_after_today(world, column):
    """A line of 2030 leaves live and as of today apart, and a deadline counted from it is never late."""
    need = row(world, **{"是否解决": "已解决", "责任人": world.handler.name, column: date(2030, 11, 9)})
    assert max(step.happened_at for step in need.steps.all()) <= AT
    assert need.due_on.year == 2026 and need.done_at <= AT


def test_nobody_writes_himself_a_later_deadline(world):
    """The day of the need's grade is the latest, for an extension that of the hardest grade; what was written stays a line."""
    allowed = row(world).due_on
    need = row(world, 4, 办理时限=date(2099, 12, 31), 延期至=date(2099, 12, 31))
    assert (need.due_on, need.first_due_on) == (allowed, allowed)
    lines = [step.words for step in need.steps.all() if "2099-12-31" in step.words]
    assert len(lines) == 2
    assert row(world, 5, 办理时限=date(2026, 11, 4)).due_on == date(2026, 11, 4)


def test_the_only_unit_that_calls_back_gets_no_part(world):
    only = world.caller.org
    assert row(world, 牵头单位=only.name).holder == triage_desk(world.datong, today(AT))
    helped = row(world, 4, 配合单位=only.name)
    assert (helped.holder, helped.supports.count()) == (world.civil, 0)
    Post.objects.filter(user__in=(world.caller, world.inspector)).update(to_on=date(2026, 11, 20))  # where nobody may anyway, nothing is taken away
    assert row(world, 5, 牵头单位=only.name).holder == only
