"""How the acts on files that are sent are tried."""

import io

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried

from ..loading.tests.sheets import DAY
from ..models import Roll
from ..rolls import commands
from .acts_loads import SPOIL, elsewhere

BODY = b"a,b\r\n1,2\r\n"
TOLD = {"rows": 9, "rows_ok": 7, "rows_refused": 2, "findings": {"id.missing": 2}}
REPORT = "原行号,问题,姓名\r\n3,没有身份证号。,张三\r\n5,没有身份证号。,李四\r\n".encode("utf-8-sig")
OURS = {"这份名册不是您的单位上传的。": Felt(by=elsewhere)} | SPOIL


def sent(w, body=BODY):
    """A file that was sent, and no process started for it."""
    return commands.send_roll(name="名册.csv", body=body, as_of=DAY, by=w.analyst, at=MONDAY)


def taken(w):
    """A file at which a process is at work: what a command of that process names."""
    roll = commands.take(sent(w))
    return {"roll_id": roll.pk, "run": roll.run}


def judged(w):
    """A file of which two rows are refused."""
    what = taken(w)
    commands.judge_roll(**what, told=TOLD, report=io.BytesIO(REPORT), by=w.analyst, at=MONDAY)
    return {"roll_id": what["roll_id"]}


def confirmed(w):
    """A file whose good rows are being written."""
    roll = commands.take(commands.confirm_roll(**judged(w), by=w.analyst, at=MONDAY))
    return {"roll_id": roll.pk, "run": roll.run}


def without_rows(w, what):
    Roll.objects.filter(pk=what["roll_id"]).update(rows_ok=0)


def confirm(w, what):
    commands.confirm_roll(**what, by=w.analyst, at=MONDAY)


def stop(w, what):
    commands.stop_roll(**what, by=w.analyst, at=MONDAY)


def without_report(w, what):
    Roll.objects.get(pk=what["roll_id"]).parts.filter(kind="report").delete()


ACTS = {
    "labour.send_roll": Tried("analyst", lambda w: {"name": "名册.csv", "body": BODY, "as_of": DAY}, {"name": "名册2.csv"}, spoil=SPOIL | {
        "截至日期不能晚于今天。": Felt(what={"as_of": MONDAY.date().replace(year=2030)})}),
    "labour.judge_roll": Tried("analyst", lambda w: taken(w) | {"told": TOLD, "report": io.BytesIO(REPORT)}, {"told": TOLD | {"rows": 10}}),
    "labour.finish_roll": Tried("analyst", lambda w: confirmed(w) | {"told": {"load": "", "counts": {}}}, {"told": {"load": "", "counts": {"people": 1}}}),
    "labour.confirm_roll": Tried("analyst", judged, {}, spoil=OURS | {
        "核对完了才能确认,确认过的不用再点。": Felt(before=confirm), "这份名册里没有可以装载的行,请改好再上传。": Felt(before=without_rows)}),
    "labour.stop_roll": Tried("analyst", judged, {}, spoil=OURS | {"这份名册已经处理完了。": Felt(before=stop)}),
    "labour.take_report": Tried("analyst", judged, {}, spoil=OURS | {"退回的行只留 14 天,或者没有退回的行。": Felt(before=without_report)}),
}
