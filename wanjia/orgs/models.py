"""Areas, organisations, posts, users. Everything that changes over time has dates."""

import uuid

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import calendar
from wanjia.kernel.erasure import Erasure
from wanjia.orgs.carried import DUTIES, PROTECTIVE
from wanjia.orgs.duties import Duty
from wanjia.orgs.roles import Role
from wanjia.sealing.fields import EncryptedText


class Level(models.TextChoices):
    """Where an area stands in the tree; the number of digits of its stem is fixed by it."""

    CITY = "city", _("市")
    COUNTY = "county", _("县(市、区)")
    TOWNSHIP = "township", _("乡镇(街道)")
    VILLAGE = "village", _("村(社区)")
    GROUP = "group", _("村民小组")


STEM_DIGITS = {Level.CITY: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9, Level.VILLAGE: 12, Level.GROUP: 15}


class DatedQuerySet(models.QuerySet):
    """Rows with `from_on` and `to_on` (the first day no longer; None: until further notice)."""

    def on(self, day):
        """Keep the rows in force on `day`."""
        return self.filter(Q(from_on=None) | Q(from_on__lte=day), Q(to_on=None) | Q(to_on__gt=day))

    def not_ended(self, day):
        """Keep the rows in force on `day` or later."""
        return self.filter(Q(to_on=None) | Q(to_on__gt=day))


class PostQuerySet(DatedQuerySet):
    """Posts: one that waits for its second person is not held, nor is a protective one of an account that sleeps, nor any of one
    that sleeps whole."""

    def on(self, day):
        """Keep the posts held on `day`."""
        asleep = Q(user__asleep_since__isnull=False) & (Q(role__in=PROTECTIVE) | Q(user__asleep_whole=True))
        return super().on(day).filter(waiting=False).exclude(asleep)


class Area(models.Model):
    """One node of the area tree (行政区划): 12-digit code, or 15 for a villager group."""

    privacy = {"open": ("code", "name", "short_name", "pinyin", "level", "parent", "urban_rural", "from_on", "to_on", "edition")}
    erasure = Erasure(nobody="places")

    code = models.CharField(max_length=15, primary_key=True)
    name = models.CharField(_("名称"), max_length=60)
    short_name = models.CharField(_("简称"), max_length=40)
    pinyin = models.CharField(max_length=80, blank=True)
    level = models.CharField(_("层级"), max_length=10, choices=Level)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    urban_rural = models.CharField(max_length=3, blank=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    edition = models.CharField(_("依据"), max_length=60, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return self.name

    @property
    def stem(self):
        """The digits that every code below this area begins with."""
        return self.code[: STEM_DIGITS[self.level]]

    def span(self):
        """Return (first, end): codes c of this subtree satisfy first <= c < end."""
        return self.stem, str(int(self.stem) + 1)

    def covers(self, code):
        """Tell whether an area code lies in this subtree."""
        return code.startswith(self.stem)


class AreaAlias(models.Model):
    """Another name under which people write an area (别名): 溪洛渡镇, 花园片区."""

    privacy = {"open": ("id", "area", "name")}
    erasure = Erasure(nobody="places")

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=60, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="area_alias_once")]

    def __str__(self):
        return self.name


class AreaSuccession(models.Model):
    """An area split or merged (区划沿革): the old code's records roll up into the successors' common parent."""

    privacy = {"open": ("id", "old", "new", "on", "basis")}
    erasure = Erasure(nobody="places")

    old = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    basis = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="area_succession_once")]

    def __str__(self):
        return f"{self.old} → {self.new}"


class Tier(models.TextChoices):
    """The tier that can settle a need (交办层级)."""

    VILLAGE = "village", _("村(社区)")
    TOWNSHIP = "township", _("乡镇(街道)")
    COUNTY = "county", _("县级部门")


