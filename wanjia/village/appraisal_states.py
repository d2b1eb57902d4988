"""The words of appraisal, of what is told privately, of stories and tips; and their tables of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class RoundState(TextChoices):
    """Where the appraisal of a quarter stands (季度评比)."""

    STANDING = "round_standing", _("登记参评户")
    COUNTED = "round_counted", _("已计票,待公布")
    LISTED = "round_listed", _("红榜已公布")
    NO_LIST = "round_no_list", _("投票不过半,没有红榜")
    CANCELLED = "round_cancelled", _("评比不办了")


class EntryState(TextChoices):
    """Where a home stands in an appraisal (参评户)."""

    STANDING = "entry_standing", _("同意参评")
    CHOSEN = "entry_chosen", _("评上,待公布")
    LISTED = "entry_listed", _("在红榜上")
    PASSED = "entry_passed", _("没有评上")
    WITHDRAWN = "entry_withdrawn", _("本户撤回同意")


class Spoken(TextChoices):
    """How a home agreed (怎么同意的)."""

    PAPER = "on_paper", _("签了同意书")
    WORD = "by_word", _("当面说同意")


class ShortState(TextChoices):
    """Where something told privately stands (待改进)."""

    TOLD = "short_told", _("已私下告知")
    REPAIRED = "short_repaired", _("已改好")
    OVER = "short_over", _("到期作罢")
    DROPPED = "short_dropped", _("登记错了,作罢")


class PictureState(TextChoices):
    """Where a picture of the place stands (待改进照片)."""

    WAITS = "picture_waits", _("待另一人看过")
    SEEN = "picture_seen", _("看过,可以给本户")
    GONE = "picture_gone", _("已销毁")


class Taken(TextChoices):
    """When a picture was taken (改好前后)."""

    BEFORE = "before_repair", _("改好前")
    AFTER = "after_repair", _("改好后")


class StrictState(TextChoices):
    """Where a household code stands on the way to the group's paper board (上小组纸质栏)."""

    DRAWN = "strict_drawn", _("待另一人核对")
    UP = "strict_up", _("贴在小组栏")
    STOPPED = "strict_stopped", _("有异议,已撕下等答复")
    DOWN = "strict_down", _("已撤下")


class StoryState(TextChoices):
    """Where a story stands (典型故事)."""

    WRITTEN = "story_written", _("待另一人核对")
    SHOWN = "story_shown", _("已公布")
    WITHDRAWN = "story_withdrawn", _("已撤下")


class TipState(TextChoices):
    """Where a tip stands (有人反映)."""

    WAITS = "tip_waits", _("等他去看")
    DONE = "tip_done", _("看过了")


R, E, N, T, B = RoundState, EntryState, ShortState, StrictState, StoryState
ROUND = Machine("appraisal_round", initial=[R.STANDING], moves=[
    Move("count", (R.STANDING,), R.COUNTED, _("登记投票结果")),
    Move("fall_short", (R.STANDING,), R.NO_LIST, _("投票不过半")),
    Move("list", (R.COUNTED,), R.LISTED, _("公布红榜")),
    Move("cancel", (R.STANDING, R.COUNTED), R.CANCELLED, _("不办了")),
])  # fmt: skip
ENTRY = Machine("red_entry", initial=[E.STANDING], moves=[
    Move("choose", (E.STANDING,), E.CHOSEN, _("评上")),
    Move("pass_by", (E.STANDING,), E.PASSED, _("没有评上")),
    Move("list", (E.CHOSEN,), E.LISTED, _("上红榜")),
    Move("withdraw", (E.STANDING, E.CHOSEN, E.LISTED), E.WITHDRAWN, _("撤回同意")),
])  # fmt: skip
SHORT = Machine("shortcoming", initial=[N.TOLD], moves=[
    Move("repair", (N.TOLD,), N.REPAIRED, _("改好")),
    Move("end", (N.TOLD,), N.OVER, _("到期作罢")),
    Move("drop", (N.TOLD,), N.DROPPED, _("登记错了")),
])  # fmt: skip
PICTURE = Machine("shortcoming_photo", initial=[PictureState.WAITS], moves=[
    Move("check", (PictureState.WAITS,), PictureState.SEEN, _("看过照片")),
    Move("destroy", (PictureState.WAITS, PictureState.SEEN), PictureState.GONE, _("销毁照片")),
])  # fmt: skip
STRICT = Machine("strict_notice", initial=[T.DRAWN], moves=[
    Move("put_up", (T.DRAWN,), T.UP, _("核对,贴出")),
    Move("stop", (T.UP,), T.STOPPED, _("有异议,撕下")),
    Move("resume", (T.STOPPED,), T.UP, _("异议不成立,再贴")),
    Move("take_down", (T.DRAWN, T.UP, T.STOPPED), T.DOWN, _("撤下")),
])  # fmt: skip
STORY = Machine("role_story", initial=[B.WRITTEN], moves=[
    Move("show", (B.WRITTEN,), B.SHOWN, _("公布")),
    Move("withdraw", (B.WRITTEN, B.SHOWN), B.WITHDRAWN, _("撤下")),
])  # fmt: skip
TIP = Machine("tip", initial=[TipState.WAITS], moves=[Move("close", (TipState.WAITS,), TipState.DONE, _("看过了"))])
