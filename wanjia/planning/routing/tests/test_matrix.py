"""Distances: estimates, uploads and two road servers on the loopback, each with its provenance."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from wanjia.planning.contract import BadInput
from wanjia.planning.routing.matrix import Osrm, Valhalla, Winding, uploaded

POINTS = [(28.2, 103.6), (28.3, 103.7), (28.25, 103.9), (27.9, 103.6), (28.0, 104.0)]


class RoadServer(BaseHTTPRequestHandler):
    """Answers as OSRM and Valhalla do: 100 s and 1 km for each 0.01 degree of latitude, one way."""

    mood = "well"

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        points = [tuple(map(float, p.split(","))) for p in url.path.split("/")[-1].split(";")]
        asked = parse_qs(url.query)
        rows, columns = ([int(k) for k in asked[key][0].split(";")] for key in ("sources", "destinations"))
        table = [[self._far(points[a][1], points[b][1]) for b in columns] for a in rows]
        if self.mood == "no road":
            table[0][-1] = None
        far = [[None if x is None else x * 10 for x in row] for row in table]
        self._say({"code": "Ok" if self.mood != "refuses" else "TooBig", "durations": table, "distances": far})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        cells = [
            [{"time": self._far(a["lat"], b["lat"]), "distance": self._far(a["lat"], b["lat"]) / 100} for b in body["targets"]]
            for a in body["sources"]
        ]
        self._say({"sources_to_targets": cells[:-1] if self.mood == "short" else cells})

    def _far(self, a: float, b: float) -> float:
        return round(abs(a - b) * 10_000 + (50 if a > b else 0))

    def _say(self, answer: dict) -> None:
        body = b"<html>" if self.mood == "nonsense" else json.dumps(answer).encode()
        self.send_response(500 if self.mood == "broken" else 200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    RoadServer.mood = "well"
    with ThreadingHTTPServer(("127.0.0.1", 0), RoadServer) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{web.server_port}"
        web.shutdown()


@pytest.mark.parametrize("block", [2, 3, 100])
@pytest.mark.parametrize("client", [Osrm, Valhalla])
def test_road_servers_are_asked_in_blocks_and_named(server: str, client, block: int) -> None:
    matrix = client(server, block=block).measure(POINTS)
    lat = np.array(POINTS)[:, 0]
    want = np.rint(np.abs(lat[:, None] - lat) * 10_000) + 50 * (lat[:, None] > lat)
    assert (matrix.seconds == want).all()
    assert (matrix.metres == want * 10).all()
    assert server in matrix.provenance
    assert "estimated" not in matrix.provenance


@pytest.mark.parametrize(
    ("client", "mood", "words"),
    [
        (Osrm, "no road", "no road between"),
        (Osrm, "refuses", "TooBig"),
        (Osrm, "broken", "no usable answer"),
        (Osrm, "nonsense", "no usable answer"),
        (Valhalla, "short", "wrong size"),
        (Valhalla, "broken", "no usable answer"),
    ],
)
def test_a_road_server_in_a_bad_mood_is_refused_with_words(server: str, client, mood: str, words: str) -> None:
    RoadServer.mood = mood
    with pytest.raises(BadInput, match=words):
        client(server).measure(POINTS)


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(BadInput, match=r"127\.0\.0\.1:1"):
        Osrm("http://127.0.0.1:1", timeout_s=1).measure(POINTS)
    with pytest.raises(BadInput, match="must begin with http"):
        Osrm("file:///etc").measure(POINTS)


def test_an_estimate_says_that_it_is_one_and_grows_with_winding() -> None:
    straight, winding = Winding(1.0, 30.0).measure(POINTS), Winding(1.9, 30.0).measure(POINTS)
    assert straight.metres[0, 1] == pytest.approx(14_835, rel=0.01)
    assert winding.metres[0, 1] == pytest.approx(1.9 * straight.metres[0, 1], rel=0.001)
    assert "estimated, not driven" in winding.provenance
    assert "估算" in winding.provenance


def test_logged_trips_calibrate_the_estimate_and_one_wrong_log_does_not() -> None:
    line = Winding(1.0, 36.0).measure(POINTS).metres
    trips = [(POINTS[0], POINTS[k], float(line[0, k] * 1.6), float(line[0, k] * 1.6 / 8.0)) for k in range(1, 5)]
    fitted = Winding.calibrated([*trips, (POINTS[0], POINTS[1], 1e9, 5.0)])
    assert fitted.factor == pytest.approx(1.6, rel=0.01)
    assert fitted.kmh == pytest.approx(28.8, rel=0.01)
    with pytest.raises(BadInput):
        Winding.calibrated([])


def test_caps_slow_only_what_is_too_fast() -> None:
    matrix = uploaded([[0, 10], [100, 0]], [[0, 1000], [1000, 0]], 2)
    capped = matrix.capped(60.0)
    assert capped.seconds.tolist() == [[0, 60], [100, 0]]
    assert "capped" in capped.provenance
    assert capped.capped(80.0) is capped


@pytest.mark.parametrize("points", [[(91.0, 0.0)], [(0.0, float("nan"))], [(0.0,)]])
def test_wrong_points_are_named(points: list) -> None:
    with pytest.raises(BadInput, match="point 0"):
        Winding().measure(points)
