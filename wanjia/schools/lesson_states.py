"""The words of law in school: whose people lecture, what is taught, on which occasion, what is missing."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Organ(TextChoices):
    """Which organ a lecturer comes from (A37)."""

    COURT = "court", _("法院")
    PROCURATORATE = "procuratorate", _("检察院")
    POLICE = "police", _("公安")
    JUSTICE = "justice", _("司法行政")
    LAW_OFFICE = "law_office", _("普法办、其他")


class Topic(TextChoices):
    """What a lesson is about (法治课专题). Which of them are due, policy says by date."""

    CONSTITUTION = "constitution", _("宪法")
    MINORS = "minors", _("未成年人保护")
    CRIME = "crime", _("预防违法犯罪")
    BULLYING = "bullying", _("防欺凌")
    DRUGS = "drugs", _("禁毒")
    HARM = "harm", _("防性侵害")
    NET = "net", _("网络安全")
    TRAFFIC = "traffic", _("交通安全")
    FIRE = "fire", _("消防安全")
    DROWNING = "drowning", _("防溺水")
    FRAUD = "fraud", _("防诈骗")


class Occasion(TextChoices):
    """On which occasion children heard of it. A take-home campaign is no lesson: it may lie in the holidays, and no hour of it is counted."""

    FIRST = "first", _("开学第一课")
    LESSON = "lesson", _("法治课")
    HAND = "hand", _("小手牵大手")


LESSONS = (Occasion.FIRST, Occasion.LESSON)


class Missing(TextChoices):
    """What is told to a person, with a date (普法提醒)."""

    LESSON = "lesson", _("这学期还没有法治课,也没有写明原因")
    LAST = "last", _("快放假了,还没有法治课,也没有写明原因")
    VACANT = "vacant", _("没有法治副校长")
    ENDING = "ending", _("法治副校长聘期快到了")
    CHECK = "check", _("法治副校长的背景查询快到期")


class Aspect(TextChoices):
    """What a parents' class speaks of (家庭教育促进法, A39). Which of them there are, policy says by date."""

    DUTY = "duty", _("家庭责任")
    STATE = "state", _("国家支持")
    SOCIETY = "society", _("社会协同")
    LIABILITY = "liability", _("法律责任")
