"""What the room of children brings: the word of the line that a reading of names writes."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.brings import Line

from ..children.commands import READ
from ..duties import Duty

LINES = [Line(READ, _("在关爱名单上看到孩子姓名"), (Duty.SEE_CARE, Duty.ACCOMPANY))]
