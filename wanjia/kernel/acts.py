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
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Annotated, Any, get_args, get_origin

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wanjia.verdict import ALLOWED, NotFound, Verdict, first_refusal

from .calendar import today
from .command import Does, command

ACTS: dict[str, "Act"] = {}
LINE_DUTIES: dict[str, Any] = {}  # a line of the journal → the duties of the last act that writes it and names any


@dataclass(frozen=True)
class Asked:
    """What is asked under one keyword of an act, on its page and in its call. All callables take (row, actor, day)."""

    label: Any = ""
    help: Any = ""
    rows: int = 0  # lines of a text field; 0: one line
    most: int = 0  # characters of a text, or the largest number
    least: int = 0  # the same downwards; a text that must say more than one sign is refused when it says less
    among: Does | None = None  # what may be chosen: rows (a query set, or a list in its own order), or [(value, words)]
    within: Any = ""  # the sentence that refuses a row which is not among these, by whatever door it came; without one the act judges itself
    named: Does | None = None  # the rows that a call may name, where these are more than the page offers
    initial: Any = None  # what stands there at the start, or who says so
    when: Does | None = None  # whether it is asked at all
    but: tuple[Any, ...] = ()  # choices that are left out
    needed: Does | bool | None = None  # what the page marks as needed though it may stay empty
    keys: str = ""  # a key for each big button
    select: bool = False  # words in a list instead of buttons
    buttons: bool = False  # rows as buttons instead of a list
    answers: tuple[Any, ...] = ()  # the words of yes and no
    none: Any = None  # what the empty choice is called
    shown: Does = str  # a row → its words
    field: Does | None = None  # (row, actor, day, **of the form field) → the form field, where the type does not say it
    spread: Does | None = None  # (row, actor, day) → {name: form field}, where **facts are asked by several fields; of a page alone
    hidden: bool = False  # carried along unseen, as the page said it
    attrs: dict[str, Any] = dataclasses.field(default_factory=dict)  # of the control
    spelt: str = ""  # its name in a call, where that is another
    page: bool = True  # whether a page asks it, or a call alone
    call: bool = True  # whether a call asks it, or a page alone


@dataclass(frozen=True)
class Parameter:
    """One keyword of an act: its name, its type without None, what is asked, whether a call may leave it out, and what it then is."""

    name: str
    kind: Any
    asked: Asked
    optional: bool
    default: Any = None

    @property
    def called(self) -> bool:
        """Whether a call asks it."""
        return self.asked.call and not self.asked.spread

    @property
    def many(self) -> bool:
        """Whether it takes a list; `kind` is then the type of one."""
        return get_origin(self.kind) is list

    @property
    def one(self) -> Any:
        """The type of one value."""
        return get_args(self.kind)[0] if self.many else self.kind

    def judge(self, said: Any, row: Any, actor: Any, at: datetime) -> Verdict:
        """Tell whether a text says as much as is asked (of an empty one most acts say themselves what is missing) and a row is within what is offered."""
        least = self.asked.least if self.kind is str and not (self.optional and not said) else 0
        offered = self.asked.among(row, actor, today(at)) if self.asked.within and self.asked.among and said is not None else None
        return first_refusal(
            (least < 2 or len((said or "").strip()) >= least, _("“%(what)s”至少写 %(n)s 个字。") % {"what": self.asked.label, "n": least}),
            (offered is None or offered.contains(said), self.asked.within),
        )


@dataclass(frozen=True)
class Subject:
    """What acts are about. Missing and out of reach are one answer."""

    key: str  # its word in templates, and with "_id" the keyword and the part of the address
    label: str  # its model
    root: str  # the first part of its addresses, for pages and calls
    seen: Does  # (actor, duty=…) → the rows that the actor sees by that duty
    take: Does | None  # (pk, at[, by=, duty=]) → (row, moment): lock one row, or raise NotFound; None: by its key alone
    page: str  # the name of its page, if it has one
    look: Does | None = None  # (pk[, by=, duty=]) → the row, for an act that only reads
    card: str = ""  # the template that shows it beside an act
    over: tuple[Any, ...] = ()  # (name, words) of the list above it
    about: Does = str  # row → its words under a title
    says: Does | None = None  # row → what it is in one line, beside these words in a list
    id: str = "uuid"  # how its key is spelt in an address
    of: Does | None = None  # row → the row whose page it stands on
    word: str = ""  # its word in templates, where the key means another thing there
    slash: bool = True  # whether its addresses end in one
    drafts: bool = True  # whether what is typed about it may lie on a device, sealed, until it is sent

    @property
    def keyword(self) -> str:
        """The keyword under which a command names its row."""
        return f"{self.key}_id"

    def row(self, pk: Any, at: datetime, *, by: Any, duty: Any, reads: bool) -> tuple[Any, datetime]:
        """Return (row, moment) for an act: locked, or only looked at where it reads; `take` and `look` may ask who and by which duty."""
        find: Any = self.look if reads else self.take or self._lock
        asked = {name: value for name, value in (("by", by), ("duty", duty)) if name in inspect.signature(find).parameters}
        return (find(pk, **asked), at) if reads else find(pk, at, **asked)

    @property
    def model(self) -> Any:
        """The model."""
        return apps.get_model(self.label)

    def _lock(self, pk: Any, at: datetime) -> tuple[Any, datetime]:
        row = self.model._default_manager.select_for_update().filter(pk=pk).first()
        if row is None:
            raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
        return row, at


