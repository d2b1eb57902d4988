"""Who may import, and who sees an upload."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.verdict import first_refusal
from wanjia.orgs.duties import Duty

from .appliers import APPLIERS
from .models import UPLOAD, Upload


def visible_uploads(actor):
    """Return the uploads of the actor's own units."""
    return Upload.objects.filter(organisation__in=actor.orgs)


def can_upload(actor, template):
    """Decide whether the actor may send a workbook of this kind."""
    return first_refusal(
        (actor.has_duty(Duty.IMPORT), _("您的岗位没有批量导入的权限。")),
        (template in APPLIERS, _("不认识这种表。")),
        (actor.org is not None, _("请先让管理员给您的账号登记岗位。")),
    )


def can_work_on(actor, upload):
    """Decide whether the actor's unit may go on with this upload, by hand or by the process that works in the actor's name."""
    return first_refusal(
        (actor.has_duty(Duty.IMPORT), _("您的岗位没有批量导入的权限。")),
        (upload.organisation_id in {org.pk for org in actor.orgs}, _("这份表不是您的单位上传的。")),
    )


def can_move(actor, upload, move):
    """Decide whether the actor may confirm or cancel this upload."""
    mine = can_work_on(actor, upload)
    return (
        mine
        if not mine
        else first_refusal(
            (
                UPLOAD.allows(move, upload.state),
                _("这份表现在是“%(state)s”,不能再%(move)s。")
                % {"state": upload.get_state_display(), "move": UPLOAD.moves[move].words},
            ),
        )
    )
