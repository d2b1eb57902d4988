"""What goes packed over the line, and what goes as it is."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse

from wanjia.site.middleware import PackedMiddleware


@pytest.mark.parametrize(
    ("answer", "packed"),
    [
        pytest.param(HttpResponse("<p>诉求</p>" * 99), True, id="page"),
        pytest.param(HttpResponse('{"件": 1}' * 99, content_type="application/json"), True, id="answer to a call"),
        pytest.param(HttpResponse("短"), False, id="a word"),
        pytest.param(HttpResponse(b"%PDF" * 99, content_type="application/pdf"), False, id="paper"),
        pytest.param(FileResponse(iter([b"<p>" * 99]), content_type="text/html"), False, id="what streams"),
    ],
)
def test_words_are_packed_and_files_are_not(rf, answer, packed):
    asked = rf.get("/", headers={"accept-encoding": "gzip"})
    answer = PackedMiddleware(lambda _request: answer)(asked)
    assert answer.has_header("Content-Encoding") == packed
    if packed:
        assert len(gzip.decompress(answer.content)) > len(answer.content)


def test_whoever_cannot_unpack_gets_it_plain(rf):
    answer = PackedMiddleware(lambda _request: HttpResponse("<p>诉求</p>" * 99))(rf.get("/"))
    assert not answer.has_header("Content-Encoding")


def test_a_page_of_the_house_is_packed(client, db):
    answer = client.get("/accounts/login/", headers={"accept-encoding": "gzip"})
    assert "登录" in gzip.decompress(answer.content).decode()
