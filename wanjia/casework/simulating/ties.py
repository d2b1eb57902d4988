"""What must be true of matters and of what is looked at again, written a second time: a tie moves no date, a closing that fell apart stays counted."""

from datetime import timedelta

LOOK_DAYS, COMPLAINT_DAYS, REOPEN_DAYS = 5, 90, 30  # working days to look again; days in which a word counts against a closing; in which it reopens
KINDS = {"same": ("matter", "group", "ungroup"), "related": ("related", "relate", "unrelate")}


class Ties:
    """The pages of the book on matters and rechecks; `line` and `days` are the book's."""

    def tie(self, one, at, by, *, matter, kind):
        """Put a need into a matter: its number, owner and dates stay."""
        column, act, _out = KINDS[kind]
        setattr(one, column, matter)
        self.line(one, act, at, by)

    def untie(self, one, at, by, *, kind):
        column, _in, act = KINDS[kind]
        setattr(one, column, None)
        self.line(one, act, at, by)

    def say_again(self, one, at, by, *, earlier, same):
        """A home's new need is the struck-off one that was not settled, or is not."""
        self.line(one, "say_again", at, by)
        one.again = "yes" if same else "no"
        if same:
            one.follows = earlier.pk
            self.against(earlier, at, by, act="contradicted")

    def against(self, one, at, by, *, act):
        """A word that moves nothing stands against the closing."""
        self.line(one, act, at, by)
        one.contradicted_on = one.contradicted_on or at.day
        self.put_on_list(one, at.day)

    def recheck_need(self, one, at, by, *, agrees, reached=True):
        if not reached:
            self.line(one, "recheck_missed", at, by)
            return
        struck_off = one.state == "closed"
        self.line(one, "recheck" if agrees else "dispute", at, by)
        if agrees:
            one.rechecked, one.look_by = True, None
            return
        one.confirmed = one.confirmed_by = ""
        if struck_off:
            one.slip_word, one.ended_at, one.given_by = "", None, by.unit  # the day for sending back is not counted anew
        self._back_to_unit(one, at)

    def put_on_list(self, one, day):
        """Whoever stands above looks within some working days; what stands there already keeps its day."""
        one.look_by, one.drawn = one.look_by or self.days.after(day, LOOK_DAYS), True

    def overturned(self, one, act, day):
        """A move takes back what was called back or struck off: that stays said, and nothing is left to look at."""
        if act in ("dispute", "reopen", "resume"):
            if act != "resume" and one.state in ("verified", "closed"):
                one.contradicted_on = one.contradicted_on or day
            one.look_by = None

    def comes_late(self, one, moment):
        """Tell whether the slip's "not solved" comes after the days of reopening and still counts."""
        return one.state == "closed" and REOPEN_DAYS <= (moment - one.ended_at).days < COMPLAINT_DAYS

    def earlier(self, one, others):
        """Return those of a home's needs that were struck off within the days before this one was voiced, of the same kind."""
        said = one.lines[0].at
        since = said - timedelta(days=COMPLAINT_DAYS)
        return [old for old in others if old is not one and old.state == "closed" and old.category == one.category and since <= old.ended_at <= said]
