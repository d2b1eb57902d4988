"""What the forms of the three lines ask."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Asked

from ..line_states import Domain, Line, Then, Way

ONE_DOOR = "children: the one door to a child is a page that says who opens it (ADR 50)"
TODAY = {"initial": lambda _row, _actor, day: day}
WAYS = tuple(Way.choices)
CARD = {"among": lambda *_row: WAYS, "select": True, "none": _("没有填")}

WhichLine = Annotated[Line, Asked(_("联系谁"))]
WhichWay = Annotated[Way, Asked(_("怎么联系的"))]
Missed = Annotated[bool, Asked(_("没有联系上"))]
OnDay = Annotated[date | None, Asked(_("哪天"), **TODAY)]
Said = Annotated[str, Asked(_("说了什么"), _("加密保存,只有帮扶人、本村儿童主任和未成年人保护专员看得到,每次打开都记入日志。"), rows=2, most=300)]
ParentDay = Annotated[date | None, Asked(_("家长:哪天"))]
ParentWay = Annotated[str, Asked(_("家长:怎么联系的"), **CARD)]
TeacherDay = Annotated[date | None, Asked(_("老师:哪天"))]
TeacherWay = Annotated[str, Asked(_("老师:怎么联系的"), **CARD)]
StudentDay = Annotated[date | None, Asked(_("学生:哪天"))]
StudentWay = Annotated[str, Asked(_("学生:怎么联系的"), **CARD)]

WhichDomain = Annotated[Domain, Asked(_("哪一方面"))]
Seen = Annotated[str, Asked(_("看到、听到了什么"), _("写事实。加密保存,打开要记日志。"), rows=3, least=4, most=500)]
WhatThen = Annotated[Then, Asked(_("怎么办"))]
Todo = Annotated[str, Asked(_("要做什么"), _("选“我来办”时写。"), rows=2, most=200)]
DueOn = Annotated[date | None, Asked(_("哪天以前办好"), _("选“我来办”时写。"))]
Outcome = Annotated[str, Asked(_("结果怎么样"), rows=2, least=2, most=300)]
