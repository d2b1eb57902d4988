"""Where a person goes on to after an act."""

import pytest

from wanjia.doors.pages import next_of


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        pytest.param("/needs/?q=1", "/needs/?q=1", id="an address of ours"),
        pytest.param("//evil.example", "", id="another house without a scheme"),
        pytest.param("https://evil.example/", "", id="another house"),
        pytest.param("registry:households", "", id="the name of a view"),
        pytest.param("2026-02-30", "", id="no address at all"),
        pytest.param("javascript:alert(1)", "", id="a script"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_where_one_goes_on_to_is_an_address_of_ours(rf, wanted, goes):
    assert next_of(rf.post("/x", {"next": wanted})) == goes
    assert next_of(rf.get("/x", {"next": wanted})) == goes
