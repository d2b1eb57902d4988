"""What the importer may know of needs that are in the ledger: each as an export would write it now."""

from wanjia.registry.duties import Duty

from ..models import Need
from ..rules import visible_needs
from .columns import COLUMNS, SENSITIVE, lines

BATCH = 2000
NAMES = [column.name for column in COLUMNS]


def known_rows(actor, numbers):
    """Return {number: {column: text}} of the visible needs among `numbers`; the village by its short name, as it is judged."""
    known = {}
    for start in range(0, len(numbers), BATCH):
        needs = visible_needs(actor, duty=Duty.IMPORT).filter(number__in=numbers[start : start + BATCH])
        for _place, *texts in lines(needs.order_by("number")):
            # What is sealed is not compared: each row of a file would tell whether its telephone was right, and no line would say so.
            known[texts[0]] = {name: said for name, said in zip(NAMES, texts, strict=True) if name not in SENSITIVE}
    villages = Need.objects.filter(number__in=list(known)[:BATCH]) if len(known) <= BATCH else Need.objects.all()
    for number, name in villages.values_list("number", "village__short_name"):
        if number in known:
            known[number]["村(社区)"] = name
    return known
