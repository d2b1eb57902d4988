"""What is missing of which home or member, and which records are stale: said once, as conditions that the database answers.

A fact is missing by a `Q`; which facts count is data (policy/completeness.toml). The same conditions make the village's counts,
the list a worker clears, and the form with just the missing fields.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import WORD
from wanjia.policy.registers import completeness, visiting
from wanjia.policy.statuses import months_after

from ..finding import protected
from ..models import Household, Membership, Parentage, Person

PARENTS = ("father", "mother")


@dataclass(frozen=True)
class Gap:
    """One fact that a record needs: its column (or "father"/"mother"), its words, and when it is missing."""

    name: str
    words: str
    missing: Q

    @property
    def flag(self):
        """The name of its annotation."""
        return f"misses_{self.name}"


def home_gaps():
    """Return the gaps of a home, in the order of the form. A telephone is missing where nobody is reached: memberships.rung_at."""
    blank = {name: _blank(Household, name) for name in completeness()["home"]}
    if "phone" in blank:
        blank["phone"] &= ~_head_is_rung()
    return [Gap(name, Household._meta.get_field(name).verbose_name, missing) for name, missing in blank.items()]


def person_gaps(day):
    """Return the gaps of a member on `day`; ages decide who is asked for schooling, parents, ability to work."""
    rule = completeness()
    minor = Q(birth_on__gt=months_after(day, -12 * 18))
    pupil = minor & Q(birth_on__lte=months_after(day, -12 * rule["pupil_from"]))
    adult = Q(birth_on__lte=months_after(day, -12 * 18), birth_on__gt=months_after(day, -12 * (rule["adult_to"] + 1)))
    gaps = [Gap(name, _words(name), _blank(Person, name)) for name in rule["person"]]
    gaps += [Gap(name, _words(name), pupil & _blank(Person, name)) for name in rule["pupil"]]
    gaps += [Gap(name, _words(name), adult & _blank(Person, name)) for name in rule["adult"]]
    gaps += [Gap(line, _words(line), minor & ~Q(Exists(_parents(line)))) for line in rule["minor"]]
    return gaps


def with_flags(rows, gaps):
    """Annotate each row with one yes or no per gap."""
    return rows.annotate(**{gap.flag: ExpressionWrapper(gap.missing, output_field=BooleanField()) for gap in gaps})


def missing_of(row, gaps):
    """List the gaps of one annotated row."""
    return [gap for gap in gaps if getattr(row, gap.flag)]


def incomplete(households, day):
    """Keep the homes that miss a fact of their own or of a live member."""
    return households.filter(_any(home_gaps()) | Q(Exists(_members_with_gaps(day))))


def stale(households, day):
    """Keep the homes that nobody verified within the term."""
    return households.filter(Q(verified_on=None) | Q(verified_on__lte=fresh_since(day)))


def fresh_since(day):
    """Return the day after which a verification still counts as in term."""
    return day - timedelta(days=visiting()["fresh_days"])


def village_counts(households, day):
    """Return [{"village_id", "village__name", "homes", "complete", "fresh", "never", …}] of the homes given: one query. Shares are truncated."""
    lacking = _any(home_gaps()) | Q(Exists(_members_with_gaps(day)))
    rows = list(
        households.order_by("village_id").values("village_id", "village__name", "village__parent__name").annotate(
            homes=Count("pk"), lacking=Count("pk", filter=lacking), fresh=Count("pk", filter=Q(verified_on__gt=fresh_since(day))),
            never=Count("pk", filter=Q(verified_on=None)),
        )
    )  # fmt: skip
    for row in rows:
        row["complete"] = row["homes"] - row["lacking"]
        row["complete_share"], row["fresh_share"] = (100 * row[name] // row["homes"] for name in ("complete", "fresh"))
    return rows


def gap_counts(households, day):
    """Return [(gap, how many homes or members miss it, whether it is of homes)], worst first: two queries."""
    homes, people = home_gaps(), person_gaps(day)
    of_homes = households.aggregate(**{gap.flag: Count("pk", filter=gap.missing) for gap in homes})
    members = members_of(households)
    of_people = members.aggregate(**{gap.flag: Count("pk", filter=gap.missing) for gap in people})
    found = [(gap, of_homes[gap.flag], True) for gap in homes] + [(gap, of_people[gap.flag], False) for gap in people]
    return sorted((row for row in found if row[1]), key=lambda row: -row[1])


def members_of(households):
    """Return the people who are live members of the homes given, each once."""
    live = Membership.objects.filter(to_on=None, household__in=households.order_by().values("pk"))
    return Person.objects.filter(pk__in=live.values("person"), merged_into=None, died_on=None)


def _members_with_gaps(day):
    people = Person.objects.filter(_any(person_gaps(day)), merged_into=None, died_on=None)
    return Membership.objects.filter(household=OuterRef("pk"), to_on=None, person__in=people)


def _head_is_rung():
    """The homes whose head is grown up and bears a telephone: `memberships.rung_at`, asked of the database."""
    heads = Membership.objects.filter(household=OuterRef("pk"), to_on=None, relation="户主", person__merged_into=None, person__died_on=None)
    return Q(Exists(heads.filter(~protected("person__")).exclude(person__phone=b"")))


def _parents(line):
    return Parentage.objects.filter(child=OuterRef("pk"), line=line, ended_on=None)


def _any(gaps):
    found = Q(pk__in=[])
    for gap in gaps:
        found |= gap.missing
    return found


def _blank(model, name):
    missing = _empty(model, name)
    # What an erasure took is not missing: nobody is asked for it again, and the count of complete records stays.
    return missing & ~_erased(model) if name in model.erasure.empty else missing


def _erased(model):
    """The people erased by law, or the homes of which every live member is."""
    if model is Person:
        return Q(name=WORD)
    here = Membership.objects.filter(household=OuterRef("pk"), to_on=None)
    return Q(Exists(here.filter(person__name=WORD))) & ~Q(Exists(here.exclude(person__name=WORD)))


def _empty(model, name):
    field = model._meta.get_field(name)
    if name == "citizen_id":
        return Q(citizen_last4="", id_absent_reason__in=("", "to_follow"))
    if field.null:
        return Q(**{f"{name}__isnull": True})
    return Q(**{name: b"" if field.get_internal_type() == "BinaryField" else ""})


def _words(name):
    return {"father": _("父亲是谁"), "mother": _("母亲是谁")}.get(name) or Person._meta.get_field(name).verbose_name
