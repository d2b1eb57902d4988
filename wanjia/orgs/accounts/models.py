"""Tries of a second factor: counted in the database, for each worker of the server has a memory of its own."""

from django.conf import settings
from django.db import models

from wanjia.kernel.erasure import Erasure


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
