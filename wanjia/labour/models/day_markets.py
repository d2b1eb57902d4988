"""Casual-labour markets (零工市场): the place, whoever comes there, an employer's order for a day, the line of a morning, a day's work."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.doors.words import said_or_as_written
from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation, staff
from wanjia.policy.day_work import is_night, owed
from wanjia.policy.labour import trades
from wanjia.registry.models import Somebody
from wanjia.registry.models.homes import canonical_phone
from wanjia.sealing.fields import BlindIndex, EncryptedText

from ..day_states import (
    AT_WORK,
    DAY_ORDER,
    DAY_WORK,
    WAITING,
    Came,
    DayState,
    Insured,
    NotGoing,
    OrderState,
    PayPer,
    SettleWay,
    Spoken,
    WaitingState,
)
from .workers import Worker


class Market(models.Model):
    """A casual-labour market (零工市场): where it is, when it is open, which unit runs it. area: the village or community where it stands."""

    privacy = {"open": ("id", "area", "unit", "name", "place", "opens", "closes", "phone", "from_on", "closed_on", "version")}
    erasure = Erasure(nobody="places")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("管理单位"))
    name = models.CharField(_("市场名称"), max_length=40)
    place = models.CharField(_("地点"), max_length=80)
    opens = models.TimeField(_("几点开"))
    closes = models.TimeField(_("几点关"))
    phone = models.CharField(_("市场电话"), max_length=20, blank=True)  # of the desk: it hangs at the door
    from_on = models.DateField(_("哪天开办"))
    closed_on = models.DateField(_("停办"), null=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["area_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], condition=Q(closed_on=None), name="market_once_in_its_place"),
            models.CheckConstraint(name="market_closes_after_it_opens", condition=Q(closes__gt=F("opens"))),
        ]

    def __str__(self):
        return self.name

    @property
    def county(self):
        """The six digits of its county."""
        return self.area_id[:6]


class Card(models.Model):
    """Whoever looks for work at a market or a fair (零工登记卡): a labourer of the register, or somebody known by name and telephone. Made once, found again.

    phone_last4: of the telephone, by which the clerk finds a grown-up's card.
    """

    privacy = {
        "open": ("id",), "internal": ("area", "worker", "name", "phone_index", "phone_last4", "birth_on", "trade", "last_on", "made_at", "made_by"),
        "sensitive": ("phone",),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.Person": ("worker__person",)}, word=("name",), empty=("phone", "phone_index", "phone_last4"),
        kept={"trade": "a code; figures go by it"},
    )  # fmt: skip
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("在哪里登记的"))
    worker = models.OneToOneField(Worker, null=True, on_delete=models.PROTECT, related_name="card")
    name = models.CharField(_("姓名"), max_length=60, blank=True)
    phone = EncryptedText(_("电话"))
    phone_index = BlindIndex(of="phone", canonical=canonical_phone, db_index=False)
    phone_last4 = models.CharField(_("电话后四位"), max_length=4, blank=True)
    birth_on = models.DateField(_("出生日期"), null=True)
    trade = models.CharField(_("常做什么"), max_length=12, blank=True)
    last_on = models.DateField(_("最近一次来"))
    made_at = models.DateTimeField()
    made_by = staff()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(fields=["phone_index"], condition=Q(phone_index__isnull=False), name="card_phone"),
            models.Index(fields=["area", "phone_last4"], name="card_area_last4"),
        ]
        constraints = [
            models.CheckConstraint(
                name="card_is_of_somebody",
                condition=Q(worker__isnull=False, name="", birth_on=None) | (Q(worker=None, birth_on__isnull=False) & ~Q(name="")),
            ),
        ]

    def __str__(self):
        return self.shown_name

    @property
    def somebody(self):
        """Whoever it is, as lists show somebody: of a child the initials."""
        return self.worker.person if self.worker_id else Somebody(self.name, self.birth_on, "")

    @property
    def shown_name(self):
        """The name on every list: a child's initials."""
        return self.somebody.shown_name

    @property
    def is_protected(self):
        """Whether it is a child's (16 or 17)."""
        return self.somebody.is_protected

    @property
    def number(self):
        """The telephone: of a labourer as the register has it. Whoever reads it writes a line first."""
        return self.worker.person.phone if self.worker_id else self.phone

    @property
    def village_of(self):
        """The code of the village of a labourer's home; "" of somebody who is only known here."""
        return self.worker.village_id if self.worker_id else ""


