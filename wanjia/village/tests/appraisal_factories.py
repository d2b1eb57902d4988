"""A small world of appraisal: homes of 大同村 that agree to stand, a poll that is counted and published, a heap of firewood on the road."""

import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from wanjia.kernel.tests.tried import MONDAY
from wanjia.registry.models import Membership
from wanjia.village.polls import boarding, secret
from wanjia.village.verifier import digest_of, spread

from ..appraisal.commands import count_round, draw_round, list_round, stand_home
from ..appraisal_states import PictureState, RoundState, StoryState, StrictState
from ..improving.board.commands import draw_strict, object_to_strict, put_up_strict
from ..improving.photos.commands import add_short_picture, check_short_picture
from ..models import AppraisalRound, Poll, PollClass, PollHome, RedEntry, RoleStory, Shortcoming, StrictNotice, Tip
from ..poll_states import PollState
from ..stories.commands import give_tip, show_story, write_story
from . import factories
from .made_polls import keys

DAY = MONDAY.date()
NOV = {"year": 2026, "quarter": 4}
WORDS = {"place": "二组路边", "fact": "柴草堆占了半边路", "help": "组里出两个人一起搬"}
TOLD = DAY - timedelta(days=20)
HEARD = {"consent": "by_word", "consented_on": DAY, "heard": "户主答应,小组长在场"}


def who(user, at=MONDAY):
    """Who does it, and when."""
    return {"by": type(user).objects.get(pk=user.pk), "at": at}


def second(world):
    """The village's other account."""
    return factories.second(world)


def home(world, n=0, **facts):
    """A home of the village with one adult."""
    factories.villager(world, n, **facts)
    return factories.home(world, n)


def drawn(world, **facts):
    """The quarter's appraisal, while homes are entered."""
    asked = {"village": world.datong, "places": 2, "group_name": ""} | NOV | facts
    found = AppraisalRound.objects.filter(village=asked["village"], group_name=asked["group_name"], year=asked["year"], quarter=asked["quarter"]).first()
    return found or draw_round(**asked, **who(world.register.yang))


def standing(world, n=4, **facts):
    """So many homes agreed to stand."""
    one = drawn(world, **facts)
    for i in range(one.entries.count(), n):
        stand_home(appraisal_round_id=one.pk, home=home(world, i), called=f"二组{i + 1}号户", **HEARD, **who(world.register.yang))
    return one


def poll(world, one, votes=(5, 4, 3, 0), voters=12, roll_on=DAY, own=False, away=0):
    """A poll on the homes that stand, published: by telephone alone, in two halves that vote on each other. votes: of each home, in the order of their names; away: homes that did not vote; own: everybody has all homes on the card."""
    entries = list(one.entries.order_by("called"))
    homes = [home(world, i) for i in range(voters)]
    halves = {"A": homes[::2], "B": homes[1::2]}
    made = Poll.objects.create(area=one.village, question="第四季度评哪几户?", most=len(entries), roll_on=roll_on)
    classes, cast = [], []
    for key, half in halves.items():
        mine = {each.pk for each in half}
        names = [entry.called for entry in entries if own or entry.home_id not in mine]
        n_votes = dict(zip([entry.called for entry in entries], votes, strict=False))
        private = keys()[len(classes)]
        row = PollClass.objects.create(poll=made, key=key, homes=len(half), options=names, n=f"{private.n:x}")
        PollHome.objects.bulk_create(PollHome(poll=made, cls=row, household=each, taken="phone") for each in half)
        n = max(0, len(half) - away)
        classes.append({"key": key, "homes": len(half), "printed": 0, "left": 0, "spoilt": 0, "paper": 0, "phone": n, "n": row.n, "codes": [], "options": names, "most": made.most})
        for i in range(n):
            token = f"{ord(key) * 1000 + i:064x}"
            bearer = ["token", token, f"{secret.use(private, spread(str(made.pk), key, token, private.n)):x}"]
            cast.append((key, bearer, ("", [j for j, name in enumerate(names) if i < n_votes.get(name, 0)])))
    head = {"poll": str(made.pk), "village": one.village.name, "question": made.question, "on": f"{DAY:%Y-%m-%d}", "counters": ["副主任", "监委会主任", "村民代表"]}
    return publish(made, boarding.board_of(head, classes, cast))


