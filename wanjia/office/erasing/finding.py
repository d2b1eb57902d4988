"""Which rows speak of a person, as the models declare it. Writes nothing.

A person is all the records that were merged into one. A home's own words go with the last who lives in it; while others do, they
are theirs. An import that is still under way and holds the person is found by its content, for no key leads there: by a number or phone,
or by the name together with the home. One that holds no more than the name may be a namesake's: it is listed for two people to decide.
"""

import html
import io
import re
import unicodedata
import zipfile
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Q

from wanjia.kernel.brings import Spoken, gather
from wanjia.kernel.calendar import today
from wanjia.kernel.erasure import ACT, WORD, of
from wanjia.kernel.models import Entry
from wanjia.policy.erased import NOBODY
from wanjia.registry.importing.queries import content_of, findings_of, written
from wanjia.registry.models import Household, Membership, Person, Upload, UploadRow

BETWEEN = re.compile(r"[^\S\n]+|[-\u2010-\u2015\u2212]")  # of a line: what stands in other cells and lines does not run together
CELLS, TAGS = re.compile(r"</(?:\w+:)?(?:si|is|c|row|p)>"), re.compile(r"<[^>]*>")
EDGES = re.compile(r"""[\n,;\t"']""")  # of cells
UNDER_WAY = ("received", "judged", "applying")


def records_of(person_id):
    """Return the keys of every record of the same person: what was merged into it, and what it was merged into."""
    root = Person.objects.filter(pk=person_id).first()
    while root is not None and root.merged_into_id:
        root = root.merged_into
    found, fresh = set(), {root.pk} if root else set()
    while fresh:
        found |= fresh
        fresh = set(Person.objects.filter(merged_into__in=fresh).values_list("pk", flat=True)) - found
    return found


def homes_of(person_id):
    """Return the codes of the villages where a person is at home now, by the person's record and by the homes."""
    people = records_of(person_id)
    lived = Household.objects.filter(memberships__in=Membership.objects.filter(person__in=people, to_on=None))
    codes = {*lived.values_list("village_id", flat=True), *Person.objects.filter(pk__in=people, merged_into=None).values_list("village_id", flat=True)}
    return sorted(filter(None, codes))


def strings_of(people):
    """Return the texts that name these people: names, ID numbers, phones. What is already erased names nobody."""
    found = set()
    for one in Person.objects.filter(pk__in=people):
        found |= {one.name, one.citizen_id, one.phone} - NOBODY
    return {folded(text) for text in found if len(text) > 1}


def folded(text):
    """Return a text as it is compared: 王　芳, 139-1234-7766 and a number in full width name whom 王芳, 13912347766 do."""
    return BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()


def rows_of(person_id, at, also=(), people=None):
    """Return {model: keys} of every row that speaks of the person, in the order in which they are emptied.

    also: (model, key) of rows that a person decided to be about it. people: its records, when an order names them.
    """
    people, decided = people or records_of(person_id), {key for model, key in also if model is Upload}
    spoken = Spoken(people, strings_of(people), names)
    brought = [(model, speaking(spoken)) for model, speaking in gather("SPEAKING")]
    given = {Person: people, Household: _homes_left(people, at), **dict(brought), **_imports(people, decided)}
    found = {model: set(keys) for model, keys in given.items()}
    for model, key in also:
        found.setdefault(model, set()).add(key)
    return rows_about(found)


def rows_about(found):
    """Return {model: keys} of these rows and of all that speak of them, the journal's lines too, in the order in which they are emptied."""
    first = {model for model, _keys in gather("SPEAKING")}  # to which other rows point
    models = sorted((one for one in apps.get_models() if of(one).gone and one is not Entry), key=lambda one: one not in first)
    for _again in range(2):  # a row may speak of a row of a model that comes later
        for model in models:
            found.setdefault(model, set()).update(_pointing(model, found))
    found[Entry] = set(_entries(found))
    return {model: keys for model, keys in found.items() if keys and of(model).gone}


