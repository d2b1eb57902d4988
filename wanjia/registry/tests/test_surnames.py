"""A surname sounds as its bearers say it, at the head of a name only."""

import pytest

from wanjia.registry.names import sounds_of


@pytest.mark.parametrize(("name", "sound", "letters"), [
    ("曾祥林", "zeng", "zxl"), ("单秀英", "shan", "sxy"), ("解文才", "xie", "xwc"), ("仇小云", "qiu", "qxy"), ("区丽芳", "ou", "olf"),
    ("查有才", "zha", "zyc"), ("翟云生", "zhai", "zys"), ("缪春花", "miao", "mch"), ("乐正英", "yue", "yzy"), ("覃国庆", "qin", "qgq"),
    ("盖世文", "ge", "gsw"), ("朴顺姬", "piao", "psj"), ("吕秀兰", "lv", "lxl"), ("尉迟明", "yuchi", "ycm"), ("文解放", "wenjie", "wjf"),
])  # fmt: skip
def test_the_reading_of_a_surname(name, sound, letters):
    said, initials = sounds_of(name)
    assert said.startswith(sound)
    assert initials == letters
