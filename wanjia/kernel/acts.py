"""The act is the declaration: one function says what it is about, what it asks, who may, and what it is called.

    @act(NEEDS, "hand_to", words=_("换责任人"), done=_("责任人已更换。"), duty=Duty.ACCEPT_NEEDS, may=can_hand_to)
    def hand_to_person(need, *, handler: Annotated[User, Asked(_("新的责任人"), among=colleagues)], by, at):
        ...

From it follow the command (transaction, key, refusal), its form and page, its address, its button with the reason why not, its
call with OpenAPI, the words of timeline and journal, its row in the permission matrix and its generated tests. The function stays
what it says: pages (`wanjia.doors`), importer, command line and tests call the same command by its keywords.
"""

import dataclasses
import functools
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, Any, get_args, get_origin

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wanjia.verdict import ALLOWED, NotFound, first_refusal

from .command import command

ACTS = {}


@dataclass(frozen=True)
class Asked:
    """What is asked under one keyword of an act, on its page and in its call. All callables take (row, actor, day).

    most, least: characters of a text, or the bounds of a number; a text that must say more than one sign is refused when it says less; rows: lines of a text field (0: one line).
    among: what may be chosen: rows (a query set, or a list in its own order), or [(value, words)]. named: what a call may name, where that is more than the page offers.
    initial: what stands there at the start, or who says so. when: whether it is asked at all. but: choices that are left out.
    spelt: its name in a call, where that is another. page: whether a page asks it (else a call alone).
    needed: what the page marks as needed though it may stay empty. keys: a key for each big button. select: words in a list instead of buttons; buttons: rows as buttons instead of a list.
    answers: the words of yes and no. none: what the empty choice is called. shown: a row → its words.
    field: (row, actor, day, **of the form field) → the form field, where the type does not say it. hidden: carried along unseen, as the page said it.
    """

    label: Any = ""
    help: Any = ""
    rows: int = 0
    most: int = 0
    least: int = 0
    among: Callable | None = None
    named: Callable | None = None
    initial: Any = None
    when: Callable | None = None
    but: tuple = ()
    needed: Callable | bool | None = None
    keys: str = ""
    select: bool = False
    buttons: bool = False
    answers: tuple = ()
    none: Any = None
    shown: Callable = str
    field: Callable | None = None
    hidden: bool = False
    attrs: dict = dataclasses.field(default_factory=dict)
    spelt: str = ""
    page: bool = True


@dataclass(frozen=True)
class Parameter:
    """One keyword of an act: its name, its type without None, what is asked, whether a call may leave it out, and what it then is."""

    name: str
    kind: Any
    asked: Asked
    optional: bool
    default: Any = None

    @property
    def many(self):
        """Whether it takes a list; `kind` is then the type of one."""
        return get_origin(self.kind) is list

    @property
    def one(self):
        """The type of one value."""
        return get_args(self.kind)[0] if self.many else self.kind

    def says_enough(self, said):
        """Tell whether a text says as much as is asked; of an empty one most acts say themselves what is missing."""
        least = self.asked.least if self.kind is str and not (self.optional and not said) else 0
        return first_refusal((
            least < 2 or len((said or "").strip()) >= least,
            _("“%(what)s”至少写 %(n)s 个字。") % {"what": self.asked.label, "n": least},
        ))  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """What acts are about. Missing and out of reach are one answer.

    key: its word in templates, and with "_id" the keyword and the part of the address; label: its model; root: the first part of
    its addresses, for pages and calls; seen(actor, duty=…) → the rows that the actor sees by that duty; take(pk, at[, by=, duty=]) → (row, moment):
    lock one row for an act, or raise NotFound (None: by its key alone); look(pk) → the row for an act that only reads; page: the name of its page, if it has one; card: the template that shows it beside an act; over: (name, words) of the list above it;
    about(row) → its words under a title; id: how its key is spelt in an address; of(row) → the row whose page it stands on;
    word: its word in templates, where the key means another thing there; slash: whether its addresses end in one.
    """

    key: str
    label: str
    root: str
    seen: Callable
    take: Callable | None
    page: str
    look: Callable | None = None
    card: str = ""
    over: tuple = ()
    about: Callable = str
    id: str = "uuid"
    of: Callable | None = None
    word: str = ""
    slash: bool = True

    @property
    def keyword(self):
        """The keyword under which a command names its row."""
        return f"{self.key}_id"

    def row(self, pk, at, *, by, duty, reads):
        """Return (row, moment) for an act: locked, or only looked at where it reads; `take` and `look` may ask who and by which duty."""
        find = self.look if reads else self.take or self._lock
        asked = {name: value for name, value in (("by", by), ("duty", duty)) if name in inspect.signature(find).parameters}
        return (find(pk, **asked), at) if reads else find(pk, at, **asked)

    def _lock(self, pk, at):
        row = self.model._default_manager.select_for_update().filter(pk=pk).first()
        if row is None:
            raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
        return row, at

    @property
    def model(self):
        """The model."""
        return apps.get_model(self.label)


