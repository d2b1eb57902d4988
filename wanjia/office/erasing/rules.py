"""Who may have a person erased: two people of the office, one of them an auditor, at the machine's own command line. Writes nothing."""

from django.utils.translation import gettext as _

from wanjia.orgs.duties import Duty
from wanjia.orgs.scope import covers
from wanjia.verdict import first_refusal

SHORTEST = 10


def may_erase(first, second, reason, homes=()):
    """Decide whether these two may answer for an erasure for this reason. homes: codes of the villages where the person is at home."""
    both = (first, second)
    return first_refusal(
        (first.pk != second.pk, _("删除一个人的资料要由两个人共同决定,请写上另一个人的账号。")),
        (all(one.live_posts for one in both), _("两个人都要是在岗的工作人员。")),
        # The machine's own owner prints first passwords: they prove nobody.
        *((not one.must_change_password, _("%(name)s的密码还是开通或重置时给的,请本人先登录改好,再来一起删除。") % {"name": one.name}) for one in both),
        (any(one.has_duty(Duty.READ_JOURNAL) for one in both), _("两个人里要有一位审计员:由他核对依据。")),
        (
            any(one.has_duty(Duty.READ_JOURNAL) and all(covers(one, code, duty=Duty.READ_JOURNAL) for code in homes) for one in both),
            _("两个人里的审计员要管得到此人所在的地方,请换当地或县里的审计员。"),
        ),
        (len(reason.strip()) >= SHORTEST, _("请写明依据和理由,不少于 %(n)s 个字。") % {"n": SHORTEST}),
    )
