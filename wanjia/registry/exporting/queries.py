"""Homes as lines of the household workbook, in the words that the importer understands: unedited, they change nothing."""

from django.utils.translation import override

from wanjia.orgs.duties import Duty
from wanjia.sealing.fields import UNOPENED

from ..households.rules import visible_households
from ..memberships import HEAD_FIRST
from ..models import Absence, DatedStatus, Household, Membership
from ..workbooks.homes import HOUSEHOLDS

HEADER = [column.name for column in HOUSEHOLDS.kept]
SEALED = {"身份证号", "手机号", "特殊群体类型"}  # only for those who may reveal
# What a list shows of a child too; everything else of its line is its own. What is the home's stands on the home's first line, whoever that is.
OF_A_CHILD = {"户编号", "户主姓名", "姓名", "与户主关系", "乡镇(街道)", "村(社区)", "在校状态"}
BATCH = 500


def exported_homes(actor, village=""):
    """Return the homes that the actor may export: of one village, or of the whole reach."""
    homes = visible_households(actor, duty=Duty.EXPORT)
    return homes.filter(village_id=village) if village else homes


def header(numbers):
    """Return the columns of the sheet; without `numbers` those that are sealed are left out."""
    return [name for name in HEADER if numbers or name not in SEALED]


def members_of(homes):
    """Return the living members of homes: one line each on the sheet."""
    return Membership.objects.filter(to_on=None, household__in=homes, person__merged_into=None, person__died_on=None)


def lines(homes, *, numbers, children=False):
    """Yield one line a living member, head first. What belongs to the home (income, group, note) stands on its first line.

    children: whether it says who a child is (`rules.names_children`); otherwise a child stands by initials and stage of school.
    """
    names, ids = header(numbers), list(homes.order_by("village_id", "number").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        with override("zh-hans"):
            batch = list(_batch(ids[start : start + BATCH], names, children))
        yield from ([line.get(name) for name in names] for line in batch)


def _batch(ids, names, children):
    """Yield {column: value} of some homes' members: four queries."""
    members = list(members_of(ids).select_related("person").order_by("household__village_id", "household__number", HEAD_FIRST, "person__birth_on", "pk"))
    people = [member.person_id for member in members]
    homes = {home.pk: home for home in Household.objects.filter(pk__in=ids).select_related("village__parent")}
    groups, away, heads = {}, {}, {}
    for person, code in DatedStatus.objects.filter(scheme="claimed_group", to_on=None, person__in=people).order_by("code").values_list("person_id", "code"):
        groups.setdefault(person, []).append(code)
    for person, place in Absence.objects.filter(to_on=None, person__in=people).order_by("recorded_at", "pk").values_list("person_id", "place"):
        away[person] = place
    for member in members:
        first = member.household_id not in heads
        masked = member.person.is_protected and not children
        head = heads.setdefault(member.household_id, member.person.shown_name if masked else member.person.name)
        line = _line(member, homes[member.household_id], head, first, "、".join(groups.get(member.person_id, ())), away.get(member.person_id, ""))
        if not masked and (bad := [name for name in names if line.get(name) == UNOPENED]):
            line["备注"] = ";".join(filter(None, (line.get("备注"), f"打不开的:{'、'.join(bad)}")))
        yield _masked(line, member.person, of_home(homes[member.household_id]) if first else {}) if masked else line


def _masked(line, child, home):
    return {name: said for name, said in line.items() if name in OF_A_CHILD} | {"姓名": child.shown_name} | home


def _line(member, home, head, first, groups, away):
    person = member.person
    line = {
        "户编号": home.number, "户主姓名": head, "姓名": person.name, "身份证号": person.citizen_id, "性别": person.sex,
        "出生日期": person.birth_on.isoformat() if person.birth_on else "", "与户主关系": member.relation,
        "乡镇(街道)": home.village.parent.name, "村(社区)": home.village.short_name, "民族": person.ethnicity, "手机号": person.phone,
        "在校状态": person.get_schooling_display(), "务工情况": person.work, "外出务工地": away, "特殊群体类型": groups, "月收入": person.monthly_income,
    }  # fmt: skip
    if first:
        line |= of_home(home)
    if not person.citizen_last4 and not line.get("备注"):
        line["备注"] = person.get_id_absent_reason_display()
    return line


def of_home(home):
    """Return {column: value} of what is the home's own."""
    return {"村民小组": home.group_name, "年家庭收入(元)": home.income_yuan, "备注": home.note}
