"""Every act has a door for programs, or a reason why not: what a person does on a page is an address of the API or stands here."""

import ast
from pathlib import Path

from django.urls import get_resolver

from wanjia.kernel.acts import ACTS
from wanjia.kernel.command import COMMANDS

from . import worlds

# Why no program does it: {reason: acts}.
NOT_IN_THE_API = {
    "nobody's own act: the system's clock, the importer or the page that meets it does it": (
        "casework.count_slip_miss", "labour.count_work_slip_miss", "care.count_wish_miss", "schools.count_bus_slip_miss", "casework.take_ledger_row", "registry.apply_chunk", "registry.ask_sheet",
        "registry.finish_upload", "registry.keep_rows", "registry.reject_upload", "registry.stage_rows", "registry.look_up_number",
    ),
    "a file of millions of rows lies at the machine, and goes in by `wanjia labour load`": (
        "labour.begin_load", "labour.finish_load", "labour.judge_load", "labour.load_chunk", "labour.judge_roll", "labour.finish_roll",
    ),
    "the household's own word: only the slip's page, signed out, takes it": ("casework.answer_by_slip", "casework.voice_from_away"),
    "the labourer's own word: only his slip's page, signed out, takes it": ("labour.answer_by_slip", "labour.ask_by_slip", "labour.voice_by_slip"),
    "a donor's own word: only the public page, signed out, takes it": ("care.claim_wish", "care.give_up_by_slip"),
    "a home's own vote: only the public pages, signed out and without a cookie, take it": ("village.take_token", "village.cast_ballot"),
    "a villager's own word: only the public page and his slip, signed out, take it": ("village.bring_proposal", "village.ask_again", "village.object_from_page"),
    "the owner of the machine does it, at the machine": (
        "office.bring_people", "office.erase_person", "office.open_account", "office.open_office", "office.prune", "office.reset_sign_in",
    ),
    "the installer's: what is published comes with the product": ("orgs.load_published_workdays",),
    "how the ledger looks to one person: its page alone shows it": ("casework.keep_ledger_view",),
    "the calendar moves it": ("casework.retime_need", "registry.recount_aid"),
    "the clock climbs by dated rules, and nobody else": (
        "casework.climb", "casework.write_digests", "orgs.watch_handovers", "office.carry_disposal", "registry.climb_aid", "registry.follow_cuts",
        "labour.climb_board_tasks", "labour.close_over", "labour.follow_day", "care.dispose_photo", "care.miss_late", "care.note_unopened", "care.watch_entitled",
        "care.keep_rhythms", "care.watch_claims", "reporting.publish_counts", "schools.look_round", "schools.raise_rounds", "schools.climb_hazard",
        "schools.look_for_lessons", "schools.look_for_lines", "village.book_points", "village.forget_addresses", "village.end_lists",
    ),
    "the clock and the lot put needs on the list of rechecks, and nobody else": ("casework.look_for_patterns", "casework.draw_least"),
    "the anchor is a paper that an auditor takes away": ("orgs.anchor_journal",),
}  # fmt: skip


def by_program():
    """Return the commands that have a call: declared, or made by hand in some room of the API."""
    rooms = [file.read_text(encoding="utf-8") for file in (Path(worlds.HOUSE) / "wanjia").rglob("api.py")]
    called = set().union(*map(called_in, rooms))
    made = {name for name in COMMANDS if name.split(".")[1] in called}
    return made | {name for name, act in ACTS.items() if act.call is not None}


def called_in(room):
    """Return the names that a room's functions use: what stands in a comment, a sentence or an import opens no door."""
    functions = [node for node in ast.walk(ast.parse(room)) if isinstance(node, ast.FunctionDef)]
    used = [part for function in functions for line in function.body for part in ast.walk(line)]
    return {part.id for part in used if isinstance(part, ast.Name)} | {part.attr for part in used if isinstance(part, ast.Attribute)}


def gaps(doors, reasons):
    """Return (acts with neither door nor reason, acts with both, reasons for what is no act)."""
    given = {name for names in reasons.values() for name in names} | {name for name, act in ACTS.items() if act.call is None and name not in doors}
    return set(COMMANDS) - doors - given, doors & given, given - set(COMMANDS)


def test_every_act_is_in_the_api_or_has_a_reason_why_not():
    assert gaps(by_program(), NOT_IN_THE_API) == (set(), set(), set())


def test_what_is_not_declared_says_why_here():
    """The clock, the importer, the installer, the household's slip, the anchor: no other act is made by hand."""
    given = {name for names in NOT_IN_THE_API.values() for name in names}
    assert set(COMMANDS) - set(ACTS) == given


def test_a_need_goes_its_whole_way_by_the_api():
    way = ("record", "admit", "triage", "assign", "accept", "call_back", "close", "recheck", "reopen")
    assert {name for name in way if not any(one.split(".")[1].startswith(name) for one in by_program())} == set()


def test_a_name_alone_is_no_door():
    """Negative control: imported, written about, and called; the last alone opens."""
    room = 'from .commands import add_note, close_need, open_words\n\ndef f(request):\n    """Like close_need."""\n    run(request, commands.recheck_need, open_words)  # add_note'
    assert called_in(room) & {"add_note", "close_need", "open_words", "recheck_need"} == {"open_words", "recheck_need"}


def test_an_act_without_a_door_is_seen():
    """Negative control."""
    without, _both, _none = gaps(by_program() - {"casework.add_note"}, NOT_IN_THE_API)
    assert without == {"casework.add_note"}


def named(patterns, rooms=()):
    """Yield (full name, address) of every named address below `patterns`."""
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from named(one.url_patterns, (*rooms, *filter(None, [one.namespace])))
        elif one.name:
            yield ":".join((*rooms, one.name)), str(one.pattern)


def test_no_two_addresses_bear_one_name():
    """A button asks for its address by name: of two it gets the other's, which does not know the row. 再并进几件 led to a session."""
    found = {}
    for name, address in named(get_resolver().url_patterns):
        found.setdefault(name, set()).add(address)
    assert {name: addresses for name, addresses in found.items() if len(addresses) > 1} == {}
