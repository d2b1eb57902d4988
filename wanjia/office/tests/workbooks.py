"""A made-up office in one workbook: 16 townships of Yongshan, their seats and villages, 60 people."""

import io

import xlsxwriter

from wanjia.office.starting import queries
from wanjia.orgs.areas.listing import read

SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "建国桂芳志强秀兰明亮晓梅"


def people_names(n):
    """Yield n made-up names, no two alike."""
    for turn in range(n):
        yield SURNAMES[turn % 16] + GIVEN[turn // 16 * 2 % 12] + GIVEN[(turn // 16 * 2 + 1 + turn % 2) % 12]


def roster():
    """Return (units, people) as rows of the two sheets."""
    listed = read(queries.county_list("530625"))
    towns = [line for line in listed.values() if line.level == "township"]
    villages = [next(line for line in listed.values() if line.parent == town.code) for town in towns]
    units = [["永善县民政局", "民政局", "县级部门", "民政", "永善县", ""], ["永善县教育体育局", "教体局", "县级部门", "教育体育", "530625", ""]]
    units += [[f"{town.name}人民政府", "", "乡镇(街道)", "", town.name, ""] for town in towns]
    units += [[village.name, "", "村(社区)", "", village.code, f"{town.name}人民政府"] for town, village in zip(towns, villages, strict=True)]
    posts = [("永善县民政局", "县直单位承办人"), ("永善县民政局", "县直单位负责人"), ("永善县教育体育局", "县直单位承办人"),
             ("永善县困难诉求台账办公室", "县台账办"), ("永善县困难诉求台账办公室", "回访员"), ("永善县困难诉求台账办公室", "抽查督办员"),
             ("永善县困难诉求台账办公室", "县领导")]  # fmt: skip
    posts += [(f"{town.name}人民政府", role) for town in towns for role in ("乡镇台账员", "乡镇分管领导")]
    posts += [(village.name, "村(社区)干部") for village in villages]
    posts += [(f"{town.name}人民政府", "乡镇台账员") for town in towns][: 60 - len(posts)]
    people = [[name, "", "", unit, role, "", ""] for name, (unit, role) in zip(people_names(60), posts, strict=True)]
    return units, people


UNIT_COLUMNS = ["单位名称", "简称", "层级", "条线", "所在区划", "上级单位"]
PEOPLE_COLUMNS = ["姓名", "账号", "手机号", "所在单位", "角色", "职务", "责任区"]


def workbook(units, people):
    """Return the workbook as XLSX bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name, header, rows in (("单位", UNIT_COLUMNS, units), ("人员岗位", PEOPLE_COLUMNS, people)):
        page = book.add_worksheet(name)
        for number, row in enumerate([header, *rows]):
            page.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()
