"""Money and labour that a village asks for one project (一事一议筹资筹劳): the plan, who is let off, what each home is due, receipts, days of labour. Spending: spending.py. Money is whole fen."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.policy.money import yuan
from wanjia.registry.models import Household
from wanjia.sealing.fields import EncryptedText

from ..levy_states import LEVY, LevyGround, LevyState
from .meetings import AgendaItem
from .receipts import Receipt

PUBLIC = "what the village asked of everybody and published; names nobody"
_BEFORE, _LATER = (LevyState.DRAFT, LevyState.DROPPED), (LevyState.CHARGED, LevyState.DONE)


def _is_not(hand, other):
    return Q(**{other: None}) | ~Q(**{hand: F(other)})


class Levy(models.Model):
    """A project for which a village asks money and labour (筹资筹劳方案). head_fen: of a person; worker_days: of a labourer; item: the decision that bears it; signed: homes that signed when they were asked before the meeting, of those `asked` that stood on the roll of its day; held_fen: what came and was not spent."""

    machine = LEVY
    privacy = {
        "open": (
            "id", "village", "year", "serial", "name", "what", "budget_fen", "head_fen", "worker_days", "reward_fen", "told_on", "signed", "asked", "item", "checked_on", "check_words", "approved_on", "approve_words",
            "charged_on", "homes", "due_fen", "due_days", "held_fen", "done_on", "done_words", "reward_came_fen", "state", "version",
        ),
        "internal": ("reason", "drawn_at", "drawn_by", "cited_by", "checked_by", "approved_by", "charged_by", "accepted_by"),
    }  # fmt: skip
    erasure = Erasure(nobody="a project, not people", kept=dict.fromkeys(("name", "what", "check_words", "approve_words", "done_words", "reason"), PUBLIC))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    year = models.PositiveSmallIntegerField(_("年"))
    serial = models.PositiveSmallIntegerField(_("第几件"))
    name = models.CharField(_("项目"), max_length=40)
    what = models.CharField(_("做什么"), max_length=200)
    budget_fen = models.PositiveBigIntegerField(_("预算(分)"))
    head_fen = models.PositiveIntegerField(_("每人筹资(分)"))
    worker_days = models.PositiveSmallIntegerField(_("每个劳动力筹劳(工日)"))
    reward_fen = models.PositiveBigIntegerField(_("拟申请奖补(分)"), default=0)
    told_on = models.DateField(_("哪天起会前公告"))
    signed = models.PositiveIntegerField(_("签字的户"), null=True)
    asked = models.PositiveIntegerField(_("名册上的户"), null=True)
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪次会议通过"))
    checked_on = models.DateField(_("乡镇初审日期"), null=True)
    check_words = models.CharField(_("乡镇初审意见"), max_length=120, blank=True)
    approved_on = models.DateField(_("县里复审日期"), null=True)
    approve_words = models.CharField(_("县里复审意见"), max_length=120, blank=True)
    charged_on = models.DateField(_("按哪天的户册"), null=True)
    homes = models.PositiveIntegerField(_("户数"), default=0)
    due_fen = models.PositiveBigIntegerField(_("应筹资(分)"), default=0)
    due_days = models.PositiveIntegerField(_("应筹劳(工日)"), default=0)
    held_fen = models.BigIntegerField(_("结余(分)"), default=0)
    done_on = models.DateField(_("验收日期"), null=True)
    done_words = models.CharField(_("验收情况"), max_length=200, blank=True)
    reward_came_fen = models.PositiveBigIntegerField(_("到账奖补(分)"), default=0)
    reason = models.CharField(_("为什么不办"), max_length=120, blank=True)
    state = models.CharField(max_length=16, choices=LevyState, default=LevyState.DRAFT)
    drawn_at = models.DateTimeField()
    drawn_by = staff()
    cited_by = staff()
    checked_by = staff()
    approved_by = staff()
    charged_by = staff()
    accepted_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "-year", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["village", "year", "serial"], name="levy_numbered_once"),
            models.UniqueConstraint(fields=["item"], condition=~Q(state=LevyState.DROPPED), name="levy_decided_by_its_own_item"),
            models.CheckConstraint(name="levy_asks_something", condition=Q(head_fen__gte=1) | Q(worker_days__gte=1)),
            models.CheckConstraint(name="levy_decided_with_an_item", condition=Q(state__in=_BEFORE) | Q(item__isnull=False, signed__isnull=False)),
            models.CheckConstraint(name="levy_approved_before_it_is_due", condition=~Q(state__in=_LATER) | Q(checked_on__isnull=False, approved_on__isnull=False, charged_on__isnull=False)),
            models.CheckConstraint(name="levy_checked_by_another", condition=Q(checked_by=None) | ((Q(drawn_by=None) | ~Q(checked_by=F("drawn_by"))) & (Q(approved_by=None) | ~Q(approved_by=F("checked_by"))))),
            models.CheckConstraint(name="levy_charged_by_another", condition=Q(charged_by=None) | Q(drawn_by=None) | ~Q(charged_by=F("drawn_by"))),
            # A project whose roll was not counted was let be due before who had looked at it was kept from that.
            models.CheckConstraint(name="levy_charged_by_nobody_who_looked", condition=Q(asked=None) | Q(charged_by=None) | (_is_not("charged_by", "checked_by") & _is_not("charged_by", "approved_by"))),
            models.CheckConstraint(name="levy_signed_by_homes_of_its_roll", condition=Q(asked=None) | Q(signed__isnull=False, asked__gte=F("signed"))),
            models.CheckConstraint(name="levy_dropped_with_a_reason", condition=~Q(state=LevyState.DROPPED) | ~Q(reason="")),
            models.CheckConstraint(name="levy_accepted_by_another", condition=Q(accepted_by=None) | Q(drawn_by=None) | ~Q(accepted_by=F("drawn_by"))),
            models.CheckConstraint(name="levy_accepted_on_a_day", condition=(Q(state=LevyState.DONE, done_on__isnull=False) & ~Q(done_words="")) | (~Q(state=LevyState.DONE) & Q(done_on=None, done_words=""))),
            models.CheckConstraint(name="levy_holds_no_less_than_nought", condition=Q(held_fen__gte=0)),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    @property
    def yuan(self):
        """Its amounts, as they are written."""
        names = ("budget", "head", "reward", "due", "held", "reward_came")
        return {name: yuan(getattr(self, f"{name}_fen")) for name in names}


class LevyRelief(models.Model):
    """Who of a home is let off (减免): of how many heads no money, of how many labourers no labour; on which ground, and what was said, sealed: it may tell of illness or need. undone_on: it was written by mistake, and another hand took it back."""

    privacy = {"open": ("id", "levy"), "internal": ("home", "heads", "workers", "made_by", "at", "undone_on", "undone_by"), "sensitive": ("ground", "words")}
    erasure = Erasure(about={"registry.Household": ("home",)}, empty=("ground", "words"))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    levy = models.ForeignKey(Levy, on_delete=models.PROTECT, related_name="reliefs")
    home = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    ground = EncryptedText(_("减免情形"))
    words = EncryptedText(_("说明"))
    heads = models.PositiveSmallIntegerField(_("几个人不筹资"))
    workers = models.PositiveSmallIntegerField(_("几个劳动力不筹劳"))
    at = models.DateTimeField()
    made_by = staff()
    undone_on = models.DateField(_("撤销日期"), null=True)
    undone_by = staff()

    class Meta:
        ordering = ["levy_id", "home__number", "at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["levy", "home"], condition=Q(undone_on=None), name="levy_relief_once_a_home"),
            models.CheckConstraint(name="levy_relief_undone_by_another", condition=Q(undone_by=None) | (Q(undone_on__isnull=False) & (Q(made_by=None) | ~Q(undone_by=F("made_by"))))),
            models.CheckConstraint(name="levy_relief_of_somebody", condition=Q(heads__gte=1) | Q(workers__gte=1)),
        ]

    def __str__(self):
        return self.home.number

    @property
    def ground_words(self):
        """The ground, in words."""
        return dict(LevyGround.choices).get(self.ground, self.ground)


class LevyShare(models.Model):
    """What one home is due for a project (分户): money for so many heads, days for so many labourers. Who still owes is seen by whoever keeps the fees, and by nobody else. days_bought: paid instead, as the home itself wished (以资代劳)."""

    privacy = {"open": ("id", "levy", "village", "version"), "internal": ("home", "heads", "workers", "due_fen", "due_days", "paid_fen", "days_done", "days_bought")}
    erasure = Erasure(about={"registry.Household": ("home",)})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    levy = models.ForeignKey(Levy, on_delete=models.PROTECT, related_name="shares")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    home = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    heads = models.PositiveSmallIntegerField(_("筹资人数"))
    workers = models.PositiveSmallIntegerField(_("筹劳劳动力"))
    due_fen = models.PositiveIntegerField(_("应筹资(分)"))
    due_days = models.PositiveSmallIntegerField(_("应出工(工日)"))
    paid_fen = models.IntegerField(_("已收(分)"), default=0)
    days_done = models.IntegerField(_("已出工(工日)"), default=0)
    days_bought = models.IntegerField(_("以资代劳(工日)"), default=0)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["levy_id", "home__group_name", "home__number"]
        constraints = [
            models.UniqueConstraint(fields=["levy", "home"], name="levy_share_once_a_home"),
            models.CheckConstraint(name="levy_share_paid_no_more_than_due", condition=Q(paid_fen__gte=0, due_fen__gte=F("paid_fen"))),
            models.CheckConstraint(name="levy_share_worked_no_more_than_due", condition=Q(days_done__gte=0, days_bought__gte=0, due_days__gte=F("days_done") + F("days_bought"))),
        ]

    def __str__(self):
        return f"{self.home.number} {self.levy.name}"

    @property
    def left_fen(self):
        """What is still to be paid."""
        return self.due_fen - self.paid_fen

    @property
    def left_days(self):
        """How many days of labour are left."""
        return self.due_days - self.days_done - self.days_bought

    @property
    def yuan(self):
        """What is due, paid and left, as it is written."""
        return {"due": yuan(self.due_fen), "paid": yuan(self.paid_fen), "left": yuan(self.left_fen)}


class LevyPayment(Receipt):
    """Money that a home gave for a project (筹资收据), under a number of its own. days: days of labour that it paid instead of, as it asked in writing on wished_on; otherwise none."""

    privacy = {"open": ("id", "village", "serial", "day"), "internal": ("share", "fen", "days", "wished_on", "way", "words", "reverses", "at", "made_by")}
    erasure = Erasure(about={"registry.Household": ("share__home",)}, word=("words",))
    never_delete = True

    share = models.ForeignKey(LevyShare, on_delete=models.PROTECT, related_name="payments")
    days = models.SmallIntegerField(_("以资代劳(工日)"), default=0)
    wished_on = models.DateField(_("哪天书面申请的"), null=True)

    class Meta:
        ordering = ["village_id", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["village", "serial"], name="levy_receipt_numbered_once"),
            models.CheckConstraint(name="levy_payment_says_why", condition=Q(fen__gte=1, reverses=None, days__gte=0) | (Q(fen__lte=-1, reverses__isnull=False, days__lte=0) & ~Q(words=""))),
            models.CheckConstraint(name="levy_labour_bought_by_wish", condition=Q(days=0, wished_on=None) | (~Q(days=0) & Q(wished_on__isnull=False))),
        ]


class LevyLabour(models.Model):
    """Days that a home worked (出工); what was written wrong is taken back by a line below nought that says why."""

    privacy = {"open": ("id", "share", "day"), "internal": ("days", "words", "at", "made_by")}
    erasure = Erasure(about={"registry.Household": ("share__home",)}, word=("words",))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    share = models.ForeignKey(LevyShare, on_delete=models.PROTECT, related_name="labour")
    day = models.DateField(_("哪天"))
    days = models.SmallIntegerField(_("几个工日"))
    words = models.CharField(_("说明"), max_length=120, blank=True)
    at = models.DateTimeField()
    made_by = staff()

    class Meta:
        ordering = ["share_id", "day", "at", "pk"]
        constraints = [models.CheckConstraint(name="levy_labour_says_why", condition=Q(days__gte=1) | (Q(days__lte=-1) & ~Q(words="")))]

    def __str__(self):
        return f"{self.day} {self.days}"
