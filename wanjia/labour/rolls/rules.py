"""Who sends a file of labourers, who sees it, and what may become of it."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..loading.rules import can_load
from ..models import Roll
from ..states import ROLL, RollState

SILENT = timedelta(seconds=120)  # without a word of its process for so long, somebody may have the work taken up again
WAITING = (RollState.SENT, RollState.WRITING)
KEPT = timedelta(days=14)  # how long the copy of refused rows stays, so that they can be mended
MOST_MB = 256  # a file sent by a page is sealed and opened in memory; the command line has no such end
MEMORY_MB = 8192  # of each process that works on a file


def visible_rolls(actor, *, duty=None):
    """Return the files that the actor's own units sent."""
    return Roll.objects.filter(organisation__in=scope.units(actor, duty=Duty.LOAD_LABOUR)).select_related("by", "organisation")


def can_work_on(actor, roll):
    """Decide whether the actor's unit may go on with a file, by hand or by the process that works in the actor's name."""
    return can_load(actor) and first_refusal((roll.organisation_id in {one.pk for one in scope.units(actor, duty=Duty.LOAD_LABOUR)}, _("这份名册不是您的单位上传的。")))


def can_confirm(actor, roll):
    """Decide whether the actor may have the good rows of a file written."""
    return can_work_on(actor, roll) and first_refusal(
        (ROLL.allows("confirm", roll.state), _("核对完了才能确认,确认过的不用再点。")),
        (roll.rows_ok > 0, _("这份名册里没有可以装载的行,请改好再上传。")),
    )


def can_stop(actor, roll):
    """Decide whether the actor may stop the work on a file."""
    return can_work_on(actor, roll) and first_refusal((ROLL.allows("stop", roll.state), _("这份名册已经处理完了。")))


def can_take_report(actor, roll):
    """Decide whether the actor may take the refused rows home, marked."""
    return can_work_on(actor, roll) and first_refusal((roll.parts.filter(kind="report").exists(), _("退回的行只留 14 天,或者没有退回的行。")))


def is_running(roll, now):
    """Tell whether a process is at work on it, or will be at once."""
    return roll.state in WAITING and not is_silent(roll, now)


def is_silent(roll, now):
    """Tell whether work on it is due but nobody has been heard of for a while."""
    return roll.state in WAITING and now - (roll.beat_at or roll.received_at) > SILENT
