"""In which class of need each child is: derived by the register's rules on the day asked for, never a field."""

from typing import NamedTuple

from django.db.models import F, Value
from django.db.models.functions import Length

from wanjia.policy import special_groups
from wanjia.policy import wishes as words
from wanjia.registry.finding import protected
from wanjia.registry.models import Person
from wanjia.registry.people.children import children_with_facts, facts_of

# Groups of policy/special_groups: who is to have one person alone, and who is to have somebody at all (ADR 130).
ALONE = ("orphan", "de_facto_unattended", "disabled")
PAIRED = (*ALONE, "left_behind_civil", "in_difficulty")


class Eligible(NamedTuple):
    """A child who is to have a helper, the groups that say so (those of ALONE first), and whether it is to have one alone."""

    child: Person
    groups: tuple[str, ...]

    @property
    def alone(self):
        """Whether the child is to have a helper of its own first."""
        return self.groups[0] in ALONE


def eligible(children, day):
    """Yield an Eligible for each of `children` (a query set of people) whom some group names on `day`, in the order of the query."""
    for child in children_with_facts(children).iterator(chunk_size=2000):
        held = {one.group for one in special_groups.decide(facts_of(child, day), day) if one.holds}
        if found := tuple(group for group in PAIRED if group in held):
            yield Eligible(child, found)


def names_a_child(text, stem, day):
    """Tell whether a text holds the name of somebody who is a child on `day`, of the places whose codes begin with `stem`, however it is spaced."""
    children = Person.objects.filter(protected(day=day), village_id__gte=stem, village_id__lt=str(int(stem) + 1), merged_into=None)
    named = children.annotate(said=Value(words.bare(text)), signs=Length("name")).filter(signs__gte=words.LEAST_NAME, said__contains=F("name"))
    return named.exists()
