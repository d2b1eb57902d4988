"""What a refused swap leaves as it was, and what a new spelling leaves of older blocks."""

from types import SimpleNamespace

import pytest

from wanjia.kernel.models import Head
from wanjia.office.backing import commands, reading, rules
from wanjia.office.erasing import commands as erasing
from wanjia.office.erasing import queries as ordered
from wanjia.office.retention import commands as retention
from wanjia.verdict import Refused


def test_a_restore_that_may_not_swap_takes_nothing_over(tmp_path, monkeypatch):
    """A program still uses the database: neither the orders beside the backup nor its attachments are put in place."""
    done = []

    def refuse():
        raise Refused("还有程序在用数据库")

    place = SimpleNamespace(alias="x", ready=refuse, swap=lambda: done.append("swap"))

    class Beside:
        __enter__ = staticmethod(lambda: place)
        __exit__ = staticmethod(lambda *_fault: False)

    monkeypatch.setattr(commands.queries, "verify", lambda path: {"files": {}})
    monkeypatch.setattr(commands.queries, "allow_restore", lambda manifest, **more: None)
    monkeypatch.setattr(commands.places, "beside", lambda alias: Beside())
    monkeypatch.setattr(commands, "load", lambda *given, **more: None)
    monkeypatch.setattr(commands.examining, "refuse_faults", lambda alias: None)
    monkeypatch.setattr(ordered, "with_those_of", lambda folder: ["order"])
    monkeypatch.setattr(erasing, "replay", lambda alias, orders: done.append(f"replay {orders}"))
    monkeypatch.setattr(retention, "replay", lambda alias, orders: done.append(f"dispose {orders}"))
    monkeypatch.setattr(commands, "come_back", lambda alias: done.append("come back"))
    monkeypatch.setattr(erasing, "take_back", lambda folder: done.append("take_back"))
    monkeypatch.setattr(commands, "_put_files", lambda path, manifest: done.append("files"))
    with pytest.raises(Refused):
        commands.restore(tmp_path / "one.backup")
    assert done == (again := ["replay ['order']", "dispose ['order']", "come back"])  # in the copy, which is thrown away
    place.ready = lambda: None  # the negative control
    commands.restore(tmp_path / "one.backup")
    assert done[3:] == [*again, "take_back", "files", "swap"]


@pytest.mark.parametrize("name", ["SPELLING", "FORMAT"])
def test_a_block_of_another_spelling_is_not_taken_for_ours(races, monkeypatch, name):
    """A new version spells a moment otherwise: the block's values are the same, its lines are not."""
    Head.objects.update_or_create(pk=1, defaults={"seq": 0, "digest": "0" * 64})

    def marks():
        with reading.snapshot() as view:
            return [mark for mark, _lines in view.blocks(Head)]

    before = marks()
    assert before == marks() != []  # the negative control: with the same number the same block
    monkeypatch.setattr(rules, name, getattr(rules, name) + 1)
    assert marks() != before
