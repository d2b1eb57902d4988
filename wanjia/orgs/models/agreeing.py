"""A change that may have to wait: who asked for it and in which units they sat, who of another unit gave a word on it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeState(models.TextChoices):
    """Where a change stands."""

    WAITING = "waiting", _("等另一单位同意")
    MADE = "made", _("已生效")
    DECLINED = "declined", _("没有同意")


class Asked(models.Model):
    """What each such change keeps, whatever it changes."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    by_org = models.CharField(max_length=120, blank=True)
    units = models.JSONField(default=list)  # in which the asker held a post then: nobody of them agrees
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ChangeState, default=ChangeState.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_name = models.CharField(max_length=60, blank=True)
    decided_org = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    def hear(self, *, agree, words, by, org, at):
        """Take somebody's word on it; the command that asked saves it. org: the name of the unit of the post by which it is given (ADR 88)."""
        self.decided_by_id, self.decided_name, self.decided_org = by.id, by.name, org
        self.decided_at, self.words = at, words.strip()
        self.state = ChangeState.MADE if agree else ChangeState.DECLINED