class Line(models.TextChoices):
    """The department line (条) an organisation belongs to; empty for Party and government at large."""

    NONE = "", _("综合")
    EDUCATION = "education", _("教育体育")
    CIVIL = "civil", _("民政")
    LABOUR = "labour", _("人社")
    HEALTH = "health", _("卫健")
    INSURANCE = "insurance", _("医保")
    POLICE = "police", _("公安")
    HOUSING = "housing", _("住建")
    TRANSPORT = "transport", _("交通")
    WATER = "water", _("水务")
    POWER = "power", _("供电")
    DISABLED = "disabled", _("残联")
    AGRICULTURE = "agriculture", _("农业农村")
    FORESTRY = "forestry", _("林草")
    LAND = "land", _("自然资源")
    JUSTICE = "justice", _("司法")
    CULTURE = "culture", _("文旅")
    EMERGENCY = "emergency", _("应急")
    MARKET = "market", _("市场监管")
    WOMEN = "women", _("妇联")
    YOUTH = "youth", _("团委")


class Organisation(models.Model):
    """A unit (单位): it stands in an area (块) and may belong to a department line (条)."""

    privacy = {"open": ("id", "name", "short_name", "pinyin", "tier", "line", "area", "parent", "from_on", "to_on")}
    erasure = Erasure(nobody="units")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("单位名称"), max_length=80)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    pinyin = models.CharField(max_length=120, blank=True)
    tier = models.CharField(_("层级"), max_length=10, choices=Tier)
    line = models.CharField(_("条线"), max_length=12, choices=Line, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="organisations", verbose_name=_("所在区划"))
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["area_id", "tier", "name"]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="organisation_name_once_in_area")]

    def __str__(self):
        return self.name

    def covers(self, code):
        """Tell whether an area code lies where this unit works."""
        return self.area.covers(code)


class OrganisationAlias(models.Model):
    """Another name of a unit (单位别名): 县教体局, 花园党支部, or a name with a character lost in a scan."""

    privacy = {"open": ("id", "organisation", "name")}
    erasure = Erasure(nobody="units")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=80, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="organisation_alias_once")]

    def __str__(self):
        return self.name


class Sponsorship(models.Model):
    """A unit sponsors an area for a time (挂联): its people visit the homes there and stand for what comes up."""

    privacy = {"open": ("id", "organisation", "area", "from_on", "to_on"), "internal": ("head_name",)}
    erasure = Erasure(nobody="units and their heads in office")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sponsorships")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="sponsorships")
    head_name = models.CharField(_("挂联负责人"), max_length=40, blank=True)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["area_id", "from_on"]
        constraints = [
            models.CheckConstraint(
                name="sponsorship_ends_after_start", condition=Q(to_on=None) | Q(to_on__gt=models.F("from_on"))
            )
        ]

    def __str__(self):
        return f"{self.organisation} → {self.area}"


