"""A village's plan: its aspects and items as a meeting adopted them, how each goes, the zones, and what stands there."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, User, staff

from ..plan_states import ASSET, PLAN, WORK, AssetState, Belongs, PlanState, Unit, WorkState, ZoneColour, ZoneKind
from .meetings import AgendaItem

PUBLIC = "what the village plans and published; names nobody"


class VillagePlan(models.Model):
    """A version of a village's plan (村庄规划), as a meeting adopted it: item, the decision that it cites."""

    machine = PLAN
    privacy = {
        "open": ("id", "village", "serial", "name", "item", "from_on", "to_on", "state", "version"), "internal": ("reason", "drawn_at", "drawn_by", "adopted_at", "adopted_by"),
    }  # fmt: skip
    erasure = Erasure(nobody="a plan, not people", kept=dict.fromkeys(("name", "reason"), PUBLIC))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    serial = models.PositiveSmallIntegerField(_("第几版"))
    name = models.CharField(_("规划名称"), max_length=60)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪次会议通过"))
    from_on = models.DateField(_("从哪天起"), null=True, blank=True)
    to_on = models.DateField(_("到哪天止"), null=True, blank=True)
    state = models.CharField(max_length=16, choices=PlanState, default=PlanState.DRAFT)
    reason = models.CharField(_("为什么不用"), max_length=60, blank=True)
    drawn_at = models.DateTimeField()
    drawn_by = staff()
    adopted_at = models.DateTimeField(null=True)
    adopted_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["village", "serial"], name="village_plan_numbered_once"),
            models.UniqueConstraint(fields=["village"], condition=Q(state=PlanState.IN_FORCE), name="one_village_plan_in_force"),
            models.UniqueConstraint(fields=["village"], condition=Q(state=PlanState.DRAFT), name="one_village_plan_drafted"),
            models.CheckConstraint(name="village_plan_adopted_by_another", condition=Q(adopted_by=None) | Q(drawn_by=None) | ~Q(adopted_by=F("drawn_by"))),
        ]

    def __str__(self):
        return self.name


class PlanAspect(models.Model):
    """One of the aspects that a plan falls into (规划方面), with its number."""

    privacy = {"open": ("id", "plan", "n", "name")}
    erasure = Erasure(nobody="a plan, not people", kept={"name": PUBLIC})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(VillagePlan, on_delete=models.PROTECT, related_name="aspects")
    n = models.PositiveSmallIntegerField(_("第几个方面"))
    name = models.CharField(_("方面"), max_length=30)

    class Meta:
        ordering = ["plan_id", "n"]
        constraints = [models.UniqueConstraint(fields=["plan", "n"], name="plan_aspect_once")]

    def __str__(self):
        return f"{self.n}. {self.name}"


class PlanZone(models.Model):
    """A zone or corridor of a plan (分区): where it lies in words and on the village's sketch, and what it is for. points: [[x, y]] in thousandths of the sketch, none until it is drawn. off_on: it was taken off; its words stand in the journal alone, where an erasure finds them. copied_from: the zone of the version before with which a draft began; mended: what that one was given since, while this one had been changed by hand."""

    privacy = {"open": ("id", "plan", "name", "bounds", "use", "kind", "colour", "points", "off_on", "copied_from", "mended")}
    erasure = Erasure(nobody="a plan, not people", kept=dict.fromkeys(("name", "bounds", "use", "points", "mended"), PUBLIC))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(VillagePlan, on_delete=models.PROTECT, related_name="zones")
    name = models.CharField(_("分区"), max_length=30)
    bounds = models.CharField(_("从哪里到哪里"), max_length=120)
    use = models.CharField(_("做什么用"), max_length=60)
    kind = models.CharField(_("廊还是区"), max_length=14, choices=ZoneKind, default=ZoneKind.AREA)
    colour = models.CharField(_("颜色"), max_length=12, choices=ZoneColour, default=ZoneColour.BLUE)
    points = models.JSONField(_("图上的点"), default=list)
    off_on = models.DateField(_("拿掉日期"), null=True)
    copied_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="copies")
    mended = models.JSONField(default=dict)

    class Meta:
        ordering = ["plan_id", "name"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "name"], condition=Q(off_on=None), name="plan_zone_once"),
            models.CheckConstraint(name="plan_zone_off_says_nothing", condition=(Q(off_on=None) & ~Q(name="")) | Q(off_on__isnull=False, name="", bounds="", use="")),
        ]

    def __str__(self):
        return self.name

    @property
    def waits(self):
        """What the version before was given that this one has not: {field: value}, {"off": True} where it was taken off."""
        return {name: value for name, value in self.mended.items() if getattr(self, name, None) != value}


class PlanSketch(models.Model):
    """What a version's zones are drawn on (村庄手绘图): the village's own drawing as a picture, or a squared sheet where there is none. body: base64 of a JPEG; width, height: its pixels, nought of a squared sheet; behind: the plan in force was given another while this draft had its own."""

    privacy = {"open": ("id", "plan", "width", "height", "body", "behind"), "internal": ("put_at", "put_by")}
    erasure = Erasure(nobody="a drawing of the village: whoever puts it there says that nobody is named on it", kept={"body": PUBLIC})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.OneToOneField(VillagePlan, on_delete=models.PROTECT, related_name="sketch")
    body = models.TextField(blank=True)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    behind = models.BooleanField(default=False)
    put_at = models.DateTimeField()
    put_by = staff()

    class Meta:
        ordering = ["plan_id"]
        constraints = [models.CheckConstraint(name="plan_sketch_whole", condition=Q(body="", width=0, height=0) | (Q(width__gte=1, height__gte=1) & ~Q(body="")))]

    def __str__(self):
        return str(self.plan)


