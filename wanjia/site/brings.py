"""What the frame itself brings: the desk, to which everybody comes first."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place

PLACES = [Place("desk", "home", _("我的工作台"), "work", 10, short=_("工作台"), hand=10)]
