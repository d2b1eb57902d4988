"""Small wishes (微心愿): what a child wishes, who claims it, money given for it, wrong codes tried at a donor's slip."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.registry.models import Person
from wanjia.registry.models.homes import canonical_phone
from wanjia.sealing.fields import BlindIndex, EncryptedText

from ..wish_states import (
    UNDER_WAY,
    WISH,
    After,
    AgeBand,
    Claimant,
    ClaimEnd,
    MoneyKind,
    Returned,
    Signer,
    Through,
    WishKind,
    WishState,
)


class Wish(models.Model):
    """A small wish (微心愿): one thing, for one child, published as `code`, age band and thing.

    cost: fen that it may cost at most; area, school: where the child lived and learnt when it was said: who answers for it; days: from said to signed.
    """

    machine = WISH
    privacy = {
        "open": ("id", "code", "kind", "band", "thing", "size", "cost", "state", "version"),
        "internal": (
            "area", "made_on", "source", "source_row", "recorded_at", "recorded_by", "judged_at", "judged_by", "published_on", "reason", "received_at", "received_by",
            "delivered_at", "delivered_by", "through", "confirmed_on", "confirmed_by", "signer", "days", "asked_on", "after",
        ),
        "sensitive": ("signed_by", "thanks", "words"), "child": ("child", "school"),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.Person": ("child",)}, word=("thing", "reason"), empty=("signed_by", "thanks", "words", "school"),
        kept={"code": "a sign of a wish; says nothing of whom", "size": "a size", "source": "digest of a file"},
    )  # fmt: skip
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=8, unique=True)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="wishes")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    school = models.CharField(_("学校"), max_length=60, blank=True)
    kind = models.CharField(_("类别"), max_length=13, choices=WishKind)
    band = models.CharField(_("年龄段"), max_length=8, choices=AgeBand)
    thing = models.CharField(_("心愿"), max_length=40)
    size = models.CharField(_("尺码"), max_length=10, blank=True)
    cost = models.PositiveIntegerField(_("大约多少钱"))
    made_on = models.DateField(_("孩子哪天说的"))
    source = models.CharField(max_length=64, blank=True)
    source_row = models.PositiveIntegerField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = staff()
    state = models.CharField(max_length=14, choices=WishState, default=WishState.COLLECTED)
    judged_at = models.DateTimeField(null=True)
    judged_by = staff()
    published_on = models.DateField(null=True)
    reason = models.CharField(_("为什么不采用"), max_length=100, blank=True)
    received_at = models.DateTimeField(null=True)
    received_by = staff()
    delivered_at = models.DateTimeField(null=True)
    delivered_by = staff()
    through = models.CharField(_("怎么送到"), max_length=10, choices=Through, blank=True)
    confirmed_on = models.DateField(null=True)
    confirmed_by = staff()
    signer = models.CharField(_("谁和孩子一起签"), max_length=13, choices=Signer, blank=True)
    signed_by = EncryptedText(_("签字人姓名"))
    thanks = EncryptedText(_("孩子的话"))
    days = models.PositiveSmallIntegerField(null=True)
    asked_on = models.DateField(null=True)
    after = models.CharField(_("回访"), max_length=14, choices=After, blank=True)
    words = EncryptedText(_("情况"))
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-made_on", "code"]
        indexes = [models.Index(fields=["state", "published_on"], name="wish_by_state"), models.Index(fields=["area", "state"], name="wish_by_area")]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(state__in=UNDER_WAY), name="one_wish_under_way_a_child"),
            models.UniqueConstraint(fields=["source", "source_row"], condition=~Q(source=""), name="wish_row_once"),
            models.CheckConstraint(name="wish_has_a_price", condition=Q(cost__gte=1)),
            models.CheckConstraint(name="wish_judged_by_another", condition=Q(judged_by=None) | Q(recorded_by=None) | ~Q(judged_by=F("recorded_by"))),
            models.CheckConstraint(name="wish_rejected_with_reason", condition=~Q(state=WishState.REJECTED) | ~Q(reason="")),
            models.CheckConstraint(name="wish_confirmed_by_another", condition=Q(confirmed_by=None) | Q(delivered_by=None) | ~Q(confirmed_by=F("delivered_by"))),
            models.CheckConstraint(
                name="wish_signed_when_confirmed",
                condition=~Q(state__in=(WishState.CONFIRMED, WishState.ARCHIVED)) | (Q(confirmed_on__isnull=False, days__isnull=False) & ~Q(signer="")),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.code

    @property
    def yuan(self):
        """The price as it is written."""
        return f"{self.cost / 100:.2f}".removesuffix(".00")


class WishClaim(models.Model):
    """Somebody's claim on a wish (认领): exclusive, until `until_on`, the first day no longer. Name, telephone and the code of the slip are sealed.

    checked_at, checked_by: when another than who wrote it has looked at the account of its money, that is public from then on; the next line wants another look.
    """

    privacy = {
        "open": ("id", "wish", "kind", "claimed_at", "until_on", "ended_at", "end"), "internal": ("returned", "phone_index", "code_index", "address_index", "warned_at", "longer", "taken_by", "checked_at", "checked_by", "version"),
        "sensitive": ("name", "phone", "code"),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.Person": ("wish__child",)}, empty=("name", "phone", "phone_index"),
        kept={"code": "eight characters that say nothing of anybody", "code_index": "of those eight characters", "address_index": "a keyed address of a machine"},
    )  # fmt: skip
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wish = models.ForeignKey(Wish, on_delete=models.PROTECT, related_name="claims")
    kind = models.CharField(_("谁认领"), max_length=8, choices=Claimant)
    name = EncryptedText(_("姓名或者单位名称"))
    phone = EncryptedText(_("手机号"))
    phone_index = BlindIndex(of="phone", canonical=canonical_phone)
    code = EncryptedText()
    code_index = BlindIndex(of="code")
    address_index = models.CharField(max_length=80, blank=True, db_index=True)
    claimed_at = models.DateTimeField()
    taken_by = staff()  # who wrote it down for somebody who came or telephoned; None: by the public page
    until_on = models.DateField(_("锁定到"))
    longer = models.BooleanField(_("延过一次"), default=False)
    warned_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=9, choices=ClaimEnd, blank=True)
    returned = models.CharField(_("东西怎么办的"), max_length=9, choices=Returned, blank=True)  # of a claim on the wish of a child who died
    checked_at = models.DateTimeField(null=True)
    checked_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["wish_id", "-claimed_at"]
        constraints = [
            models.UniqueConstraint(fields=["wish"], condition=Q(ended_at=None), name="one_live_claim_a_wish"),
            models.CheckConstraint(name="claim_ended_somehow", condition=Q(ended_at=None, end="") | (Q(ended_at__isnull=False) & ~Q(end=""))),
            models.CheckConstraint(name="needless_claim_says_where_the_thing_is", condition=(Q(end=ClaimEnd.NEEDLESS) & ~Q(returned="")) | (~Q(end=ClaimEnd.NEEDLESS) & Q(returned=""))),
            models.CheckConstraint(name="claim_checked_by_somebody", condition=Q(checked_at=None, checked_by=None) | Q(checked_at__isnull=False, checked_by__isnull=False)),
        ]

    def __str__(self):
        return str(self.get_kind_display())


class WishMoney(models.Model):
    """Money given for a wish, spent, given back (捐款收支): appended only. amount: fen; number: of the receipt, of money that was given."""

    privacy = {"open": ("id", "claim", "kind", "amount", "on", "number"), "internal": ("words", "recorded_at", "recorded_by")}
    erasure = Erasure(about={"registry.Person": ("claim__wish__child",)}, word=("words",), kept={"number": "a receipt's number"})
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(WishClaim, on_delete=models.PROTECT, related_name="money")
    kind = models.CharField(_("是什么"), max_length=11, choices=MoneyKind)
    amount = models.PositiveIntegerField(_("金额"))
    on = models.DateField(_("日期"))
    number = models.CharField(_("收据号"), max_length=14, blank=True)
    words = models.CharField(_("说明"), max_length=80, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = staff()

    class Meta:
        ordering = ["claim_id", "recorded_at"]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="receipt_number_once"),
            models.CheckConstraint(name="wish_money_is_some", condition=Q(amount__gte=1)),
            models.CheckConstraint(name="given_money_has_a_receipt", condition=Q(kind=MoneyKind.GIVEN) & ~Q(number="") | ~Q(kind=MoneyKind.GIVEN) & Q(number="")),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.amount}"

    @property
    def yuan(self):
        """The amount as it is written."""
        return f"{self.amount / 100:.2f}"


class WishMiss(models.Model):
    """A wrong code of a donor's slip (认领条猜错记录), counted per address so that codes cannot be tried out."""

    privacy = {"internal": ("id", "address_index", "at")}
    erasure = Erasure(nobody="keyed addresses of machines")

    address_index = models.CharField(max_length=80, db_index=True)
    at = models.DateTimeField()

    def __str__(self):
        return str(self.at)
