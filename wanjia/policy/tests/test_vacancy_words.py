"""The linter of vacancies: what may not be said gets past in no spelling, what may be said is not refused, the laws of pay, hours and ages."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wanjia.policy import minimum_wage, vacancy_words
from wanjia.policy.vacancy_words import Offer, judge, packed, words

DAY = date(2026, 11, 2)
UNLAWFUL = {
    "sex": ["限男", "限男性", "只招男工", "女性优先", "招男工5名", "性别:男", "不要女的", "女士勿扰", "男优先", "招聘女工", "要求女性", "限 女"],
    "marriage": ["未婚优先", "已婚已育优先", "限未婚", "三年内不得怀孕", "入职前孕检", "单身优先", "孕妇勿扰", "入职两年内不生小孩,不得结婚"],
    "ethnicity": ["不要彝族", "不招某某族", "汉族优先", "民族:汉", "仅限汉族", "少数民族勿扰", "不要某族"],
    "religion": ["不招信教的", "信教者勿扰"],
    "disability": ["残疾人勿扰", "无残疾", "不收残疾", "四肢健全"],
    "pathogen": ["无乙肝", "查乙肝", "乙肝携带者除外", "需做乙肝五项", "乙肝阴性", "HBV阴性"],
    "origin": ["限本地户口", "外地人勿扰", "不要河南人", "农村户口勿扰"],
    "deposit": ["押金300元", "收服装费200", "需交保证金", "报名费50元", "交培训费"],
    "papers": ["扣身份证", "身份证由公司保管", "扣押证件", "身份证原件上交"],
    "withheld": ["压一个月工资", "押15天工资", "押半个月工资", "年底统一结算"],
    "signed_away": ["不签合同", "自愿放弃社保", "工伤自负", "不交社保"],
    "child": ["15岁以上", "十五周岁以上", "初中生也可"],
    "rest": ["全月无休", "月休2天", "每月休息一天"],
    "fraud": ["在家刷单日结", "收购银行卡", "出租电话卡"],
}
LAWFUL = [
    "不限男女", "男女不限,包吃住", "性别不限", "学历不限,男女均可", "不要押金", "不收押金、介绍费和培训费", "免押金", "入职不收取任何费用", "不扣身份证", "请带身份证和身份证复印件", "民族不限", "少数民族优先",
    "欢迎少数民族和残疾人", "婚育不限", "不查乙肝", "持有效健康证", "昭通某某有限公司男装车间招普工", "18岁以上", "16周岁以上", "工作年限满一年女职工享受带薪年假", "每周休一天,缴五险", "签订劳动合同,每月15日发工资",
    "做男鞋、女鞋", "会说苗语的可以", "女职工有产假", "能搬20公斤", "不押工资", "不得扣押身份证", "本厂收购苹果,招分拣工", "各民族职工一视同仁", "宿舍男女分开,有夫妻房", "招普工,男女都要", "需要普工40名",
    "性别年龄均不限,25岁以上35岁也行", "无需交报名费", "单位不收押金也不扣身份证",
]  # fmt: skip
NOISE = [" ", "\u3000", "·", ".", "。", "-", "、", "*", "\u200b", "_", "|", "★", "~", "​", "\n"]
PAIRS = [(code, text) for code, texts in UNLAWFUL.items() for text in texts]


def refused(text):
    return {one.code for one in words(text) if one.refuses}


@pytest.mark.parametrize(("code", "text"), PAIRS)
def test_what_may_not_be_said_is_refused_with_its_article_and_what_to_write_instead(code, text):
    found = [one for one in words(f"招普工,{text},包吃住") if one.code == code]
    assert found and found[0].law and found[0].instead_zh and found[0].instead_en and found[0].refuses


@pytest.mark.parametrize("text", LAWFUL)
def test_what_may_be_said_is_not_refused(text):
    assert not refused(text), words(text)


def wide(text):
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(PAIRS), st.data())
def test_no_spelling_gets_past(pair, data):
    code, text = pair
    noisy = "".join(sign + data.draw(st.sampled_from(["", *NOISE])) + data.draw(st.sampled_from(["", *NOISE])) for sign in text)
    if data.draw(st.booleans()):
        noisy = wide(noisy)
    assert code in refused(noisy)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(LAWFUL), st.sampled_from(LAWFUL), st.sampled_from(["\n", "。", ";", " "]))
def test_two_lawful_sentences_beside_each_other_are_lawful(one, other, between):
    assert not refused(one + between + other)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_and_what_is_cited_stands_in_it(text):
    bare, places = packed(text)
    assert len(bare) == len(places)
    assert all(one.said in text for one in words(text))


def test_without_its_rule_a_word_gets_past(monkeypatch):
    kept = tuple(rule for rule in vacancy_words._rules() if rule[0]["code"] != "sex")
    monkeypatch.setattr(vacancy_words, "_rules", lambda: kept)
    assert not refused("限男")


def test_without_the_lawful_words_the_opposite_is_refused(monkeypatch):
    import re

    monkeypatch.setattr(vacancy_words, "_lawful", lambda: re.compile("(?!)"))
    assert refused("不收押金") == {"deposit"}


def offer(**more):
    return Offer(**{
        "text": "做包装", "place": "530625", "pay": 3000, "hourly": False, "day_hours": 8, "week_hours": 40, "least_age": 0, "most_age": 0, "trade": "factory", "night": False, **more,
    })  # fmt: skip


@pytest.mark.parametrize(("more", "code", "refuses"), [
    ({"pay": 1769}, "wage", True), ({"pay": 17.9, "hourly": True}, "wage", True), ({"place": "530602", "pay": 1800}, "wage", False), ({"place": "530323", "pay": 1800}, "wage_class", False),
    ({"place": "530323", "pay": 1700}, "wage", True), ({"place": "654000"}, "wage_unknown", False), ({"place": "老挝"}, "wage_unknown", False), ({"day_hours": 12}, "hours", True),
    ({"day_hours": 10}, "overtime", False), ({"week_hours": 60}, "overtime", False), ({"least_age": 15}, "under_age", True), ({"least_age": 16, "trade": "mine"}, "young", True),
    ({"least_age": 17, "night": True}, "young", True), ({"least_age": 16, "text": "K T V服务员"}, "young", True), ({"least_age": 40, "most_age": 30}, "ages", True),
])  # fmt: skip
def test_pay_hours_and_ages(more, code, refuses):
    found = {one.code: one for one in judge(offer(**more), DAY)}
    assert found[code].refuses is refuses and found[code].law


@pytest.mark.parametrize("more", [{}, {"pay": 1770}, {"pay": 18, "hourly": True}, {"day_hours": 10, "approved": "综合工时批件"}, {"least_age": 16}, {"least_age": 18, "trade": "mine"}, {"place": "530602", "pay": 2500}])
def test_a_lawful_offer_has_nothing_against_it(more):
    assert judge(offer(**more), DAY) == ()


def test_the_minimum_wage_goes_by_the_day_and_an_unknown_place_is_not_guessed():
    assert minimum_wage.least_pay("530625", date(2024, 9, 30)) is None
    assert minimum_wage.least_pay("530625", date(2024, 10, 1)).month == 1770
    assert minimum_wage.least_pay("654000", DAY) is None
    assert not minimum_wage.least_pay("530323", DAY).classed
