"""A sealed mediation: a dispute is taken up, both are told their rights and choose who mediates, what they agree on is written by one hand and sealed by another, printed and numbered. Whoever does not mediate sees how many there were, and no file."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from wanjia.kernel.models import Entry
from wanjia.village.models import MediationCase, MediationParty
from wanjia.village.tests import mediation_factories as made
from wanjia.village.tests.factories import seat, villager

from .hand import LOOKS, Hand

pytestmark = [pytest.mark.journey, pytest.mark.slow]
FACTS, TERM = "两家为院墙占了半米过道吵了一个月", "甲方把院墙退回半米"
BEFORE = 5  # disputes of this year: with this one more than the least that is told


class Mediator(Hand):
    """A mediator at a browser, in the file of one case."""

    def does(self, path, button, **answers):
        """Do one act of the case: its page, its answers, its button."""
        self.go(f"{case_page()}{path}/").at.fill(**answers).press(button)
        return self


def case_page():
    return f"/village/mediation/cases/{MediationCase.objects.latest('serial').pk}/"


def party(side):
    return str(MediationParty.objects.get(side=side).pk)


def taken_up(mediator):
    """One side that clearly refuses is not mediated; both come, and it is taken up with two of the roll."""
    asked = {"kind": "neighbours", "source": "asked", "people": "2", "facts": FACTS, "money": "800"}
    mediator.go("/village/mediation/").tap("main a:has-text('受理纠纷')").at.fill(**asked, refuses="yes").press("受理纠纷")
    mediator.sees("一方明确拒绝调解的,不能调解(第十七条)").keep("mediation-refused")
    mediator.at.fill(refuses="no").press("受理纠纷")
    mediator.sees("还没有登记当事人").keep("mediation-taken")
    for side, n in (("side_one", 8), ("side_two", 9)):
        mediator.does("party", "登记当事人", side=side, name=made.villager(mediator.world, n).name, ours="yes")


def rights_and_mediator(mediator, head):
    """No sitting before each was told its rights and both chose who mediates."""
    sitting = {"kind": "sitting", "place": "村委会调解室", "words": "甲方说量错了,愿意退;乙方愿意补一半工钱"}
    mediator.does("sitting", "写笔录", **sitting).sees("还有当事人没有告知权利义务").keep("mediation-too-early")
    for side in ("side_one", "side_two"):
        mediator.does("rights", "告知权利义务", party=party(side), way="read_out")
    mediator.does("sitting", "写笔录", **sitting).sees("先选定调解员(第十九条)")
    mediator.does("mediator", "选定调解员", mediator=str(head.pk), chosen="by_parties")
    mediator.does("sitting", "写笔录", **sitting).sees("卷宗里有").keep("mediation-sat")


def agreed(mediator, other):
    """One writes it and notes who signed; he does not seal it. Another hand opens the file, compares, seals."""
    due = f"{made.DAY.replace(day=28):%Y-%m-%d}"
    mediator.does("draw", "起草协议", written="yes", disputed="院墙越界半米", liable="甲方砌墙没有量地界", manner="自己拆", due_on=due)
    mediator.does("terms/new", "写条款", words=TERM, due_on=due, money="300").sees("草稿").keep("mediation-draft")
    for side in ("side_one", "side_two"):
        mediator.does("sign", "登记签字", party=party(side), way="by_finger")
    mediator.go(f"{case_page()}seal/").sees("谁起草、写条款、登记签字的谁不能盖章").keep("mediation-own-seal")
    other.go("/village/mediation/").tap(f"main section:has-text('正在调解') a:has-text('{MediationCase.objects.latest('serial').number}')").keep("mediation-case")
    other.tap("main a:has-text('打开卷宗')").tap("main label:has-text('起草、核对协议')").tap("main button:has-text('记入日志并打开')")
    other.sees(FACTS).sees(TERM).keep("mediation-opened")
    other.does("seal", "核对盖章", mediator_signed="no").sees("调解员签名以后才能盖章")
    other.at.fill(mediator_signed="yes").press("核对盖章")
    other.sees("协议已生效,编号").keep("mediation-sealed")


def printed(other):
    """Return what the printed agreement says, without blanks."""
    other.go(f"{case_page()}print/").keep("mediation-print")
    other.page.select_option("select[name=paper]", "agreement")
    token = other.page.input_value("main form input[name=csrfmiddlewaretoken]")
    answer = other.page.request.post(other.page.url, form={"paper": "agreement", "csrfmiddlewaretoken": token})
    if LOOKS:
        with open(f"{LOOKS}/mediation-agreement.pdf", "wb") as file:
            file.write(answer.body())
    return "".join("".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages).split())


def sees_counts_alone(hand, secrets, name):
    """Somebody who does not mediate: how many, no number of a case, no word; the file does not open, nor does any of its acts."""
    hand.go("/village/mediation/").keep(name)
    row = hand.page.locator("tr", has_text="大同村").inner_text().split()
    assert [one for one in row if one.isdigit()] == [str(BEFORE + 1)], f"one agreement is too few to be told: {row}"
    assert not any(word in hand.page.content() for word in secrets)
    for path in ("", "open/", "print/", "seal/"):
        answer = hand.page.goto(hand.at.url + case_page() + path)
        assert answer.status in (403, 404) and not any(word in hand.page.content() for word in secrets), path
    hand.keep(f"{name}-shut")


def test_a_sealed_mediation(monday, house, chromium):
    head = made.head(house)
    for n in range(BEFORE):
        made.taken(house, facts=f"前面第 {n} 件,另外两家的事")
    names = [villager(house, n).name for n in (8, 9)]
    mediator, other = Mediator(chromium, house, "tiaojie", 1440), Mediator(chromium, house, "tiaojie2", 375)
    mediator.world = house
    taken_up(mediator)
    rights_and_mediator(mediator, head)
    assert not any(name in mediator.page.content() for name in [*names, FACTS]), "a page of the case bears no name and no word of it"
    agreed(mediator, other)

    case = MediationCase.objects.latest("serial")
    said = printed(other)
    assert all("".join(one.split()) in said for one in [*names, TERM, case.agreement.number, "院墙越界半米"]), said
    lines = Entry.objects.filter(subject="village.mediationcase", subject_id=str(case.pk))
    assert sorted(lines.filter(act__in=("mediation_case.read", "mediation_case.print")).values_list("act", "by_name")) == [("mediation_case.print", "秋调解"), ("mediation_case.read", "秋调解")]
    secrets = [*names, FACTS, TERM, case.number, case.agreement.number]
    assert not any(word in str(line) for line in lines.values("detail", "reason", "before", "after") for word in secrets[:4]), "the journal says who, not what"

    clerk, leader = Hand(chromium, house, "datong", 1440), Hand(chromium, house, "xian-lingdao", 375)
    sees_counts_alone(clerk, secrets, "mediation-clerk")
    sees_counts_alone(leader, secrets, "mediation-leader")
    stranger = Hand(chromium, house, None, 375)
    stranger.go(f"/g/{house.datong.pk}/").keep("mediation-public")
    assert not any(word in stranger.page.content() for word in secrets)
    assert seat(house, case.mediator.body, 0, "head") == head == case.mediator
    assert [one for who in (mediator, other, clerk, leader) for one in who.at.faults] == []
