"""What is asked of the journal."""

from collections import defaultdict
from datetime import date, timedelta
from functools import cache

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q
from django.utils.translation import gettext as _

from wanjia.kernel.acts import ACTS
from wanjia.kernel.calendar import day_start
from wanjia.kernel.models import EntryKind
from wanjia.orgs.duties import Duty

from .. import lines as called
from ..accounts.rules import visible_users
from ..areas.names import pinyin
from ..models import Organisation, User
from . import rules, subjects

MOST = 300  # people or units of one part of a name
NAMED = {
    "orgs.area": (), "orgs.organisation": (), "orgs.user": (), "orgs.sponsorship": ("organisation", "area"), "kernel.calendarday": (),
}  # fmt: skip


def entries(actor, *, q="", person="", unit="", act="", subject="", readings=False, since="", until=""):
    """The lines that the actor may read, narrowed; days are Chinese days, both included.

    q: a need's, paper's or home's number, or the name or account of somebody who works here. A villager's name finds nothing.
    person, unit: parts of the name of who did it, and of the unit it was done for. What is asked goes by an index: people and units
    are looked up first, for the journal holds millions of lines.
    """
    found = rules.visible_entries(actor)
    if q:
        found = found.filter(_meant(actor, q))
    if person:
        found = found.filter(_by(person))
    if unit:
        found = found.filter(by_org__in=_units(unit))
    if act:
        found = found.filter(act=act)
    if subject:
        found = found.filter(subject_id=subject)
    if readings:
        found = found.filter(kind=EntryKind.READING)
    if first := _day(since):
        found = found.filter(at__gte=day_start(first))
    if last := _day(until):
        found = found.filter(at__lt=day_start(last + timedelta(days=1)))
    return found


def _meant(actor, text):
    """Return the Q of lines about what bears this number, or by or about who bears this name."""
    here = visible_users(actor, duty=Duty.READ_JOURNAL).filter(Q(name=text) | Q(username=text.lower())).values_list("pk", flat=True)
    about = Q(subject="orgs.user", subject_id__in=[str(pk) for pk in here])
    return _by(text) | about | subjects.found(text)


def _by(text):
    """Return the Q of lines by people whose name has this part, or whose account it is; of who has none, by the whole name written."""
    people = User.objects.filter(Q(name__icontains=text) | Q(username=text.lower())).values_list("pk", flat=True)
    return Q(by_id__in=list(people[:MOST])) | Q(by_name=text)


def _units(text):
    """List the names of units that have this part, and the text itself: a line bears the name that its unit had then."""
    named = Q(name__icontains=text) | Q(short_name__icontains=text)
    return [text, *Organisation.objects.filter(named).values_list("name", flat=True)[:MOST]]


def acts():
    """List [(what they are about, [(act, words)])] of everything that the journal can hold, each by its words as a dictionary has them.

    What a line is about is where its act leads back to; a move or a brought line goes with the acts of its family.
    """
    own = {line: str(one.subject.over[1]) for one in ACTS.values() if one.subject.over for line in one.lines}
    family = {line.partition(".")[0]: about for line, about in reversed(own.items())}
    groups = defaultdict(list)
    for act, words in called.words().items():
        groups[own.get(act) or family.get(act.partition(".")[0]) or ""].append((act, str(words)))
    named = sorted(groups.items(), key=lambda group: (not group[0], spelt(group[0])))
    return [(about or str(_("其他")), sorted(some, key=lambda pair: spelt(pair[1]))) for about, some in named]


@cache
def spelt(words):
    """Return words as they are sorted: Chinese by its sound."""
    return pinyin(words).lower()


def lines(page):
    """Return [(entry, words of its act, what it is about, its open name, (before, after) in words)] of one page.

    One query per kind of thing.
    """
    names, words = {**_open_names(page), **subjects.names(page)}, called.words()
    return [
        (entry, words.get(entry.act, entry.act), _thing(entry), names.get((entry.subject, entry.subject_id), ""), _change(entry)) for entry in page
    ]


def _change(entry):
    """Return (before, after) of a line in the words of the thing's states; what is no state stands as it was written."""
    try:
        words = dict(apps.get_model(entry.subject)._meta.get_field("state").flatchoices)
    except (LookupError, FieldDoesNotExist):
        words = {}
    return words.get(entry.before, entry.before), words.get(entry.after, entry.after)


def _open_names(page):
    """Name what this floor may name: areas, units, accounts, days. Needs and homes bear their numbers; people stay unnamed."""
    wanted = defaultdict(set)
    for entry in page:
        if entry.subject in NAMED:
            wanted[entry.subject].add(entry.subject_id)
    found = {}
    for subject, keys in wanted.items():
        for row in apps.get_model(subject)._base_manager.filter(pk__in=keys).select_related(*NAMED[subject]):
            found[subject, str(row.pk)] = str(row)
    return found


def _thing(entry):
    """Return what a line is about: the words in brackets of the model's docstring in the reader's language, else its name."""
    try:
        model = apps.get_model(entry.subject)
    except LookupError:
        return entry.subject
    return _(_bracketed(model))


def _bracketed(model):
    words = (model.__doc__ or "").partition("(")[2].partition(")")[0]
    return words if words and words[0] > "\u2e80" else model._meta.verbose_name


def _day(text):
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
