"""Invented names: surnames as often as they are borne in such counties, given names of two or one characters drawn from lists."""

import numpy as np

# In the order of how often they are borne; the weight falls with the place.
SURNAMES = (
    "李王张陈刘杨赵周罗吴黄唐邓何马龙申成吕徐胡朱郭曾彭余谢孙高冯肖蒋夏雷熊万汪袁卢苏毛陶姜文阮郑韩孟安陇禄潘杜魏田尹宋范石崔钟任沈姚方邹邱金"
    "白秦江史侯顾龚樊常温付欧聂铁撒保锁虎"
)
SECOND_OF_WOMEN = "春秀桂玉金小兰朝先开永正仕国学光应世发启德家云大顺"
FIRST_OF_MEN = "朝永正开光应世发启德家云大顺国学兴先元天仕绍廷安荣泽显加登昌治远友忠万"
LAST_OF_MEN = "军贵富才强勇平华林祥兵福权洪松江海飞龙虎刚波涛伟荣昌友全良高奎红周银财元坤顺"
LAST_OF_WOMEN = "芬芳琴梅兰英花香珍秀丽菊翠会仙琼艳玲群莲碧巧凤霞美燕萍敏芝先"
ONE_CHARACTER = 0.15  # how many bear one given character

_WEIGHTS = 1 / (np.arange(len(SURNAMES)) + 4)


def surnames(draw, n):
    """Return n indexes into SURNAMES."""
    return draw.choice(len(SURNAMES), n, p=_WEIGHTS / _WEIGHTS.sum())


def _tables():
    """Return (given names of men, of women), each a list of texts of one or two characters."""
    men = [a + b for a in FIRST_OF_MEN for b in LAST_OF_MEN if a != b]
    women = [a + b for a in SECOND_OF_WOMEN for b in LAST_OF_WOMEN if a != b]
    return (men, list(LAST_OF_MEN)), (women, list(LAST_OF_WOMEN))


def given(draw, is_man):
    """Return (table, indexes into it) of given names by sex."""
    (men, man), (women, woman) = _tables()
    table, one = men + man + women + woman, draw.random(len(is_man)) < ONE_CHARACTER
    starts, sizes = np.cumsum([0, len(men), len(man), len(women)]), np.array([len(men), len(man), len(women), len(woman)])
    kind = np.where(is_man, 0, 2) + one
    return table, starts[kind] + (draw.random(len(is_man)) * sizes[kind]).astype(np.int64)