class UserManager(BaseUserManager):
    """Makes users; passwords are hashed with argon2id."""

    def create_user(self, username, password=None, **fields):
        """Create a user; without a password nobody can sign in with it."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username):
        return self.get(username=username)


class User(AbstractBaseUser):
    """A person who works with Wanjia (用户). What they may do comes from their posts, never from the account."""

    privacy = {
        "open": ("id", "name"),
        "internal": ("username", "password", "last_login", "is_active", "must_change_password", "large_text", "session_epoch", "asleep_since", "asleep_by",
                     "asleep_whole"),
        "sensitive": ("phone",),
    }
    erasure = Erasure(nobody="staff, by their accounts")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(_("账号"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    phone = EncryptedText(_("手机号"))
    is_active = models.BooleanField(_("启用"), default=True)
    must_change_password = models.BooleanField(default=False)
    large_text = models.BooleanField(_("大字"), default=False)
    session_epoch = models.PositiveIntegerField(default=0)
    # An administrator has had this account in his hands: its protective posts sleep until a second person confirms (ADR 0053).
    asleep_since = models.DateTimeField(null=True)
    asleep_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    # He holds all that the owner has to sign in with (no second factor of the owner's own): every post sleeps (ADR 0084).
    asleep_whole = models.BooleanField(default=False)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["username"]

    def __str__(self):
        return self.name

    def get_session_auth_hash(self):
        """Bind every session to the password and the epoch: a change of either ends the sessions made before it."""
        return salted_hmac("wanjia.session", f"{self.password}|{self.session_epoch}", algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self):
        """Yield the hashes under older secret keys, so that rotating the key signs nobody out."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            text = f"{self.password}|{self.session_epoch}"
            yield salted_hmac("wanjia.session", text, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def live_posts(self):
        """The posts held today, with their units and areas: one query per request."""
        from django.utils import timezone

        if not self.is_active:
            return []
        day = calendar.today(timezone.now())
        return list(self.posts.on(day).select_related("organisation__area", "area").order_by("from_on", "pk"))

    @cached_property
    def duties(self):
        """The set of duties of all posts held today."""
        return {duty for post in self.live_posts for duty in DUTIES[post.role]} if self.is_active else set()

    @property
    def org(self):
        """The unit of the main post, or None."""
        return self.live_posts[0].organisation if self.live_posts else None

    @property
    def org_name(self):
        """The name of the main post's unit."""
        return self.org.name if self.org else ""

    def org_name_for(self, act, code=""):
        """Return the name of the unit for which this person does an act there where `code` lies: the journal's."""
        from .trail.acting import unit_for

        found = unit_for(self, act, code)
        return found.name if found else ""

    @property
    def orgs(self):
        """The units of all posts held today."""
        return [post.organisation for post in self.live_posts]

    @property
    def email(self):
        """Staff sign in by name; there is no mail address."""
        return ""

    def has_duty(self, *duties):
        """Tell whether any post held today carries any of `duties`."""
        return not self.duties.isdisjoint(duties)

    def without(self, asked):
        """Say that no post held today carries the duties `asked` (in words), and what to do instead: nobody is sent to himself."""
        if self.has_duty(Duty.MANAGE_USERS):
            return _(
                "这里要“%(asked)s”的权限,归业务、监督岗位。您的岗位管账号、单位和系统,可以打开“用户与岗位”“单位”“行政区划”“系统值守”。"
                "有同事需要的,请在“用户与岗位”里给他安排相应的岗位。"
            ) % {"asked": asked}  # fmt: skip
        return _("您的岗位没有这项权限(%(asked)s)。工作需要的,请联系本单位的系统管理员安排岗位。") % {"asked": asked}


class Post(models.Model):
    """A post (岗位): one person, one unit, one role, for a time; `area` narrows it below the unit's own area."""

    privacy = {
        "open": ("id", "user", "organisation", "role", "title", "area", "from_on", "to_on"),
        "internal": ("waiting", "declined", "proposed_by", "confirmed_by", "confirmed_at"),
    }
    erasure = Erasure(nobody="staff, by their posts")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts", verbose_name=_("单位"))
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    title = models.CharField(_("职务"), max_length=40, blank=True)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    waiting = models.BooleanField(default=False)  # for a second person; not held until then
    declined = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__area_id", "user__username"]

    def __str__(self):
        return f"{self.user} · {self.organisation} · {self.get_role_display()}"

    @property
    def reach(self):
        """The area within which this post works."""
        return self.area or self.organisation.area


from .accounts.models import FactorTry  # noqa: E402  a mechanism's own rows
from .second_person.models import DutyNotice  # noqa: E402  a mechanism's own rows
from .workdays.models import DayChange  # noqa: E402  a mechanism's own rows

__all__ = [
    "Area", "AreaAlias", "AreaSuccession", "DayChange", "DutyNotice", "FactorTry", "Level", "Line", "Organisation", "OrganisationAlias", "Post", "Sponsorship",
    "Tier", "User",
]  # fmt: skip
