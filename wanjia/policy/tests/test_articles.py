"""The law of the village as a table a reader lays beside the statute: each row, its first day, its articles, its numbers; asked on that day and the day before, and when the law changed (2025/2026).

A row holds until the next of its kind begins. No edition stands in the data that is not in a table here, and a number that is altered is noticed.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from wanjia.policy import appraisal, branch, bylaws, calls, collective, mediation, meetings, points, recruiting
from wanjia.policy.meetings import Share

OLD, NEW, COLLECTIVE = date(2018, 12, 29), date(2026, 1, 1), date(2025, 5, 1)  # the law of 2018, as amended in 2025, and that of the collective
PARTY, LAW_2010 = date(2018, 10, 28), date(2011, 1, 1)
DAY = timedelta(days=1)
CHANGES = (NEW - DAY, NEW)
HALF, TWO_THIRDS = "> 1/2", "≥ 2/3"

MEETINGS = "notice_days urgent quorum majority majority_of per_year proxies homes_per_seat women elected least_seats"
SEATS = {"seats": HALF}
NO_MAKE_UP = ("", None, None, None, 0)
REPRESENTATIVES = ("", (5, 15), "≥ 1/3", "≥ 4/5", 0)
RULES = [  # §f.1: body, first day, articles, who calls it, then MEETINGS
    ("villagers", OLD, "2018年修正 第二十一条 第二十二条", "村民委员会召集 十分之一以上的村民 三分之一以上的村民代表", 10, False, {"adults": HALF, "homes": TWO_THIRDS}, HALF, "present", 1, *NO_MAKE_UP),
    ("villagers", NEW, "2025年修订 第二十五条 第二十六条", "村民委员会召集 十分之一以上的村民 三分之一以上的村民代表", 10, True, {"adults": HALF, "homes": TWO_THIRDS}, HALF, "present", 1, *NO_MAKE_UP),
    ("removal", OLD, "2018年修正 第十六条", "五分之一以上有选举权的村民 三分之一以上的村民代表 理由 申辩", 10, False, {"adults": HALF}, HALF, "present", 0, *NO_MAKE_UP),
    ("removal", NEW, "2025年修订 第十九条", "五分之一以上有选举权的村民 三分之一以上的村民代表 理由 申辩", 10, False, {"adults": HALF}, HALF, "present", 0, *NO_MAKE_UP),
    ("representatives", OLD, "2018年修正 第二十五条 第二十六条", "每季度一次 五分之一以上的村民代表", 3, False, {"seats": TWO_THIRDS}, HALF, "present", 4, *REPRESENTATIVES),
    ("representatives", NEW, "2025年修订 第二十九条 第三十条", "每季度一次 五分之一以上的村民代表", 3, False, {"seats": TWO_THIRDS}, HALF, "present", 4, *REPRESENTATIVES),
    ("group", OLD, "2018年修正 第二十八条", "村民小组组长", 1, True, {"adults": TWO_THIRDS, "homes": TWO_THIRDS}, HALF, "present", 0, *NO_MAKE_UP),
    ("group", NEW, "2025年修订 第三十二条", "村民小组组长", 1, True, {"adults": TWO_THIRDS, "homes": TWO_THIRDS}, HALF, "present", 0, *NO_MAKE_UP),
    ("council", OLD, "法律对协商议事会没有规定", "村民委员会组织 每月一次", 3, True, SEATS, HALF, "present", 12, *NO_MAKE_UP),
    ("council", NEW, "2025年修订 第三十三条", "村民委员会组织 每月一次 公共事务、矛盾纠纷", 3, True, SEATS, HALF, "present", 12, *NO_MAKE_UP),
    ("committee", OLD, "2018年修正 第二十九条", "村民委员会主任", 1, True, SEATS, HALF, "present", 12, *NO_MAKE_UP),
    ("committee", NEW, "2025年修订 第三十四条", "村民委员会主任", 1, True, SEATS, HALF, "present", 12, *NO_MAKE_UP),
    ("governance", OLD, "章程", "乡村治理委员会主任", 1, True, SEATS, HALF, "present", 0, *NO_MAKE_UP),
    ("supervision", OLD, "2018年修正 第三十二条 第三十三条", "村务监督委员会主任 每年主持一次民主评议", 1, True, SEATS, HALF, "present", 4, *NO_MAKE_UP),
    ("supervision", NEW, "2025年修订 第三十七条 第三十八条", "村务监督委员会主任 每年主持一次民主评议", 1, True, SEATS, HALF, "present", 4, *NO_MAKE_UP),
    ("branch_committee", OLD, "支部工作条例 第十二条 四议两公开", "村党组织书记", 0, False, SEATS, HALF, "all", 0, *NO_MAKE_UP),
    ("two_committees", OLD, "四议两公开 第二步", "村党组织书记", 0, False, SEATS, HALF, "all", 0, *NO_MAKE_UP),
    ("branch", OLD, "四议两公开 三分之二以上党员到会 应到党员过半数同意", "村党组织 会前送到每个党员", 3, False, {"seats": TWO_THIRDS}, HALF, "all", 4, *NO_MAKE_UP),
    ("collective", COLLECTIVE, "农村集体经济组织法 第二十七条", "理事会召集 提前十日", 10, False, {"members": TWO_THIRDS}, TWO_THIRDS, "all", 1, "同一户内有完全民事行为能力的成员,书面委托", None, None, None, 0),
    ("collective_reps", COLLECTIVE, "农村集体经济组织法 第二十八条", "理事会召集 不能由成员代表大会定", 10, False, {"seats": TWO_THIRDS}, TWO_THIRDS, "all", 1, "", (5, 15), None, None, 21),
    ("mediation", LAW_2010, "人民调解法 第八条 第九条", "人民调解委员会主任", 1, True, SEATS, HALF, "present", 0, *NO_MAKE_UP),
]  # fmt: skip

CALLS = [  # §f.1: body (or a removal), first day, articles, by whom and how many of them
    ("villagers", OLD, "2018年修正 第二十一条", {"adults": "≥ 1/10", "representatives": "≥ 1/3"}), ("villagers", NEW, "2025年修订 第二十五条", {"adults": "≥ 1/10", "representatives": "≥ 1/3"}),
    ("representatives", OLD, "2018年修正 第二十六条", {"representatives": "≥ 1/5"}), ("representatives", NEW, "2025年修订 第三十条", {"representatives": "≥ 1/5"}),
    ("removal", OLD, "2018年修正 第十六条", {"adults": "≥ 1/5", "representatives": "≥ 1/3"}), ("removal", NEW, "2025年修订 第十九条", {"adults": "≥ 1/5", "representatives": "≥ 1/3"}),
]  # fmt: skip
ALL_BUT_ONE_GROUP = ("representatives", "villagers")
MATTERS = [  # §f.1, §f.5: what is reserved, from, until, articles, to whom
    ("planning", NEW, None, "2025年修订 第二十八条", ALL_BUT_ONE_GROUP),
    ("allowance", OLD, NEW, "2018年修正 第二十四条", ALL_BUT_ONE_GROUP),
    ("allowance", NEW, None, "2025年修订 第二十八条", ALL_BUT_ONE_GROUP),
    ("collective_income", OLD, NEW, "2018年修正 第二十四条", ALL_BUT_ONE_GROUP),
    ("collective_income", NEW, None, "2025年修订 第二十八条", ALL_BUT_ONE_GROUP),
    ("public_works", OLD, NEW, "2018年修正 第二十四条 第二十八条", (*ALL_BUT_ONE_GROUP, "group")),
    ("public_works", NEW, None, "2025年修订 第二十八条 第三十二条", (*ALL_BUT_ONE_GROUP, "group")),
    ("aid_plan", NEW, None, "2025年修订 第二十八条", ALL_BUT_ONE_GROUP),
    ("bylaws", OLD, NEW, "2018年修正 第二十七条", ("villagers",)),
    ("bylaws", NEW, None, "2025年修订 第三十一条", ("villagers",)),
    ("removal", OLD, NEW, "2018年修正 第十六条", ("villagers",)),
    ("removal", NEW, None, "2025年修订 第十九条", ("villagers",)),
    ("assets", OLD, COLLECTIVE, "2018年修正 第二十四条 第二十八条", (*ALL_BUT_ONE_GROUP, "group")),
    ("collective_assets", COLLECTIVE, None, "农村集体经济组织法 第二十六条", ("collective",)),
    ("collective_daily", COLLECTIVE, None, "农村集体经济组织法 第二十八条", ("collective_reps", "collective")),
]  # fmt: skip

POSTED = "least_days file_within_days answer_within_days back_days"
POINTS = "notice_days back_days return_days least_fen most_fen most_cover most_points"
APPRAISAL = "turnout most_listed late_days list_days repair_days private_days strict_days story_days old_from"
MEDIATION = "least_seats most_seats least_women term_years usual_days confirm_days accept_days court_days court_more_days barred alarm_days least_shown"
ACCOUNTS = "decides told_days reserve_least reserve_most publish_days at_once small"
REVIEW = "excellent probation mend_months basis"
EDITIONS = {  # policy: what it asks by day (before the first, the first), its fields, its rows: first day, articles, numbers
    "§f.3 posting": (meetings.publication, meetings.publications, POSTED, [
        (OLD, "2018年修正 第三十条", 1, 7, 7, 15), (NEW, "2025年修订 第三十五条 第三十六条", 15, 7, 7, 15),
    ]),
    "§f.6 points": (points.in_force, points.editions, POINTS, [
        (date(2018, 1, 1), "积分制 民法典第一千零二十四条 第一千零三十二条 未成年人保护法第四条 三天公示 不超过货值", 3, 31, 7, 1, 500, 100, 500),
    ]),
    "§f.7 appraisal": (appraisal.in_force, appraisal.editions, APPRAISAL, [
        (date(2021, 11, 1), "个人信息保护法第二十五条 民法典第一千零二十四条 第一千零三十三条 行政处罚法第九条 2018年修正 第二十七条", (1, 2), 20, 31, 92, 7, 60, 15, 365, 60),
        (NEW, "个人信息保护法第二十五条 民法典第一千零二十四条 第一千零三十三条 行政处罚法第九条 2025年修订 第三十一条", (1, 2), 20, 31, 92, 7, 60, 15, 365, 60),
    ]),
    "§f.8 mediation": (mediation.in_force, mediation.editions, MEDIATION, [
        (LAW_2010, "人民调解法 第八条 第九条 第十七条 第二十三条 第二十五条至第三十三条", 3, 9, 1, 3, 30, 30, 0, 0, 0, (), 7, 5),
        (date(2011, 3, 30), "法释〔2011〕5号 第一条 第四条 第五条", 3, 9, 1, 3, 30, 30, 3, 15, 10, ("status",), 7, 5),
        (date(2015, 2, 4), "法释〔2015〕5号 第三百五十七条", 3, 9, 1, 3, 30, 30, 3, 15, 10, ("status", "title"), 7, 5),
    ]),
    "§g review": (branch.review, branch.reviews, REVIEW, [
        (PARTY, "支部工作条例 个人自评、党员互评、民主测评 支部委员会会议或者党员大会", (1, 3), False, 12, "custom"),
    ]),
    "§f.9 accounts": (collective.in_force, collective.editions, ACCOUNTS, [
        (date(2024, 1, 1), "财会〔2023〕14号 先提取公积公益金", "assets", 0, 0, 10_000, 92, "", 5),
        (COLLECTIVE, "第四十二条 第四十五条(定期公布财务,重大事项及时公布) 第四十六条", "collective_assets", 10, 0, 10_000, 92, "涉及集体和成员利益的重大事项", 5),
    ]),
}  # fmt: skip

RHYTHMS = [  # §g: kind, per, how often, who must be there, words of its source
    ("members_meeting", "quarter", 1, None, "支部工作条例 每季度召开一次"), ("committee_meeting", "month", 1, HALF, "支部工作条例 每月召开一次 半数以上委员到会"),
    ("group_meeting", "month", 1, None, "支部工作条例 每月召开一次"), ("secretary_class", "year", 1, None, "支部工作条例 书记每年至少讲一次"),
    ("theme_day", "month", 1, None, "支部工作条例 每月相对固定一天"), ("life_meeting", "year", 1, None, "支部工作条例 每年至少召开一次"),
    ("appraisal", "year", 1, None, "支部工作条例 每年开展一次"), ("heart_talk", "year", 1, None, "支部工作条例 每年谈心谈话一般不少于一次"),
]  # fmt: skip
DECIDINGS = [("ordinary", PARTY, HALF, HALF, "支部工作条例 半数以上到会 应到会有表决权党员的半数"), ("four_steps", OLD, TWO_THIRDS, HALF, "四议两公开 三分之二以上党员到会 应到党员过半数同意")]
GRAPH = [  # §g, 2014-05-28: (what, step, after, months)
    ("wait", 7, 3, 12), ("wait", 23, 15, 12), ("limit", 2, 1, 1), ("limit", 15, 13, 1), ("limit", 17, 15, 3), ("limit", 24, 23, 3), ("lapse", 17, 15, 6),
]  # fmt: skip
ADOPTS = [("covenant", "第二十七条", "第三十一条"), ("council_rules", "第三十八条", "第三十三条"), ("", "第二十三条、第二十五条", "第二十八条、第二十九条")]


def said(value):
    """A share, or shares by what is counted, as the tables write them."""
    if isinstance(value, Share):
        return f"{'>' if value.how == 'more' else '≥'} {value}"
    return {by: said(share) for by, share in value.items()} if isinstance(value, dict) else value


def faults(found, fields, articles, values):
    """Return where an edition differs from its row: names of fields, articles that its source does not cite; what its source must not say is none of these."""
    wrong = [name for name, value in zip(fields.split(), values, strict=True) if said(getattr(found, name)) != value]
    return [*wrong, *(word for word in articles.split() if word not in found.source)]


def last(rows, day, first=1):
    """Return the row of one kind that holds on a day, None before the first. first: where its first day stands."""
    return ([one for one in rows if one[first] <= day] or [None])[-1]


def days_of(rows, first=1):
    """The days on which a kind is asked: each first day and the one before, and both sides of 2026."""
    return sorted({*CHANGES, *(day for one in rows for day in (one[first] - DAY, one[first]))})


BODIES = {body: [row for row in RULES if row[0] == body] for body in dict.fromkeys(row[0] for row in RULES)}
CALLED = {body: [row for row in CALLS if row[0] == body] for body in dict.fromkeys(row[0] for row in CALLS)}
RESERVED = {code: [row for row in MATTERS if row[0] == code] for code in dict.fromkeys(row[0] for row in MATTERS)}


@pytest.mark.parametrize(("body", "day"), [(body, day) for body, rows in BODIES.items() for day in days_of(rows)], ids=str)
def test_how_a_body_meets(body, day):
    """Notice, quorum, majority, frequency, who may call it, whom another stands for, how it is made up: §f.1."""
    row, found = last(BODIES[body], day), meetings.in_force(body, day)
    if row is None:
        assert found is None
        return
    assert (found.starts, faults(found, MEETINGS, row[2], row[4:]), [one for one in row[3].split() if one not in found.called_by]) == (row[1], [], [])


@pytest.mark.parametrize(("body", "day"), [(body, day) for body, rows in CALLED.items() for day in days_of(rows)], ids=str)
def test_who_may_have_a_body_called(body, day):
    """How many of whom must sign, and by which article: §f.1. Nobody has a council called."""
    row, found = last(CALLED[body], day), calls.in_force(body, day)
    assert found is None if row is None else (found.starts, faults(found, "shares", row[2], row[3:])) == (row[1], [])
    assert body != "removal" or found == calls.in_force("villagers", day, body), "a removal has its own share, whichever body is asked for"
    assert calls.in_force("council", day) is None
    assert len(calls.rules()) == len(CALLS)


@pytest.mark.parametrize(("code", "day"), [(code, day) for code, rows in RESERVED.items() for day in sorted({*days_of(rows), COLLECTIVE - DAY, COLLECTIVE})], ids=str)
def test_what_is_reserved_and_by_which_article(code, day):
    row = last(RESERVED[code], day)
    held = row is not None and (row[2] is None or day < row[2])
    found = [one for one in meetings.reserved(day) if one.code == code]
    assert [(one.starts, one.until, one.to, faults(one, "", row[3], ())) for one in found] == ([(row[1], row[2], row[4], [])] if held else [])
    assert meetings.matter(code, day) == (found or [one for one in meetings.matters() if one.code == code])[0], "for a page: as it is, or as it was, or will be"


@pytest.mark.parametrize(("policy", "day"), [(name, day) for name, (_ask, _all, _fields, rows) in EDITIONS.items() for day in days_of(rows, 0)], ids=str)
def test_what_holds_on_a_day(policy, day):
    """§f.3, §f.6 to §f.9: before the first edition the first holds."""
    ask, _every, fields, rows = EDITIONS[policy]
    first, articles, *values = last(rows, day, 0) or rows[0]
    assert (ask(day).starts, faults(ask(day), fields, articles, values)) == (first, [])


@pytest.mark.parametrize(("kind", "per", "least", "quorum", "words"), RHYTHMS, ids=[row[0] for row in RHYTHMS])
def test_the_rhythm_of_a_branch(kind, per, least, quorum, words):
    """§g: asked since 2018-10-28, and no other way since 2026."""
    assert kind not in branch.in_force(PARTY - DAY)
    for day in (PARTY, *CHANGES):
        assert faults(branch.in_force(day)[kind], "starts per least quorum basis", words, (PARTY, per, least, quorum, "rule")) == []


@pytest.mark.parametrize(("matter", "first", "quorum", "majority", "words"), DECIDINGS, ids=[row[0] for row in DECIDINGS])
def test_what_a_decision_of_the_branch_takes(matter, first, quorum, majority, words):
    assert branch.deciding(matter, first - DAY) is None
    for day in (first, *CHANGES):
        assert faults(branch.deciding(matter, day), "starts quorum majority basis", words, (first, quorum, majority, "rule")) == []


@pytest.mark.parametrize("day", [date(2014, 5, 27), date(2014, 5, 28), *CHANGES], ids=str)
def test_the_graph_of_the_25_steps(day):
    """§g: the text of 2014 is the only one known; before its day it holds too."""
    found, begun = recruiting.in_force(day), date(2024, 3, 1)
    ask = {"wait": found.earliest, "limit": found.latest, "lapse": found.lapse}
    wrong = [row for row in GRAPH if ask[row[0]](row[1], {row[2]: begun}).day != recruiting.months_after(begun, row[3])]
    assert (wrong, found.starts, "〔2014〕33号" in found.source) == ([], date(2014, 5, 28), True)
    assert (found.least_age, found.mentors, found.introducers, found.extension, found.training, len(found.steps)) == (18, (1, 2), (2, 2), (6, 12), (11, 24), 25)
    assert (found.probation_ends, found.reviewed, found.review_months) == (23, (6, 21), 6)
    spans = [(what, one.step, one.after, one.months) for what, many in (("wait", found.waits), ("limit", found.limits), ("lapse", found.lapses)) for one in many if one.basis == recruiting.RULE]
    assert sorted(spans) == sorted(GRAPH)


@pytest.mark.parametrize(("kind", "before", "after"), ADOPTS, ids=[row[0] or "other" for row in ADOPTS])
def test_who_adopts_a_rule_of_the_village(kind, before, after):
    """§f.4: the day before and the day."""
    cited = [bylaws.source_on(bylaws.adopts(kind).law, day) for day in CHANGES]
    assert before in cited[0] and after in cited[1] and "2018年修正" in cited[0] and "2025年修订" in cited[1]


@pytest.mark.parametrize("day", [date(2017, 12, 31), date(2018, 1, 1), *CHANGES], ids=str)
@pytest.mark.parametrize(("word", "why"), [
    ("低保", "法定待遇"), ("升学", "孩子"), ("选举", "投票自由"), ("信访", "反映问题是权利"), ("生育", "私事"),
])
def test_what_points_never_touch(word, why, day):
    """§f.6, the red lines: on any day, and before there was a shop."""
    assert points.in_force(day).crossed(f"按时{word}的加分")[0] == word and why in points.in_force(day).crossed(word)[1]


def test_a_shelf_bears_no_more_points_than_it_is_worth():
    """§f.6: liability ≤ stock × cap, on both sides of 2026."""
    assert [points.room(400, points.in_force(day).most_cover) for day in CHANGES] == [400, 400]


def test_no_edition_stands_in_the_data_that_is_not_in_a_table():
    """Whoever adds a row of the law adds it here."""
    assert sorted((one.body, one.starts) for one in meetings.rules()) == sorted(row[:2] for row in RULES)
    assert sorted((one.code, one.starts) for one in meetings.matters()) == sorted(row[:2] for row in MATTERS)
    assert {name: [one.starts for one in every()] for name, (_ask, every, _fields, _rows) in EDITIONS.items()} == {name: [row[0] for row in rows] for name, (_ask, _every, _fields, rows) in EDITIONS.items()}
    assert [(one.kind, one.starts) for one in branch.rhythms()] == [(row[0], PARTY) for row in RHYTHMS] and [one.matter for one in branch.decidings()] == [row[0] for row in DECIDINGS]
    assert [one.starts for one in recruiting.editions()] == [date(2014, 5, 28)] and {one.kind for one in bylaws._adopts()} == {row[0] for row in ADOPTS}


OTHER = {int: lambda n: n + 1, bool: lambda yes: not yes, str: lambda word: f"{word}x", Share: lambda share: replace(share, numerator=share.numerator + 1), dict: lambda found: {}, tuple: lambda found: (*found, 1)}


def altered(value):
    """Another value of the same kind."""
    return Share(1, 9, "least") if value is None else OTHER[type(value)](value)


@pytest.mark.parametrize("row", RULES, ids=lambda row: f"{row[0]}-{row[1]}")
def test_one_altered_number_of_a_meeting_is_noticed(row):
    """The control: each field in turn says something else, and the table names that field; an article too few, and it names the article."""
    found = meetings.in_force(row[0], row[1])
    for name in MEETINGS.split():
        assert faults(replace(found, **{name: altered(getattr(found, name))}), MEETINGS, row[2], row[4:]) == [name]
    assert faults(replace(found, source=""), MEETINGS, row[2], row[4:]) == row[2].split()


@pytest.mark.parametrize(("policy", "row"), [(name, row) for name, (_ask, _all, _fields, rows) in EDITIONS.items() for row in rows], ids=lambda value: str(value)[:30])
def test_one_altered_number_of_an_edition_is_noticed(policy, row):
    """The control."""
    ask, _every, fields, _rows = EDITIONS[policy]
    first, articles, *values = row
    for name in fields.split():
        assert faults(replace(ask(first), **{name: altered(getattr(ask(first), name))}), fields, articles, values) == [name]
    assert faults(replace(ask(first), source=""), fields, articles, values) == articles.split()
