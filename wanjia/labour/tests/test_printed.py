"""Every figure that the page prints of labour transfer, beside the definition that counts it, out of the rows of an invented city; each opens its rows."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from wanjia.labour.city import margins, page
from wanjia.labour.demo import whole_city
from wanjia.orgs.models import User
from wanjia.verdict import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PEOPLE = 3_010
ROWS = {"outposts.stations": "outposts/?tab=station", "outposts.mobile": "outposts/?tab=mobile", "outposts.resettled": "outposts/?tab=resettled",
        "agreements.running": "agreements/?tab=running", "employers.five": "employers/?tab=valid"}  # fmt: skip
BACKEND = "django.contrib.auth.backends.ModelBackend"


def test_the_table_names_every_printed_number_once():
    assert [one.n or one.percent for one in page.printed()] == [
        3_010_900, 2_616_500, "86.90", "89.19", "92.18", 1_311_300, "50.11", 890_000, 576_400, 162_700, 193, 13, 148, 27, 274, 212,
    ]  # fmt: skip
    counts = margins.counts_of(301_090)
    at = {one.figure: one.should(301_090) for one in page.printed() if one.n}
    assert {name: at[id_] for name, id_ in (("people", "labour.labourers"), ("transferred", "labour.transferred"), ("outside", "labour.outside"), ("near", "labour.near"),
                                             ("organised", "departures.organised"), ("carried", "departures.carried"))} == {name: counts[name] for name in ("people", "transferred", "outside", "near", "organised", "carried")}  # fmt: skip


def test_a_city_in_the_database_says_what_is_printed_and_each_number_opens():
    told = whole_city.bring_in(PEOPLE, lambda _words: None, processes=0)
    # So small a city cannot have every rate to the second decimal: it has those of its own whole people, cut as the page cuts.
    rates = margins.rates(margins.counts_of(PEOPLE))
    own = {"labour.transferred": rates["transferred"], "labour.lifted_transferred": rates["lifted"], "labour.relocated_transferred": rates["relocated"], "labour.outside": rates["outside"]}
    for printed, figure, says, should in told:
        assert says == (own[figure] if isinstance(should, str) else should), (printed, figure)
    client, city = Client(), whole_city.CITY
    client.force_login(User.objects.get(username="shirenshe"), backend=BACKEND)
    for _printed, figure, says, _should in told:
        if isinstance(says, str):
            continue
        if figure in ROWS:
            html = client.get(f"/{ROWS[figure]}").content.decode()
        elif figure.startswith("departures."):
            html = client.get(f"{reverse('labour:hundred_days_rows')}?{urlencode({'figure': figure, 'area': city})}").content.decode()
        elif figure == "markets.open":
            html = client.get("/labour/markets/").content.decode()
            assert len(set(re.findall(r"/labour/markets/[0-9a-f-]{36}/", html))) == says
            continue
        else:
            html = client.get(f"{reverse('labour:figure_rows')}?{urlencode({'figure': figure, 'area': city})}").content.decode()
        assert re.search(rf"(?<!\d){says}(?!\d)", html), (figure, says)
    with pytest.raises(AssertionError):  # negative control: a number that no row bears out is seen
        assert page.table({row[1]: {"n": 0, "percent": "0"} for row in told}, PEOPLE)[0][2] == PEOPLE
    assert len(whole_city.bring_in(PEOPLE, lambda _words: None, processes=0)) == len(told), "the same again makes nothing twice"


def test_somebody_elses_database_takes_no_invented_city(django_user_model):
    django_user_model.objects.create(username="yongshan", name="某人")
    with pytest.raises(Refused, match="已有别的账号"):
        whole_city.bring_in(PEOPLE, lambda _words: None)
