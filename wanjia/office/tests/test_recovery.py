"""The recovery sheet: two halves bring a ring back, one gives nothing away, and a foreign one is not put in place."""

import json
import os

import pytest

from wanjia.kernel.tests.conftest import ring, tables  # noqa: F401, the fixtures of the kernel's small world
from wanjia.kernel.tests.test_proof import other_ring, small_world  # noqa: F401
from wanjia.office.keeping import commands as recovery
from wanjia.sealing import keys
from wanjia.verdict import Refused

# ruff: noqa: F811


def test_two_halves_bring_the_ring_back(tables, ring, settings):
    tables.Parcel.objects.create(phone="13800000001")
    first, second = recovery.split()
    os.unlink(settings.WANJIA_KEYRING)

    recovery.restore([second.lower(), first])

    assert tables.Parcel.objects.get().phone == "13800000001"
    assert os.stat(settings.WANJIA_KEYRING).st_mode & 0o777 == 0o600


def test_neither_half_gives_anything_away(ring):
    secret = keys.ring()["keys"]["k1"]["secret"].encode()
    first, second = (recovery.read(half)[2] for half in recovery.split())

    assert secret not in first + second
    assert b"secret" not in first + second


@pytest.mark.parametrize("line", [1, 3])
def test_a_slip_of_the_typist_is_named_by_its_line(ring, line):
    first, second = recovery.split()
    lines = first.split("\n")
    lines[line] = lines[line][:3] + ("A" if lines[line][3] != "A" else "B") + lines[line][4:]

    with pytest.raises(Refused, match=f"甲半第 {line} 行"):
        recovery.restore(["\n".join(lines), second])


def test_halves_of_two_printings_or_one_half_alone_are_refused(ring):
    (first, _), (_, second) = recovery.split(), recovery.split()
    keys.add_key("current", "AES-GCM")
    other = recovery.split()[1]

    with pytest.raises(Refused, match="同一次"):
        recovery.restore([first, second])
    with pytest.raises(Refused, match="同一次"):
        recovery.restore([first, other])
    with pytest.raises(Refused, match="两半"):
        recovery.restore([first])


def test_a_sheet_of_another_office_is_not_put_in_place(tables, ring, settings):
    tables.Parcel.objects.create(phone="13800000001")
    mine = json.loads(json.dumps(keys.ring()))
    other_ring()
    foreign = recovery.split()
    keys.save(mine)

    with pytest.raises(keys.RingFault):
        recovery.restore(foreign)
    assert keys.ring() == mine
