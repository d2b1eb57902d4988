"""Files of labourers for tests: sound rows, and ways to spoil them."""

import random
from datetime import date, timedelta

from wanjia.policy.identity import check_char
from wanjia.registry.workbooks.world import Village, World

HEADER = (
    "户编号", "姓名", "身份证号", "性别", "与户主关系", "乡镇(街道)", "村(社区)", "村民小组", "民族", "手机号", "脱贫户", "监测对象", "易地搬迁户", "就业状态",
    "技能(工种)", "务工区域", "务工地", "单位名称", "工种", "外出时间", "返回时间", "月均收入", "输出方式", "佐证", "是否点对点", "期望月薪", "最近核实",
)  # fmt: skip
DAY = date(2026, 11, 2)
WORLD = World(
    today=DAY, villages=(Village("530625202201", "大同村", "细沙乡"), Village("530625108209", "新民村", "码口镇"), Village("530625202202", "新民村", "细沙乡")),
    elsewhere=(Village("530624100201", "长坪村", "翠华镇"),),
)  # fmt: skip
ODD = {
    "身份证号": ("", "53062519900101001", "530625199013010011", "5306251990010100１１", "5.30625E+17", "130132199001010015", "无"),
    "姓名": ("", "王*", "a", "王 小明", "阿·依", "某某", "锟斤拷", "'王明"),
    "手机号": ("", "123", "0870-4123456", "+8613900001111", "'13900001111"),
    "户编号": ("", "无", "户-1", "'H1"), "性别": ("", "男", "女", "不详", "M"), "与户主关系": ("", "户主", "本人", "子", "子女" * 20),
    "村(社区)": ("", "大同村", "大同村委会", "长坪村", "不知村", "530625202201", "新民村"), "乡镇(街道)": ("", "细沙乡", "码口镇", "别处"),
    "就业状态": ("", "在校就读", "务农", "转移就业", "乱写"), "务工区域": ("", "县内", "省外", "未转移就业", "外省", "那边"),
    "务工地": ("", "330200", "浙江省宁波市", "530625", "云南省昆明市", "某地"), "外出时间": ("", "2026/9/3", "2026年9月3日", "2027-01-01", "1990-01-01", "2026-13-01", "46266"),
    "返回时间": ("", "2026-10-01", "2026-01-01"), "月均收入": ("", "3,500元", "1.2万", "-5", "abc"), "输出方式": ("", "有组织", "自发", "怪"),
    "佐证": ("", "合同", "自报"), "是否点对点": ("", "是", "否", "√"), "脱贫户": ("", "是", "脱贫户", "可能"), "技能(工种)": ("", "电工", "养蜂人", "其他"),
    "最近核实": ("", "2026.10.1", "2030-01-01"), "单位名称": ("", "某厂,一分厂", '说"好"的店', "两\n行"), "村民小组": ("", "=1+1", "三组"), "民族": ("", "彝族", "彝" * 30),
    "监测对象": ("", "是", "突困户"), "易地搬迁户": ("", "集中", "是"), "工种": ("", "普工"), "期望月薪": ("", "5000", "两千"),
}  # fmt: skip


def number_of(serial, born=None):
    """Return a sound citizen number."""
    born = born or date(1968, 1, 1) + timedelta(days=serial * 37 % 14_000)
    body = f"530625{born:%Y%m%d}{serial % 1000:03d}"
    return body + check_char(body)


def sound_row(serial, home, head, draw):
    """Return one sound row as {column: text}."""
    number = number_of(serial)
    row = dict.fromkeys(HEADER, "")
    row |= {
        "户编号": home, "姓名": draw.choice("王李张刘陈") + draw.choice("小建国秀明") + draw.choice("华英强梅军"), "身份证号": number, "性别": "男" if int(number[16]) % 2 else "女",
        "与户主关系": "户主" if head else draw.choice(("配偶", "子", "女")), "乡镇(街道)": "细沙乡", "村(社区)": draw.choice(("大同村", "新民村")), "手机号": f"139{serial:08d}",
        "脱贫户": draw.choice(("是", "否")), "监测对象": "否", "易地搬迁户": "否", "最近核实": "2026-10-01",
    }  # fmt: skip
    if draw.random() < 0.6:
        row |= {"就业状态": "转移就业", "务工区域": "省外", "务工地": "330200", "外出时间": f"2026-0{draw.randint(1, 9)}-15", "月均收入": "4500", "输出方式": "自发外出", "是否点对点": "否", "工种": "普工"}
    return row


def sound_rows(count, seed=1, per_home=3):
    """Return sound rows, homes of so many."""
    draw = random.Random(seed)
    return [sound_row(n, f"H{n // per_home:05d}", n % per_home == 0, draw) for n in range(count)]


def csv_of(rows, header=HEADER):
    """Return the bytes of a CSV."""
    import csv
    import io

    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([row[name] for name in header] for row in rows)
    return text.getvalue().encode()
