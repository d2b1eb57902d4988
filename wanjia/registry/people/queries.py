"""What is asked about people: who bears a number, what is true of them on a day, which groups a child belongs to and why."""

from collections import namedtuple
from datetime import date, datetime

from django.db.models import Case, DateField, F, Q, When
from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today
from wanjia.kernel.privacy import mask_citizen_id
from wanjia.orgs.models import Area
from wanjia.orgs.scope import areas, in_reach
from wanjia.policy.identity import fold
from wanjia.policy.statuses import schemes
from wanjia.registry.duties import Duty

from ..finding import grown_up, in_letters, meaning
from ..memberships import members_on
from ..models import DatedStatus, Membership, Parentage, Person, ShownOnLists, VisitSheet
from ..states import VisitState
from .facts import FACTS
from .presumed import presumed_parents
from .rules import all_visible_people, visible_people, whose_files


def records_of(person):
    """Return the ids of a person's own record and of those merged into it: history is never rewritten to another id."""
    return [person.pk, *Person.objects.filter(merged_into=person).values_list("pk", flat=True)]


def sheets_of(child):
    """Return what was noted about a child in visits, newest first."""
    done = VisitSheet.objects.filter(child__in=records_of(child), visit__state=VisitState.DONE)
    return done.select_related("visit").order_by("-visit__done_on", "-recorded_at")


def statuses_of(person):
    """Return every status a person ever held, newest first."""
    return DatedStatus.objects.filter(person=person).select_related("recorded_by").order_by("-from_on", "-recorded_at")


def live_statuses(rows, day):
    """Keep the statuses (DatedStatus rows) in force on `day`, also by their scheme's own dates."""
    return [
        row
        for row in rows
        if (row.from_on is None or row.from_on <= day) and (row.to_on is None or day < row.to_on)
        and row.scheme in schemes() and schemes()[row.scheme].in_force(row.code, day)
    ]  # fmt: skip


def statuses_due(actor, area, day, *, duty=Duty.KEEP_REGISTER):
    """Return statuses in force whose own review is due by `day`, in an area within reach, longest due first."""
    first, end = area.span()
    reach = in_reach(actor, area="person__village_id", duty=duty) | in_reach(actor, area="household__village_id", duty=duty)
    there = Q(person__village_id__gte=first, person__village_id__lt=end) | Q(
        household__village_id__gte=first, household__village_id__lt=end
    )
    rows = DatedStatus.objects.filter(reach, there, to_on=None, review_on__lte=day).select_related("person", "household")
    return rows.order_by("review_on", "pk")


def people_found(actor, text):
    """Return visible people that `text` may mean: name, pinyin, initials, last four, whole number, phone."""
    rows = all_visible_people(actor).filter(merged_into=None).select_related("village__parent")
    # A list sorted by a child's birth would give it away between two neighbours whose births are known.
    rows = rows.annotate(born_shown=Case(When(grown_up(), then=F("birth_on")), output_field=DateField()))
    return rows.filter(meaning(fold(text), children=whose_files(actor))) if text.strip() else rows


def more_than(rows, n):
    """Tell whether there are more than n of these rows: it is looked no further."""
    return rows.order_by().values("pk")[n : n + 1].exists()


def index_of(text):
    """Return the column by whose index the people whom `text` may mean are sorted. Initials find children whom the reader may not spell out: sorted by
    name each would stand between two neighbours whose names are shown.
    """
    return "initials" if in_letters(fold(text)) else "name"


class Listed(
    ShownOnLists, namedtuple("Listed", "pk name birth_on schooling sex citizen_last4 township place")
):  # fmt: skip
    """One row of the list of people: the rest, some of it sealed, would be read of fifty for nothing."""


def listed(people):
    """Return the rows of `people` (a query set), as values: [Listed's fields]."""
    return people.values_list(*Listed._fields[:-2], "village__parent__short_name", "village__short_name")


def namesakes(actor, new, home=None):
    """Return the registered people who may be this one: of the same name in the same home, now or before, or born in the same month.

    new: a Person not written yet. Elsewhere only people whom the actor sees anyway are named: the question is no oracle. Grown-ups
    who both have a citizen number are two people; a child is asked about even then, for its number is often another's at first.
    """
    here = Q(memberships__household=home) if home else Q(pk__in=[])
    born = Q(birth_on__year=new.birth_on.year, birth_on__month=new.birth_on.month) if new.birth_on else Q(pk__in=[])
    alike = Person.objects.filter(name=new.name, merged_into=None).exclude(pk=new.pk)
    if not new.is_protected and new.citizen_last4:
        alike = alike.filter(citizen_last4="")
    return alike.filter(here | born & Q(pk__in=visible_people(actor).filter(name=new.name).values("pk"))).select_related("village").distinct()


def facts_shown(person):
    """Return [(words, value)] of a person's facts as staff see them; what is sealed only says whether it is there."""
    shown = []
    for name in (*FACTS, "registered_at"):
        field = Person._meta.get_field(name)
        value = person.__dict__[name]
        if field.get_internal_type() == "BinaryField":
            value = "******" if value else ""
        elif field.choices:
            value = getattr(person, f"get_{name}_display")()
        if name == "citizen_id" and person.citizen_last4:
            value = mask_citizen_id(person.citizen_last4)
        if isinstance(value, bool):
            value = _("是") if value else _("否")
        if isinstance(value, date):
            value = (today(value) if isinstance(value, datetime) else value).isoformat()
        if value not in (None, "") and name != "name":
            shown.append((_("建档时间") if name == "registered_at" else field.verbose_name, value))
    return shown


def children_of(person):
    """Return the children whose father or mother a person is."""
    return [row.child for row in Parentage.objects.filter(parent=person, ended_on=None).select_related("child")]


def merges_of(person):
    """Return the live merges into a person's record: each can be taken back."""
    return person.merges_kept.filter(undone_at=None).select_related("gone", "by")


def area_of(actor, code, *, duty):
    """Return the area asked for when it lies where the actor has `duty`, else the widest such area; or None."""
    if code:
        return Area.objects.filter(in_reach(actor, area="code", duty=duty), pk=code).first()
    return next(iter(areas(actor, duty=duty)), None)


def may_be_parents(child, line, day):
    """Return ([people of the child's homes who may be its father or mother, the youngest first], the likely one or None)."""
    sex = {"father": "男", "mother": "女"}[line]
    homes = [(home, list(members_on(home.household_id, day))) for home in Membership.objects.filter(person=child, to_on=None)]
    found = {
        one.person for _home, members in homes for one in members
        if one.person.sex in ("", sex) and one.person_id != child.pk
        and (one.person.birth_on is None or child.birth_on is None or one.person.birth_on < child.birth_on)
    }  # fmt: skip
    likely = [who for home, members in homes if (who := presumed_parents(child, home, members).get(line))]
    return sorted(found, key=lambda one: (one.birth_on is None, one.birth_on), reverse=True), likely[-1] if likely else None
