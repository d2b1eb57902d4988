"""What the running of the office brings to the pages of the house."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.brings import Beside, Place
from wanjia.orgs.duties import Duty

PLACES = [Place("office:watching", "check", _("系统值守"), "keeping", 80, (Duty.MANAGE_USERS,))]

BESIDE = [Beside("accounts_acts", "office/beside/accounts_acts.html", lambda _request, _about: {})]
