"""What the rules may know: who uploads, which villages there are, which households stand in the register, what day it is.

The Django side fills a World from its queries; nothing here asks a database.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType

ENDINGS = re.compile(r"(?:(社区)(?:居民委员会|居委会|村民委员会|村委会)?|(村)?(?:村民委员会|村委会|村委)|(?:居民委员会|居委会)|(村)|(屯|寨子))$")
PEOPLES = re.compile(r"(?:[汉苗彝回白傣壮藏瑶傈僳哈尼拉祜佤纳西景颇布依]{1,3}族)+")
ONE_THOUSAND = {"外出务工稳岗补助": Decimal(1000)}  # 云人社通〔2021〕49号, 云人社发〔2023〕33号: 1,000 yuan, once a year


@dataclass(frozen=True)
class Village:
    """code: 12 digits or any key of the caller. name: the spelling that is stored. also: official or former names that are
    taken without a word. township: its name, "" when it does not matter."""

    code: str
    name: str
    township: str = ""
    also: tuple = ()


@dataclass(frozen=True)
class World:
    """today: the day of the judgement.
    villages: those the uploader may write to; elsewhere: others that are known, so that the refusal can say "not yours".
    townships: {other or former name: (present names, …)}, e.g. {"溪洛渡镇": ("溪洛渡街道", "永兴街道")}.
    households: {household number: key of its head, "" for "has a head, unknown", None for "has none"}; only `.get` is used,
    so a lazy mapping over a query will do. person_keys: canonical citizen number → the keys under which it may stand there: the
    keyed blind index under each key of the ring, for an index is made anew row by row.
    foreign: household numbers that stand in the register outside the uploader's scope; only `in` is used.
    known_rows: list of our own numbers (编号) → {number: {column: text as we export it}} of the rows that are here already.
    look: (values of a row, village code) → [(code, column, detail)]: remarks from the register, or None.
    caps: {scheme: most yuan for one person and period}.
    """

    today: date
    villages: tuple = ()
    elsewhere: tuple = ()
    townships: Mapping = field(default_factory=dict)
    households: Mapping = field(default_factory=dict)
    person_keys: Callable = lambda number: [number]
    foreign: Container = frozenset()
    known_rows: Callable = dict
    look: Callable | None = None
    caps: Mapping = field(default_factory=lambda: MappingProxyType(ONE_THOUSAND))

    @cached_property
    def _index(self):
        by_name, by_stem = defaultdict(list), defaultdict(list)
        for mine, villages in ((True, self.villages), (False, self.elsewhere)):
            for village in villages:
                for name in {fold(village.name), *map(fold, village.also)}:
                    by_name[name].append((village, mine))
                for key in {stem(village.name), *map(stem, village.also)}:
                    by_stem[key].append((village, mine))
        return by_name, by_stem

    @cached_property
    def _township_names(self):
        names = {v.township for v in (*self.villages, *self.elsewhere) if v.township}
        known = {fold(n): {n} for n in names}
        for name in names:
            known.setdefault(township_stem(name), set()).add(name)
        known.update({fold(k): set(v) for k, v in self.townships.items()})
        return known

    def township(self, text):
        """Present township names that a text may mean; empty when it means none that is known."""
        return self._township_names.get(fold(text)) or self._township_names.get(township_stem(text)) or set()

    @cached_property
    def _resolved(self):
        return {}

    def resolve(self, text, township=""):
        """(village or None, whether it is the uploader's, whether the spelling is its own) of a village as written."""
        key = (text, township)
        if key not in self._resolved:
            if len(self._resolved) > 50_000:
                self._resolved.clear()
            self._resolved[key] = self._resolve(text, township)
        return self._resolved[key]

    def _resolve(self, text, township):
        name = fold(text)
        within = self.township(township) if township else set()
        by_name, by_stem = self._index
        shorter = self._without_township(name)
        for table, key in ((by_name, name), (by_name, shorter), (by_stem, stem(name)), (by_stem, stem(shorter))):
            found = self._within(table.get(key, ()), within, bool(township))
            if len(found) == 1:
                village, mine = found[0]
                return village, mine, text == village.name or text in village.also
            if found:
                return None, False, False
        return None, False, False

    def _within(self, found, within, asked):
        """Candidates of the township asked for. One in scope is preferred where no township was given."""
        if within:
            return [f for f in found if f[0].township in within or not f[0].township]
        if not asked and len(found) > 1:
            return [f for f in found if f[1]] or found
        return list(found)

    def _without_township(self, name):
        for known in sorted(self._township_names, key=len, reverse=True):
            if len(known) > 1 and name.startswith(known) and len(name) > len(known) + 1:
                return name[len(known):]
            if len(known) > 1 and (at := name.find(known)) > 0 and name[:at].endswith(("县", "市", "区")) and len(name) > at + len(known) + 1:
                return name[at + len(known):]
        return name


def fold(text):
    """A place name as it is compared: NFKC, no blanks, no brackets."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and c not in "()[]" and unicodedata.category(c) != "Cf")


def stem(text):
    """Kind and stem of a village name: 大毛村民委员会, 大毛村委会, 大毛村 and 大毛 share 大毛."""
    return ENDINGS.sub("", fold(text)) or fold(text)


def township_stem(text):
    """马楠乡 and 马楠苗族彝族乡 share 马楠; 溪洛渡镇 and 溪洛渡街道 share 溪洛渡."""
    bare = re.sub(r"(?:人民政府|办事处|政府)$", "", fold(text))
    bare = re.sub(r"(?:街道|镇|乡)$", "", bare)
    return PEOPLES.sub("", bare) or bare
