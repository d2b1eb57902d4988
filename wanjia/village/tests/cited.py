"""How rules of points, of the fee and for feasts cite a by-law in tests: a clause in force, and each refusal of a wrong one."""

from wanjia.kernel.tests.tried import Felt

from ..bylaw_states import VersionState
from ..bylaws import citing as asked
from ..models import Bylaw, BylawClause, BylawSpell
from .bylaw_factories import DAY, version

NOT_THAT_DAY, STOPPED = str(asked.NOT_THAT_DAY), str(asked.STOPPED)


def clause(world, kind="frontage"):
    """A clause of a by-law in force."""
    return version(world, VersionState.IN_FORCE, kind=kind, name=kind).clauses.select_related("of__bylaw").get()


def over(_world, _what):
    """The version that was cited is no longer in force from today."""
    BylawSpell.objects.update(to_on=DAY)


def ended(model, kind):
    """The rule cites a by-law that is in force no longer."""

    def did(world, what):
        model.objects.update(cites=clause(world, kind))
        over(world, what)
        if "item" in what:
            what["item"].refresh_from_db()

    return did


def _elsewhere(world, kind):
    one = clause(world, kind)
    Bylaw.objects.filter(pk=one.of.bylaw_id).update(village=world.xinmin)
    return {"cites": BylawClause.objects.select_related("of__bylaw").get(pk=one.pk)}


def citing(kind, **facts):
    """Return {the sentence: how the right act is spoilt} of what is cited."""
    return {
        "这条制度不是这个村的。": Felt(what=lambda w: {**_elsewhere(w, kind), **facts}), "这项制度管的不是这件事,请换一项。": Felt(what=lambda w: {"cites": clause(w, "water"), **facts}),
        NOT_THAT_DAY: Felt(what=lambda w: {"cites": clause(w, kind), **facts}, before=over), "引用一条施行中的制度,或者写明哪次会议、哪天通过。": Felt(what={"resolved": ""}),
        "村里有施行中的《%(name)s》,请引用其中一条。": Felt(before=lambda w, what: clause(w, kind)),
    }
