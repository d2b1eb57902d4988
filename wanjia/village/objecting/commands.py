"""The act of whoever objects without an account."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.verdict import Refused

from ..deciding.subjects import NOTICES
from ..models import Objection
from ..states import Told
from . import rules

LEAST, LONGEST, NAME = 4, 600, 40  # characters of what is said; of a name


@command("village.object_from_page")
def object_from_page(*, public_notice_id, words, name, by, at):
    """Object to a notice from its public page (异议), by name or without: what is typed is in writing (民法典 469), and keeps the notice up until it is answered. Returns the Objection."""
    notice, at = NOTICES.take(public_notice_id, at)
    if not LEAST <= len(words.strip()) <= LONGEST or len(name.strip()) > NAME:
        raise Refused(_("意见写 %(least)s 到 %(most)s 个字。") % {"least": LEAST, "most": LONGEST})
    rules.may_tell(notice, at).or_raise()
    one = Objection(notice=notice, words=words.strip(), name=name.strip(), way=Told.PAPER, told_on=today(at), told_at=at)
    one.save(force_insert=True)
    journal.record(act="objection.tell", subject=one, by=by, at=at, area_code=notice.area_id)
    return one
