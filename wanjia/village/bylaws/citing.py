"""Citing a by-law: which clauses stand on a day, whether one may be cited, what it says on any other day. Rules of points, of the fee and for feasts ask here, and every line that goes by them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Asked
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.fields import searched
from wanjia.verdict import Refused, first_refusal

from ..bylaw_states import BylawKind
from ..models import BylawClause
from . import queries

OF_ALL = (BylawKind.COVENANT, BylawKind.OTHER)  # what these say may be about anything
SAID = "《%(name)s》第 %(serial)s 版第 %(number)s 条"
NOT_THAT_DAY = _("引用的制度今天不在施行(换了新版,或者停止执行),请引用施行中的条文。")
STOPPED = _("引用的制度那一天没有施行(停止执行,或者还没有施行),不能按它办。")


@dataclass(frozen=True)
class Cited:
    """What a rule cites: the clause as it was cited, and the clause of this number as it stood on `day`, None where it stood not."""

    clause: Any
    day: date
    then: Any

    @property
    def same(self):
        """Whether that day's text is what was cited."""
        return self.then is not None and self.then.words == self.clause.words


def _in_reach(actor, duty):
    return BylawClause.objects.filter(scope.in_reach(actor, area="of__bylaw__village_id", duty=duty)).select_related("of__bylaw__village")


def words_of(clause):
    """Return a clause as lists offer it."""
    return f"{said(clause)}:{clause.words}"


def said(clause):
    """Return by what name a clause is cited."""
    return SAID % {"name": clause.of.bylaw.name, "serial": clause.of.serial, "number": clause.number}


def asked(duty, kind):
    """Return how an act asks which clause a rule of a kind goes by: of those in force today where the actor has `duty`."""

    def offered(_row, actor, day):
        rows = _in_reach(actor, duty).filter(of__spells__in=queries.spells_on(day), of__bylaw__kind__in=(kind, *OF_ALL))
        return rows.order_by("of__bylaw__village_id", "of__bylaw__kind", "of__bylaw__name", "number")

    chosen = searched(offered, words_of, _("还没有相应的制度"))
    return Asked(_("依据哪条制度"), _("今天施行的条文。有相应的制度就要引用;还没有的,写明哪次会议通过。"), named=lambda _row, actor, _day: _in_reach(actor, duty), **chosen)


def may_cite(clause, village_id, kind, day):
    """Decide whether a village's rule of a kind may cite a clause on a day: its own, on the matter, in force; none at all only where the village has no by-law on it."""
    if clause is None:
        ours = queries.in_force(village_id, kind, day)
        return first_refusal((ours is None, _("村里有施行中的《%(name)s》,请引用其中一条。") % {"name": ours.bylaw.name if ours else ""}))
    return first_refusal(
        (clause.of.bylaw.village_id == village_id, _("这条制度不是这个村的。")), (clause.of.bylaw.kind in (kind, *OF_ALL), _("这项制度管的不是这件事,请换一项。")),
        (stood(clause, day), NOT_THAT_DAY),
    )  # fmt: skip


def stood(clause, day):
    """Tell whether the very version of a clause was in force on a day."""
    return queries.spells_on(day).filter(of=clause.of_id).exists()


def still_stands(clause, day):
    """Decide whether what a rule cites is in force on the day on which the rule itself is brought in force; of a rule that cites none nothing is asked."""
    return first_refusal((clause is None or stood(clause, day), NOT_THAT_DAY))


def governs(clause, day):
    """Decide whether a line may go by a rule that cites a clause: some version of that by-law was in force on the line's day."""
    return first_refusal((clause is None or queries.spells_on(day).filter(bylaw=clause.of.bylaw_id).exists(), STOPPED))


def basis(clause, resolved, resolved_on, at):
    """Return (words, day) of what adopted a rule: the clause cited and the day since which it stands, or the meeting that was written down. Raises Refused."""
    if clause is not None:
        return said(clause), queries.spells_on(today(at)).get(of=clause.of_id).from_on
    if len(resolved.strip()) < 4 or resolved_on is None:
        raise Refused(_("引用一条施行中的制度,或者写明哪次会议、哪天通过。"))
    if resolved_on > today(at):
        raise Refused(_("会议日期要在今天以前。"))
    return resolved.strip(), resolved_on


def shown(clause, day):
    """Return what a page shows of what a rule cites, with the text of a day; None of a rule that cites none."""
    if clause is None:
        return None
    then = BylawClause.objects.filter(of__spells__in=queries.spells_on(day).filter(bylaw=clause.of.bylaw_id), number=clause.number).select_related("of").first()
    return Cited(clause, day, then)
