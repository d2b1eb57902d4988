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


def test_it_tells_no_word_of_a_household(db, capsys):
    """Who runs the machine reads no content: what differs is told by number, column and digests."""
    need = bring(World(), S.CLOSED)
    triggers.lift(models=[Need])
    Need.objects.filter(pk=need.pk).update(summary="老人瘫痪在床,想申请护理", outcome_text="已上门看望")
    args = build_parser().parse_args(["check"])
    assert args.run(args) == 1
    said = capsys.readouterr().out
    assert f"{need.number}\tsummary: sha256:" in said
    assert f"{need.number}\toutcome_text: sha256:" in said
    for words in ("瘫痪", "上门看望", need.summary, need.outcome_text):
        assert words not in said
