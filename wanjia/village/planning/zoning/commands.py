"""The acts of a plan's sketch: the village's own drawing put under the zones, and a zone drawn on it."""

import base64
import re
from typing import Annotated

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from wanjia.doors.pictures import received
from wanjia.kernel.acts import Asked, act
from wanjia.verdict import Refused

from ...models import PlanSketch, PlanZone
from ...plan_states import ZoneKind
from .. import queries, rules
from ..commands import KEEPS, NO_ASPECT, WRITES, noted
from ..subjects import PLANS

LONGEST = 1200  # pixels: legible on a wall, and light enough for a bad signal
MOST = 40  # points of a zone
LEAST = {ZoneKind.CORRIDOR: 2, ZoneKind.AREA: 3}
TYPED = re.compile(r"[\d\s,,;;、]*")


Drawing = Annotated[File | None, Asked(_("村里手绘图的照片、扫描件"), _("没有手绘图的不选,用一张方格纸。拍摄地点、时间、机型会去掉。"), attrs={"accept": "image/jpeg,image/png"})]
NobodyOnIt = Annotated[bool, Asked(_("图上没有人名、电话"))]


@act(PLANS, "sketch_put", at="sketch", words=_("放上手绘图"), done=_("已放好,接着在图上画分区。"), **KEEPS, may=rules.can_draft, rank=32, call=None, because="a drawing is photographed by a person in the village", **WRITES)
def put_sketch(village_plan, *, by, at, file: Drawing = None, nobody: NobodyOnIt = False):
    """Put the village's own drawing under the zones of a draft (手绘图), bare of what the camera wrote into it; without one, a squared sheet."""
    sketched(village_plan, file, nobody, by=by, at=at)
    return noted(village_plan, by=by, at=at)


def sketched(plan, file, nobody, *, by, at):
    """Put a drawing, or a squared sheet, under the zones of a version within an act. Raises Refused."""
    body, (width, height) = _read(file, nobody) if file else ("", (0, 0))
    PlanSketch.objects.update_or_create(plan=plan, defaults={"body": body, "width": width, "height": height, "behind": False, "put_at": at, "put_by_id": by.id})


def _read(file, nobody):
    """Return (base64 of a bare JPEG, its size). Raises Refused."""
    if not nobody:
        raise Refused(_("看清楚图上没有人名、电话再传:图要公开,有的先遮住。"))
    body, *size = received(file, LONGEST)
    return base64.b64encode(body).decode(), size


@act(PLANS, "zone_draw", at="zones/draw", words=_("在图上画分区"), done=_("已画好。"), **KEEPS, may=rules.can_draw, button=False, **WRITES)
def draw_zone(
    village_plan, *, by, at,
    zone: Annotated[PlanZone, Asked(_("分区"), among=queries.zones, named=queries.zones_ever, within=NO_ASPECT, select=True)],
    points: Annotated[str, Asked(_("图上的点"), _("一个点写“横,纵”,0 到 1000,点和点空一格;空着就是擦掉重画。"), rows=2, most=400)] = "",
):  # fmt: skip
    """Draw a zone on the sketch of a draft (画分区): the corners of an area, the turns of a corridor; nothing wipes it."""
    PlanZone.objects.filter(pk=zone.pk).update(points=points_of(points, zone.kind))
    return noted(village_plan, by=by, at=at)


def points_of(text, kind):
    """Return [[x, y]] of what was typed or tapped, as many as a zone of a kind takes. Raises Refused."""
    found = _points(text)
    if found and not LEAST[kind] <= len(found) <= MOST:
        raise Refused(_("廊至少两个点,区至少三个点,最多 %(n)s 个点。") % {"n": MOST})
    return found


def _points(text):
    numbers = [int(one) for one in re.findall(r"\d+", text)] if TYPED.fullmatch(text) else [-1]
    if len(numbers) % 2 or any(not 0 <= one <= queries.EDGE for one in numbers):
        raise Refused(_("点写成“120,300 400,320”这样,每个数 0 到 1000。"))
    return [list(pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)]
