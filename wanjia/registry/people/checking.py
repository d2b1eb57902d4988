"""Facts of people held against the number that proves them: a birth date that raw SQL moves makes a grown-up of a child, and opens its file."""

from wanjia.policy.identity import birth_date_of
from wanjia.sealing.fields import UNOPENED

from ..models import Person


def faults(_day):
    """Yield (person, column, is, should) where birth or last four digits are not those of the citizen number; never the values.

    Who has no number, or one of which the seal does not open, is held against nothing. Opens each number once: seconds for a county.
    """
    rows = Person.objects.exclude(citizen_index=None).only("pk", "birth_on", "citizen_id", "citizen_last4")
    for person in rows.order_by("pk").iterator(chunk_size=2000):
        number = person.citizen_id
        if not number or UNOPENED in number:
            continue
        born = birth_date_of(number) if len(number) == 18 else None
        if born and person.birth_on != born:
            yield str(person.pk), "person.birth_on", "another day" if person.birth_on else "none", "that of the number"
        if person.citizen_last4 != number[-4:]:
            yield str(person.pk), "person.citizen_last4", "others", "those of the number"
