"""The form of assignment: a unit's own button sends it."""

from wanjia.doors.asking import ActForm


class AssignForm(ActForm):
    """What the act asks, the unit by the button that was pressed ("to"): helpers, date and words go with it."""

    def __init__(self, data=None, *args, **kwargs):
        if data is not None and data.get("to"):
            data = data.copy()
            data["holder"] = data["to"]
        super().__init__(data, *args, **kwargs)
