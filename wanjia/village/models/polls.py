"""Polls of homes: who may vote, who took a card, and the sealed ballots while a poll runs. What a home voted stands nowhere (ADR 146)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.registry.models import Household, Person
from wanjia.sealing.fields import BlindIndex, EncryptedText

from ..poll_states import POLL, PollState, Taken


class Poll(models.Model):
    """A poll of the homes of a village (户表决): one home, one vote, secret, counted by anybody.

    roll_on: the day whose homes vote; most: options that one card may choose; opening_n: modulus of the key to which ballots are sealed, hexadecimal; opening_locked: its private
    half, under two halves that stand on paper alone, "" once the poll is counted; board, digest: what is published, "" before; cast, on_roll: its turnout, for the figures; watcher, counters: offices that saw the cards counted off and that counted, 、 between, with who looked on; who they are stands in `PollCounter`.
    """

    machine = POLL
    privacy = {
        "open": ("id", "area", "question", "most", "roll_on", "state", "opened_on", "closed_on", "opening_n", "watcher", "counters", "cast", "on_roll", "board", "digest", "closing", "version"),
        "internal": ("opening_locked", "drawn_by"),
    }
    erasure = Erasure(nobody="questions, options, counts; who voted what stands nowhere")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    question = models.CharField(_("表决什么"), max_length=120)
    most = models.PositiveSmallIntegerField(_("最多选几项"), default=1)
    roll_on = models.DateField(_("按哪天的户"))
    state = models.CharField(_("状态"), max_length=16, choices=PollState, default=PollState.ISSUING)
    drawn_by = staff()
    opened_on = models.DateField(_("哪天开始投票"), null=True)
    closed_on = models.DateField(_("哪天公布"), null=True)
    opening_n = models.TextField(blank=True)
    opening_locked = models.TextField(blank=True)
    watcher = models.CharField(_("监督发票的人"), max_length=60, blank=True)
    counters = models.CharField(_("计票人"), max_length=200, blank=True)
    cast = models.PositiveIntegerField(_("投了几票"), null=True)
    on_roll = models.PositiveIntegerField(_("应投几户"), null=True)
    board = models.TextField(_("公开板"), blank=True)
    digest = models.CharField(_("摘要"), max_length=64, blank=True)
    closing = models.CharField(_("为什么不办了"), max_length=200, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-roll_on", "area_id", "pk"]
        constraints = [
            models.CheckConstraint(name="poll_published_when_closed", condition=Q(state=PollState.CLOSED, closed_on__isnull=False, opening_locked="") & ~Q(digest="") & ~Q(board="") | (~Q(state=PollState.CLOSED) & Q(board="", digest="", closed_on=None))),
            models.CheckConstraint(name="poll_chooses_something", condition=Q(most__gte=1)),
        ]

    def __str__(self):
        return self.question


class PollClass(models.Model):
    """One class of cards of a poll (票类): a home's card bears the options of its class, so that no home is on its own card.

    options: their words; n: modulus of the key that signs tokens; private: that key, empty once voting began; codes: hashes of the printed cards, sorted; printed, left, spoilt: cards;
    homes: on the roll.
    """

    privacy = {"open": ("id", "poll", "key", "homes", "options", "n", "codes", "printed", "left", "spoilt"), "sensitive": ("private",)}
    erasure = Erasure(nobody="options and hashes of codes")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="classes")
    key = models.CharField(_("票类"), max_length=1)
    homes = models.PositiveIntegerField(_("户数"))
    options = models.JSONField(_("选项"), default=list)
    n = models.TextField()
    private = EncryptedText()
    codes = models.JSONField(default=list)
    printed = models.PositiveIntegerField(_("印了几张"), default=0)
    left = models.PositiveIntegerField(_("剩下几张"), default=0)
    spoilt = models.PositiveIntegerField(_("作废几张"), default=0)

    class Meta:
        ordering = ["poll_id", "key"]
        constraints = [models.UniqueConstraint(fields=["poll", "key"], name="one_class_a_key")]

    def __str__(self):
        return self.key


class PollHome(models.Model):
    """One home on the roll of a poll (领票名册): whether it took a card or a token. Neither when nor which: nothing of it is written once voting began.

    stands: whether people choose among this home and others, each under what it wishes to be called; link: one-use code by which somebody away takes the token; hidden: SHA-256 of what his telephone sent to be signed blind, so that the same is signed once more on a bad line.
    """

    privacy = {"open": ("id", "poll", "cls"), "internal": ("household", "stands", "taken", "link_index", "hidden"), "sensitive": ("link",)}
    erasure = Erasure(about={"registry.Household": ("household",)}, kept={"link": "a code that says nothing of anybody", "link_index": "of that code", "hidden": "a digest of a random number"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="homes")
    cls = models.ForeignKey(PollClass, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("户"))
    stands = models.BooleanField(_("参评"), default=False)
    taken = models.CharField(_("领票"), max_length=8, choices=Taken, blank=True)
    link = EncryptedText()
    link_index = BlindIndex(of="link")
    hidden = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["poll_id", "household__group_name", "household__number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "household"], name="one_home_a_poll"),
            models.CheckConstraint(name="token_taken_by_phone", condition=Q(taken=Taken.PHONE) | Q(hidden="")),
        ]

    def __str__(self):
        return self.household.number


class PollCounter(models.Model):
    """One of the three who counted (计票人): somebody of the village's rolls or bodies. office: what he was in them on that day, as the board says it, without his name; supervises: of the supervision committee."""

    privacy = {"open": ("id", "poll", "turn", "office", "supervises"), "internal": ("person",)}
    erasure = Erasure(about={"registry.Person": ("person",)}, kept={"office": "an office; names nobody"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="counted_by")
    turn = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("计票人"))
    office = models.CharField(_("职务"), max_length=60)
    supervises = models.BooleanField(default=False)

    class Meta:
        ordering = ["poll_id", "turn"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "person"], name="counts_once_a_poll"),
            models.UniqueConstraint(fields=["poll", "turn"], name="three_count_a_poll"),
            models.CheckConstraint(name="the_third_supervises", condition=Q(turn__gte=1, turn__lte=3) & (~Q(turn=3) | Q(supervises=True))),
        ]

    def __str__(self):
        return self.office


