"""What is asked of by-laws: which version is in force on a day (other rooms cite it), what waits for whom, what the board shows."""

import hashlib

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wanjia.orgs.serials import next_serial
from wanjia.policy import bylaws as policy
from wanjia.reporting.posted import Posted

from ..bylaw_states import VersionState
from ..duties import Duty
from ..models import Bylaw, BylawSpell, GoverningBody
from . import rules

TITLED = 60  # characters of an item's title


def spells_on(day):
    """The spells in which a version is in force on a day."""
    return BylawSpell.objects.filter(Q(to_on=None) | Q(to_on__gt=day), from_on__lte=day)


def in_force(village_id, kind, day):
    """Return the version of a village's rule of a kind that is in force on a day, None where there is none: what a point, a fee, a check cites. Of the kind "other" there may be several: the first by name."""
    spell = spells_on(day).filter(bylaw__village=village_id, bylaw__kind=kind).select_related("of__bylaw").order_by("bylaw__name").first()
    return spell.of if spell else None


def all_in_force(village_id, day):
    """Return the spells of a village's rules on a day, in the order of kinds, with their clauses."""
    return spells_on(day).filter(bylaw__village=village_id).select_related("of__item", "bylaw").prefetch_related("of__clauses").order_by("bylaw__kind", "bylaw__name")


def digest_of(version):
    """Return the digest of a version's clauses, in their order."""
    return hashlib.sha256("\n".join(f"{one.number} {one.words}" for one in version.clauses.order_by("number")).encode()).hexdigest()


def bodies_for(version, _actor, day):
    """The bodies of the village that may adopt a rule of this kind, that stand on a day."""
    if version is None:
        return GoverningBody.objects.none()
    kinds = policy.adopts(version.bylaw.kind).bodies
    return GoverningBody.objects.on(day).filter(area=version.bylaw.village_id, kind__in=kinds, to_on=None, group_name="").select_related("area").order_by("kind")


def title_of(version):
    """Return how the vote on a version is called on an agenda."""
    return (_("表决《%(name)s》第 %(n)s 版") % {"name": version.bylaw.name, "n": version.serial})[:TITLED]


def to_check(actor):
    """The versions that wait for the township: to be checked; those whose vote is done, to come in force."""
    mine = rules.visible_versions(actor, duty=Duty.FILE_DECISIONS)
    done = Q(item__state="item_passed", state=VersionState.VOTED_ON) | Q(item__isnull=False, state=VersionState.CHECKED)
    return mine.filter(Q(state=VersionState.SUBMITTED) | (done & Q(item__notices__withdrawn_on=None, item__notices__isnull=False))).distinct()


def next_number(version, *_asked):
    """Return the number of the clause that comes next in a version."""
    return next_serial(version.clauses, "number") if version else 1


def listed(rows):
    """Give versions what their list shows."""
    return rows.select_related("bylaw__village", "item")


def on_board(village, day, limit, _group_name):
    """Return the rules in force as Posted lines: what everybody may read."""
    href = reverse("village:public_rules", args=[village.pk])
    rows = all_in_force(village.pk, day).order_by("-from_on", "pk")[:limit]
    return [Posted(_("《%(name)s》第 %(n)s 版,%(day)s 起施行") % {"name": one.bylaw.name, "n": one.of.serial, "day": one.from_on}, one.from_on, href=href) for one in rows]


def bylaw_of(village, kind, name):
    """Return the rule of a village to which a new version belongs, made where there is none."""
    found = Bylaw.objects.select_for_update(of=("self",), no_key=True).filter(village=village, kind=kind)
    return (found.filter(name=name).first() if kind == "other_rules" else found.first()) or Bylaw(village=village, kind=kind, name=name)
