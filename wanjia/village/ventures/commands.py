"""The acts of ventures: written down by consent, shown by another hand, gone when the home says so."""

from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.policy import crafts as policy
from wanjia.verdict import Conflict, first_refusal

from ..bodies.homes import is_home_of
from ..craft_states import VENTURE
from ..crafts.commands import KEEPS, REVIEWS, Consent, Consented, Heard, Home
from ..crafts.rules import NOT_OFFERED, asked_anew, keeps, may_be_said
from ..duties import Duty
from ..models import Venture
from . import queries, rules
from .subjects import VENTURES


@act(VENTURES, "venture_new", at="new", words=_("登记庭院经济"), done=_("已登记,等另一个人核对。"), **KEEPS, may=keeps, new=True, lines={"venture.write": _("登记庭院经济")})
def write_venture(
    *, by, at, home: Home,
    kind: Annotated[str, Asked(_("做什么"), among=queries.kinds, select=True)],
    called: Annotated[str, Asked(_("公布的名字"), _("照本户愿意的写,例如:岩家农家乐。"), least=2, most=40)],
    words: Annotated[str, Asked(_("有什么"), least=4, most=120)],
    from_month: Annotated[int, Asked(_("从几月"), least=1, most=12, initial=1)],
    to_month: Annotated[int, Asked(_("到几月"), _("跨年的照写,例如 11 月到 2 月。"), least=1, most=12, initial=12)],
    contact: Annotated[str, Asked(_("本户同意公开的联系方式"), _("本户同意公开的才写;空着的,写找村里。撤下时一起删掉。"), most=60, attrs={"autocomplete": "off"})] = "",
    consent: Consent, consented_on: Consented, heard: Heard = "",
):  # fmt: skip
    """Write down a home's venture (庭院经济) in words that it agreed to; shown by another hand."""
    is_home_of(by, home, Duty.KEEP_CRAFTS).or_raise()
    first_refusal((kind in {one.code for one in policy.in_force(today(at)).kinds}, NOT_OFFERED)).or_raise()
    may_be_said(consent, heard, consented_on, today(at), home, called, words, contact=contact)
    rules.is_no_citizen(contact).or_raise()
    asked_anew(Venture.objects.filter(home=home, kind=kind), consented_on).or_raise()
    given = {"kind": kind, "called": called.strip(), "words": words.strip(), "from_month": from_month, "to_month": to_month, "contact": contact.strip()}
    one = Venture(village_id=home.village_id, home=home, **given, consent=consent, consented_on=consented_on, heard=heard.strip(), written_at=at, written_by_id=by.id)
    try:
        with transaction.atomic():
            one.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("这一户的这一类已经登记。要改的先撤下,再登记。")) from None
    journal.record(act="venture.write", subject=one, by=by, at=at, area_code=one.village_id, consent=consent, venture=kind)
    return one


@act(VENTURES, "venture_show", at="show", words=_("核对同意,公布"), done=_("已公布。"), **REVIEWS, may=rules.can_show, rank=10, lines={"venture.show": _("公布庭院经济")})
def show_venture(venture, *, by, at):
    """Show a venture on the village's board (公布), by another hand."""
    venture.shown_on, venture.shown_by_id = today(at), by.id
    journal.move(venture, VENTURE, "show", by=by, at=at, saving=["shown_on", "shown_by"], area_code=venture.village_id)
    return venture


@act(VENTURES, "venture_withdraw", at="withdraw", words=_("撤下"), done=_("已撤下,公开栏上马上没有了。"), **KEEPS, may=rules.can_withdraw, rank=20, tone="quiet", lines={"venture.withdraw": _("撤下庭院经济")})
def withdraw_venture(venture, *, by, at):
    """Take a venture down (撤下): the home says so, no reason is asked; how to reach it is kept no longer."""
    venture.withdrawn_on, venture.contact = today(at), ""
    journal.move(venture, VENTURE, "withdraw", by=by, at=at, saving=["withdrawn_on", "contact"], area_code=venture.village_id)
    return venture
