"""Messages that leave the office: through which channel a unit hears, and what it was told. No message has room for words about anybody."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.sealing.fields import EncryptedText

from .units import Organisation


class Route(models.TextChoices):
    """By what a unit is told outside the house (消息通道)."""

    WECOM = "wecom", _("企业微信群机器人")
    DINGTALK = "dingtalk", _("钉钉群机器人")
    FEISHU = "feishu", _("飞书群机器人")
    MAIL = "mail", _("电子邮件")


class MessageChannel(models.Model):
    """One channel by which a unit hears outside the house (消息通道). Its address is a secret: set, sealed, used, and shown to nobody."""

    privacy = {"open": ("id", "organisation", "route", "from_at", "to_at"), "internal": ("set_by",), "sensitive": ("address",)}
    erasure = Erasure(nobody="a unit's robot or letter box")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="channels")
    route = models.CharField(_("通道"), max_length=10, choices=Route)
    address = EncryptedText(_("地址"))
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["organisation_id", "route", "from_at"]
        constraints = [models.UniqueConstraint(fields=["organisation", "route"], condition=Q(to_at=None), name="one_live_channel_a_route")]

    def __str__(self):
        return f"{self.organisation} {self.route}"


class Sending(models.TextChoices):
    """How far a message has come (发送情况)."""

    WAITING = "waiting", _("等待发送")
    SENDING = "sending", _("正在发送")
    SENT = "sent", _("已送达")
    FAILED = "failed", _("没有送到")


class Message(models.Model):
    """One message to a unit that leaves the house (消息): what it is about, a number and a link. It has no field for anything else.

    A key makes it once. It is claimed before it is sent, and marked as begun the moment before it leaves: killed before that, it is taken up again;
    killed after, nobody knows whether it arrived, and it is sent by nobody again. next_at: not before then; of one that is being sent, until when at most.
    """

    privacy = {"open": ("id", "organisation", "about", "number", "path", "key", "at", "state", "tries", "run", "next_at", "begun_at", "sent_at")}
    erasure = Erasure(nobody="numbers of needs")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="messages")
    about = models.CharField(max_length=12)
    number = models.CharField(max_length=24)
    path = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    at = models.DateTimeField()
    state = models.CharField(_("发送情况"), max_length=8, choices=Sending, default=Sending.WAITING)
    tries = models.SmallIntegerField(default=0)
    run = models.CharField(max_length=32, blank=True)
    next_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "pk"]
        indexes = [models.Index(fields=["state", "organisation"]), models.Index(fields=["organisation", "-at"])]
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="message_once_a_unit")]

    def __str__(self):
        return f"{self.about} {self.number}"
