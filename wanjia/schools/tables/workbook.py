"""The tables of a month as lines of a workbook: one under the other, numbers as they are shown."""


def header_of(told):
    """Return the head of the first table."""
    return _head(told[0])


def lines_of(told):
    """Yield the lines of all tables, each further one under its own head."""
    for n, one in enumerate(told):
        if n:
            yield []
            yield _head(one)
        for line in one["lines"]:
            yield [_name(line), *(cell["shown"] if cell["n"] is None or "." in cell["shown"] else cell["n"] for cell in line["cells"])]


def _head(one):
    return [f"{one['table'].number} {one['table'].words}", *one["head"]]


def _name(line):
    return f"{line['name']}(区划调整前)" if line["rest"] else line["name"]
