"""Who works with Wanjia, the posts by which they may, and the tries of a second factor."""

import uuid

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import calendar
from wanjia.kernel.erasure import Erasure
from wanjia.orgs import lines, roles
from wanjia.orgs.carried import DUTIES, PROTECTIVE
from wanjia.orgs.duties import Duty
from wanjia.sealing.fields import EncryptedText
from wanjia.shapes import Shape

from .areas import Area
from .dated import DatedQuerySet
from .units import Organisation


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

    def check_password(self, raw_password):
        """Compare, and never write: a hash made anew by itself could not be told from one that somebody put in its place."""
        return check_password(raw_password, self.password)

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
        held = []
        for post in HELD(self.pk):
            post.user = self
            if post.is_held_on(day):
                held.append(post)
        return sorted(held, key=lambda post: (post.from_on, post.pk))

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
        found = lines.unit_for(self, act, code)
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


class PostQuerySet(DatedQuerySet):
    """Posts: one that waits for its second person is not held, nor is a protective one of an account that sleeps, nor any of one
    that sleeps whole (`Post.is_held_on`, in SQL)."""

    def on(self, day):
        """Keep the posts held on `day`."""
        asleep = Q(user__asleep_since__isnull=False) & (Q(role__in=PROTECTIVE) | Q(user__asleep_whole=True))
        return super().on(day).filter(waiting=False).exclude(asleep)


class Post(models.Model):
    """A post (岗位): one person, one unit, one role, for a time; `area` narrows it below the unit's own area."""

    privacy = {
        "open": ("id", "user", "organisation", "role", "title", "area", "from_on", "to_on"),
        "internal": ("waiting", "declined", "proposed_by", "confirmed_by", "confirmed_at"),
    }
    erasure = Erasure(nobody="staff, by their posts")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts", verbose_name=_("单位"))
    role = models.CharField(_("角色"), max_length=20, choices=roles.choices)
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

    def is_held_on(self, day):
        """Tell whether the post is held on `day`: `PostQuerySet.on`, of a row."""
        asleep = self.user.asleep_since is not None and (self.user.asleep_whole or self.role in PROTECTIVE)
        return not self.waiting and not asleep and self.from_on <= day and (self.to_on is None or day < self.to_on)

    @property
    def reach(self):
        """The area within which this post works."""
        return self.area or self.organisation.area


HELD = Shape(lambda user: Post.objects.filter(user=user, waiting=False).select_related("organisation__area", "area").order_by())


class FactorTry(models.Model):
    """One try of a code at sign-in (动态口令尝试): a wrong one counts against the account for a while, a right one works once."""

    privacy = {"internal": ("id", "user", "at", "code_index", "good")}
    erasure = Erasure(nobody="staff, by keyed codes of a half minute")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    code_index = models.CharField(max_length=80)
    good = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["user", "at"])]

    def __str__(self):
        return f"{self.user_id} {self.at}"


def staff(**more):
    """Return the field that names who of the staff did something; None: the installer, the clock. No index: nobody asks by it."""
    return models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, **more)
