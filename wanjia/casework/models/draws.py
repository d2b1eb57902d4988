"""The sealed seed of each month's draws."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.sealing.fields import EncryptedText


class RecheckSeed(models.Model):
    """The seed of one month's draws (抽查种子): sealed while the month runs, its SHA-256 in the journal from the first moment."""

    privacy = {"open": ("id", "month", "commitment", "share", "begun_at"), "sensitive": ("seed",)}
    erasure = Erasure(nobody="random digits")
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    month = models.CharField(_("月份"), max_length=6, unique=True)
    seed = EncryptedText()
    commitment = models.CharField(_("种子的摘要"), max_length=64)
    share = models.DecimalField(_("抽查比例"), max_digits=4, decimal_places=3)
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["-month"]

    def __str__(self):
        return self.month
