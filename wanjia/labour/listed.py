"""Closed lists of the labour register as offices write them, the code that each word becomes, and what is said of a row. Pure: no Django."""

from types import MappingProxyType

from wanjia.policy.labour import trades
from wanjia.sheets.words import ClosedList

YES, NO = "是", "否"
NONE, ORGANISED, DECLARED, LISTED = "未转移就业", "有组织输出", "本人或家属自报", "名册导入"
AWAY = "转移就业"
INVENTED = "虚构数据"  # the column by which a file of invented people says so in every row

PLACES = ClosedList({
    NONE: "未转移 无转移 未外出 在家 不外出 不想外出",
    "县内": "县域内 本县 县内乡外 乡外县内 县区内 本县内 县内务工 乡内 本乡 就近 就地就近",
    "县外市内": "市内县外 市内 州内县外 县外州内 市内务工",
    "市外省内": "省内市外 省内 省内县外 县外省内 州外省内 省内州外 省内务工",
    "省外": "外省 跨省 省外务工",
    "境外": "国外 海外 出国 港澳台 境外务工",
})  # fmt: skip
HOW = ClosedList({
    "自发外出": "自发 自主外出 自主 自行外出 自行 个人自发 自己外出 自谋职业",
    "亲友介绍": "亲友 亲友带动 亲戚介绍 朋友介绍 亲朋介绍 老乡介绍 老乡带动 熟人介绍 能人带动",
    ORGANISED: "有组织 组织输出 有组织转移 有组织外出 政府组织 集中输出 劳务公司 人力资源公司 公司组织 中介组织",
})  # fmt: skip
EVIDENCE = ClosedList({
    DECLARED: "自报 口头 口头告知 本人自报 家属自报 电话核实 电话 无佐证",
    LISTED: "名册 花名册 台账 名单 系统导入",
    "劳动合同": "合同 用工合同 劳务合同 用工协议 务工证明",
    "输送花名册": "输送名册 输送名单 乘车名单 乘车花名册 点对点名册 输出花名册 专车名单",
    "社保参保记录": "社保 参保 社保记录 养老保险 工伤保险 社保缴费",
})  # fmt: skip
CARES = ClosedList({
    "没有": "无需照看 不需要照看 无照看 不需照看",
    "只能在本县": "本县 县内 不能出县 只能在县内",
    "每天要回家照看": "每天回家 回家照看 早晚回家 照看老人 照看小孩 照看孩子 照顾老人 照顾小孩 接送孩子",
})  # fmt: skip
YES_NO = ClosedList({YES: "√ ✓ 对 有 1 已 TRUE", NO: "× 不是 0 未 FALSE"})
LIFTED = ClosedList({
    YES: "√ 脱贫户 脱贫 脱贫人口 脱贫劳动力 已脱贫户 建档立卡 建档立卡户 建档立卡脱贫户 1",
    NO: "× 不是 非 非脱贫户 非脱贫 一般户 一般农户 一般人口 0",
})  # fmt: skip
WATCHED = ClosedList({
    "脱贫不稳定户": "脱贫不稳定 脱贫不稳",
    "边缘易致贫户": "边缘易致贫 边缘户 边缘易致贫人口",
    "突发严重困难户": "突发严重困难 突发困难户 突困户",
    YES: "√ 监测户 监测对象 监测 防返贫监测对象 防止返贫致贫对象 防返贫致贫对象 1",
    NO: "× 不是 非 非监测对象 非监测户 一般户 一般农户 已消除风险 风险消除 风险已消除 0",
})  # fmt: skip
RELOCATED = ClosedList({
    "集中安置": "集中 集中安置户 集中安置点 安置区",
    "分散安置": "分散 分散安置户",
    YES: "√ 易地搬迁户 易地搬迁 易地扶贫搬迁 易地扶贫搬迁户 易迁户 搬迁户 易迁 1",
    NO: "× 不是 非 非易地搬迁 非搬迁户 未搬迁 0",
})  # fmt: skip
SITUATIONS = ClosedList({
    AWAY: "已转移就业 已就业 就业 务工 外出务工 在外务工 打工 在岗",
    "在家务农": "务农 种养 在家 家庭经营",
    "灵活就业": "灵活 零工 自由职业",
    "自主创业": "创业 个体经营 个体户",
    "公益性岗位": "公益岗 乡村公益性岗位 公益岗位",
    "未就业": "失业 无业 待业 未务工 未转移就业",
    "无就业意愿": "无意愿 不愿就业 无就业意向",
    "在校就读": "在校 学生 在读 在校学生",
    "服兵役": "参军 现役 现役军人 在部队",
    "无劳动能力": "无就业能力 丧失劳动能力 无劳力",
})  # fmt: skip
AT_HOME = frozenset({"在家务农", "未就业", "无就业意愿"})
NO_LABOURER = frozenset({"在校就读", "服兵役", "无劳动能力"})