class PlanWork(models.Model):
    """An item of a plan (规划事项): whose it is, by when, at what cost, how much of what; done only when another hand accepted it. n: its number in the plan; size: in hundredths of the unit, 0 for none."""

    machine = WORK
    privacy = {
        "open": ("id", "plan", "aspect", "zone", "n", "words", "due_on", "fen", "size", "unit", "state", "done_on", "spent_fen", "version"),
        "internal": ("owner", "done_words", "reported_at", "reported_by", "accepted_at", "accepted_by"),
    }  # fmt: skip
    erasure = Erasure(nobody="works, not people", kept=dict.fromkeys(("words", "done_words"), PUBLIC))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(VillagePlan, on_delete=models.PROTECT, related_name="works")
    aspect = models.ForeignKey(PlanAspect, on_delete=models.PROTECT, related_name="works", verbose_name=_("方面"))
    zone = models.ForeignKey(PlanZone, null=True, blank=True, on_delete=models.PROTECT, related_name="works", verbose_name=_("分区"))
    n = models.PositiveSmallIntegerField(_("第几项"))
    words = models.CharField(_("做什么"), max_length=120)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("责任人"))
    due_on = models.DateField(_("哪天以前"))
    fen = models.PositiveBigIntegerField(_("预计花多少(分)"), default=0)
    size = models.PositiveIntegerField(_("规模(百分之一)"), default=0)
    unit = models.CharField(_("单位"), max_length=10, choices=Unit, blank=True)
    state = models.CharField(max_length=16, choices=WorkState, default=WorkState.PLANNED)
    done_on = models.DateField(_("哪天完工"), null=True, blank=True)
    done_words = models.CharField(_("完工情况"), max_length=200, blank=True)
    spent_fen = models.PositiveBigIntegerField(_("花了多少(分)"), default=0)
    reported_at = models.DateTimeField(null=True)
    reported_by = staff()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["plan_id", "n"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "n"], name="plan_work_numbered_once"),
            models.CheckConstraint(name="plan_work_accepted_by_another", condition=Q(accepted_by=None) | Q(reported_by=None) | ~Q(accepted_by=F("reported_by"))),
            models.CheckConstraint(name="plan_work_done_whole", condition=Q(state=WorkState.PLANNED, done_on=None, done_words="", accepted_at=None)
                                   | (Q(state=WorkState.REPORTED, done_on__isnull=False, accepted_at=None) & ~Q(done_words=""))
                                   | (Q(state=WorkState.ACCEPTED, done_on__isnull=False, accepted_at__isnull=False) & ~Q(done_words=""))),
            models.CheckConstraint(name="plan_work_sized_in_a_unit", condition=Q(size=0, unit="") | (Q(size__gte=1) & ~Q(unit=""))),
        ]  # fmt: skip

    def __str__(self):
        return self.words


class WorkNote(models.Model):
    """How an item of a plan goes (进度): in words, on a day; or why it was sent back."""

    privacy = {"open": ("id", "work", "day", "words"), "internal": ("at", "made_by")}
    erasure = Erasure(nobody="works, not people", kept={"words": PUBLIC})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    work = models.ForeignKey(PlanWork, on_delete=models.PROTECT, related_name="notes")
    day = models.DateField(_("哪天"))
    words = models.CharField(_("进度"), max_length=200)
    at = models.DateTimeField()
    made_by = staff()

    class Meta:
        ordering = ["work_id", "-at", "pk"]

    def __str__(self):
        return self.words


class VillageAsset(models.Model):
    """What stands in the village (资产): how much of what, what it cost, whose it is, which item of the plan it came from. It counts when another hand looked at it. reason: why it went."""

    machine = ASSET
    privacy = {
        "open": ("id", "village", "work", "name", "size", "unit", "belongs", "fen", "from_on", "gone_on", "state", "version"), "internal": ("reason", "told_at", "told_by", "checked_at", "checked_by"),
    }  # fmt: skip
    erasure = Erasure(nobody="what stands in a village, not people", kept=dict.fromkeys(("name", "reason"), PUBLIC))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    work = models.ForeignKey(PlanWork, null=True, blank=True, on_delete=models.PROTECT, related_name="assets", verbose_name=_("规划哪一项"))
    name = models.CharField(_("资产"), max_length=40)
    size = models.PositiveIntegerField(_("规模(百分之一)"))
    unit = models.CharField(_("单位"), max_length=10, choices=Unit)
    belongs = models.CharField(_("权属"), max_length=12, choices=Belongs)
    fen = models.PositiveBigIntegerField(_("投资(分)"))
    from_on = models.DateField(_("从哪天起"))
    gone_on = models.DateField(_("哪天核销"), null=True, blank=True)
    reason = models.CharField(_("为什么核销"), max_length=60, blank=True)
    state = models.CharField(max_length=16, choices=AssetState, default=AssetState.TOLD)
    told_at = models.DateTimeField()
    told_by = staff()
    checked_at = models.DateTimeField(null=True)
    checked_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["village", "name"], condition=~Q(state=AssetState.GONE), name="village_asset_once"),
            models.CheckConstraint(name="village_asset_of_some_size", condition=Q(size__gte=1)),
            models.CheckConstraint(name="village_asset_checked_by_another", condition=Q(checked_by=None) | Q(told_by=None) | ~Q(checked_by=F("told_by"))),
            models.CheckConstraint(name="village_asset_gone_whole", condition=(Q(state=AssetState.GONE, gone_on__isnull=False) & ~Q(reason="")) | (~Q(state=AssetState.GONE) & Q(gone_on=None, reason=""))),
        ]

    def __str__(self):
        return self.name
