"""Local craftsmen by consent (乡土人才), who learns with them (帮带), who booked them (预约)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.registry.models import Household, Person

from ..appraisal_states import Spoken
from ..craft_states import BOOKING, CRAFTSMAN, PAIR, BookingState, CraftState, Half, PairEnd, PairState

STANDING = (CraftState.WRITTEN, CraftState.SHOWN)


class Craftsman(models.Model):
    """Somebody with a skill (乡土人才), called as he agreed to be: written down by one, shown by another, gone at once when he says so. also: a second skill; both of policy/crafts.toml. No telephone."""

    machine = CRAFTSMAN
    privacy = {
        "open": ("id", "village", "state", "skill", "also", "shown_on", "version"),
        "internal": ("home", "person", "called", "words", "consent", "consented_on", "heard", "written_at", "written_by", "shown_by", "withdrawn_on"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Person": ("person",), "registry.Household": ("home",)}, word=("called", "words", "heard"), kept=dict.fromkeys(("skill", "also"), "a skill of the published list; names nobody"))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    home = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("姓名"))
    called = models.CharField(_("公布的称呼"), max_length=40)
    skill = models.CharField(_("手艺"), max_length=20)
    also = models.CharField(_("另一门手艺"), max_length=20, blank=True)
    words = models.CharField(_("会做什么"), max_length=120)
    consent = models.CharField(_("怎么同意的"), max_length=10, choices=Spoken)
    consented_on = models.DateField(_("哪天同意的"))
    heard = models.CharField(_("谁在场"), max_length=80, blank=True)
    state = models.CharField(max_length=20, choices=CraftState, default=CraftState.WRITTEN)
    written_at = models.DateTimeField()
    written_by = staff()
    shown_on = models.DateField(_("哪天公布"), null=True)
    shown_by = staff()
    withdrawn_on = models.DateField(_("哪天撤下"), null=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-written_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state__in=STANDING), name="one_listing_of_a_craftsman"),
            models.CheckConstraint(name="craftsman_shown_by_another", condition=Q(shown_by=None) | Q(written_by=None) | ~Q(shown_by=F("written_by"))),
            models.CheckConstraint(name="craftsman_heard_by_word", condition=Q(consent=Spoken.PAPER) | ~Q(heard="")),
            models.CheckConstraint(
                name="craftsman_shown_by_days",
                condition=Q(state=CraftState.WRITTEN, shown_on=None, withdrawn_on=None) | Q(state=CraftState.SHOWN, shown_on__isnull=False, withdrawn_on=None)
                | Q(state=CraftState.WITHDRAWN, withdrawn_on__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.called


class MentorPair(models.Model):
    """Somebody who learns with a craftsman (帮带): an adult of the register, until either ends it. earns: whether the learner has an income by it, known when it ended."""

    machine = PAIR
    privacy = {
        "open": ("id", "craftsman", "state", "from_on", "to_on", "ending", "earns", "version"),
        "internal": ("learner", "topic", "outcome", "begun_at", "begun_by"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Person": ("learner", "craftsman__person")}, word=("topic", "outcome"))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    craftsman = models.ForeignKey(Craftsman, on_delete=models.PROTECT, related_name="pairs", verbose_name=_("师傅"))
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("徒弟"))
    topic = models.CharField(_("学什么"), max_length=60)
    from_on = models.DateField(_("从哪天起"))
    to_on = models.DateField(_("到哪天止"), null=True)
    state = models.CharField(max_length=16, choices=PairState, default=PairState.RUNNING)
    ending = models.CharField(_("怎么结束的"), max_length=14, choices=PairEnd, blank=True)
    earns = models.BooleanField(_("靠它有了收入"), null=True)
    outcome = models.CharField(_("学得怎样"), max_length=120, blank=True)
    begun_at = models.DateTimeField()
    begun_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-from_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["craftsman", "learner"], condition=Q(state=PairState.RUNNING), name="learns_with_him_once"),
            models.CheckConstraint(
                name="pair_ended_whole",
                condition=Q(state=PairState.RUNNING, to_on=None, ending="", earns=None, outcome="") | (Q(state=PairState.ENDED, to_on__isnull=False, to_on__gte=F("from_on"), earns__isnull=False) & ~Q(ending="") & ~Q(outcome="")),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.topic


class CraftBooking(models.Model):
    """A craftsman booked by a home or by a village (预约): asked, agreed with a day, held or not with the reason, what came of it."""

    machine = BOOKING
    privacy = {
        "open": ("id", "craftsman", "village", "state", "day", "half", "asked_on", "version"),
        "internal": ("home", "words", "reason", "outcome", "asked_at", "asked_by", "agreed_by", "settled_on", "settled_by"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Household": ("home",), "registry.Person": ("craftsman__person",)}, word=("words", "reason", "outcome"))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    craftsman = models.ForeignKey(Craftsman, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("师傅"))
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪个村请的"))
    home = models.ForeignKey(Household, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    words = models.CharField(_("请来做什么"), max_length=120)
    day = models.DateField(_("哪天"), null=True)
    half = models.CharField(_("上午、下午"), max_length=10, choices=Half, blank=True)
    state = models.CharField(max_length=16, choices=BookingState, default=BookingState.ASKED)
    reason = models.CharField(_("为什么没有成"), max_length=120, blank=True)
    outcome = models.CharField(_("结果"), max_length=120, blank=True)
    asked_on = models.DateField(_("哪天请的"))
    asked_at = models.DateTimeField()
    asked_by = staff()
    agreed_by = staff()
    settled_on = models.DateField(_("哪天了结"), null=True)
    settled_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["craftsman", "day", "half"], condition=Q(state__in=(BookingState.AGREED, BookingState.HELD)), name="a_craftsman_is_in_one_place"),
            models.CheckConstraint(name="booking_agreed_with_a_day", condition=~Q(state__in=(BookingState.AGREED, BookingState.HELD)) | (Q(day__isnull=False) & ~Q(half=""))),
            models.CheckConstraint(
                name="booking_settled_whole",
                condition=Q(state__in=(BookingState.ASKED, BookingState.AGREED), settled_on=None, reason="", outcome="") | (Q(state=BookingState.HELD, settled_on__isnull=False) & ~Q(outcome=""))
                | (Q(state=BookingState.FAILED, settled_on__isnull=False) & ~Q(reason="")),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.words
