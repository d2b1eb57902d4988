"""Where else a person is named: words of other homes and other people, listed for a person to decide. Writes nothing.

Nothing here is changed by itself: somebody else's words may mean a namesake, and they are not the erased person's.
"""

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, ValidationError

from wanjia.kernel.erasure import holds_words, key_of, of
from wanjia.registry.models import Person, Upload, UploadContent, UploadRow
from wanjia.sealing.fields import BlindIndex

from . import finding


def mentions(person_id, at, also=()):
    """Yield (table:row, column) of every row that holds the person's name, number or phone and is not about the person.

    An import is one row: with it goes the workbook, and what of it waits.
    """
    about = finding.rows_of(person_id, at, also)
    strings = finding.strings_of(finding.records_of(person_id))
    for upload, column in sorted(set(_imports(strings))) if strings else ():
        if upload not in about.get(Upload, ()):
            yield f"{Upload._meta.db_table}:{key_of(upload)}", column
    for model in apps.get_models() if strings else ():
        said = of(model)
        names = [name for name in said.gone if _speaks(model, name)]
        if not names or model in (UploadContent, UploadRow):
            continue
        for row in model._base_manager.exclude(pk__in=about.get(model, ())).only("pk", *names).iterator(chunk_size=1000):
            for name in names:
                if finding.names(strings, str(getattr(row, name) or "")):
                    yield f"{model._meta.db_table}:{key_of(row.pk)}", name


def _imports(strings):
    """Yield (upload, what of it) that bears the name in its workbook or a waiting row; it may be a namesake's."""
    for upload, text in finding.contents():
        if finding.names(strings, text):
            yield upload.pk, "body"
    for row, text in finding.staged():
        if finding.names(strings, text):
            yield row.upload_id, "values"


def _speaks(model, name):
    """A namesake's own name is no mention."""
    field = model._meta.get_field(name)
    return holds_words(field) and not isinstance(field, BlindIndex) and not (model is Person and name in ("name", "pinyin", "initials"))


def rows_named(tokens):
    """Return [(model, key)] of tokens as `mentions` gives them. Raises LookupError for one that names no row."""
    found = rows_known(tokens)
    if missing := len(tokens) - len(found):
        raise LookupError(next(token for token in tokens if not rows_known([token])), missing)
    return found


def rows_known(tokens):
    """Return [(model, key)] of those tokens that name a row of this database."""
    models, found = {model._meta.db_table: model for model in apps.get_models() if of(model).gone}, []
    for table, _colon, key in (token.partition(":") for token in tokens):
        try:
            found.append((models[table], models[table]._base_manager.get(pk=key).pk))
        except (KeyError, ObjectDoesNotExist, ValidationError, ValueError):
            continue
    return found
