"""Who asks the households: the callback officer rings up, and asks whoever is said to want a need withdrawn."""

from wanjia.orgs.roles import Role

from ..models import Need


def call(county):
    """The callback officer rings up; a withdrawal is asked about too."""
    caller = county.one(Role.CALLBACK_OFFICER)
    for one in [one for one in county.book.open() if one.withdrawal and not one.spoilt]:
        act = "withdraw_need" if county.chance(0.8) else "keep_need"
        county.do(act, caller, one, way="phone", words="这是我自己说的")
    for one in county.standing("done_reported"):
        if not county.chance(0.5):
            continue
        if county.chance(0.25):
            county.do("call_back", caller, one, told={"reached": False}, way="phone", reached=False)
        else:
            word = county.dice.choices(("solved", "partly", "unsolved"), (84, 7, 9))[0]
            happy = county.dice.choices(("satisfied", "fairly", ""), (6, 2, 2))[0] if word != "unsolved" else "not"
            county.do("call_back", caller, one, told={"reached": True, "word": word}, way="phone", reached=True, word=word, satisfaction=happy, words="照原话记")
        read_draw(county, one)


def read_draw(county, one):
    """The draw falls by a sealed seed: the book reads it, and `wanjia recheck prove` reckons it."""
    if one.state == "verified":
        one.drawn = Need.objects.values_list("drawn", flat=True).get(pk=one.pk)
        if one.is_drawn and one.lines[-1].act in ("verify", "give_up_callback"):
            county.book.put_on_list(one, county.day)