@dataclass(frozen=True)
class Act:
    """One declared act; see `act` for the fields without a word."""

    app: str
    subject: Subject
    name: str
    words: Any
    done: Any
    duty: tuple[Any, ...]
    may: Does | None
    command: Any
    asked: tuple[Any, ...]
    new: bool = False
    at: str | None = None  # the last part of its page's address, where that is not the name
    call: str | None = None  # the last part of its call's
    page: bool = True  # page=False or call=None: it has none of its own, and says why
    because: str = ""
    form: type | None = None  # a form of its own design
    given: Does | None = None  # (request, row) → what that form is told besides
    template: str = "act.html"
    more: Any = None  # (request, row) → what its page shows besides
    instead: Does | None = None  # (request, row) → the page that opens in place of this one, or None
    before: Does | None = None  # (request, row, form) → (template, what it shows) to look at before it is done, or None
    then: Does | None = None  # (request, row, answer) → the next page; None: where the person came from, else the row's page
    after: Does | None = None  # (answer, by=): work that goes on once it is done, beside page or call
    raises: tuple[Any, ...] = ()  # kinds of refusal that are told on a page of their own, for there is nothing to answer anew
    button: bool = True  # its button among the others of the row, by rank; aside: behind them
    rank: int = 50
    aside: bool = False
    tone: str = "primary"
    several: bool = False  # whether a list does it to several ticked rows, each in a transaction of its own (doors/several.py)
    each: bool = False  # whether a list leads through ticked rows, each on the act's own page
    lines: dict[str, Any] = dataclasses.field(default_factory=dict)  # {act of the journal: its words there}; else "subject.name" by its own words
    by_line: dict[str, Any] = dataclasses.field(default_factory=dict)  # {act of the journal: the duties it goes by}, where fewer than open the page

    @property
    def address(self) -> str:
        """The last part of its page's address."""
        return self.name.replace("_", "-") if self.at is None else self.at

    def verdict(self, actor: Any, row: Any, at: datetime) -> Verdict:
        """Tell whether the actor may do it to this row now, by may(actor), may(actor, row) or may(actor, row, at); the answers are judged by the act itself."""
        if self.may is None:
            return first_refusal((not self.duty or actor.has_duty(*self.duty), _("您的岗位没有“%(act)s”的权限。") % {"act": self.words}))
        said = inspect.signature(self.may).parameters
        verdict: Verdict = self.may(*([actor] if row is None else [actor, row]), **({"at": at} if "at" in said else {}))
        return verdict


def inside(actor: Any, row: Any = None) -> Verdict:
    """Be the rule of an act that judges with what it is told: its body asks, and refuses by duty too."""
    return ALLOWED


def act(
    subject: Subject, name: str, *, words: Any, done: Any = "", duty: Any = (), may: Does | None = None, quicker: Does | None = None, new: bool = False,
    sealed: bool = False, reads: bool = False, alone: bool = False, as_sent: str = "", **ways: Any,
) -> Any:  # fmt: skip
    """Declare the decorated function as an act on `subject`.

    name: of its address and button; words: title and button; done: the sentence afterwards, or answer → sentence
    duty: one Duty, or several of which one lets in; may: the rule, (actor, row[, at=]) → Verdict; without one, whoever has the duty
    quicker: (actor, row, at=) → the Conflict that a second hand is told instead, or None
    new: the act makes the row, and takes none; sealed, reads, alone, as_sent: as in `command`
    ways: the other fields of Act
    """
    duty = duty if isinstance(duty, tuple) else (duty,)
    def declare(does: Does) -> Any:
        config: Any = apps.get_containing_app_config(does.__module__)
        app = config.label
        one = f"{app}.{does.__name__}"

        @functools.wraps(does)
        def run(*, by: Any, at: datetime, **what: Any) -> Any:
            row, at = (None, at) if new else subject.row(what.pop(subject.keyword), at, by=by, duty=duty, reads=reads)
            if quicker and (told := quicker(by, row, at=at)):
                raise told
            made.act.verdict(by, row, at).or_raise()
            for one in made.act.asked:
                one.judge(what.get(one.name), row, by, at).or_raise()
            return does(*(() if new else (row,)), by=by, at=at, **what)

        made = command(one, sealed=sealed, reads=reads, alone=alone, as_sent=as_sent)(run)
        ways.setdefault("call", name.replace("_", "-"))
        ways.setdefault("lines", {f"{subject.key}.{name}": words})
        ACTS[one] = made.act = Act(app, subject, name, words, done, duty, may, made, tuple(_asked(does)), new=new, **ways)
        LINE_DUTIES.update({line: made.act.by_line.get(line, duty) for line in made.act.lines if line in made.act.by_line or duty})
        if not (made.act.page and made.act.call is not None) and not made.act.because:
            raise RuntimeError(f"{one} has no page or no call and does not say why")
        return made

    return declare


def _asked(does: Does) -> Iterator[Parameter]:
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


def acts_on(subject: Subject) -> list[Act]:
    """Return the acts on a subject, in the order of their buttons."""
    return sorted((one for one in ACTS.values() if one.subject is subject), key=lambda one: (one.aside, one.rank))


def line_words() -> dict[str, Any]:
    """Return {act of the journal: words} of everything that declared acts write there."""
    return {line: words for one in ACTS.values() for line, words in one.lines.items()}


def discover() -> None:
    """Import every commands.py of the installed apps: what is declared there has its page and call before anything is asked."""
    for config in apps.get_app_configs():
        if config.name in settings.WANJIA_APPS:
            for room in pkgutil.walk_packages([config.path], f"{config.name}."):
                if room.name.rpartition(".")[2] == "commands" and ".management." not in room.name:
                    import_module(room.name)
