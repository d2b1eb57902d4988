"""`wanjia check` on the command line."""

import json

from wanjia.casework.models import Need
from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.factories import World
from wanjia.casework.tests.walk import bring
from wanjia.kernel import triggers

from ..cli import build_parser


def test_the_command_says_how_many_and_fails_when_something_differs(db, capsys):
    world = World()
    whole = bring(world, S.CLOSED)
    bring(world, S.IN_PROGRESS)
    args = build_parser().parse_args(["check", "--json"])
    code = args.run(args)
    answer = json.loads(capsys.readouterr().out)
    assert (code, answer["differences"], answer["needs"], answer["notices"]) == (0, 0, 2, 0)
    triggers.lift(models=[Need])
    Need.objects.filter(state="closed").update(confirmed="partly")
    code = args.run(args)
    answer = json.loads(capsys.readouterr().out)
    assert code == 1
    assert {"kind": "need", "what": whole.number, "column": "confirmed", "is": "partly", "should": "solved"} in answer["first"]
