"""What must be true of helpers, written a second time: one lead, parts that roll up, a part's day never after the need's own."""

from .account import Part


class Shares:
    """The pages of the book on sub-tasks and consultations; `line` and `days` are the book's."""

    def last_day_to_help(self, one, day):
        """The need's own day; where that has passed, the next working day."""
        return one.due_on if one.due_on >= day else self.days.after(day, 1)

    def ask_unit(self, one, at, by, *, pk, unit, due_on, calls, words):
        self._ask(one, at, by, pk, unit, due_on, calls=calls, words=words)

    def note_consultation(self, one, at, by, *, taken):
        """taken: [(sub-task, unit, day, words)] of what was taken on at the table."""
        self.line(one, "consult", at, by)
        one.consulted += 1
        for pk, unit, due_on, words in taken:
            self._ask(one, at, by, pk, unit, due_on, agreed=True, words=words)

    def take_help(self, one, at, by, *, part):
        part.state = "taken"
        self.line(one, "help_take", at, by)

    def agree_help(self, one, at, by, *, part):
        part.bound = True
        one.said_no = {(unit, words) for unit, words in one.said_no if unit != part.unit}
        self.line(one, "help_agree", at, by)

    def send_help_back(self, one, at, by, *, part):
        part.state, part.returns = "sent_back", part.returns + 1
        one.said_no.add((part.unit, part.words))
        self.line(one, "help_send_back", at, by)

    def report_help(self, one, at, by, *, part):
        part.state, part.late = "done", part.due_on < at.day
        self.line(one, "help_report", at, by)

    def give_help_again(self, one, at, by, *, part, unit, due_on):
        part.state, part.unit, part.asked_on, part.due_on, part.agreed, part.bound, part.urged_on = "asked", unit, at.day, due_on, False, False, None
        one.part.add(unit)
        self.line(one, "help_give_again", at, by)

    def call_help_off(self, one, at, by, *, part):
        part.state = "off"
        self.line(one, "help_call_off", at, by)

    def urge_help(self, one, at, by, *, part):
        part.urged_on = at.day
        self.line(one, "help_urge", at, by)

    def take_part_over(self, one, at, by, *, part, unit):
        """Another unit goes on with it, by the same day, in the same state."""
        part.unit = unit
        one.part.add(unit)
        self.line(one, "help_take_over", at, by)

    def _ask(self, one, at, by, pk, unit, due_on, *, act="help", **how):
        one.parts[pk] = Part(pk, unit, at.day, due_on, **how)
        one.part.add(unit)
        self.line(one, act, at, by)

    def _end_parts(self, one, at, by, unit=None):
        """The need ends, or this unit leads it now: its part is no part any more."""
        for part in one.still:
            if unit in (None, part.unit):
                self.end_part(one, at, by, part=part)

    def end_part(self, one, at, by, *, part):
        part.state = "off"
        self.line(one, "help_ended", at, by)

    def _forward(self, one, day):
        """A need's own day that comes earlier takes the days of its parts along; one that has passed moves none."""
        for part in one.still:
            if one.due_on >= day:
                part.due_on = min(part.due_on, one.due_on)
