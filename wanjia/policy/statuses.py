"""Schemes of dated statuses: which codes exist, under which version, on which days. Data: statuses.toml."""

import calendar
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("statuses.toml")


def months_after(day: date, months: int) -> date:
    """Return the day `months` calendar months after `day` (the month's last day when there is no such day: 民法典第二百零二条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Version:
    """One edition of a scheme, in force from `from_on` until before `to_on`."""

    name: str
    from_on: date
    to_on: date | None
    source: str
    review_months: int
    codes: dict[str, str] = field(hash=False)
    grades: dict[str, str] = field(hash=False, default_factory=dict)
    graded: tuple[str, ...] = ()

    def in_force(self, day: date) -> bool:
        """Tell whether records may be made under this version on `day`."""
        return self.from_on <= day and (self.to_on is None or day < self.to_on)

    def review_after(self, day: date) -> date | None:
        """Return the day by which a record made on `day` must be looked at again, or None."""
        return months_after(day, self.review_months) if self.review_months else None


@dataclass(frozen=True)
class Scheme:
    """A family of statuses. holder: "household" or "person"; priority: its holders come first in care and freshness."""

    code: str
    zh: str
    en: str
    holder: str
    priority: bool
    versions: tuple[Version, ...]
    free_codes: bool = False

    def version_on(self, day: date) -> Version | None:
        """Return the version in force on `day`, or None."""
        return next((version for version in self.versions if version.in_force(day)), None)

    def version_for(self, from_on: date | None, today: date) -> Version | None:
        """Return the version for a record that begins on `from_on` (None: not known since when), or None.

        What began before the first version (a death, a certificate) is recorded under today's.
        """
        if from_on is None or from_on < self.versions[0].from_on:
            return self.version_on(today)
        return self.version_on(from_on)

    def in_force(self, code: str, day: date) -> bool:
        """Tell whether the scheme knows `code` on `day`: 监测对象 is nobody's status after 2025, whatever its row says."""
        version = self.version_on(day)
        return version is not None and (self.free_codes or code in version.codes)

    def fault(self, code: str, grade: str, from_on: date | None, today: date) -> str | None:
        """Return why it may not be recorded: "no_version", "no_code", "grade_missing", "no_grade", or None."""
        version = self.version_for(from_on, today)
        if version is None:
            return "no_version"
        if code not in version.codes:
            return None if self.free_codes and code else "no_code"
        if code in version.graded and not grade:
            return "grade_missing"
        return "no_grade" if grade and (code not in version.graded or grade not in version.grades) else None

    def words(self, code: str, grade: str = "") -> str:
        """Return the Chinese words of a record: "智力 三级"; an unknown code stands for itself."""
        names = {k: v for edition in self.versions for k, v in edition.codes.items()}
        grades = {k: v for edition in self.versions for k, v in edition.grades.items()}
        return " ".join(filter(None, (names.get(code, code), grades.get(grade, grade))))


@cache
def schemes() -> dict[str, Scheme]:
    """Return every scheme by code, in the order of the file."""
    return {raw["code"]: _scheme(raw) for raw in tomllib.loads(FILE.read_text(encoding="utf-8"))["scheme"]}


def scheme(code: str) -> Scheme:
    """Return one scheme. Raises KeyError for an unknown one."""
    return schemes()[code]


def recordable(day: date, holder: str) -> list[tuple[Scheme, Version]]:
    """List (scheme, version) that records about a "person" or "household" may be made under on `day`."""
    found = ((one, one.version_on(day)) for one in schemes().values() if one.holder == holder and not one.free_codes)
    return [(one, version) for one, version in found if version]


def _scheme(raw: dict[str, Any]) -> Scheme:
    versions = tuple(
        Version(
            v["name"],
            v["from"],
            v.get("to"),
            v["source"],
            v["review_months"],
            v["codes"],
            v.get("grades", {}),
            tuple(v.get("graded", ())),
        )
        for v in raw["version"]
    )
    return Scheme(raw["code"], raw["zh"], raw["en"], raw["holder"], raw["priority"], versions, raw.get("free_codes", False))
