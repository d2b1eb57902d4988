"""Which of the house's apps stand in this installation, from the ground floor up. No Django here: the command line asks before there is any."""

import os

HOUSE = ("kernel", "orgs", "registry", "reporting", "casework", "office", "site")


def installed():
    """Return the names of the installed apps: all but those that WANJIA_WITHOUT (names with commas between) leaves out."""
    without = {one.strip() for one in os.environ.get("WANJIA_WITHOUT", "").split(",")}
    return [f"wanjia.{app}" for app in HOUSE if app not in without]
