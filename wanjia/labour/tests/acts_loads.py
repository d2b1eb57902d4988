"""How each act of the labour register is tried."""

from collections import Counter
from datetime import date

from wanjia.kernel.command import SystemActor
from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import Level, Line, Tier
from wanjia.orgs.roles import Role
from wanjia.registry.tests.factories import area, unit, worker

from ..loading import commands
from ..loading.building import Built

DAY = date(2026, 11, 2)
FILE = {"digest": "0" * 64, "size": 10, "name": "名册.csv", "as_of": DAY}
FACTS = {"rows": 0, "rows_ok": 0, "rows_refused": 0, "chunk_rows": 10, "findings": {}}


def begun(w):
    """A load of which nothing is judged yet."""
    return {"load_id": commands.begin_load(**FILE, by=w.analyst, at=MONDAY).pk}


def judged(w):
    """A load that is being written."""
    load = begun(w)
    commands.judge_load(**load, facts=FACTS, by=w.analyst, at=MONDAY)
    return load


def elsewhere(_w):
    """An analyst of another county."""
    county = area("530624000000", "大关县", Level.COUNTY)
    return worker("daguan-fenxi", "邹分析", unit("大关县人力资源和社会保障局", Tier.COUNTY, county, Line.LABOUR), Role.LABOUR_ANALYST)


SPOIL = {
    "装载名册要由有岗位的人来做,不能由系统代办。": Felt(by=lambda w: SystemActor(name="系统")),
    "您的岗位没有装载劳动力名册的权限。": Felt(by="clerk"),
}


def part(number=0):
    """A part without a row."""
    return Built(number, 2, 2, {}, {}, {"rows": 0}, (Counter(), Counter(), Counter()), "i1:0", [])


ACTS = {
    "labour.begin_load": Tried("analyst", lambda w: dict(FILE), {"size": 11}, spoil=SPOIL),
    "labour.judge_load": Tried("analyst", lambda w: begun(w) | {"facts": FACTS}, {"facts": FACTS | {"rows_refused": 1}}),
    "labour.load_chunk": Tried("analyst", lambda w: judged(w) | {"built": part()}, {"built": part(1)}, spoil=SPOIL | {
        "这份名册由别处的人开始装载,只有同一辖区的人可以接着装。": Felt(by=elsewhere)}),
    "labour.finish_load": Tried("analyst", lambda w: judged(w) | {"counts": {}}, {"counts": {"rows": 1}}),
}
