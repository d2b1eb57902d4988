"""What a spreadsheet of care leads to once it is written: the list in which its rows stand now."""

from wanjia.doors.kinds import Beside

WRITTEN = {
    "pairs": "care:pairs", "helpers": "care:helpers", "class_roll": "care:classes", "diners": "care:canteens", "wishes": "care:wishes", "events": "care:events",
}  # fmt: skip


def written(_request, upload):
    """Return the address's name of the list that an upload's rows stand in, or None for a workbook of others."""
    return {"place": WRITTEN[upload.template]} if upload.template in WRITTEN else None


BESIDE = [Beside("upload_done", "care/beside/upload.html", written)]
