"""What a small wish must not say, and how long a claim holds."""

from datetime import date

import pytest

from wanjia.policy import wishes

DAY = date(2026, 11, 2)
NAMES, PLACES = {"王小雨", "小雨", "王建国", "李梅"}, {"细沙乡中心学校", "大同村", "大同"}


@pytest.mark.parametrize(("text", "found"), [
    ("36 码跑步鞋", ()), ("一本《新华字典》", ()), ("三年级数学练习册", ()), ("下雨穿的雨衣", ()), ("适合小学生的课外书", ()), ("5 号篮球", ()),
    ("现金也行", ("cash",)), ("给我 200元", ("cash",)), ("一百块钱", ("cash",)), ("游戏充值卡", ("cash",)), ("红 包", ("cash",)), ("¥50", ("cash",)),
    ("送给王小雨的鞋", ("name",)), ("小雨想要书包", ("name",)), ("和李·梅一样的鞋", ("name",)), ("我叫什么都行,要书", ("name",)),
    ("三班的足球", ("school",)), ("细沙小学的校服", ("school",)), ("(2)班的图书", ("school",)), ("溪洛渡幼儿园的书包", ("school",)),
    ("鞋 13887000001", ("number",)), ("打 1388700 0001", ("number",)), ("一三八八七零零零零零一", ("number",)), ("１３８８７０００００１", ("number",)),
    ("寄到大 同 村", ("place",)), ("细沙乡中心学校门口交", ("place",)),
    ("王小雨要 200 元,打 13887000001", ("cash", "name", "number")),
])  # fmt: skip
def test_what_a_wish_must_not_say_is_found_however_it_is_spaced(text, found):
    assert wishes.faults(text, NAMES, PLACES, DAY) == found


def test_without_the_registers_names_a_name_is_not_found():
    """Negative control: what is no word of a list is known by the register alone."""
    assert wishes.faults("小雨想要书包", (), (), DAY) == ()


def test_each_edition_says_where_it_comes_from():
    for one in wishes.editions():
        assert one.source and one.lock_days == 7 and one.most == 20000 and 0 < one.warn_days < one.lock_days
    assert wishes.in_force(date(2000, 1, 1)) == wishes.editions()[0]