class PollHeap(models.Model):
    """A heap of paper ballots (票堆), typed by one and agreed by another who counted it by hand. set_aside: ballots of cards that were used already; sums: votes for each option, then blank, then spoilt."""

    privacy = {"open": ("id", "poll", "cls", "n", "set_aside", "sums", "agreed"), "internal": ("typed_by", "agreed_by")}
    erasure = Erasure(nobody="counts of a heap")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="heaps")
    cls = models.ForeignKey(PollClass, on_delete=models.PROTECT, related_name="+")
    n = models.PositiveIntegerField(_("录入几张"))
    set_aside = models.PositiveIntegerField(_("已用过、放在一边的"), default=0)
    sums = models.JSONField(_("各项票数"), default=list)
    typed_by = staff()
    agreed = models.BooleanField(default=False)
    agreed_by = staff()

    class Meta:
        ordering = ["poll_id", "pk"]

    def __str__(self):
        return _("%(key)s 类 %(n)s 张") % {"key": self.cls.key, "n": self.n}


class SealedBallot(models.Model):
    """A ballot until the count (密封票): which card or token bore it, and what it says under a key that lies on paper. Gone when the board is published.

    bearer: the card's hash or the token, "code" or "token" by kind; sealed: `polls.secret.seal`. No time, and no home.
    """

    privacy = {"internal": ("id", "poll", "cls", "kind", "bearer", "signature", "sealed", "heap")}
    erasure = Erasure(nobody="of a card that nobody noted and a token that nobody saw")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="+")
    cls = models.ForeignKey(PollClass, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    bearer = models.CharField(max_length=64)
    signature = models.TextField(blank=True)
    sealed = models.TextField()
    heap = models.ForeignKey(PollHeap, null=True, on_delete=models.PROTECT, related_name="ballots")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "bearer"], name="one_ballot_a_card")]

    def __str__(self):
        return self.bearer