_PLACE_CODES = dict(zip(PLACES, ("none", "county", "city", "province", "outside", "abroad")))
_TRADE_CODES = {trade.zh: code for code, trade in trades().items()}
# {column: {word that a judged row holds: what the register keeps for it}}. For the three marks: the code of the home's dated status, "" for none.
CODES = MappingProxyType({
    "脱贫户": {YES: "lifted", NO: ""},
    "监测对象": {"脱贫不稳定户": "unstable", "边缘易致贫户": "borderline", "突发严重困难户": "sudden", YES: "at_risk", NO: ""},
    "易地搬迁户": {"集中安置": "centralised", "分散安置": "dispersed", YES: "unsaid", NO: ""},
    "务工区域": _PLACE_CODES,
    "想去区域": _PLACE_CODES,
    "输出方式": dict(zip(HOW, ("self", "kin", "organised"))),
    "佐证": dict(zip(EVIDENCE, ("declared", "listed", "contract", "manifest", "insurance"))),
    "照看家人": dict(zip(CARES, ("", "county", "home"))),
    "是否点对点": {YES: True, NO: False},
    "技能(工种)": _TRADE_CODES,
    "工种": _TRADE_CODES,
    "意愿工种": _TRADE_CODES,
})  # fmt: skip

TRADES_SAID = {
    "warn.trade.other": ("不认识“{detail}”这个工种,按“其他”登记。", "The trade {detail} is not known; it is entered as other."),
}
AREAS_SAID = {
    "warn.work.area_unknown": ("认不出“{detail}”是哪里,没有登记务工地;请写省、市或县的全名,或六位区划代码。", "No place is known as {detail}; the place of work is left blank. Please write the full name of province, city or county, or its six digits."),
}
PEOPLE_SAID = {
    "labour.too_young": ("这个人 {detail} 岁,不满 16 周岁,不能列为劳动力。请核对身份证号;号码无误的,请从表里去掉这一行。", "This person is {detail}: nobody under 16 is a labourer. Please check the number; if it is right, leave the row out."),
    "labour.no_labourer": ("就业状态是“{detail}”,不算农村劳动力。请从表里去掉这一行;已在册的,请在系统里办“退出名册”。", "Somebody whose situation is {detail} is no rural labourer. Please leave the row out; whoever is on the register leaves it by its own act."),
    "warn.labour.past_age": ("已超过法定退休年龄({detail}),照常登记;统计时不算在劳动年龄以内。", "Past the statutory age of retirement ({detail}); entered all the same, and not counted as of working age."),
}
WORK_SAID = {
    "work.place_missing": ("写了{detail},没有写务工区域。请补填县内、县外市内、市外省内、省外或境外。", "{detail} is given without the area of work. Please fill it in: county, city, province, outside or abroad."),
    "work.day_missing": ("写了{detail},没有写外出时间。请补填从哪天起。", "{detail} is given without the day on which it began. Please fill in the day."),
    "work.back_before": ("返回时间早于外出时间 {detail},请核对。", "The day of return is before the day of leaving ({detail}). Please check."),
    "work.too_early": ("外出时间早于年满 16 周岁的 {detail},请核对日期。", "The work began before the sixteenth birthday, {detail}. Please check the day."),
    "work.place_contradicts": ("务工地“{first}”不在“{rest}”,请核对这两格。", "{first} does not lie in {rest}. Please check the two cells."),
    "work.situation_contradicts": ("就业状态是“{first}”,和务工区域“{rest}”对不上,请核对这两格。", "The situation {first} does not fit the area of work {rest}. Please check the two cells."),
    "work.organised_unproven": ("“有组织输出”要有佐证:劳动合同、输送花名册、社保参保记录或名册,自报和空着都不算。请补填佐证,或改输出方式。", "Organised work needs something that bears it out: a contract, a manifest, insurance or an office's list; one's own word or nothing is not enough. Please give it, or change how the work came about."),
    "work.carried_alone": ("“点对点”只用于有组织输出,这一行是“{detail}”。请核对这两格。", "Only organised work is carried door to door; this row says {detail}. Please check the two cells."),
    "warn.work.place_from_area": ("没有写务工区域,按务工地登记为“{detail}”。", "The area of work was not given; by the place of work it is {detail}."),
    "warn.work.how_unsaid": ("没有写输出方式,按“自发外出”登记。", "How the work came about was not said; entered as one's own doing."),
    "warn.work.nowhere": ("没有写务工区域和外出时间,{detail}没有登记。", "Without an area of work and a day, this is not kept: {detail}."),
}  # fmt: skip
