"""What several homes of one hamlet voice in the demo county: one matter that its township has put together, one more home that asks for the same, and
three homes about whose water nobody has decided yet.
"""

from collections import defaultdict

from wanjia.registry.households.commands import update_household

from ..intake.commands import record_need
from ..matters.commands import group_needs

ROADS = ("进社的路塌了半边,拖拉机开不进来", "我们社进来的路塌了,拖拉机过不去", "进社的路塌了半边,化肥要人背", "进社的路塌了,拖拉机开不进来,花椒运不出去")
HAMLET = "一组"
WATER = ("蓄水池裂了口子,水管里没有水", "蓄水池裂了,几天没有水吃", "社里的蓄水池裂口子,要到沟里挑水吃")


def leave_matters(county, story):
    """Let the homes of the largest hamlet of the story's own township speak this afternoon."""
    hamlets = defaultdict(list)
    for village, homes in sorted(county.homes.items()):
        for home in homes if village.startswith(story) else ():
            hamlets[village, home.group_name].append(home)
    homes = max(hamlets.values(), key=len, default=[])
    if len(homes) < len(ROADS) + len(WATER):
        return
    for home in homes[: len(ROADS) + len(WATER)]:
        _live_in_one_hamlet(county, home)
    roads = [_hear(county, home, "road", words) for home, words in zip(homes, ROADS, strict=False)]
    for home, words in zip(homes[len(ROADS):], WATER, strict=False):
        _hear(county, home, "water_power", words)
    clerk = county.hands.desk(homes[0].village)
    if clerk and all(roads):
        county.do(group_needs, 16, by=clerk, numbers=" ".join(need.number for need in roads[:-1]))


def _live_in_one_hamlet(county, home):
    """Its village writes down in which group the home lives: what one hamlet voices is alike by a softer rule than what one village does."""
    if not home.group_name:
        home.refresh_from_db()
        what = {"household_id": home.pk, "version": home.version, "group_name": HAMLET}
        county.do(update_household, 9, by=county.hands.village(home.village_id), **what)


def _hear(county, home, category, words):
    head = home.memberships.filter(to_on=None, relation="户主").select_related("person").first()
    return county.do(
        record_need, 14, by=county.hands.desk(home.village), village=home.village, household=home, summary=words, channel="call", category=category,
        requester=head.person if head else None, requester_name=head.person.name if head else "户主", another=True,
    )  # fmt: skip
