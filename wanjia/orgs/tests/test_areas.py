"""Names as people write them, the county's own list, splits and mergers."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wanjia.kernel import journal
from wanjia.kernel.models import Entry
from wanjia.orgs.areas import commands, listing, names
from wanjia.orgs.areas import queries as areas
from wanjia.orgs.areas.queries import AreaNames, Breakdown
from wanjia.orgs.models import Area, Level
from wanjia.verdict import Refused

from .factories import SPLIT, act, area

TODAY = date(2024, 1, 10)


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("大同村民委员会", "大同村"), ("大同村", "大同村"), ("大同村委会", "大同村"), ("大同", "大同村"), ("大同村村委会", "大同村"),
        (" 大 同 村 ", "大同村"), ("细沙社区居民委员会", "细沙社区"), ("细沙社区居委会", "细沙社区"), ("细沙社区", "细沙社区"),
        ("530625202202", "大同村"), ("马楠乡", "马楠乡"), ("马楠苗族彝族乡", "马楠乡"), ("细沙乡人民政府", "细沙乡"),
        ("永兴街道办事处", "永兴街道"), ("细沙", "细沙乡"), ("永善", "永善县"), ("花园片区", "花田片区"), ("马楠村", "马楠村"),
    ],
)  # fmt: skip
def test_a_name_as_people_write_it_finds_its_area(land, written, short):
    assert areas.find_area(written).area == area(short)


@pytest.mark.parametrize("written", ["", "大坪村", "不详", "县", "村"])
def test_what_nobody_knows_finds_nothing(land, written):
    found = areas.find_area(written)

    assert not found
    assert found.candidates == ()


def test_a_name_is_looked_for_only_inside_what_is_given(land):
    assert not areas.find_area("大同村", within=area("码口镇"))
    assert areas.find_area("大同村", within=area("细沙乡"))


def test_two_villages_of_one_name_are_left_to_a_person(land):
    commands.load_areas(text="code,name,township\n530625108202,大同村民委员会,码口镇", edition="试", **act())

    found = areas.find_area("大同村")

    assert not found
    assert [one.parent.short_name for one in found.candidates] == ["码口镇", "细沙乡"]
    assert areas.find_area("大同村", within=area("细沙乡")).area.code == "530625202202"


def test_village_and_community_of_one_stem_are_told_apart(land):
    text = "code,name,township\n530625202004,艾田社区居民委员会,细沙乡\n530625202205,艾田村民委员会,细沙乡"
    commands.load_areas(text=text, edition="试", **act())

    assert areas.find_area("艾田村委会").area.code == "530625202205"
    assert areas.find_area("艾田社区").area.code == "530625202004"
    assert len(areas.find_area("艾田").candidates) == 2


def test_a_split_township_means_its_successors_and_its_village_decides(land):
    known = AreaNames.load(day=TODAY)

    assert [one.short_name for one in known.find("溪洛渡镇").candidates] == ["溪洛渡街道", "永兴街道"]
    assert known.place(county="永善县", township="溪洛渡镇", village="顺河村").area == area("顺河村")
    assert AreaNames.load(day=date(2020, 1, 1)).find("溪洛渡镇").area == area("溪洛渡镇")


def test_a_row_with_a_wrong_township_finds_no_village(land):
    assert not AreaNames.load().place(township="码口镇", village="大同村")


def test_names_are_loaded_in_three_queries_and_then_asked_for_nothing(land, django_assert_num_queries):
    with django_assert_num_queries(3):
        known = AreaNames.load()
    with django_assert_num_queries(0):
        known.place(county="永善县", township="细沙乡", village="大同村")


def test_short_names_and_pinyin_are_computed(land):
    village = area("大同村")

    assert (village.name, village.pinyin, village.level, village.parent.short_name) == (
        "大同村民委员会", "datongcun dtc", Level.VILLAGE, "细沙乡",
    )  # fmt: skip


def test_all_of_zhaotong_loads_and_each_full_name_finds_itself(db):
    for file in ("zhaotong_counties.csv", "zhaotong_villages.csv"):
        commands.load_areas(text=(Path(commands.__file__).parent / file).read_text(), edition="2023", **act())
    known = AreaNames.load()
    levels = Counter(one.level for one in known.areas.values())

    assert levels == {"village": 1402, "township": 150, "county": 11, "city": 1}
    for village in known.areas.values():
        if village.level == Level.VILLAGE:
            seat = known.areas[village.parent_id]
            for spelling in (village.name, village.short_name):
                assert known.find(spelling, level=Level.VILLAGE, within=[seat]).area == village


def test_the_same_list_again_changes_nothing(land):
    before = Entry.objects.count()
    counts = commands.load_areas(text="code,name\n530625202202,大同村民委员会", edition="试", **act())

    assert counts == {"new": 0, "renamed": 0, "ended": 0, "unchanged": 1}
    assert Entry.objects.count() == before


def test_a_preview_says_what_a_list_would_change(land):
    text = (
        "区划代码\t名称\t乡镇(街道)\t继任代码\n530625202202\t大同新村民委员会\t细沙乡\t\n530625202206\t三堡村民委员会\t细沙乡\t\n"
        "530625202203\t黄金村民委员会\t细沙乡\t530625202202"
    )
    found = listing.compare(listing.read(text), area("细沙乡"))

    assert [line.name for line in found.new] == ["三堡村民委员会"]
    assert [(one.short_name, name) for one, name in found.renamed] == [("大同村", "大同新村民委员会")]
    assert [(one.short_name, heirs) for one, heirs in found.ended] == [("黄金村", ("530625202202",))]
    assert [one.short_name for one in found.missing] == ["细沙社区"]
    assert found.unchanged == 1  # the township itself


def test_a_renamed_village_is_still_found_by_its_old_name(land):
    commands.load_areas(text="code,name,township\n530625202202,同心村民委员会,细沙乡", edition="试", **act())

    assert areas.find_area("大同村").area == areas.find_area("同心村").area


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "名单是空的"),
        ("代码\n1", "找不到“名称”"),
        ("代码,名称\n12,甲", "第 2 行的区划代码“12”不对"),
        ("代码,名称\n530625202202,", "第 2 行没有名称"),
        ("代码,名称\n530625202202,甲\n530625202202,乙", "出现了两次"),
        ("代码,名称\n530625777201,孤村村民委员会", "上级区划 530625777000 不在名单里"),
        ("代码,名称,继任代码\n530625202203,黄金村民委员会,530625202299", "继任代码“530625202299”不在"),
    ],
)
def test_a_broken_list_is_refused_with_its_line_and_changes_nothing(land, text, said):
    before = list(Area.objects.values_list("code", "name", "to_on"))
    with pytest.raises(Refused, match=said):
        commands.load_areas(text=text, edition="试", **act())

    assert list(Area.objects.values_list("code", "name", "to_on")) == before


@pytest.mark.parametrize("who", ["xisha", "datong", "shenji", "yongshan"])
def test_only_who_manages_areas_may_load_a_list(world, who):
    with pytest.raises(Refused, match="不能维护区划"):
        commands.load_areas(
            text="code,name,township\n530625202207,新村村民委员会,细沙乡", edition="试", by=world[who], at=act()["at"]
        )


def test_an_administrator_changes_no_other_county(world):
    with pytest.raises(Refused, match="不在您辖区"):
        commands.load_areas(
            text="code,name,township\n530681103207,新村村民委员会,两碗镇", edition="试", by=world["admin"], at=act()["at"]
        )


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        pytest.param({"successors": []}, "由哪个区划接续", id="no successor"),
        pytest.param({"successors": ["大同村"]}, "自己接续", id="itself"),
        pytest.param({"successors": ["细沙乡"]}, "同一层级", id="another level"),
    ],
)
def test_end_area_refuses_and_changes_nothing(land, spoil, why):
    heirs = [area(name) for name in spoil["successors"]]
    with pytest.raises(Refused, match=why):
        commands.end_area(area_id=area("大同村").pk, successors=heirs, on=TODAY, basis="合并", **act())

    assert area("大同村").to_on is None


def test_each_act_is_one_journal_line_and_the_chain_holds(land):
    assert [entry.act for entry in Entry.objects.order_by("seq")] == ["orgs.load_areas", "orgs.end_area", "orgs.keep_area_alias"]
    assert journal.verify() == (3, None)


# roll-ups


def test_an_old_area_with_one_successor_counts_there(land):
    commands.end_area(area_id=area("黄金村").pk, successors=[area("大同村")], on=TODAY, basis="合并", **act())
    sums = dict(Breakdown(area("细沙乡"), TODAY).sum({"530625202202": 2, "530625202203": 3}))

    assert {line.area.short_name: n for line, n in sums.items()} == {"细沙社区": 0, "大同村": 5}


def test_a_split_area_counts_under_the_common_parent_on_a_line_of_its_own(land):
    lines = Breakdown(area("永善县"), TODAY).sum({"530625101201": 4, "530625001201": 1, "530625000000": 2})

    found = {(line.area.short_name, line.rest): n for line, n in lines if n}
    assert found == {("溪洛渡街道", False): 1, ("永善县", True): 6}


def test_before_the_split_the_old_area_is_a_line(land):
    lines = Breakdown(area("永善县"), date(2021, 5, 31)).sum({"530625101201": 4})

    assert date(2021, 5, 31) < SPLIT
    assert [(line.area.short_name, n) for line, n in lines if n] == [("溪洛渡镇", 4)]


@pytest.fixture(scope="module")
def no_scope_problem():
    """Hypothesis keeps one world for all its examples: nothing in them writes."""


@given(counts=st.dictionaries(st.from_regex(r"530625(0|1|2)0[0-9](00|20)[0-9]", fullmatch=True), st.integers(0, 50), max_size=40))
@settings(max_examples=60, deadline=None)
def test_a_countys_count_equals_the_sum_of_its_lines(counts, django_db_blocker):
    with django_db_blocker.unblock():
        yongshan = _Fixed.county()
        total = sum(n for _line, n in _Fixed.breakdown.sum(counts))
    assert total == sum(n for code, n in counts.items() if yongshan.covers(code))


class _Fixed:
    """Yongshan in memory with a merged, a split and a living township: no database needed."""

    breakdown = Breakdown(Area(code="530625000000", level="county", name="永善县", short_name="永善县"), TODAY)
    breakdown.lines = [
        *(
            areas.Line(Area(code=f"{stem}000", level="township", name=stem), stems)
            for stem, stems in {
                "530625001": ("530625001",),
                "530625108": ("530625108", "530625109"),
                "530625202": ("530625202",),
            }.items()
        ),
        areas.Line(breakdown.area, ("530625",), rest=True),
    ]

    @classmethod
    def county(cls):
        return cls.breakdown.area


@pytest.mark.parametrize(
    ("name", "level", "short"),
    [
        ("上高桥回族彝族苗族乡", "township", "上高桥乡"), ("双河苗族彝族乡", "township", "双河乡"), ("细沙乡", "township", "细沙乡"),
        ("双院子社区居民委员会", "village", "双院子社区"), ("新村村民委员会", "village", "新村村"), ("水富市", "county", "水富市"),
    ],
)  # fmt: skip
def test_short_names(name, level, short):
    assert names.short_name(name, level) == short


def test_the_page_shows_what_an_uploaded_workbook_would_change_and_then_does_it(signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from wanjia.sheets.writing import xlsx_bytes

    client = signed_in("admin")
    rows = [["530625202206", "三堡村民委员会", "细沙乡"], ["530625202202", "大同村民委员会", "细沙乡"]]
    book = SimpleUploadedFile("名单.xlsx", xlsx_bytes(["统计用区划代码", "村(社区)", "所属乡镇"], rows))
    page = client.post("/areas/load", {"file": book, "edition": "县民政局名单"})
    assert "三堡村民委员会" in page.content.decode()
    assert not Area.objects.filter(code="530625202206").exists()

    kept = page.context["form"].cleaned_data
    answer = client.post("/areas/load", {"text": kept["text"], "edition": kept["edition"], "confirm": "1"}, follow=True)
    assert "新增 1 个" in answer.content.decode()
    assert Area.objects.get(code="530625202206").edition == "县民政局名单"


def test_an_upload_that_is_no_sheet_is_refused_with_a_sentence(signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    broken = SimpleUploadedFile("名单.xlsx", b"PK\x03\x04 no workbook")
    page = signed_in("admin").post("/areas/load", {"file": broken, "edition": "名单"})

    assert page.status_code == 200
    assert page.context["form"].errors


def test_an_area_of_another_county_is_not_found(signed_in):
    client = signed_in("admin")

    assert client.get("/areas/530625202202").status_code == 200
    assert client.get("/areas/530681103201").status_code == 404
    assert client.get("/areas/999999999999").status_code == 404
