"""Where the acts of exports lead: what is said, and the sheet itself."""

from django.utils.translation import gettext as _

from wanjia.verdict import TooLate

from ..kinds import exported
from . import rules, workbook


def asked(export):
    """Say whether an export that was asked for waits for somebody."""
    return _("已经提交,等负责人批准。") if export.state == "waiting" else _("可以下载了,24 小时内有效,只能下载一次。")


def decided(export):
    """Say what was decided."""
    return _("已批准。") if export.state == "approved" else _("已退回申请人。")


def sheet(request, _row, export):
    """Return the download; a broken one may be sent again for a few minutes."""
    now = request.at
    if now - export.taken_at > rules.RESEND or exported()[export.kind].rows(request.user, export.query, now).count() > rules.grown(export.rows):
        raise TooLate(_("已经下载过了,请重新申请。"))
    return workbook.sent(exported()[export.kind], request.user, export, now)
