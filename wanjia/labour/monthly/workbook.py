"""The monthly table as lines of a workbook."""

from . import changes

HEADER = ("区划", "农村劳动力", "转移就业", "转移就业率", "县内", "县外市内", "市外省内", "省外", "境外", "有组织输出", "点对点输送", "比上月末", "比上年同月末")


def lines_of(table):
    """Yield the lines: the area, those below it, its populations, its changes explained."""
    for row in (table["whole"], *table["lines"]):
        n = [cell["n"] for cell in row["cells"]]
        yield [row["name"], n[0], n[1], row["percent"], *n[2:], _shown(row["month"]), _shown(row["year"])]
    yield []
    yield ["人群", "劳动力", "转移就业", "转移就业率", "上月末转移就业", "比上月末"]
    for row in table["groups"]:
        yield [row["name"], row["N"], row["n"], row["percent"], row["before"], row["more"]]
    yield []
    yield ["变化由来(人)", "上月末", *(str(changes.PARTS[part["part"]][0]) for part in table["explained"][0]["parts"]), "本期末"]
    for row in table["explained"]:
        yield [row["name"], row["before"], *(part["n"] * changes.PARTS[part["part"]][1] for part in row["parts"]), row["now"]]


def _shown(n):
    return "" if n is None else n
