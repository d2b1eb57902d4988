"""What an act asks, read from its signature: the fields of its form, and the fields of its call's body."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from operator import attrgetter
from typing import Annotated, Any, Literal
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db.models import Model, QuerySet, UUIDField
from django.db.models.enums import Choices
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Schema, UploadedFile
from pydantic import Field, create_model

from wanjia.doors.words import both
from wanjia.kernel.acts import Act, Asked, Parameter
from wanjia.kernel.calendar import today
from wanjia.verdict import Refused

from .dialect import Object, text

CALLED = attrgetter("called")
LONG, SHORT = 500, 60  # characters of a text of several lines, and of one line, unless the act says otherwise


class Day(forms.DateInput):
    """A date by the browser's own picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Moment(forms.DateTimeInput):
    """A moment by the browser's own picker."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class Keyed(forms.RadioSelect):
    """Big buttons, each with a key: keys = {value: key}."""

    def __init__(self, keys: Mapping[str, str] | Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        self.keys = dict(keys)
        super().__init__(**kwargs)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Put the key on the button."""
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.keys:
            option["attrs"]["data-key"] = self.keys[str(value)]
        return option


class YesNo(forms.TypedChoiceField):
    """Yes or no, each said in its own words; "1" and "0" mean the same."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=lambda word: word == "yes", **kwargs)

    def to_python(self, value: Any) -> Any:
        """Read the short spelling too."""
        return super().to_python({"1": "yes", "0": "no"}.get(value, value))


class ActForm(forms.Form):
    """The form of one act on one row: its fields are the keywords of its command. A form of its own design inherits from it."""

    act: Act | None = None

    def __init__(self, *args: Any, act: Act | None = None, row: Any = None, actor: Any = None, day: date | None = None, **kwargs: Any) -> None:
        self.act = act or self.act
        self.row, self.actor, self.day = row, actor, day or today(timezone.now())
        super().__init__(*args, **kwargs)
        self.spread: set[str] = set()
        for one in self.act.asked if self.act else ():
            if one.name not in self.fields:  # a form of its own design may spell some of them itself
                made = fields_of(one, row, actor, self.day)
                self.fields.update(made)
                self.spread |= made.keys() - {one.name}

    def clean(self) -> dict[str, Any]:
        """Leave out what was not answered of facts that spread over several fields: the command is told what is known, and no blanks."""
        return {name: value for name, value in (super().clean() or {}).items() if name not in self.spread or value not in (None, "")}


class AsksBack(ActForm):
    """A form whose act may ask back by a refusal of the kind `asks` ("is this not the same?"); the box `another`, hidden till then, answers it."""

    asks: type[Refused] = Refused

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("another"):
            self._show_box()

    def refused(self, refusal: Refused) -> None:
        """Show the box when that is what was asked."""
        if isinstance(refusal, self.asks):
            self._show_box()

    def _show_box(self) -> None:
        self.fields["another"].widget = forms.CheckboxInput()


def form_of(act: Act) -> Any:
    """Return the class of an act's form: its own design, or one made from what it asks."""
    return type("Form", (act.form or ActForm,), {"act": act})


def fields_of(one: Parameter, row: Any, actor: Any, day: date) -> dict[str, Any]:
    """Return {name: form field} of one Parameter; empty when it is not asked of this row."""
    asked: Any = one.asked
    if not asked.page or (asked.when and not asked.when(row, actor, day)):
        return {}
    if asked.spread:
        spread: dict[str, Any] = asked.spread(row, actor, day)
        return spread
    chosen = isinstance(one.default, Choices)  # a choice that stands at something is never left open
    given = {"label": asked.label, "help_text": asked.help, "required": chosen or not one.optional}
    field = _field(one, given, row, actor, day)
    field.widget.attrs.update(asked.attrs)
    if (initial := _initial(one, row, actor, day)) is not None:
        field.initial = initial
    needed = asked.needed(row, actor, day) if callable(asked.needed) else asked.needed
    if needed is not None:
        field.asked = needed
    return {one.name: field}


def _initial(one: Parameter, row: Any, actor: Any, day: date) -> Any:
    initial = one.asked.initial
    if callable(initial) and not isinstance(initial, type):
        return initial(row, actor, day)
    return initial if initial is not None else one.default or None


def _field(one: Parameter, given: dict[str, Any], row: Any, actor: Any, day: date) -> Any:
    """Return the form field for one Parameter's type."""
    asked, kind = one.asked, one.one
    if asked.field:
        return asked.field(row, actor, day, **given)
    if asked.among:
        return _chosen(one, given, asked.among(row, actor, day))
    if issubclass(kind, Choices):
        return _few(one, given, [choice for choice in kind.choices if choice[0] not in asked.but])
    if kind is bool:
        if one.optional:
            return forms.BooleanField(**given | {"required": False})
        return YesNo(choices=list(zip(("yes", "no"), asked.answers or (_("是"), _("否")))), **given)
    if kind is datetime:
        return forms.DateTimeField(widget=Moment, **given)
    if kind is date:
        return forms.DateField(widget=Day, **given)
    if kind is int:
        return forms.IntegerField(min_value=asked.least, max_value=asked.most or None, **given)
    if issubclass(kind, File):
        return forms.FileField(**given)
    widget = forms.Textarea(attrs={"rows": asked.rows}) if asked.rows else forms.HiddenInput if asked.hidden else forms.TextInput
    return forms.CharField(max_length=_longest(asked), widget=widget, **given)


