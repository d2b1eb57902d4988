"""Who sits in the bodies of the year, since when and until when."""

from datetime import timedelta

from ..models import BodySeat

SEATS = {"council": (0, 7), "representatives": (2, 8), "supervision": (8, 3)}  # kind: the first home whose head sits there, how many
NAMES = {"council": "村民协商议事会", "representatives": "村民代表会议", "collective": "集体经济组织成员大会", "supervision": "村务监督委员会"}


class Seats:
    """bodies: {kind: row}; seats: {key: [kind, home, since, gone]}."""

    def __init__(self, village):
        self.village, self.bodies, self.seats, self.moves = village, {}, {}, village.dice_of("seats")
        day = village.today
        for kind, name in NAMES.items():
            made = village.do("found_body", area=village.village, kind=kind, name=f"{village.village.short_name}{name}", from_on=day, aliases="", term_until=day + timedelta(days=1800))
            if made:
                self.bodies[kind] = made
                self._seats(kind, made, day)

    def _seats(self, kind, body, day):
        first, n = SEATS.get(kind, (0, 0))
        for turn, home in enumerate(self.village.homes[first : first + n]):
            self._seated(kind, home, "member" if turn else "head", day)
        if n:
            self.village.tempt("take_seat", governing_body_id=body.pk, name=self.village.homes[first].head, office="member", from_on=day)

    def _seated(self, kind, home, office, day):
        if self.village.do("take_seat", governing_body_id=self.bodies[kind].pk, name=home.head, office=office, from_on=day, basis="小组推选"):
            new = BodySeat.objects.filter(body=self.bodies[kind].pk).exclude(pk__in=self.seats).get().pk
            self.seats[new] = [kind, home, day, None]

    def due(self, kind, day):
        """How many could come on a day, as it was known on it."""
        return sum(1 for one in self.seats.values() if one[0] == kind and one[2] <= day and (one[3] is None or one[3] > day))

    def change(self, day):
        """Somebody leaves the council, somebody else takes a seat there; who left may come back."""
        sits = {one[1].pk: pk for pk, one in self.seats.items() if one[0] == "council" and one[3] is None}
        home = self.moves.choice(self.village.homes[1:])
        if home.pk not in sits and len(sits) < 9:
            self._seated("council", home, "member", day)
        elif home.pk in sits and len(sits) > 5 and self.village.do("end_seat", body_seat_id=sits[home.pk], to_on=day, reason="外出务工"):
            self.seats[sits[home.pk]][3] = day
            self.village.tempt("end_seat", body_seat_id=sits[home.pk], to_on=day, reason="外出务工")
