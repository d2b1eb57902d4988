"""The monthly table as a numbered notice, frozen when a leader prints it: its numbers are kept under its number, a later change is a correction."""

from django.utils.translation import gettext_lazy as _

from wanjia.indicators.definitions import definition
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.models import Level
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.figures.tally import Tally
from wanjia.reporting.kinds import Bulletin
from wanjia.reporting.papers.sheets import day_words
from wanjia.verdict import first_refusal

from ..figures.population import WORKERS
from . import queries


def content(paper, _known_at, _until):
    """Work out what the notice says: the table of its area at the end of its month, as it is known now."""
    area, day = paper.area, paper.as_of
    told = queries.statement(area, day)
    table = queries.table(told, lambda *_figure, **_more: None)
    return {
        "day": day_words(day), "before": day_words(told["of"].before), "figures": _figures(area, day),
        "columns": [one["name"] for one in table["columns"]], "lines": [_line(row) for row in (table["whole"], *table["lines"])],
        "groups": [{name: row[name] for name in ("name", "n", "N", "percent", "before", "more")} for row in table["groups"]],
        "parts": [{"name": str(part["name"]), "part": part["part"]} for part in table["parts"]],
        "explained": [{"name": row["name"], "before": row["before"], "now": row["now"], "parts": [part["shown"] if part["n"] else "0" for part in row["parts"]]} for row in table["explained"]],
    }  # fmt: skip


def _figures(area, day):
    items = {id_: definition(id_) for id_ in queries.COUNTED}
    counted = Tally(counting.in_area(WORKERS, area.stem), day, day).total(items)
    return [counting.figure_row(item, counted, day) for item in items.values()]


def _line(row):
    n = [cell["n"] for cell in row["cells"]]
    more = ["—" if one is None else f"{one:+d}" for one in (row["month"], row["year"])]
    return {"name": f"{row['name']}(区划调整前)" if row.get("rest") else row["name"], "values": [n[0], n[1], row["percent"], *n[2:], *more]}


def ready(paper):
    """Tell whether its month can be counted while somebody waits."""
    return queries.ready(paper.area, paper.as_of)


def may(_actor, area, month, day):
    """Decide whether the month can be printed: it is over, and summed up."""
    end = queries.end_of_month(day) if month == f"{day:%Y%m}" else queries.day_of_month(month, day)
    over = end is not None and end < day
    return first_refusal(
        (over, _("本月还没有完,月报从下月1日起印发。")),
        (not over or (queries.ready(area, end) and queries.ready(area, queries.month_before(end))), _("这个月的数还在汇总,请过几分钟再印。")),
    )


BULLETIN = Bulletin(
    "labour_monthly", _("转移就业月报"), "转通", WORKERS, content=content, numbered="person_id", template="labour/papers/monthly.html",
    levels=(Level.CITY, Level.COUNTY, Level.TOWNSHIP), may=may, duty=OrgsDuty.APPROVE_EXPORT, ready=ready, hint=_("(月末以后)"),
)  # fmt: skip
