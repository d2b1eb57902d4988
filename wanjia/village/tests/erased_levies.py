"""What a project keeps of a home whose people are erased: a row of every model that can hold a word of them."""

from wanjia.kernel.tests.tried import MONDAY
from wanjia.village.models import Levy, LevyLabour, LevyPayment, LevyRelief, LevyShare

DAY = MONDAY.date()


def rows(world, person, mark):
    """Return {model: its row}: the home is let off by the person's name, paid and worked with its name on the slip."""
    home = person.memberships.get(to_on=None).household
    levy = Levy.objects.create(village=home.village, year=2026, serial=1, name="三组步道", what="步道硬化", budget_fen=100, head_fen=100, worker_days=1, told_on=DAY, held_fen=100, drawn_at=MONDAY)
    relief = LevyRelief(levy=levy, home=home, ground=mark, heads=0, workers=1, words=f"{mark}病了", at=MONDAY)
    relief.save(force_insert=True)
    share = LevyShare.objects.create(levy=levy, village=home.village, home=home, heads=1, workers=1, due_fen=100, due_days=1, paid_fen=100, days_done=1)
    payment = LevyPayment(village=home.village, serial=1, share=share, fen=100, way="cash", words=f"{mark}转来", day=DAY, at=MONDAY)
    payment.save(force_insert=True)
    labour = LevyLabour(share=share, day=DAY, days=1, words=f"{mark}来的", at=MONDAY)
    labour.save(force_insert=True)
    return {LevyRelief: relief, LevyPayment: payment, LevyLabour: labour}
