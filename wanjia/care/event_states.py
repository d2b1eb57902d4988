"""The words of events and of their pictures: how each stands, and which moves there are."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class EventState(TextChoices):
    """Where an event stands (活动状态)."""

    PLANNED = "event_planned", _("筹备中")
    HELD = "event_held", _("已举办")
    CANCELLED = "event_cancelled", _("不办了")


EVENT = Machine("event", initial=[EventState.PLANNED, EventState.HELD], moves=[
    Move("hold", (EventState.PLANNED,), EventState.HELD, _("登记为已举办")),
    Move("cancel", (EventState.PLANNED,), EventState.CANCELLED, _("取消活动")),
])  # fmt: skip


class Festival(TextChoices):
    """At which festival it is held (节日); the days stand in policy/events.toml."""

    NEW_YEAR = "new_year", _("元旦")
    SPRING = "spring", _("春节")
    CHILDREN = "children", _("六一")
    MID_AUTUMN = "mid_autumn", _("中秋")
    NATIONAL = "national", _("国庆")


class HostRole(TextChoices):
    """What a unit or team is to an event (主办、联办)."""

    LEAD = "lead", _("主办")
    CO_HOST = "co_host", _("联办")


class ItemKind(TextChoices):
    """What an item of the programme is (节目类别)."""

    DANCE = "dance", _("舞蹈")
    SONG = "song", _("歌曲")
    MUSIC = "music", _("乐曲")
    LANTERN = "lantern", _("花灯")
    GAME = "game", _("游戏")
    TALK = "talk", _("宣讲、课堂")
    GIVING = "giving", _("发放物资")
    OTHER = "other", _("其他")


class Marked(TextChoices):
    """How somebody's coming was noted (签到方式)."""

    LIST = "list", _("名单勾选")
    CODE = "code", _("扫请柬")


class PhotoState(TextChoices):
    """Where a picture stands (照片状态)."""

    UNCOVERED = "uncovered", _("等遮脸")
    COVERED = "covered", _("已遮脸")
    PUBLISHED = "photo_published", _("已公开")
    WITHDRAWN = "photo_withdrawn", _("已撤回")
    DISPOSED = "photo_disposed", _("到期已销毁")


KEPT = (PhotoState.UNCOVERED, PhotoState.COVERED, PhotoState.PUBLISHED)  # in which a picture has bytes
PHOTO = Machine("photo", initial=[PhotoState.UNCOVERED], moves=[
    Move("cover", (PhotoState.UNCOVERED,), PhotoState.COVERED, _("遮脸并确认")),
    Move("publish", (PhotoState.COVERED,), PhotoState.PUBLISHED, _("公开照片")),
    Move("hold_back", (PhotoState.PUBLISHED,), PhotoState.COVERED, _("恢复备份后暂不公开")),
    Move("withdraw", KEPT, PhotoState.WITHDRAWN, _("撤回并销毁")),
    Move("dispose", KEPT, PhotoState.DISPOSED, _("到期销毁")),
])  # fmt: skip


class Consent(TextChoices):
    """What those who are seen in a picture said to its being shown (同意情况); of a child its guardian, and a child of eight or more itself too."""

    NOT_ASKED = "not_asked", _("没有问过,不能公开")
    NOBODY = "nobody", _("照片里认不出任何人")
    GIVEN = "given", _("都同意了(孩子的由监护人书面同意)")
    REFUSED = "refused", _("有人不同意")


MAY_SHOW = (Consent.NOBODY, Consent.GIVEN)