class DayOrder(models.Model):
    """An employer's order for a day (用工单). left: places that nobody was sent to; area: six digits of the place of work, maybe of another county.

    grown_only: nobody of 16 or 17 does this work, by law.
    """

    privacy = {
        "open": (
            "id", "market", "day", "from_at", "hours", "headcount", "left", "trade", "area", "place", "pay", "pay_per", "settle_on", "settle_way", "meals",
            "pick_up", "safety", "insured", "words", "grown_only", "state", "version", "employer_name", "credit_code",
        ),
        "internal": ("contact_name", "called_off_because", "recorded_at", "recorded_by"),
        "sensitive": ("contact_phone",),
    }  # fmt: skip
    erasure = Erasure(nobody="firms and whoever hires in their name")
    machine = DAY_ORDER
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="orders", verbose_name=_("零工市场"))
    employer_name = models.CharField(_("用工方(实名)"), max_length=80)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    contact_name = models.CharField(_("经办人"), max_length=40)
    contact_phone = EncryptedText(_("经办人电话"))
    day = models.DateField(_("哪天"))
    from_at = models.TimeField(_("几点开工"))
    hours = models.IntegerField(_("做几小时"))
    headcount = models.IntegerField(_("要几个人"))
    left = models.IntegerField(_("还差几个人"))
    trade = models.CharField(_("工种"), max_length=12)
    area = models.CharField(_("在哪个地方做"), max_length=6)
    place = models.CharField(_("具体地点"), max_length=80)
    pay = models.IntegerField(_("工钱(元)"))
    pay_per = models.CharField(_("按什么算"), max_length=4, choices=PayPer)
    settle_on = models.DateField(_("哪天结算"))
    settle_way = models.CharField(_("怎么结算"), max_length=8, choices=SettleWay)
    meals = models.BooleanField(_("管饭"), default=False)
    pick_up = models.CharField(_("接送"), max_length=80, blank=True)
    safety = models.CharField(_("有什么危险、怎么防护"), max_length=120)
    insured = models.CharField(_("保险"), max_length=8, choices=Insured)
    words = models.CharField(_("做什么"), max_length=200)
    grown_only = models.BooleanField(_("限 18 周岁以上"), default=False)
    state = models.CharField(_("状态"), max_length=10, choices=OrderState, default=OrderState.OPEN)
    version = models.IntegerField(default=0)
    called_off_because = models.CharField(_("取消的原因"), max_length=80, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = staff()

    class Meta:
        ordering = ["day", "recorded_at", "pk"]
        indexes = [models.Index(fields=["market", "day"], name="day_order_market_on"), models.Index(fields=["settle_on"], name="day_order_settle")]
        constraints = [
            models.CheckConstraint(name="day_order_places_left", condition=Q(headcount__gte=1, left__gte=0, left__lte=F("headcount"))),
            models.CheckConstraint(name="day_order_pays", condition=Q(pay__gte=1, hours__gte=1)),
            models.CheckConstraint(name="day_order_settled_after_work", condition=Q(settle_on__gte=F("day"))),
            models.CheckConstraint(name="day_order_called_off_with_reason", condition=~Q(state=OrderState.CALLED_OFF) | ~Q(called_off_because="")),
        ]

    def __str__(self):
        return f"{self.employer_name} {self.day}"

    @property
    def due(self):
        """What each one is owed for the day, in yuan."""
        return owed(self.pay, self.hours if self.pay_per == PayPer.HOUR else 0)

    @property
    def at_night(self):
        """Whether some of it lies in the night."""
        return is_night(self.from_at, self.hours)

    @property
    def trade_words(self):
        """The trade, in the reader's language."""
        return said_or_as_written(self.trade, trades())

    @property
    def elsewhere(self):
        """Whether the work lies in another county than the market."""
        return self.area != self.market.county

    @property
    def sent(self):
        """How many were sent and go."""
        return self.headcount - self.left


class Waiting(models.Model):
    """Somebody's place in the line of a market on a day (排队). trade: "" for whatever there is; came_at: since when the place counts; waited: was
    passed over on the market's day before, and so stands before the others.
    """

    privacy = {
        "open": ("id", "market", "day", "number", "trade", "least_pay", "days_only", "came", "came_at", "waited", "state", "version"),
        "internal": ("card", "recorded_at", "recorded_by"),
    }
    erasure = Erasure(about={"registry.Person": ("card__worker__person",)}, kept={"trade": "a code; figures go by it"})
    machine = WAITING
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField(_("哪天"))
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="waitings", db_index=False)
    number = models.IntegerField(_("排队号"))
    trade = models.CharField(_("排哪个工种"), max_length=12, blank=True)
    least_pay = models.IntegerField(_("一天至少多少元"), null=True)
    days_only = models.BooleanField(_("不做夜里的活"), default=False)
    came = models.CharField(_("怎么来的"), max_length=6, choices=Came, default=Came.PERSON)
    came_at = models.DateTimeField(_("从什么时候排起"))
    waited = models.BooleanField(_("昨天没有轮到"), default=False)
    state = models.CharField(_("状态"), max_length=7, choices=WaitingState, default=WaitingState.WAITING)
    version = models.IntegerField(default=0)
    recorded_at = models.DateTimeField()
    recorded_by = staff()

    class Meta:
        ordering = ["day", "-waited", "came_at", "number"]
        constraints = [
            models.UniqueConstraint(fields=["card", "day"], name="one_line_a_day"),
            models.UniqueConstraint(fields=["market", "day", "number"], name="one_number_once"),
            models.CheckConstraint(name="waiting_number_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self):
        return f"{self.day} {self.number}"

    @property
    def trade_words(self):
        """The trade of the line, in the reader's language; "" for whatever there is."""
        return said_or_as_written(self.trade, trades()) if self.trade else ""


class DayWork(models.Model):
    """One person sent to one order (派工), and what came of it: there or not, paid or not by his own word, what both say afterwards.

    why: {"rank": which of those waiting, "waited": …, "before": [[number, Skipped], …] of those further in front}; paid: yuan in all.
    need: the number under which the arrears stand in the ledger of needs.
    """

    privacy = {
        "open": ("id", "order", "state", "version", "why", "sent_at", "arrived_at", "paid", "settled_on", "asked", "need", "need_at"),
        "internal": ("waiting", "not_going", "not_going_words", "worker_says", "employer_says", "sent_by"),
    }
    erasure = Erasure(
        about={"registry.Person": ("waiting__card__worker__person",)}, word=("not_going_words", "worker_says", "employer_says"),
        kept={"why": "numbers in the line", "need": "the number of a need"},
    )  # fmt: skip
    machine = DAY_WORK
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(DayOrder, on_delete=models.PROTECT, related_name="works", verbose_name=_("用工单"))
    waiting = models.ForeignKey(Waiting, on_delete=models.PROTECT, related_name="works", db_index=False)
    state = models.CharField(_("状态"), max_length=10, choices=DayState, default=DayState.SENT)
    version = models.IntegerField(default=0)
    why = models.JSONField(default=dict)
    sent_at = models.DateTimeField()
    sent_by = staff()
    not_going = models.CharField(_("为什么不去"), max_length=9, choices=NotGoing, blank=True)
    not_going_words = models.CharField(_("怎么回事"), max_length=80, blank=True)
    arrived_at = models.DateTimeField(null=True)
    paid = models.IntegerField(_("拿到多少(元)"), null=True)
    settled_on = models.DateField(null=True)
    asked = models.CharField(_("怎么问的"), max_length=5, choices=Spoken, blank=True)
    need = models.CharField(_("诉求编号"), max_length=30, blank=True)
    need_at = models.DateTimeField(null=True)
    worker_says = models.CharField(_("本人怎么说"), max_length=120, blank=True)
    employer_says = models.CharField(_("用工方怎么说"), max_length=120, blank=True)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["waiting"], condition=Q(state__in=AT_WORK), name="one_work_a_day"),
            models.UniqueConstraint(fields=["order", "waiting"], name="sent_to_an_order_once"),
            models.CheckConstraint(name="day_work_refused_with_reason", condition=~Q(state=DayState.REFUSED) | ~Q(not_going="")),
            models.CheckConstraint(
                name="day_work_settled_by_word", condition=~Q(state__in=(DayState.PAID, DayState.UNPAID)) | Q(paid__isnull=False, paid__gte=0, settled_on__isnull=False) & ~Q(asked="")
            ),
            models.CheckConstraint(name="day_work_need_has_its_moment", condition=Q(need="", need_at=None) | (~Q(need="") & Q(need_at__isnull=False))),
        ]

    def __str__(self):
        return f"{self.order_id} {self.waiting_id}"

    @property
    def card(self):
        """Whose it is."""
        return self.waiting.card

    @property
    def owes(self):
        """What is still owed, in yuan."""
        return max(self.order.due - (self.paid or 0), 0)
