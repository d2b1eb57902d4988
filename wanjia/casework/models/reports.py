"""Sealed records of 强制报告: outside the ledger, in no count, never deleted."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation
from wanjia.sealing.fields import EncryptedText


class ProtectionReport(models.Model):
    """强制报告 (未成年人保护法 art. 11): sealed, outside the ledger, in no count; it has no state, so nobody can close it."""

    privacy = {
        "internal": ("id", "area", "discovered_at", "received_at", "reported_at", "late"),
        "child": (
            "situation", "facts", "child_words", "reporter", "reporter_org", "called_police_at", "reported_to", "channel",
            "receipt_no", "head_told_at", "suspects_unit",
        ),
    }  # fmt: skip
    erasure = Erasure(
        kept=dict.fromkeys(
            ("situation", "facts", "child_words", "reporter", "reported_to", "channel", "receipt_no"),
            "proof of a mandatory report (未成年人保护法 art. 11); sealed, outside the ledger, and only its officers open it",
        ),
        held={"situation": {}, "facts": {}},
    )

    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    discovered_at = models.DateTimeField(_("发现时间"))
    received_at = models.DateTimeField(_("系统收到时间"))
    reported_at = models.DateTimeField(_("报告时间"), null=True)
    late = models.BooleanField(default=False)
    situation = EncryptedText(_("情形"))
    facts = EncryptedText(_("事实经过"))
    child_words = EncryptedText(_("孩子是谁、在哪里"))
    reporter = EncryptedText()
    reporter_org = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    suspects_unit = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("涉嫌人所在单位")
    )
    called_police_at = models.DateTimeField(_("拨打 110 时间"), null=True, blank=True)
    reported_to = EncryptedText(_("已报告机关"))
    channel = EncryptedText(_("报告方式"))
    receipt_no = EncryptedText(_("回执号"))
    head_told_at = models.DateTimeField(_("告知本单位负责人时间"), null=True, blank=True)

    class Meta:
        ordering = ["-discovered_at"]

    def __str__(self):
        return str(self.id)


class LateReason(models.Model):
    """Why a report reached no authority within two hours of discovery (迟报说明). Appended, never changed."""

    privacy = {"internal": ("id", "report", "at", "by"), "child": ("words",)}
    erasure = Erasure(kept={"words": "proof of why a mandatory report was late (未成年人保护法 art. 11); sealed"}, held={"words": {}})
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.OneToOneField(ProtectionReport, on_delete=models.PROTECT, related_name="late_reason")
    at = models.DateTimeField()
    words = EncryptedText(_("迟报原因"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return str(self.at)


class ProtectionFollowUp(models.Model):
    """What was done after a report (跟进). Appended, never changed."""

    privacy = {"internal": ("id", "report", "at", "by"), "child": ("words",)}
    erasure = Erasure(kept={"words": "proof of what was done after a mandatory report (未成年人保护法 art. 11); sealed"}, held={"words": {}})
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(ProtectionReport, on_delete=models.PROTECT, related_name="follow_ups")
    at = models.DateTimeField()
    words = EncryptedText(_("跟进情况"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return str(self.at)
