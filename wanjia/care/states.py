"""The words of care: who helps, how somebody was looked at, how a pair ends."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HelperKind(TextChoices):
    """What somebody is who helps (帮扶人类别)."""

    CADRE = "cadre", _("党员干部")
    TEACHER = "teacher", _("教师")
    RETIRED = "retired", _("退休干部")
    VOLUNTEER = "volunteer", _("志愿者")


class Language(TextChoices):
    """A language somebody speaks with a child (语言)."""

    MANDARIN = "mandarin", _("汉语")
    YI = "yi", _("彝语")
    MIAO = "miao", _("苗语")
    SIGN = "sign", _("手语")


class Cleared(TextChoices):
    """What the query of records said (入职查询、背景审查结果); the records themselves are never kept."""

    CLEAR = "clear", _("未发现不宜接触未成年人的记录")
    NOT_CLEAR = "not_clear", _("不得接触未成年人")


class TeamKind(TextChoices):
    """What a team is (队伍类别)."""

    VOLUNTEERS = "volunteers", _("志愿服务队")
    ARTS = "arts", _("文艺团")
    ELDERS = "elders", _("老年志愿服务队")
    JUDGES = "judges", _("党员法官志愿服务队")


class PairEnd(TextChoices):
    """Why a pair ended (结对终止原因)."""

    LEFT = "left", _("帮扶人离任,已交接")
    GROWN = "grown", _("孩子成年")
    MOVED = "moved", _("孩子迁出")
    DIED = "died", _("去世")
    REPLANNED = "replanned", _("结对方案调整")
    ASKED = "asked", _("孩子或监护人要求更换")
    UNVETTED = "unvetted", _("背景审查过期或不合格")
