"""What a checksum cannot tell of a restored copy: do its books agree with themselves, and does its journal hang together?"""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.orgs.checking.queries import faults
from wanjia.sealing import proof
from wanjia.verdict import Refused

from .. import places


def refuse_faults(alias):
    """Raise Refused for a foreign ring, a broken journal or a difference in the books of the database `alias`."""
    with places.standing_in(alias):
        proof.compare()
        _read, fault = journal.verify()
        if fault is not None:
            raise Refused(_("这份备份里的操作日志接不上:%(fault)s什么也没有改动。请换一份备份;没有更好的,恢复时加上 --as-it-is。") % {"fault": fault})
        found = faults()
    if found:
        facts = {"n": len(found), "first": f"{found[0].what} {found[0].column}"}
        raise Refused(
            _("这份备份里的台账有 %(n)s 处与自己的经过不一致,第一处是 %(first)s。什么也没有改动。请换一份备份;没有更好的,恢复时加上 --as-it-is。") % facts
        )
