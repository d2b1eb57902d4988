"""A pytest plugin: which test passed, in how many seconds, and which guards refused in it. One line of JSON a test, in a folder.

Loaded by `-p tests.mutate.recording`; WANJIA_MUTATE_RECORD names the folder. Only a test in which a guard refused can feel that it is off.
"""

import json
import os

import pytest

from . import database, switch

FOLDER = os.environ.get("WANJIA_MUTATE_RECORD")
if FOLDER:
    switch.lay()

_failed, _seconds = set(), {}


def pytest_configure(config):
    if FOLDER:
        database.note_refusals()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    switch.State.told.clear()
    result = yield
    if FOLDER:
        line = {"test": item.nodeid, "passed": item.nodeid not in _failed, "seconds": _seconds.get(item.nodeid, 0),
                "told": sorted(switch.State.told)}  # fmt: skip
        with open(os.path.join(FOLDER, f"{os.environ.get('PYTEST_XDIST_WORKER', 'one')}.jsonl"), "a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return result


def pytest_runtest_logreport(report):
    if report.when == "call":
        _seconds[report.nodeid] = round(report.duration, 3)
    if report.failed or report.skipped:
        _failed.add(report.nodeid)