def _longest(asked: Asked) -> int:
    return asked.most or (LONG if asked.rows else SHORT)


def _few(one: Parameter, given: dict[str, Any], choices: list[Any]) -> Any:
    """A choice of a handful: big buttons, each with its key; several of them: boxes to tick; or a list."""
    if one.many:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **given)
    if one.asked.select:
        return forms.ChoiceField(choices=[*([("", one.asked.none)] if one.asked.none else []), *choices], **given)
    return forms.ChoiceField(choices=choices, widget=Keyed(zip((value for value, _words in choices), one.asked.keys)), **given)


def _chosen(one: Parameter, given: dict[str, Any], found: Any) -> Any:
    """A choice among rows (a query set, or a list in its own order), or among pairs that depend on the matter."""
    asked = one.asked
    if not issubclass(one.one, Model):
        return _few(one, given, list(found))
    rows = found if isinstance(found, QuerySet) else one.one._default_manager.filter(pk__in=[row.pk for row in found])
    kind: Any = forms.ModelMultipleChoiceField if one.many else forms.ModelChoiceField
    empty = asked.none or _("请选择")
    widget = forms.CheckboxSelectMultiple if one.many else forms.RadioSelect if asked.buttons else forms.Select
    chosen = kind(rows, widget=widget, **given, **({} if one.many else {"empty_label": empty}))
    chosen.label_from_instance = asked.shown
    if rows is not found:
        chosen.choices = [*(() if one.many else [("", empty)]), *((row.pk, asked.shown(row)) for row in found)]
    return chosen


def body_of(act: Act) -> Any:
    """Return the pydantic model of an act's call, or None when it asks nothing."""
    fields: dict[str, Any] = {}
    for one in filter(CALLED, act.asked):
        fields[one.asked.spelt or one.name] = _body(one)
    return create_model(f"{act.command.__name__.title().replace('_', '')}Body", __base__=Schema, **fields) if fields else None


def _body(one: Parameter) -> tuple[Any, Any]:
    """Return (type, default) of one Parameter in a call's body."""
    kind = _typed(one)
    several: Any = list
    kind = several[kind] if one.many else kind
    words = Field(description=both(one.asked.label)) if not one.optional else Field(one.default, description=both(one.asked.label))
    if one.optional and one.default is None:
        kind = kind | None
    return kind, words


def _typed(one: Parameter) -> Any:
    asked, kind = one.asked, one.one
    if issubclass(kind, Model):
        return UUID if isinstance(_key(kind), UUIDField) else text(SHORT, least=1)
    if issubclass(kind, File):
        return UploadedFile
    if issubclass(kind, Choices):
        return Literal[tuple(value for value in kind.values if value not in asked.but)]
    if kind is str:
        return text(_longest(asked), least=asked.least)
    if kind is dict:
        return Object
    if kind is int:
        return Annotated[int, Field(ge=asked.least, le=asked.most or None)]
    return kind


def _key(model: type[Model]) -> Any:
    """Return the field that holds a model's key: where a row has the key of another, that one's."""
    key: Any = model._meta.pk
    while key.is_relation:
        key = key.target_field
    return key


def told(act: Act, body: Any, row: Any, actor: Any, day: date) -> dict[str, Any]:
    """Return the keywords of a command out of a call's body: rows for the keys that name them. Raises Http404 for what is out of reach."""
    what = dict[str, Any]()
    for one in filter(CALLED, act.asked):
        what[one.name] = _named(one, getattr(body, one.asked.spelt or one.name), row, actor, day)
    return what


MOST_NAMED = 20  # rows in one list of a call


def _named(one: Parameter, value: Any, row: Any, actor: Any, day: date) -> Any:
    if value is None or not (isinstance(one.one, type) and issubclass(one.one, Model)):
        return _offered(one, value, row, actor, day)
    offered: Any = one.asked.named or one.asked.among
    rows = offered(row, actor, day)
    keys = value[:MOST_NAMED] if one.many else [value]
    found = [_row(rows, one.one, key) for key in keys]
    return found if one.many else found[0]


def _offered(one: Parameter, value: Any, row: Any, actor: Any, day: date) -> Any:
    """Return words that were chosen from a list, or raise Refused: what the page does not offer, a call does not choose."""
    if one.asked.among is None or (value == one.default and one.optional):
        return value
    known = {str(pair[0]) for pair in one.asked.among(row, actor, day)}
    if not {str(each) for each in (value if one.many else [value])} <= known:
        raise Refused(_("“%(field)s”请从列出的里面选。") % {"field": one.asked.label})
    return value


def _row(rows: Any, model: Any, key: Any) -> Any:
    try:
        return get_object_or_404(rows if isinstance(rows, QuerySet) else model._default_manager.filter(pk__in=[row.pk for row in rows]), pk=key)
    except (TypeError, ValueError, ValidationError):  # words where a number or an id should stand name nothing
        raise Http404 from None
