"""Today's spreadsheet of wishes: what each row is told, and what becomes of those that are sound."""

from datetime import date

import pytest

from wanjia.care.models import Wish
from wanjia.registry.applying import commands as applying
from wanjia.registry.importing import commands as importing

from . import acts_wishes as acts

pytestmark = pytest.mark.usefixtures("monday")

HEAD = "乡镇,村,学生姓名,类别,心愿内容,规格,预计价格,登记日期,认领人,联系电话\n"
GOOD = "细沙乡,大同村,王小雨,鞋,跑步鞋,36,120,2026-10-20,热心人,13887000077\n"


def brought(world, *rows):
    who = acts.who(world)
    one = importing.receive_upload(template="wishes", name="微心愿.csv", body=(HEAD + "".join(rows)).encode(), **who)
    return importing.judge_upload(one, **who)


def told(upload):
    """Return the codes of each row that was sent back."""
    return [row.code for row in upload.rows.filter(ok=False).order_by("number")]


def test_a_sound_row_is_a_wish_that_waits_to_be_judged(world):
    upload = brought(world, GOOD)
    assert told(upload) == [] and Wish.objects.count() == 0
    upload = importing.confirm_upload(upload_id=upload.pk, **acts.who(world))
    applying.apply_chunk(upload_id=upload.pk, **acts.who(world))
    one = Wish.objects.get()
    assert (one.state, one.child, one.kind, one.thing, one.size, one.cost, one.made_on) == ("collected", world.register.child, "clothes", "跑步鞋", "36", 12000, date(2026, 10, 20))
    assert not one.claims.exists(), "what a sheet says of donors is not read"


@pytest.mark.parametrize(("row", "code"), [
    (GOOD.replace("王小雨", "没有人"), "care.child_unknown"), (GOOD.replace("120", "300"), "wish.dear"), (GOOD.replace("跑步鞋", "现金"), "wish.cash"),
    (GOOD.replace("跑步鞋", "小雨的鞋"), "wish.name"), (GOOD.replace("跑步鞋", "三班的球"), "wish.school"), (GOOD.replace("跑步鞋", "打 13887000001"), "wish.number"),
    (GOOD.replace("跑步鞋", "寄大同的鞋"), "wish.place"),
])  # fmt: skip
def test_what_may_not_be_published_is_told_row_by_row(world, row, code):
    assert told(brought(world, row)) == [code]


def test_a_child_with_a_wish_under_way_and_a_file_sent_twice_make_no_second_one(world):
    first = brought(world, GOOD)
    importing.confirm_upload(upload_id=first.pk, **acts.who(world))
    applying.apply_chunk(upload_id=first.pk, **acts.who(world))
    assert told(brought(world, GOOD.replace("跑步鞋", "篮球"))) == ["wish.under_way"]
    assert Wish.objects.count() == 1
