"""Duties of village self-governance. Which role carries which is said here too; orgs.carried gathers both."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.roles import Role


class Duty(TextChoices):
    """One thing a post may do."""

    SEE_VILLAGE = "see_village", _("查看村民自治")
    KEEP_MEETINGS = "keep_meetings", _("登记自治组织、会议、公示和异议")
    FILE_DECISIONS = "file_decisions", _("查看、答复决定备案")
    KEEP_POLLS = "keep_polls", _("发起户表决、发票、开票公布")
    COUNT_POLLS = "count_polls", _("录入、核对纸票")


CARRIES = {
    Role.VILLAGE_WORKER: {Duty.SEE_VILLAGE, Duty.KEEP_MEETINGS, Duty.KEEP_POLLS, Duty.COUNT_POLLS},
    Role.TOWNSHIP_WORKER: {Duty.SEE_VILLAGE, Duty.FILE_DECISIONS, Duty.COUNT_POLLS},
    Role.TOWNSHIP_LEADER: {Duty.SEE_VILLAGE, Duty.FILE_DECISIONS},
    Role.LEADER: {Duty.SEE_VILLAGE},
}

PROTECTIVE: set[Duty] = set()
