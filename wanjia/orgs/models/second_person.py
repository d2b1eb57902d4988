"""What the holders of protective posts are told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs import roles


class Change(models.TextChoices):
    """What happened to a protective post or to the account behind it."""

    PROPOSED = "proposed", _("申请安排岗位,等第二人确认")
    GIVEN = "given", _("岗位已经第二人确认")
    DECLINED = "declined", _("岗位申请没有获得确认")
    ENDED = "ended", _("结束了岗位")
    RESET = "reset", _("重置了密码,岗位暂停,等第二人确认")
    LOCKED = "locked", _("停用了账号")
    UNLOCKED = "unlocked", _("重新启用了账号,岗位暂停,等第二人确认")
    WOKEN = "woken", _("账号已经第二人确认,岗位恢复")
    TRIED = "tried", _("上传的名单里由别处建档的人太多,到了每天的上限")
    BEYOND = "beyond", _("按号码查人到了每天的上限,因紧急查阅还在查")
    PHONES = "phones", _("今天打开的电话比平常多得多,请了解是不是工作需要")
    RESET_ONLY = "reset_only", _("重置了密码,动态口令没有动")
    REVIVED = "revived", _("重新启用了账号")
    ADDED = "added", _("安排了岗位")
    FIRST = "first", _("发了首次登录的密码")
    HANDED = "handed", _("离岗,手里的事交给您接手")
    TOOK = "took", _("接手了撤并、调整单位的事")


# An administrator has had the account in his hands: its owner reads it for a week, whoever presses "seen" in the account (ADR 0084).
IN_HANDS = (Change.FIRST, Change.RESET, Change.RESET_ONLY, Change.UNLOCKED, Change.REVIVED)


class DutyNotice(models.Model):
    """What one holder of a protective post was told about another's (岗位提醒): what happened, to whom, by whom, when."""

    privacy = {"internal": ("id", "reader", "change", "about", "role", "area", "at", "by_name", "seen_at")}
    erasure = Erasure(nobody="staff, by their posts")

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="duty_notices")
    change = models.CharField(max_length=10, choices=Change)
    about = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=roles.choices)
    area = models.ForeignKey("orgs.Area", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=60)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["reader", "seen_at"])]

    def __str__(self):
        return f"{self.about} {self.change}"
