"""How somebody looks at the ledger: a preference, no record of fact."""

import uuid

from django.conf import settings
from django.db import models

from wanjia.kernel.erasure import Erasure


class LedgerView(models.Model):
    """One person's own view of the ledger (个人台账视图): the chosen columns, and the kept questions.

    questions: [{"words", "asked": {word of the filter: code}}]. Both are of closed lists, places and units: what was typed to find
    somebody is never kept.
    """

    privacy = {"open": ("id",), "internal": ("user", "columns", "questions")}
    erasure = Erasure(nobody="codes of columns, places and units that a member of staff chose")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ledger_view")
    columns = models.JSONField(default=list)
    questions = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.user_id}"
