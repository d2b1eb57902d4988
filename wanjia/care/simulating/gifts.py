"""Things given to every pupil of a roll in the year: sizes, order, arrival, who got it, who left the school, and closed by somebody else."""

from dataclasses import dataclass, field

from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role

from ..models import Distribution as Row
from ..models import Gift, GiftStock

SIZES, RESERVE, WITNESS = ("33", "34", "35"), 5, "班主任"


@dataclass
class Distribution:
    """One distribution. roll: {child: [key of its row, size, state]}; stock: {size: [ordered, come]}."""

    pk: object
    opened_by: object
    state: str = "sizing"
    roll: dict = field(default_factory=dict)
    stock: dict = field(default_factory=dict)

    def there(self):
        """The rows of those who did not leave the school."""
        return [row for row in self.roll.values() if row[2] != "left_school"]

    def waiting(self):
        """The rows of those who have nothing yet."""
        return [row for row in self.roll.values() if row[2] == "on_list"]

    def left(self, size):
        """How many of a size can still be handed out."""
        return self.stock.get(size, [0, 0])[1] - sum(row[1] == size and row[2] == "gift_given" for row in self.roll.values())


class Gifts:
    """The distributions of one school, one after the other; its pupils come to it in the course of the year."""

    def __init__(self, care):
        self.care, self.all, self.village = care, [], care.villages[0]
        posts = Post.objects.filter(role=Role.SCHOOL_WORKER, to_on=None, organisation__area__code__startswith=self.village[:9]).select_related("organisation")
        post = posts.order_by("organisation__name").first()
        self.school = post and post.organisation

    def live(self, day):
        """A pupil more now and then; one act about what is given out."""
        if self.school is None:
            return
        dice = self.care.dice
        if len(self._pupils()) < 3 or dice.random() < 0.03:
            self._comes()
        one = self.all[-1] if self.all else None
        if one is None or one.state == "gifts_closed":
            if dice.random() < 0.2:
                self._open()
            return
        if dice.random() < 0.6:
            dice.choice((self._renew, self._leave, *([self._size, self._size, self._order] if one.state == "sizing" else [self._arrive, self._give, self._give, self._close])))(one)

    def night(self, day, *, swept):
        """Nothing waits for the night."""

    def _pupils(self):
        return [one for one in self.care.children.values() if one.school]

    def _teacher(self):
        posts = Post.objects.on(self.care.today).filter(role=Role.SCHOOL_WORKER, organisation=self.school, user__is_active=True)
        post = posts.select_related("user").order_by("user__username").first()
        return post and post.user

    def _do(self, act, one, by=None, **what):
        return self.care.do(act, self.village, by or self._teacher(), distribution_id=one.pk, **what)

    def _tempt(self, act, one, by=None, **what):
        self.care.tempt(act, self.village, by or self._teacher(), distribution_id=one.pk, **what)

    def _comes(self):
        """A child comes to the school: the register says so, and from then on its wishes wait with the school's."""
        from wanjia.registry.models import Person

        child = next((one for one in self.care.children.values() if not one.school and one.village[:9] == self.village[:9]), None)
        if child is None:
            return
        facts = {"school_name": self.school.name, "grade": self.care.dice.choice(("三年级", "四年级")), "schooling": "primary"}
        told = {"person_id": child.pk, "version": Person.objects.get(pk=child.pk).version}
        if self.care.do("update_person", child.village, Role.VILLAGE_WORKER, app="registry", **told, **facts):
            child.school = self.school.name

    def _open(self):
        by = self._teacher()
        told = {"school": self.school, "name": f"第 {len(self.all) + 1} 次发鞋", "thing": "运动鞋", "sizing": "shoes"}
        made = by and self.care.do("open_distribution", self.village, by, **told)
        if made:
            self.all.append(Distribution(made.pk, by.pk))
            self._take_on(self.all[-1])

    def _take_on(self, one):
        keys = dict(Gift.objects.filter(distribution=one.pk).values_list("child", "pk"))
        for child in self._pupils():
            one.roll.setdefault(child.pk, [keys.get(child.pk), "", "on_list"])

    def _renew(self, one):
        if self._do("renew_roll", one):
            self._take_on(one)

    def _leave(self, one):
        if one.waiting() and len(one.there()) > 2 and self.care.dice.random() < 0.1:
            row = self.care.dice.choice(one.waiting())
            if self.care.do("leave_roll", self.village, self._teacher(), gift_id=row[0], reason="转学"):
                row[2] = "left_school"

    def _size(self, one):
        rows = [row for row in one.waiting() if not row[1]]
        told = {str(row[0]): self.care.dice.choice(SIZES) for row in rows if self.care.dice.random() < 0.7}
        if self.care.dice.random() < 0.1:
            self._tempt("note_sizes", one, sizes={str(row[0]): "99" for row in rows[:1]} or {str(one.pk): "33"})
        elif told and self._do("note_sizes", one, sizes=told):
            for row in rows:
                row[1] = told.get(str(row[0]), "")

    def _order(self, one):
        if any(not row[1] for row in one.waiting()):
            self._tempt("order_things", one)
        elif self._do("order_things", one):
            one.state = "gifts_ordered"
            for size in {row[1] for row in one.there()}:
                n = sum(row[1] == size for row in one.there())
                one.stock[size] = [n + -(-n * RESERVE // 100), 0]

    def _arrive(self, one):
        """What came in all so far, of one size: rather too few than all at once; never fewer than were handed out."""
        size, dice = self.care.dice.choice(SIZES), self.care.dice
        given = sum(row[1] == size and row[2] == "gift_given" for row in one.roll.values())
        n = given + dice.choice((0, 1, 2, 5))
        if given and dice.random() < 0.2:
            self._tempt("note_stock", one, counts={size: given - 1})
        elif self._do("note_stock", one, counts={size: n}):
            one.stock.setdefault(size, [0, 0])[1], one.state = n, "handing_out"

    def _give(self, one):
        rows = one.waiting()
        if not rows:
            return
        row, size = self.care.dice.choice(rows), self.care.dice.choice(SIZES)
        size = row[1] or size
        if one.state != "handing_out" or one.left(size) < 1:
            self._tempt("hand_out", one, got={str(row[0]): size}, witness=WITNESS)
        elif self._do("hand_out", one, got={str(row[0]): size}, witness=WITNESS):
            row[1:] = size, "gift_given"

    def _close(self, one):
        dice, teacher = self.care.dice.random(), self._teacher()
        by = self.care.hand(Role.TOWNSHIP_WORKER, self.village) if dice < 0.7 else teacher
        if by is None:
            return
        if one.state != "handing_out" or one.waiting() or by.pk == one.opened_by:
            self._tempt("close_distribution", one, by, rest="没有")
        elif self._do("close_distribution", one, by, rest="没有"):
            one.state = "gifts_closed"

    def judge(self, day, *, whole):
        """Hold the roll and the stock of what is given out against the book; on whole evenings all of them, and the figures."""
        asked = self.all if whole else self.all[-1:]
        states = dict(Row.objects.filter(pk__in=[one.pk for one in asked]).values_list("pk", "state"))
        self.care.same("发放和应有的不一样 / distributions differ", states, {one.pk: one.state for one in asked})
        for one in asked:
            there = {child: list(row) for child, *row in Gift.objects.filter(distribution=one.pk).values_list("child", "pk", "size", "state")}
            self.care.same("发放名册和应有的不一样 / a roll of gifts differs", there, one.roll)
            stock = {size: list(row) for size, *row in GiftStock.objects.filter(distribution=one.pk).values_list("size", "ordered", "arrived")}
            self.care.same("订货、到货和应有的不一样 / what was ordered and came differs", stock, one.stock)
        if whole:
            rows = [row for one in self.all for row in one.there()]
            served = sum(row[2] == "gift_given" for row in rows)
            self.care.figures(Gift.objects.filter(distribution__in=[one.pk for one in self.all]), {"gifts.roll": len(rows), "gifts.served": (served, len(rows))})
