"""Which records a list of two people disposes of when their time is over, as each app brings them (RETAINED); how long: policy/retention.toml.

An app says of a class which rows are over, from which moments its rules count, and what keeps a due row nevertheless.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import BooleanField, Case, CharField, Exists, OuterRef, Q, TextChoices, Value, When
from django.db.models.functions import Cast, Replace
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import day_start, today
from wanjia.kernel.models import ErasureLine


class Spared(TextChoices):
    """Why a due row is on no list, or stays although it is on one (暂不销毁)."""

    CHANGED = "changed", _("不再到期:重新办理,或日期改了")
    CHILD = "child", _("孩子未成年,儿童档案还在用")
    RECHECK = "recheck", _("等抽查")
    AGAIN = "again", _("销号后又反映,还在办")
    MATTER = "matter", _("同一事项还有没办完的")
    REVIEW = "review", _("紧急查阅还没有复核")
    LAWSUIT = "lawsuit", _("诉讼、仲裁")
    COMPLAINT = "complaint", _("投诉、复核、行政复议")
    DISCIPLINE = "discipline", _("纪检监察、审计")
    REQUEST = "request", _("本人申请查阅、更正")


BY_HAND = (Spared.LAWSUIT, Spared.COMPLAINT, Spared.DISCIPLINE, Spared.REQUEST)


@dataclass(frozen=True, eq=False)
class Retained:
    """One class of records, under the code of its rules.

    label: its model; over: the Q of rows whose matter is over: no other is disposed of, by a list or again on a restored copy
    moments: {word of a rule: (path, whether it is a moment and no day)}; binds: {word of `where`: Q of the rows that it binds}
    holds: {Spared: day → Q of rows that stay though they are due}
    place: path to the code of the row's area; number: path to the open number by which a list shows it, "" for none
    child: Q of rows about a child, which no list shows; named: paths to the numbers by which a hold means it
    part_of: classes whose hold keeps these rows too: a court that wants the needs wants what proves them
    by_clock: (key, at) does away with one row, where the clock does and no list is drawn up: a hold stops that as well
    worked: keys of its rows → the ids of the units and people that had a part in them: none of these says that they are destroyed
    """

    code: str
    label: str
    over: Q
    moments: dict[str, tuple[str, bool]]
    place: str
    worked: Callable[[list[Any]], set[Any]]
    binds: dict[str, Q] = field(default_factory=dict)
    holds: dict[str, Callable[..., Q]] = field(default_factory=dict)
    number: str = ""
    child: Q = field(default_factory=lambda: Q(pk__in=[]))
    named: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    by_clock: Callable[..., Any] | None = None

    @property
    def model(self) -> Any:
        """The model."""
        return apps.get_model(self.label)

    def rows(self) -> Any:
        """Return the rows whose matter is over and of which something is left."""
        gone = ErasureLine.objects.filter(table=self.model._meta.db_table, row=OuterRef("spelt"))
        return self.model._base_manager.filter(self.over).annotate(spelt=spelt()).filter(~Exists(gone))

    def due(self, kept: Any, day: Any) -> Any:
        """Return the rows that are due on a day by these limits (policy.retention.Kept)."""
        return self.rows().filter(self.is_due(kept, day))

    def is_due(self, kept: Any, day: Any) -> Q:
        """Return the Q of the rows that are due on a day by these limits: every rule that binds a row is over, and one does bind it."""
        found = Q()
        if all(rule.where for rule in kept.rules):
            found = reduce(or_, (self.binds[rule.where] for rule in kept.rules), Q(pk__in=[]))
        for rule in kept.rules:
            over = self._begun(rule.since, rule.begun_by(day))
            found &= over if not rule.where else ~self.binds[rule.where] | over
        return found

    def _begun(self, word: str, last: Any) -> Q:
        path, is_moment = self.moments[word]
        return Q(**{f"{path}__lt": day_start(next_day(last))}) if is_moment else Q(**{f"{path}__lte": last})

    def told(self, rows: Any, kept: Any) -> list[dict[str, Any]]:
        """Return of each of these rows {"row", "place", "number", "child", "began", "due"}: what a list keeps of it."""
        names = {word: path for word, (path, _is) in self.moments.items()}
        asked = {f"binds_{word}": _as_column(one) for word, one in self.binds.items()} | {"childs": _as_column(self.child)}
        paths = ["spelt", self.place, *([self.number] if self.number else []), *names.values(), *asked]
        return [self._told(row, names, kept) for row in rows.annotate(**asked).order_by(self.place, "pk").values(*dict.fromkeys(paths))]

    def _told(self, row: dict[str, Any], names: dict[str, str], kept: Any) -> dict[str, Any]:
        moments = {word: row[path] for word, path in names.items()}
        moments |= {word: today(moments[word]) for word, (_path, is_moment) in self.moments.items() if is_moment and moments[word]}
        binding = {word for word in self.binds if row[f"binds_{word}"]}
        first = next((moments[rule.since] for rule in kept.rules if not rule.where or rule.where in binding), None)
        number = row[self.number] if self.number and not row["childs"] else ""
        return {"row": row["spelt"], "place": row[self.place], "number": number, "child": bool(row["childs"]), "began": first, "due": kept.ends(moments, binding)}

    def held(self, rows: Any, day: Any) -> dict[str, str]:
        """Return {key as spelt: Spared} of those of these rows that stay by the rules of their own app: one question; of several reasons the last."""
        if not self.holds:
            return {}
        why = [When(of(day), then=Value(str(reason))) for reason, of in reversed(self.holds.items())]
        stays = rows.annotate(stays=Case(*why, default=Value(""), output_field=CharField())).exclude(stays="")
        return dict(stays.order_by().values_list("spelt", "stays"))


def named_by(label: str, *fields: str) -> Callable[[list[Any]], set[Any]]:
    """Return what finds, of keys of a model, whom these fields of its rows name: people and units."""

    def found(keys: list[Any]) -> set[Any]:
        rows = apps.get_model(label)._base_manager.filter(pk__in=keys).values_list(*fields)
        return {one for row in rows for one in row if one}

    return found


def classes() -> dict[str, Retained]:
    """Return {code: Retained} of every class that an installed app brings."""
    return {one.code: one for one in gather("RETAINED")}


def spelt(path: str = "pk") -> Any:
    """Return the expression that spells a key as an erasure line does, alike on both databases."""
    return Replace(Cast(path, CharField()), Value("-"), Value(""), output_field=CharField())


def next_day(day: Any) -> Any:
    """Return the day after."""
    return type(day).fromordinal(day.toordinal() + 1)


def _as_column(one: Q) -> Any:
    return Case(When(one, then=Value(True)), default=Value(False), output_field=BooleanField())

