"""What fees, frontages and feasts bring: their places in the menu, what is kept twice, what is counted, what hangs on the board."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place
from wanjia.kernel.brings import Check
from wanjia.reporting.posted import Section

from ..customs import queries as customs
from ..duties import Duty
from ..fees import queries as fees
from ..figures.fees import POPULATIONS as COUNTED

PLACES = [
    Place("village:fees", "ledger", _("垃圾清运收费"), "village", 60, (Duty.SEE_VILLAGE,),
          acts=("/village/fees/rules/*", "/village/fees/runs/*", "/village/fees/waivers/*", "/village/fees/spends/*", "/village/fees/receipts/*")),
    Place("village:fee_charges", "users", _("各户应收"), "village", 62, (Duty.KEEP_FEES,), acts=("/village/fees/charges/?*",), often=()),
    Place("village:frontage", "home", _("门前三包"), "village", 64, (Duty.SEE_VILLAGE,), acts=("/village/frontage/stretches/*",), often=()),
    Place("village:feasts", "notes", _("红白喜事"), "village", 66, (Duty.SEE_VILLAGE,), acts=("/village/feasts/filed/*", "/village/feasts/caps/*"), often=()),
]  # fmt: skip
CHECKS = [Check("fees", fees.faults, rank=96)]
TONES = [
    ("ruling_draft", "orange"), ("ruling_in_force", "green"), ("ruling_ended", "grey"), ("ruling_dropped", "grey"), ("run_drawn", "orange"), ("run_charged", "green"), ("run_dropped", "grey"),
    ("waiver_asked", "orange"), ("waiver_granted", "green"), ("waiver_refused", "grey"), ("spend_drawn", "orange"), ("spend_approved", "green"), ("spend_refused", "grey"),
]  # fmt: skip
POPULATIONS = [*COUNTED]
BOARD = [Section("fees", _("垃圾清运费公开账"), 60, fees.on_board), Section("customs", _("门前三包、红白喜事约定"), 70, customs.on_board)]
