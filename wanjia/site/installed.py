"""Which of the house's apps stand in this installation, from the ground floor up. No Django here: the command line asks before there is any."""

import os

HOUSE = ("kernel", "orgs", "registry", "solving", "reporting", "casework", "labour", "care", "schools", "village", "office", "site")


def installed():
    """Return the names of the installed apps: all but those that WANJIA_WITHOUT (names with commas between) leaves out, and below the frame those
    that WANJIA_WITH adds: packages of their own, that need not lie in this one."""
    without = {one.strip() for one in os.environ.get("WANJIA_WITHOUT", "").split(",")}
    *below, frame = [f"wanjia.{app}" for app in HOUSE if app not in without]
    return [*below, *(one.strip() for one in os.environ.get("WANJIA_WITH", "").split(",") if one.strip()), frame]
