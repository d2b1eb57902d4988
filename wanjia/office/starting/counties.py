"""Which counties the house knows: asked before any setting stands, so nothing here needs the database."""

import csv
from pathlib import Path

from wanjia import orgs

LISTS = Path(orgs.__file__).parent / "areas"


def counties():
    """List (code, name) of the counties whose villages the house knows."""
    with (LISTS / "zhaotong_counties.csv").open(encoding="utf-8") as file:
        return [(row["code12"][:6], row["name"]) for row in csv.DictReader(file) if row["code12"][4:6] != "00"]


def code_of(said):
    """Return the code of the county that was named by code, by name, or by its name without 县 (绥江), or None."""
    said = said.strip()
    known = counties()
    found = [code for code, name in known if said in (code, name)] or [code for code, _name in known if said[:6] == code]
    found = found or [code for code, name in known if len(said) > 1 and name.startswith(said)]
    return found[0] if len(found) == 1 else None


def is_known(said):
    """Tell whether an answer names a county of the house or a file with a list of areas."""
    return code_of(said) is not None or (bool(said) and Path(said).is_file())


def names():
    """Return the counties in one line: 昭阳区(530602)、鲁甸县(530621)…"""
    return "、".join(f"{name}({code})" for code, name in counties())