def _pointing(model, found):
    asked = [
        Q(**{f"{path}__in": found[apps.get_model(label)]})
        for label, paths in of(model).about.items() for path in paths if path and found.get(apps.get_model(label))
    ]  # fmt: skip
    return model._base_manager.filter(reduce(or_, asked)).values_list("pk", flat=True) if asked else ()


def _entries(found):
    """The journal's lines about these rows; the reason of an erasure itself is its proof and stays."""
    for model, keys in found.items():
        lines = Entry.objects.filter(subject=model._meta.label_lower, subject_id__in=list(map(str, keys))).exclude(act=ACT)
        yield from lines.values_list("pk", flat=True)


def _homes_left(people, at):
    homes = Household.objects.filter(memberships__person__in=people)
    others = Membership.objects.not_ended(today(at)).exclude(person__in=people).filter(person__merged_into=None, person__died_on=None)
    return homes.exclude(pk__in=others.exclude(person__name=WORD).values("household")).values_list("pk", flat=True)


def _imports(people, decided):
    """The uploads that hold one of these people in their workbook or rows, and those rows; of an upload that is over, also by the name."""
    theirs, strings, rows = signs_of(people), strings_of(people), set()
    uploads = decided | {upload.pk for upload, text in contents() if theirs(text)}
    named = []
    for row, text in staged():
        if theirs(text):
            uploads.add(row.upload_id)
        if names(strings, text):
            named.append(row)
    over = set(Upload.objects.exclude(state__in=UNDER_WAY).values_list("pk", flat=True)) if named else set()
    rows = {row.pk for row in named if row.upload_id in uploads or row.upload_id in over}
    return {Upload: uploads, UploadRow: rows}


def contents():
    """Yield (upload, text) of every workbook that is still kept."""
    for upload in Upload.objects.filter(content__isnull=False):
        yield upload, text_of(content_of(upload))


def staged():
    """Yield (row, text) of every row of an import that still says something."""
    for row in UploadRow.objects.exclude(values=b"", findings=b"").iterator(chunk_size=1000):
        yield row, "\n".join((*map(str, written(row).values()), *(str(part) for one in findings_of(row) for part in one.parts())))


def signs_of(people):
    """Return a function that tells whether a text holds these people: a number or phone of theirs, or the name where the home stands too."""
    rows = list(Person.objects.filter(pk__in=people))
    numbers = {folded(text) for one in rows for text in (one.citizen_id, one.phone) if text and text not in NOBODY}
    called = {folded(one.name) for one in rows if one.name not in NOBODY}
    homes = {folded(text) for text in _signs_of_homes(people) if text and text not in NOBODY}

    def theirs(text):
        if names(numbers, text):
            return True
        return names(called, text) and not homes.isdisjoint(folded(cell) for cell in EDGES.split(text))

    return theirs


def _signs_of_homes(people):
    """The numbers and phones of the homes in which they live or lived, and of those who live there too."""
    for home in Household.objects.filter(memberships__person__in=people).distinct():
        yield from (home.number, home.phone)
        for other in Person.objects.filter(memberships__household=home).exclude(pk__in=people):
            yield from (other.citizen_id, other.phone)


def names(strings, text):
    """Tell whether a text holds one of the strings, which are folded."""
    text = folded(text)
    return any(one in text for one in strings)


def text_of(body):
    """Return everything that can be read in a file: of a package (workbook, document) what its parts hold, else its text.

    A cell whose letters are dressed differently is spelt in several runs: marks within it are left out.
    """
    if not zipfile.is_zipfile(io.BytesIO(body)):
        wide = (body[at:].decode("utf-16-le", "replace") + body[at:].decode("utf-16-be", "replace") for at in (0, 1))
        return "\n".join((body.decode("utf-8", "replace"), body.decode("gb18030", "replace"), *wide))
    with zipfile.ZipFile(io.BytesIO(body)) as box:
        parts = "\n".join(box.read(name).decode("utf-8", "replace") for name in box.namelist())
    return html.unescape(TAGS.sub("", CELLS.sub("\n", parts))) + parts
