"""The acts of calling: what came of a try to reach a labourer; the number to call, shown once and written down."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.registry.lookups.commands import count_phone
from wanjia.verdict import Refused

from ..duties import Duty
from ..keeping.commands import keep
from ..keeping.queries import running
from ..models import Contact
from ..states import UNREACHED, Ended, Evidence, How, Place, Result
from ..workers import asking
from ..workers.commands import begin_spell, finish_spell
from ..workers.rules import can_keep
from ..workers.subjects import WORKERS
from . import pages, rules

SOMEWHERE = [one for one in Place.choices if one[0] != Place.NONE]


@act(WORKERS, "contact", words=_("记一次联系"), done=_("已记下。"), duty=Duty.KEEP_LABOUR, may=can_keep, rank=8, then=pages.next_one,
     lines={"worker.contact": _("联系劳动力")})  # fmt: skip
def note_contact(
    worker, *, by, at,
    result: Annotated[Result, Asked(_("怎么样"))],
    place: Annotated[str, Asked(_("换到哪里了"), _("答“换了地方”时选。"), among=lambda *_row: SOMEWHERE, select=True, none=asking.UNSAID)] = "",
    area: asking.Region = "",
    employer_name: asking.Employer = "",
    on: Annotated[date | None, Asked(_("哪天问的"), **asking.TODAY)] = None,
):  # fmt: skip
    """Note what came of a try to reach a labourer (动态监测): still there, back, somewhere else, or why not reached. Says what it said once under its key."""
    on, spell = on or today(at), running(worker)
    if on > today(at):
        raise Refused(_("日期不能晚于今天。"))
    rules.fits(result, spell, place).or_raise()
    Contact.objects.create(worker=worker, on=on, result=result, recorded_at=at, recorded_by=by if by.id else None)
    journal.record(act="worker.contact", subject=worker, by=by, at=at, area_code=worker.village_id, result=result, on=on)
    if result == Result.BACK:
        finish_spell(worker, on=on, because=Ended.BACK, by=by, at=at)
    elif result == Result.MOVED:
        begin_spell(worker, by=by, at=at, from_on=on, to_on=None, place=place, area=area, employer_name=employer_name.strip(), trade="", pay=None,
                    how=How.SELF, carried=False, evidence=Evidence.DECLARED, source="")  # fmt: skip
    if result not in UNREACHED:
        keep(worker, verified_on=max(on, worker.verified_on))
    return worker


@act(WORKERS, "number", words=_("看电话"), duty=Duty.KEEP_LABOUR, may=rules.can_see_number, reads=True, call=None, button=False, then=pages.number_shown,
     because="a sealed value is shown to a person who is about to call, never to a program", lines={"worker.number": _("为联系劳动力查看电话")})  # fmt: skip
def see_number(worker, *, by, at):
    """Journal that the actor sees a labourer's telephone, to call it; returns the labourer. The page shows it once."""
    journal.record_reading(act="worker.number", subject=worker, by=by, at=at, reason=_("打电话联系本人"), area_code=worker.village_id, fields=["phone"])
    count_phone(by, at)
    return worker
