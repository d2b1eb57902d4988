"""What the running of the office brings to the pages of the house."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Beside, Place
from wanjia.kernel.brings import Line
from wanjia.orgs.duties import Duty

PLACES = [Place("office:watching", "check", _("系统值守"), "keeping", 80, (Duty.MANAGE_USERS,))]

BESIDE = [Beside("accounts_acts", "office/beside/accounts_acts.html", lambda _request, _about: {})]

LINES = [
    Line("registry.erase_person", _("依法抹去个人信息")),
    Line("office.open", _("开办系统")),
    Line("office.reset_sign_in", _("在服务器上重置登录")),
    Line("office.prune", _("清理过期数据")),
]
