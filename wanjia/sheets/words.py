"""Closed lists of the ledger: the word that is kept, and the other words that offices write for it.

A word that stands nowhere here is asked about, never replaced by the commonest one: how urgent a need is decides its deadline.
"""

import re
import unicodedata
from functools import cache

CHANNELS = {
    "入户走访": "走访 入户 家访 入户家访 上门走访 上门家访 走访发现 走访排查 大走访 走村入户 干部走访",
    "结对联系": "结对 结对帮扶 帮扶 帮扶联系 联系户 结对干部",
    "四下基层接访": "四下基层 接访 下访 领导接访 下基层接访 下沉接访",
    "12345/96128 转办": "12345 96128 热线 热线转办 政务热线 市长热线 12345热线 12345转办 96128转办 便民热线",
    "信访转办": "信访 信访件 信访交办",
    "来电": "电话 打电话 电话反映 来电反映 电话诉求 电话登记",
    "来访": "上门 来访反映 到访 群众来访 上门反映 窗口 大厅",
    "来信": "信件 写信 书信 群众来信",
    "网络/公众号": "网络 公众号 微信 微信公众号 网上 网络留言 线上 小程序 网络平台",
    "学校报送": "学校 学校上报 学校反映 学校排查 学校转来",
    "部门转交": "部门 部门转办 转办 转交 上级交办 上级转办 上级转交 部门移交",
    "会议反映": "会议 座谈会 家长会 院坝会 群众会 坝坝会 村民会议",
}
CATEGORIES = {
    "就学": "教育 上学 入学 就学教育 教育就学 助学 学业 辍学 控辍保学 转学",
    "就业务工": "就业 务工 就业创业 外出务工 找工作 创业 培训就业",
    "医疗": "看病 就医 医疗卫生 健康 医疗救助 医保报销",
    "住房": "危房 住房安全 房屋 危房改造 住房保障 建房",
    "饮水用电": "饮水 用水 用电 水电 饮水安全 供水 供电 吃水 安全饮水",
    "道路交通": "道路 交通 出行 修路 通行 路灯 交通出行",
    "低保救助": "低保 救助 社会救助 临时救助 困难救助 生活困难 民政救助 特困供养 兜底保障",
    "残疾保障": "残疾 残疾人 残疾人保障 助残 残疾证",
    "养老照护": "养老 老人照护 养老服务 照护 老年人照护",
    "儿童监护": "监护 留守儿童 儿童关爱 儿童保护 孤儿 关爱保护 困境儿童",
    "社保": "社会保险 社会保障 养老保险 医保 医疗保险 医保参保",
    "土地林权": "土地 林权 山林 土地纠纷 征地 宅基地 林地",
    "产业发展": "产业 种植养殖 种养殖 产业帮扶 农业 农业生产",
    "人居环境": "环境 环境卫生 卫生 垃圾 人居环境整治 厕所",
    "矛盾纠纷": "纠纷 矛盾 邻里纠纷 矛盾调解 矛盾纠纷调解",
    "校园安全": "学校安全 校园 校园周边 校园欺凌",
    "权益维护(欠薪)": "权益维护 欠薪 讨薪 维权 劳动权益 拖欠工资 农民工工资",
    "证照户籍": "户籍 户口 上户 证照 证件 落户 身份证办理 办证",
    "其他": "其它 其他类 其它类 其他问题 其他诉求",
}
REASONABLE = {"合理": "是 属合理 合理诉求 属合理诉求", "部分合理": "部分 部分属合理", "不合理": "否 不属合理 不合理诉求 无理"}
URGENCY = {"特急": "特别紧急 非常紧急 十分紧急", "急": "紧急 较急 加急 急件 比较紧急", "一般": "普通 不急 不紧急 平 常规 缓 较缓 一般性"}
DIFFICULTY = {"易": "容易 简单 较易 较容易 不难", "中": "中等 一般 适中 中度", "难": "复杂 困难 较难 疑难 很难 疑难复杂 较复杂", "政策性": "政策 政策类 涉政策 政策性问题"}
SETTLED = dict.fromkeys(
    ("是", "否", "部分", "已解决", "解决", "已经解决", "已办结", "办结", "部分解决", "解决了一部分", "未解决", "没有解决", "没解决",
     "未办结", "办理中", "正在办理", "在办", "待解决", "待办", "不予受理"), "",
)  # fmt: skip
WITHIN = re.compile(r"[/::((、,,;;|\-—+]")
AROUND = "*。.;;"


def fold(text):
    """A word as it is compared: NFKC, no blanks, no star or stop around it."""
    return "".join(unicodedata.normalize("NFKC", text).split()).strip(AROUND)


@cache
def _known(name):
    listed = globals()[name]
    return {fold(word): label for label, others in listed.items() for word in (*others.split(), label)}


def labels(name):
    """The words of a closed list, in their order."""
    return tuple(globals()[name])


def read_word(name, text):
    """(label or None, whether more stands in the cell than the word) of a cell of a closed list.

    A detail behind a stroke, colon or bracket is allowed (住房/危房改造, 不合理:与事实不符): the word before it counts.
    """
    known, word = _known(name), fold(text)
    if word in known:
        return known[word], False
    first = WITHIN.split(word, maxsplit=1)[0]
    return known.get(first), True
