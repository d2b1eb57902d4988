"""The acts of clean-up days: planned, sections given, counted, held, looked at by a second hand, or called off."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.orgs.fields import searched
from wanjia.orgs.models import Area
from wanjia.orgs.serials import next_serial
from wanjia.registry.models import Household
from wanjia.verdict import Conflict

from ..bodies.commands import day_of
from ..bodies.homes import asked_village, words_of_home
from ..branch_states import CLEANUP, SectionBy
from ..duties import Duty
from ..models import CleanUp, CleanUpSection
from . import queries, rules
from .subjects import CLEANUPS

KEEPS = {"duty": Duty.KEEP_CLEANUPS}



@act(CLEANUPS, "cleanup_new", at="new", words=_("安排清扫日"), done=_("已安排,接着分段。"), **KEEPS, may=rules.keeps, new=True, lines={"clean_up.plan": _("安排清扫日")})
def plan_cleanup(
    *, by, at,
    village: Annotated[Area, asked_village(Duty.KEEP_CLEANUPS)],
    day: Annotated[date, Asked(_("哪天"), initial=day_of)],
    words: Annotated[str, Asked(_("清扫什么"), _("例如:村道、水沟、垃圾池周围。"), least=4, most=80)],
):  # fmt: skip
    """Plan a clean-up day (安排清扫日), or enter one that was held."""
    try:
        with transaction.atomic():
            one = CleanUp.objects.create(village=village, day=day, words=words.strip(), planned_at=at, planned_by_id=by.id)
    except IntegrityError:
        raise Conflict(_("这个村那一天已经安排了清扫日。")) from None
    journal.record(act="clean_up.plan", subject=one, by=by, at=at, area_code=village.pk)
    return one


@act(CLEANUPS, "cleanup_section", at="section", words=_("分一段"), done=_("已分。"), **KEEPS, may=rules.can_plan, rank=10, lines={"clean_up.give": _("分清扫路段")})
def give_section(
    clean_up, *, by, at,
    words: Annotated[str, Asked(_("从哪里到哪里"), least=2, most=60)],
    to: Annotated[SectionBy, Asked(_("责任方"))],
    home: Annotated[Household | None, Asked(_("哪一户"), _("分给志愿者的空着。"), named=rules.homes_for, **searched(queries.homes_for, words_of_home))] = None,
):  # fmt: skip
    """Give a section to a home or to volunteers (分一段)."""
    rules.may_give(by, clean_up, to, home).or_raise()
    serial = next_serial(clean_up.sections)
    try:
        with transaction.atomic():
            CleanUpSection.objects.create(clean_up=clean_up, serial=serial, words=words.strip(), by=to, home=home if to == SectionBy.HOME else None)
    except IntegrityError:
        raise Conflict(_("这一段已经分过。")) from None
    journal.record(act="clean_up.give", subject=clean_up, by=by, at=at, area_code=clean_up.village_id, serial=serial, to=to)
    return clean_up


@act(CLEANUPS, "cleanup_count", at="count", words=_("登记一段"), done=_("已登记。"), **KEEPS, may=rules.can_count, rank=20, given=queries.section_asked, lines={"clean_up.count": _("登记清扫路段")})
def count_section(
    clean_up, *, by, at,
    section: Annotated[CleanUpSection, Asked(_("哪一段"), among=queries.sections_for)],
    turnout: Annotated[int, Asked(_("来了几人"), most=999)],
    cleaned: Annotated[bool, Asked(_("扫干净了"), answers=(_("干净了"), _("还没有")))],
    left_words: Annotated[str, Asked(_("还差什么"), most=60)] = "",
):  # fmt: skip
    """Write down how many came to a section and whether it is clean: a count, no names, no punch-in."""
    CleanUpSection.objects.filter(pk=section.pk, clean_up=clean_up).update(turnout=turnout, cleaned=cleaned, left_words=left_words.strip(), version=section.version + 1)
    journal.record(act="clean_up.count", subject=clean_up, by=by, at=at, area_code=clean_up.village_id, serial=section.serial, turnout=turnout, cleaned=cleaned)
    return clean_up


@act(CLEANUPS, "cleanup_hold", at="hold", words=_("登记扫完了"), done=_("已登记,等另一个人去看。"), **KEEPS, may=rules.can_hold, rank=30, lines={"clean_up.hold": _("登记清扫日扫完")})
def hold_cleanup(clean_up, *, by, at):
    """Write down that the day was held: every section is counted."""
    clean_up.held_at, clean_up.held_by_id = at, by.id
    journal.move(clean_up, CLEANUP, "hold", by=by, at=at, saving=["held_at", "held_by_id"], area_code=clean_up.village_id)
    return clean_up


@act(CLEANUPS, "cleanup_check", at="check", words=_("去看了,核对"), done=_("已核对,贴上公开栏。"), **KEEPS, may=rules.can_check, rank=10, lines={"clean_up.check": _("核对清扫日")})
def check_cleanup(clean_up, *, by, at):
    """Look at it as the second hand (核对): only then the day is counted and its counts are posted."""
    clean_up.checked_at, clean_up.checked_by_id = at, by.id
    journal.move(clean_up, CLEANUP, "check", by=by, at=at, saving=["checked_at", "checked_by_id"], area_code=clean_up.village_id)
    return clean_up


@act(CLEANUPS, "cleanup_cancel", at="cancel", words=_("取消"), done=_("已取消。"), **KEEPS, may=rules.can_plan, aside=True, tone="danger", lines={"clean_up.cancel": _("取消清扫日")})
def cancel_cleanup(clean_up, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=120)]):
    """Call a clean-up day off, with the reason."""
    clean_up.closing = reason.strip()
    journal.move(clean_up, CLEANUP, "cancel", by=by, at=at, saving=["closing"], area_code=clean_up.village_id)
    return clean_up