@dataclass(frozen=True)
class Act:
    """One declared act; see `act` for its fields."""

    app: str
    subject: Subject
    name: str
    words: Any
    done: Any
    duty: tuple
    may: Callable | None
    command: Callable
    asked: tuple
    new: bool = False
    at: str | None = None
    call: str | None = None
    page: bool = True
    form: type | None = None
    given: Callable | None = None
    template: str = "act.html"
    more: Any = None
    before: Callable | None = None
    then: Callable | None = None
    after: Callable | None = None
    raises: tuple = ()
    button: bool = True
    rank: int = 50
    aside: bool = False
    tone: str = "primary"
    lines: dict = dataclasses.field(default_factory=dict)
    by_line: dict = dataclasses.field(default_factory=dict)
    because: str = ""

    @property
    def address(self):
        """The last part of its page's address."""
        return self.name.replace("_", "-") if self.at is None else self.at

    def verdict(self, actor, row, at):
        """Tell whether the actor may do it to this row now; the form's answers are judged by the act itself."""
        return judge(self.may, actor, row, at)


def judge(may, actor, row, at):
    """Ask a rule: may(actor), may(actor, row) or may(actor, row, at), by what it asks for."""
    if may is None:
        return ALLOWED
    names = inspect.signature(may).parameters
    return may(*([actor] if row is None else [actor, row]), **({"at": at} if "at" in names else {}))


def act(subject, name, *, words, done="", duty=(), may=None, quicker=None, new=False, sealed=False, reads=False, alone=False, **ways):
    """Declare the decorated function as an act on `subject`.

    name: of its address and button; words: title and button; done: the sentence afterwards, or answer → sentence; duty: one Duty or
    several of which one lets in; may: the rule, (actor, row[, at=]) → Verdict; quicker: (actor, row, at=) → the Conflict that a second hand is told
    instead, or None; new: the act makes the row, and takes none.
    sealed, reads, alone: as in `command`.
    ways (fields of Act): at, call: parts of its addresses that differ from the name; page=False or call=None with because=: it has no
    page or call of its own, and why; form, template, more, then: a page of its own design; given(request, row) →
    what its form is told besides; before(request, row, form) → (template, what it
    shows) to look at before it is done, or None; after(answer, by=): work that goes on once it is done, beside page or call; raises: kinds of refusal that are told on a page of their own, for there is nothing to
    answer anew; button=False, rank, aside, tone: its button among the others of the row; lines: {act of the journal: its words there}, where
    these are not "subject.name" by the act's own words;
    by_line: {act of the journal: the duties it goes by} where these are fewer than open the page.
    """
    duty = duty if isinstance(duty, tuple) else (duty,)

    def declare(does):
        app = apps.get_containing_app_config(does.__module__).label
        one = f"{app}.{does.__name__}"

        @functools.wraps(does)
        def run(*, by, at, **what):
            row, at = (None, at) if new else subject.row(what.pop(subject.keyword), at, by=by, duty=duty, reads=reads)
            if quicker and (told := quicker(by, row, at=at)):
                raise told
            judge(may, by, row, at).or_raise()
            for one in made.act.asked:
                one.says_enough(what.get(one.name)).or_raise()
            return does(*(() if new else (row,)), by=by, at=at, **what)

        made = command(one, sealed=sealed, reads=reads, alone=alone)(run)
        ways.setdefault("call", name.replace("_", "-"))
        ways.setdefault("lines", {f"{subject.key}.{name}": words})
        ACTS[one] = made.act = Act(app, subject, name, words, done, duty, may, made, tuple(_asked(does)), new=new, **ways)
        if not (made.act.page and made.act.call is not None) and not made.act.because:
            raise RuntimeError(f"{one} has no page or no call and does not say why")
        return made

    return declare


def _asked(does):
    """Yield the Parameters of a function: its annotated keywords, in their order."""
    for one in inspect.signature(does).parameters.values():
        if get_origin(one.annotation) is not Annotated:
            continue
        kind, asked = get_args(one.annotation)[:2]
        optional = one.default is not one.empty or one.kind is one.VAR_KEYWORD
        rest = [part for part in get_args(kind) if part is not type(None)]
        if type(None) in get_args(kind):
            kind = rest[0]
        yield Parameter(one.name, kind, asked, optional, None if one.default is one.empty else one.default)


def acts_on(subject):
    """Return the acts on a subject, in the order of their buttons."""
    return sorted((one for one in ACTS.values() if one.subject is subject), key=lambda one: (one.aside, one.rank))


def legal_and_not(subject, actor, row, at):
    """Return ([acts that are legal now], [(act, why not)] of the others) of those that have a button."""
    judged = [(one, one.verdict(actor, row, at)) for one in acts_on(subject) if one.button and not one.new]
    return [one for one, verdict in judged if verdict], [(one, verdict.reason) for one, verdict in judged if not verdict]


def line_words():
    """Return {act of the journal: words} of everything that declared acts write there."""
    return {line: words for one in ACTS.values() for line, words in one.lines.items()}


def line_duties():
    """Return {act of the journal: the duties it goes by} of everything that declared acts write there."""
    return {line: one.by_line.get(line, one.duty) for one in ACTS.values() for line in one.lines if line in one.by_line or one.duty}


def discover():
    """Import every commands.py of the installed apps: what is declared there has its page and call before anything is asked."""
    for config in apps.get_app_configs():
        if config.name in settings.WANJIA_APPS:
            for room in pkgutil.walk_packages([config.path], f"{config.name}."):
                if room.name.rpartition(".")[2] == "commands" and ".management." not in room.name:
                    import_module(room.name)
