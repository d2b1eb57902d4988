"""To whom a need might go: three units with the reasons in words, out of its category, its grade, its place and what was settled before.

Facts that somebody else can check, about units and never about people; the person who hands the need over decides.
"""

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wanjia.orgs.models import Level, Organisation
from wanjia.policy.departments import lines_of
from wanjia.reporting.figures.counting import condition

from ..queries import holders_for, signing
from ..rules import visible_needs

SUGGESTED = 3


@dataclass
class Offer:
    """One unit that the need may be handed to: why it is suggested, or why it can take nothing now."""

    unit: Organisation
    signs: bool
    sent_back: bool
    line: int  # place among the lines of the category, 0 the usual one; -1 another line or none
    usual: bool  # of the tier that the grid names first
    named: bool = False  # by the unit that sent the need back
    settled: int = 0  # needs of this category in this township that it settled, of those the reader sees
    held: int = 0  # open needs in its hands, of those the reader sees
    reasons: list = field(default_factory=list)

    @property
    def order(self):
        """What fits comes first: named by who sent it back, the line, what it settled here, the usual tier; of two alike who has less in hand."""
        speaks = self.named * 4 + (self.line >= 0) * 2 + (self.settled > 0) * 2 + self.usual
        return (-speaks, max(self.line, 0), -self.settled, self.held)

    @property
    def fits(self):
        """Whether anything but its tier speaks for it: the line, what it settled before, a return's words, or that it governs the place."""
        own = not self.unit.line and self.unit.area.level != Level.COUNTY
        return self.signs and not self.sent_back and (self.line >= 0 or self.settled > 0 or self.named or own)

    @property
    def words(self):
        """What the box that filters the list goes by: name, short name, pinyin and its initials."""
        return f"{self.unit.name} {self.unit.short_name} {self.unit.pinyin}".lower()


def offers(actor, need, day):
    """Return (the suggested Offers, the others in the order of the grid): five questions, however many units there are."""
    units = holders_for(need, day)
    found = _judged(actor, need, units, day, units[0].tier if units else "")
    best = sorted((one for one in found if one.fits), key=lambda one: one.order)[:SUGGESTED]
    return best, [one for one in found if one not in best]


def offers_among(actor, need, units, day):
    """Return the Offers of these units, what fits best first, whatever grade the need will get: the grade narrows them on the page."""
    return sorted(_judged(actor, need, units, day, ""), key=lambda one: (not one.fits, *one.order))


def _judged(actor, need, units, day, usual):
    """Return an Offer for each unit. usual: the tier that the grid names first, "" while the need has no grade."""
    signers = set(signing(day).filter(organisation__in=units).values_list("organisation", flat=True))
    returned = dict(need.steps.filter(act="return").order_by("n").values_list("by_org", "words"))
    past, lines = _past(actor, need, units, day), lines_of(need.category)
    found = []
    for unit in units:
        settled, held = past.get(unit.pk, (0, 0))
        line = lines.index(unit.line) if unit.line in lines else -1
        one = Offer(unit, unit.pk in signers, unit.pk in returned, line, unit.tier == usual, _named(unit, returned.values()), settled, held)
        one.reasons = _reasons(one, need)
        found.append(one)
    return found


def _named(unit, texts):
    """Tell whether a return names the unit, by its name with or without the place before it."""
    called = {unit.name, unit.name.removeprefix(unit.area.name), unit.short_name} - {""}
    return any(one in text for text in texts for one in called)


def _past(actor, need, units, day):
    """Return {unit: (settled here of this category, in hand)} of the needs that the reader sees: one query."""
    here = Q(category=need.category, village__code__startswith=need.village_id[:9]) & condition("needs.settled", day)
    held = visible_needs(actor).filter(holder__in=units).exclude(pk=need.pk).order_by()
    counted = held.values_list("holder").annotate(settled=Count("pk", filter=here), held=Count("pk", filter=condition("needs.running", day)))
    return {unit: (settled, held) for unit, settled, held in counted}


def _reasons(one, need):
    """Say in words what speaks for a unit, and what it has in hand."""
    said = [_("退回的单位说该由它办")] if one.named and not one.sent_back else []
    if one.line >= 0:
        said.append(_("“%(category)s”通常归%(line)s管") % {"category": need.get_category_display(), "line": one.unit.get_line_display()})
    if one.unit.area.level == Level.VILLAGE:
        said.append(_("就在诉求人的村(社区)"))
    elif one.unit.area.level == Level.TOWNSHIP:
        said.append(_("就在诉求人的乡镇"))
    if one.usual:
        said.append(_("按研判等级通常由%(tier)s办") % {"tier": one.unit.get_tier_display()})
    if one.settled:
        said.append(ngettext("办成过本乡镇同类诉求 %(n)s 件", "办成过本乡镇同类诉求 %(n)s 件", one.settled) % {"n": one.settled})
    said.append(ngettext("手上在办 %(n)s 件", "手上在办 %(n)s 件", one.held) % {"n": one.held} if one.held else _("手上没有在办的"))
    return said