def publish(made, text):
    """Walk a poll to its end with this board."""
    import json

    rows = Poll.objects.filter(pk=made.pk)
    for state in (PollState.VOTING, PollState.COUNTING):
        rows.update(state=state)
    rows.update(state=PollState.CLOSED, board=text, digest=digest_of(json.loads(text)), closed_on=DAY, opened_on=DAY)
    made.refresh_from_db()
    return made


def counted(world, **facts):
    """It is counted: two homes are chosen, the list waits for another hand."""
    one = standing(world)
    if one.state == RoundState.STANDING:
        one = count_round(appraisal_round_id=one.pk, poll=poll(world, one, **facts), **who(world.register.yang))
    return one


def listed(world):
    """The red list hangs."""
    one = counted(world)
    return list_round(appraisal_round_id=one.pk, **who(world.clerk)) if one.state == RoundState.COUNTED else one


def entry(world):
    """The first home on the list."""
    return RedEntry.objects.filter(round=listed(world), state="entry_listed").order_by("called").first()


def told(world, n=0, told_on=TOLD, **facts):
    """A home was told privately, twenty days ago."""
    where = home(world, n)
    given = {"village": world.datong, "home": where, **WORDS, "seen_on": told_on, "told_on": told_on, "due_on": told_on + timedelta(days=7), "until_on": told_on + timedelta(days=60)}
    given |= {"told_at": MONDAY - timedelta(days=20), "told_by": world.register.yang} | facts
    return Shortcoming.objects.filter(home=where).first() or Shortcoming.objects.create(**given)


def picture(body=None, **camera):
    """A file of a phone: a red road; camera: what the phone writes into it."""
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "red").save(out, "JPEG", **camera)
    return SimpleUploadedFile("IMG_20261102_090000.jpg", out.getvalue() if body is None else body)


def photo(world, n=0, state=PictureState.WAITS, **camera):
    """A picture goes with what was told; by one, looked at by another."""
    one = told(world, n)
    row = one.photos.exclude(state=PictureState.GONE).first()
    if row is None:
        add_short_picture(shortcoming_id=one.pk, file=picture(**camera), when="before_repair", outdoors=True, **who(world.register.yang))
        row = one.photos.exclude(state=PictureState.GONE).get()
    if state == PictureState.SEEN and row.state == PictureState.WAITS:
        row = check_short_picture(shortcoming_photo_id=row.pk, outdoors=True, **who(world.visitor))
    return row


def decision(world):
    """A council's decision, valid and signed."""
    return factories.decided(world, title="三组路边堆放怎么办")


def strict(world, state=StrictState.DRAWN):
    """A notice for the group's board, drawn up by one, put up by another."""
    one = StrictNotice.objects.filter(shortcoming=told(world)).first()
    one = one or draw_strict(shortcoming_id=told(world).pk, item=decision(world), refused="十月二十五日组长上门,两次不开门", words="柴草堆占了半边路", **who(world.register.yang))
    if state != StrictState.DRAWN and one.state == StrictState.DRAWN:
        one = put_up_strict(strict_notice_id=one.pk, **who(world.clerk))
    return one


def objected(world):
    """Somebody objects to it."""
    one = strict(world, StrictState.UP)
    if not one.objections.exists():
        object_to_strict(strict_notice_id=one.pk, words="路上早就清了", **who(world.visitor))
    return one.objections.get()


def supervisor(world):
    """A seat of the supervision committee."""
    return factories.seat(world, factories.body(world, "supervision"), 11, "head")


def story(world, state=StoryState.WRITTEN):
    """A story of a home, by consent."""
    words = {"called": "二组老岩家", "title": "十年管护水池", "words": "每个月清一次水池,没有拿过一分钱。"}
    one = RoleStory.objects.first() or write_story(home=home(world, 1), **words, **HEARD, **who(world.register.yang))
    if state == StoryState.SHOWN and one.state == StoryState.WRITTEN:
        one = show_story(role_story_id=one.pk, **who(world.clerk))
    return one


def tip(world):
    """Somebody told something; it goes to the village's visitor."""
    return Tip.objects.first() or give_tip(village=world.datong, to=world.visitor, words="水沟边有人倒垃圾", teller="卯大嫂", **who(world.register.yang))


def empty(where):
    """Nobody lives there any more."""
    Membership.objects.filter(household=where, to_on=None).update(to_on=DAY)
