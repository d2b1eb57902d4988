"""What is said and looked at after the end: complaints by the slip, the same matter again, the tier above; and what those away voice."""

from wanjia.orgs.roles import Role

from ..models import Need
from .account import Account
from .county import HOME
from .tying import may_voice


def look_again_and_close(county):
    """What was drawn is looked at, a plan whose day has come goes on, the rest is struck off."""
    inspector = county.one(Role.INSPECTOR)
    for one in county.standing("verified"):
        ahead = one.outcome == "planned" and one.planned_on > county.day
        if one.is_drawn and not one.rechecked:
            if county.chance(0.4):
                agrees = county.chance(0.92)
                county.do("recheck_need", inspector, one, told={"agrees": agrees}, agrees=agrees, words="打电话并到现场看过", word="solved" if agrees else "")
        elif one.outcome == "planned" and not ahead and county.chance(0.3) and (worker := county.signer(one.holder)):
            county.do("resume_planned", worker, one)
        elif not ahead and county.chance(0.6):
            _strike_off(county, one)


def _strike_off(county, one):
    clerk, leader = county.clerk(one.village), county.clerk(one.village, Role.TOWNSHIP_LEADER)
    by = leader if clerk.pk == one.handler else clerk
    county.do("close_need", by, one)


def look_after(county):
    """Some come back late, some say the same again; whoever stands above looks at what was struck off."""
    for one in county.standing("closed"):
        days = (county.year.clock.moment - one.ended_at).days
        if one.slip and one.slip_word != "unsolved" and days < 89 and county.chance(0.002):
            county.do("answer_by_slip", HOME, one, told={"word": "unsolved"}, word="unsolved")
        elif one.look_by and county.chance(0.3):
            look(county, one)
    say_again(county)


def look(county, one):
    """Look at one on the list: nobody there, so, or not so."""
    inspector = county.one(Role.INSPECTOR)
    if county.chance(0.2):
        county.do("recheck_need", inspector, one, told={"agrees": False, "reached": False}, agrees=False, reached=False, way="phone")
        return
    agrees = county.chance(0.7)
    word = {"word": "solved" if agrees else "unsolved"}
    county.do("recheck_need", inspector, one, told={"agrees": agrees}, agrees=agrees, words="打电话并到现场看过", way="phone", **word)


def say_again(county):
    """Somebody who had no part in it says whether a home's new need is what was struck off."""
    caller = county.one(Role.CALLBACK_OFFICER)
    for one in county.standing("registered", "admitted", "triaged", "assigned"):
        if one.again or not one.home or not county.chance(0.2):
            continue
        before = county.book.earlier(one, county.at_home[one.home])
        if before and not any(old.spoilt for old in before):
            old, same = county.dice.choice(before), county.chance(0.6)
            county.do("say_again", caller, one, told={"earlier": old, "same": same}, earlier=Need.objects.get(pk=old.pk), same=same)


def from_away(county):
    """A worker away voices a need for those at home by the slip that they hold."""
    for one in county.standing("assigned", "accepted", "in_progress", "closed"):
        if not one.slip or not one.home or not county.chance(0.002) or not may_voice(county, one):
            continue
        wishes = [wish for wish in county.voices if county.fresh(county.home_of(one), wish) and wish.category != one.category]
        if not wishes:
            continue
        wish = county.dice.choice(wishes)
        slip = county.do("voice_from_away", HOME, about={"need_id": one.pk}, category=wish.category, summary=wish.words)
        if slip is not None:
            _begin(county, one, Need.objects.get(pk=slip.need_id), wish)


def _begin(county, seen, need, wish):
    one = Account(
        need.pk, need.number, seen.village, seen.home, wish.category, need.involves_child, county.day, wish=wish, pace=county.dice.uniform(0.5, 1.3), by_slip=True,
    )  # fmt: skip
    county.book.add(one)
    county.at_home.setdefault(one.home, []).append(one)
    at = county.now()
    county.book.record_need(one, at._replace(moment=need.recorded_at), HOME, desk=county.desk(one.village))
    county.book.issue_slip(one, at, HOME, whose="handler")


def complain_twice(county):
    """The slip says "not solved" a second time, after the days of reopening."""
    late = [one for one in county.standing("closed") if one.slip_word == "unsolved" and county.book.comes_late(one, county.year.clock.moment)]
    if late:
        county.do("answer_by_slip", HOME, county.dice.choice(late), lawful=False, word="unsolved")


def look_unlisted(county):
    """Somebody looks again at what was struck off and stands on no list: nobody chooses whom to look at."""
    free = [one for one in county.standing("closed") if not one.look_by]
    if free:
        county.do("recheck_need", county.one(Role.INSPECTOR), county.dice.choice(free), lawful=False, agrees=True, words="打电话并到现场看过", word="solved")
