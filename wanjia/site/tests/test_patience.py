"""What a request reads of a workbook ends before the server gives up on the request."""

from wanjia.office.serving.server import OPTIONS
from wanjia.sheets import reading
from wanjia.sheets.limits import LIMITS
from wanjia.site.middleware import AskedMiddleware


def test_within_a_request_a_child_has_less_time_than_the_server_gives(rf):
    """As it was, the page died with the server's own end, and nobody was told to send the file again."""
    given = []
    AskedMiddleware(lambda _request: given.append(reading.patience(LIMITS)))(rf.get("/"))
    assert given[0] < OPTIONS["timeout"] < reading.patience(LIMITS)
