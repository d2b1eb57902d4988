"""Rows of the office's ledger become needs with their history: replayed in memory (replay.py), then written at once.

States never skip, and any past day can be counted: the needs are written along the table of moves.
"""

from collections import defaultdict

from django.utils.translation import gettext as _

from wanjia.kernel.command import command
from wanjia.orgs.scope import covers
from wanjia.registry import bulk
from wanjia.registry.duties import Duty
from wanjia.verdict import Refused

from ..commands import line_digest
from ..intake.commands import series_of, take_numbers
from ..models import Holding, Need, Step, Support
from .replay import Asked, Replay


@command("casework.take_ledger_row")
def take_ledger_row(*, village, values, source_file, source_row, by, at):
    """Make one need of a ledger row (台账补录). Taking the same row of the same file again returns the need it made.

    village: Area; values: {column: text or date} as the importer judged them; source_file: SHA-256 of the file.
    """
    known = Need.objects.filter(source_file=source_file, source_row=source_row).first()
    return known or take_rows([(village, values, source_row)], source_file=source_file, by=by, at=at)[0]


def take_rows(rows, *, source_file, by, at):
    """Make needs of rows that are none yet: [(village, values, row number)]. Runs in the transaction of its command.

    All that is asked is asked before the first lock: others wait for the writing alone.
    """
    if not all(covers(by, village.code, duty=Duty.IMPORT) for village, _values, _number in rows):
        raise Refused(_("您的岗位没有批量导入的权限。"))
    asked = Asked(by, at)
    for village, _values, _number in rows:
        asked.can_record(by, village).or_raise()
    needs = [Replay(village, values, asked).need(source_file, number) for village, values, number in rows]
    _keep(needs)
    return needs


def _keep(needs):
    """Write drafted needs: numbers, needs, their holders, lines and helpers."""
    _number(needs)
    _insert(needs)
    bulk.insert(Holding, [one for need in needs for one in need.draft.holdings])
    bulk.insert(Step, [step for need in needs for step, _entry in need.draft.lines])
    bulk.insert(Support, [one for need in needs for one in need.draft.supports])
    for need in needs:
        need.draft = None


def _number(needs):
    """Give the numbers in the order of the rows and put them where the first lines bear them.

    A series is locked from here to the end of the transaction, and whoever records a need waits for it: it comes last.
    """
    series = defaultdict(list)
    for need in needs:
        series[series_of(need.village, need.recorded_at)].append(need)
    for prefix in sorted(series):  # two imports lock in one order
        for need, number in zip(series[prefix], take_numbers(prefix, len(series[prefix])), strict=True):
            step, entry = need.draft.lines[0]
            need.number = step.changed["number"] = entry.detail["number"] = number
            entry.detail["line"] = line_digest(step)


def _insert(needs):
    """Insert needs where they began and move them along the table, all that go the same way together: states never skip."""
    ends, turns = [need.state for need in needs], defaultdict(list)
    for need in needs:
        need.state, *onwards = need.draft.path
        for turn, state in enumerate(onwards):
            turns[turn, str(state)].append(need.pk)
    bulk.insert(Need, needs)
    for (_turn, state), ids in sorted(turns.items(), key=lambda one: one[0][0]):
        Need.objects.filter(pk__in=ids).update(state=state)
    for need, state in zip(needs, ends, strict=True):
        need.state = state
