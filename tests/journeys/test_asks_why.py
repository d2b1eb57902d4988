"""A labourer asks why: her slip on a borrowed phone, the reason in plain words, a person who looks again; then her yes, and from away a word for those at home."""

import pytest

from wanjia.casework.models import Need
from wanjia.labour.models import Proposal, WorkSlip
from wanjia.labour.tests import acts_matching as matching
from wanjia.labour.workers.commands import record_spell

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def test_why_and_then_yes(house, sits):
    row = Proposal.objects.get(pk=matching.proposal(house)["proposal_id"])

    # The village worker prints the paper: the code is shown this once.
    village = sits("datong")
    village.go(f"/labour/workers/{row.worker_id}/").press("打印务工小条")
    village.press("打印务工小条")
    code = WorkSlip.objects.get().code
    assert village.sees(code) and village.sees("给您推荐的岗位,扫码看")
    assert not village.go(f"/labour/workers/{row.worker_id}/").sees(code)

    # On the phone, without an account: what, why, and what was not compared.
    phone = sits(width=375)
    phone.go(f"/w/{code}")
    assert phone.sees(row.vacancy.title) and phone.sees("我愿去") and not phone.sees(row.worker.person.name)
    phone.page.click("main a:has-text('为什么是这个岗位')")
    assert phone.sees("都没有比") and phone.sees("按每月工资比")
    assert phone.page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth + 1")
    phone.press("不服,请人再看一次")
    assert phone.sees("您请人再看一次")

    # It waits with the village worker, who answers in words for her.
    village.go("/labour/proposals/")
    village.page.click(f"main a[href='/labour/proposals/{row.pk}/']")
    village.press("答复:由人再看")
    village.fill(words="看过了:您会缝纫,县里现在只有这一家还有名额").press("答复:由人再看")
    phone.go(f"/w/{code}")
    assert phone.sees("由人再看的答复:") and phone.sees("县里现在只有这一家")
    phone.press("我愿去")
    assert phone.sees("记下了:您愿去")
    row.refresh_from_db()
    assert row.state == "accepted"

    # Away, she voices one for those at home and sees whose desk it is on.
    record_spell(worker_id=row.worker_id, place="outside", area="330000", from_on=matching.DAY, **matching.who(house.visitor))
    phone.go(f"/w/{code}").press("在外打工,替家里说一件")
    phone.fill(matter="elderly", summary="母亲腿摔了,没有人送医院").press("说给乡里听")
    need = Need.objects.get(channel="slip")
    assert phone.sees(need.number) and phone.sees("您替家里说的")
    assert phone.page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth + 1")
    assert phone.faults == village.faults == []
