"""Where a list says that somebody works."""

import pytest

from wanjia.policy.work_places import COUNTRIES, code_of, names, place_class, place_of


@pytest.mark.parametrize(("text", "code"), [
    ("广东省", "440000"), ("广东", "440000"), ("深圳", "440300"), ("深圳市宝安区", "440306"), ("广东省东莞市长安镇某厂", "441900"), ("广东 深圳 宝安沙井", "440306"),
    ("永善", "530625"), ("云南省昭通市永善县", "530625"), ("昭通", "530600"), ("鼓楼区", ""), ("南京鼓楼区", "320106"), ("吉林", "220000"), ("吉林市", "220200"),
    ("红河州", "532500"), ("红河县", "532529"), ("红河", "532500"), ("伊犁", "654000"), ("上海市浦东新区", "310115"), ("440300", "440300"), ("999999", ""), ("缅甸", "MM"), ("火星", ""),
])  # fmt: skip
def test_a_place_is_known_by_the_ways_in_which_it_is_written(text, code):
    assert code_of(text) == code


@pytest.mark.parametrize(("code", "place"), [
    ("530625", "county"), ("530602", "city"), ("530111", "province"), ("532500", "province"), ("440300", "outside"), ("810000", "abroad"), ("MM", "abroad"),
    ("530000", ""), ("530600", ""), ("", ""),
])  # fmt: skip
def test_where_it_lies_from_home(code, place):
    assert place_of(code, "530625") == place


def test_each_full_name_from_its_province_down_means_itself():
    """Two counties of one city never share a name; where the table says so, a spelling would send people to the wrong one."""
    for code, name in names().items():
        above = [names().get(code[:2] + "0000", ""), names().get(code[:4] + "00", "")]
        whole = "".join(dict.fromkeys([*above, name]))
        assert code_of(whole) == code, whole


def test_a_code_fits_its_column():
    assert all(len(code) == 6 for code in names()) and all(len(code) == 2 for code in COUNTRIES.values())


@pytest.mark.parametrize(("home", "work", "place"), [
    ("530625202201", "530625", "county"), ("530625202201", "530602", "city"), ("530625202201", "530600", "city"), ("530625202201", "530000", "province"),
    ("530625202201", "530100", "province"), ("530625202201", "330200", "outside"), ("530625202201", "810000", "abroad"), ("530625202201", "MM", "abroad"),
    ("530625202201", "", ""), ("530600000000", "530625", "city"),
])  # fmt: skip
def test_an_offered_place_is_in_one_class_as_seen_from_a_home(home, work, place):
    assert place_class(home, work) == place
