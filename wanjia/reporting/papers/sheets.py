"""What stands on a paper about one row: what `reporting/papers/paper.html` draws. Papers are Chinese whatever the screen's language."""

from dataclasses import dataclass, field

from wanjia.kernel.calendar import today

BY_HAND = "空白各栏由承办人手填;手填以后请把结果登记到系统里,不必重复报送。"


@dataclass
class Sheet:
    """One paper. rows: lists of (label, value), one or two to a line; an empty value is room to write.

    table: (headings, rows); seals: [(words, unit, day)]; letterhead: the red name on a letter.
    """

    title: str
    number: str
    to: str = ""
    says: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    table: tuple = ()
    seals: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    letterhead: str = ""
    by_hand: bool = False


def sheet_of(family, paper, actor, at):
    """Return the Sheet of a printed paper for the actor who reads it."""
    sheet = family.write(paper, family.whole(paper.subject_id), actor, at)
    sheet.number, sheet.by_hand = paper.number, family.kind(paper.kind).by_hand
    if sheet.by_hand:
        sheet.notes.append(BY_HAND)
    return sheet


def day_words(day):
    """Spell a day as papers do: 2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def moment_words(at):
    """Spell a moment's Chinese day."""
    return day_words(today(at)) if at else ""
