"""The words of small wishes and of gifts for a whole roll: what is wished, who claims it, where each stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class WishKind(TextChoices):
    """What kind of thing is wished (心愿类别)."""

    STUDY = "study_things", _("学习用品")
    BOOKS = "books", _("图书")
    CLOTHES = "clothes", _("衣物鞋帽")
    SPORT = "sport", _("体育用品")
    ARTS = "art_things", _("音乐、美术用品")
    DAILY = "daily", _("生活用品")
    TOYS = "toys", _("玩具")
    COMPANY = "company", _("陪伴、参观")


class AgeBand(TextChoices):
    """How old the child is, as is published (年龄段)."""

    SMALL = "band_0", _("6 岁及以下")
    LOWER = "band_7", _("7–9 岁")
    UPPER = "band_10", _("10–12 岁")
    MIDDLE = "band_13", _("13–15 岁")
    OLDER = "band_16", _("16–17 岁")


class WishState(TextChoices):
    """Where a wish stands."""

    COLLECTED = "collected", _("等审核")
    REJECTED = "wish_rejected", _("没有采用")
    PUBLISHED = "wish_published", _("等人认领")
    CLAIMED = "claimed", _("有人认领")
    RELEASED = "released", _("到期放回,等人认领")
    DELIVERED = "wish_delivered", _("送到了,等签收核实")
    CONFIRMED = "wish_confirmed", _("孩子签收了")
    ARCHIVED = "wish_archived", _("回访过,已归档")


POOL = (WishState.PUBLISHED, WishState.RELEASED)  # what anybody may claim
GRANTED = (WishState.CONFIRMED, WishState.ARCHIVED)
UNDER_WAY = (WishState.COLLECTED, *POOL, WishState.CLAIMED, WishState.DELIVERED)

WISH = Machine("wish", initial=[WishState.COLLECTED], moves=[
    Move("publish", (WishState.COLLECTED,), WishState.PUBLISHED, _("审核通过")),
    Move("reject", (WishState.COLLECTED, *POOL), WishState.REJECTED, _("不采用")),
    Move("claim", POOL, WishState.CLAIMED, _("认领")),
    Move("release", (WishState.CLAIMED,), WishState.RELEASED, _("放回")),
    Move("deliver", (WishState.CLAIMED,), WishState.DELIVERED, _("送到")),
    Move("send_back", (WishState.DELIVERED,), WishState.CLAIMED, _("没有收到")),
    Move("confirm", (WishState.DELIVERED,), WishState.CONFIRMED, _("签收核实")),
    Move("archive", (WishState.CONFIRMED,), WishState.ARCHIVED, _("回访归档")),
])  # fmt: skip


class Claimant(TextChoices):
    """Who claims a wish (认领人类别)."""

    PERSON = "a_person", _("个人")
    UNIT = "a_unit", _("单位")
    GROUP = "a_group", _("几个人一起")


class ClaimEnd(TextChoices):
    """How a claim ended (认领结束原因)."""

    LAPSED = "lapsed", _("到期没有送来")
    GIVEN_UP = "given_up", _("认领人放弃")
    DONE = "fulfilled", _("送到了")


class Through(TextChoices):
    """Through whom a thing reaches the child; never the donor alone (送达方式)."""

    SCHOOL = "by_school", _("学校转交")
    OFFICER = "by_officer", _("儿童主任送到家")


class Signer(TextChoices):
    """Who signs beside the child (签收人)."""

    GUARDIAN = "guardian", _("监护人")
    TEACHER = "class_teacher", _("班主任")


class MoneyKind(TextChoices):
    """What became of money that somebody gave for a wish (捐款去向)."""

    GIVEN = "money_given", _("收到捐款")
    SPENT = "money_spent", _("买东西用掉")
    BACK = "money_back", _("余款退还")


class After(TextChoices):
    """What the child says some weeks later (回访)."""

    USED = "in_use", _("在用,合适")
    UNFIT = "unfit", _("不合适")
    BROKEN = "broken", _("坏了")
    GONE = "not_with_child", _("不在孩子手里")


class Sizing(TextChoices):
    """By what sizes a thing comes (尺码)."""

    SHOES = "shoes", _("鞋码")
    HEIGHT = "height", _("身高码")
    ONE = "one_size", _("均码,不分大小")


SIZES = {
    Sizing.SHOES: tuple(str(n) for n in range(26, 47)), Sizing.HEIGHT: tuple(str(n) for n in range(100, 190, 10)), Sizing.ONE: ("均码",),
}  # fmt: skip


class GiftState(TextChoices):
    """Where a distribution stands."""

    SIZING = "sizing", _("采集尺码")
    ORDERED = "gifts_ordered", _("已订货")
    HANDING = "handing_out", _("正在发放")
    CLOSED = "gifts_closed", _("发放结束")


GIFTS = Machine("distribution", initial=[GiftState.SIZING], moves=[
    Move("order", (GiftState.SIZING,), GiftState.ORDERED, _("订货")),
    Move("arrive", (GiftState.ORDERED,), GiftState.HANDING, _("到货")),
    Move("close", (GiftState.HANDING,), GiftState.CLOSED, _("核对结束")),
])  # fmt: skip


class Served(TextChoices):
    """What becomes of a pupil of the roll."""

    LISTED = "on_list", _("还没有领")
    GIVEN = "gift_given", _("领到了")
    LEFT = "left_school", _("不在这所学校了")


class Goes(TextChoices):
    """What becomes of the thing that was ordered for a pupil who left (离校孩子那一份)."""

    SPARE = "gift_spare", _("留作备用、换码")
    FOLLOWS = "gift_follows", _("转给孩子(新学校、家里)")


SERVED = Machine("gift", initial=[Served.LISTED], moves=[
    Move("give", (Served.LISTED,), Served.GIVEN, _("领到")),
    Move("leave", (Served.LISTED,), Served.LEFT, _("离校")),
])  # fmt: skip
