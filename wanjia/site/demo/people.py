"""Invented names for the demo's accounts: the same account always gets the same name."""

import random

SURNAMES = "赵钱孙周吴郑冯蒋沈韩朱秦许何吕施孔曹严金魏陶姜戚谢邹喻苏潘葛范彭鲁韦马苗方俞任袁柳鲍史唐薛雷贺汤罗毕郝安常"
FIRST = "晓文永国志春秀开家兴云玉朝光正泽德先应世"
SECOND = "芳平华林兰军松梅琴荣贵富才英东辉丽勇霞强"
# Names that a newspaper or a textbook would know; nobody in the demo bears one.
TAKEN = {"何文华", "马云平"}


def name_for(username):
    """Return the invented name that belongs to an account."""
    draw = random.Random(f"wanjia {username}")
    while True:
        name = draw.choice(SURNAMES) + draw.choice(FIRST) + draw.choice(SECOND)
        if name not in TAKEN:
            return name
