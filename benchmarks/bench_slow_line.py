"""How long a page takes on a slow line: `make bench-slow-line`, or `python -m benchmarks.bench_slow_line --kbit 400 --wait 400`.

Serves the demo county as `make run` does and opens it in a real Chromium whose line is held to so many kbit/s and to so many ms
there and back. Printed for each page, first with an empty cache, then as a later page: the page itself and all that came over the line, packed; the
time until something is seen (first contentful paint) and until all is there (load). The aims: a first view seen under 4 s, a later
one under 1.5 s, no page over 30 KB. Ends with 1 when a view misses one.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"
PASSWORD = "jianjianyouzhu"  # of every account of the demo
FIRST, LATER, MOST = 4.0, 1.5, 30.0  # seconds, seconds, KB
PATIENCE = 180  # seconds for the demo county to stand
TIMES = """() => { const [page] = performance.getEntriesByType("navigation"), paint = performance.getEntriesByName("first-contentful-paint")[0];
  return [paint.startTime / 1000, page.loadEventEnd / 1000, page.encodedBodySize / 1024]; }"""
PAGES = ("/", "/needs/", "/dashboard/", "/households/", "/visits/")


@contextlib.contextmanager
def served(port):
    """Serve the demo county; yield its address."""
    words = [sys.executable, "-m", "wanjia.site.cli", "demo", "--serve", "--port", str(port)]
    server = subprocess.Popen(words, cwd=HOUSE, stdout=subprocess.DEVNULL, start_new_session=True)
    url, until = f"http://127.0.0.1:{port}", time.monotonic() + PATIENCE
    try:
        while time.monotonic() < until and server.poll() is None:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/accounts/login/"):
                yield url
                return
            time.sleep(0.5)
        sys.exit("the demo county does not stand")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait()


class Line:
    """One window with an empty cache on a slow line."""

    def __init__(self, browser, url, kbit, wait, state=None):
        # Without the service worker: it would fetch pages on a line of its own, which nothing holds back.
        window = browser.new_context(locale="zh-CN", storage_state=state, service_workers="block")
        self.page, self.url, self.bytes = window.new_page(), url, 0
        talk = window.new_cdp_session(self.page)
        talk.send("Network.enable")
        rate = kbit * 1000 / 8
        talk.send("Network.emulateNetworkConditions", {"offline": False, "latency": wait, "downloadThroughput": rate, "uploadThroughput": rate})
        talk.on("Network.loadingFinished", self._came)

    def _came(self, said):
        self.bytes += said["encodedDataLength"]

    def view(self, path):
        """Open a page; return (seconds until something is seen, until all is there, KB of the page, KB over the line)."""
        self.bytes = 0
        self.page.goto(self.url + path, wait_until="networkidle")
        seen, loaded, size = self.page.evaluate(TIMES)
        return seen, loaded, size, self.bytes / 1024


def signed_in(browser, url, login, password):
    """Sign in on a quick line; return what the browser then holds."""
    page = browser.new_context(locale="zh-CN").new_page()
    page.goto(f"{url}/accounts/login/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{url}/")
    return page.context.storage_state()


def views(browser, url, args):
    """Yield (words, what was measured, the most seconds until something is seen)."""
    yield "first view: sign-in", Line(browser, url, args.kbit, args.wait).view("/accounts/login/"), FIRST
    desk = Line(browser, url, args.kbit, args.wait, signed_in(browser, url, args.login, PASSWORD))
    yield "first view: desk", desk.view("/"), FIRST
    for path in PAGES:
        yield f"later: {path}", desk.view(path), LATER


def main(argv=None):
    """Print the table; return 1 when a view misses its aim."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kbit", type=int, default=400)
    parser.add_argument("--wait", type=int, default=400, help="ms there and back")
    parser.add_argument("--login", default="xisha")
    parser.add_argument("--port", type=int, default=8779)
    args = parser.parse_args(argv)
    from playwright.sync_api import sync_playwright

    missed = 0
    print(f"{args.kbit} kbit/s, {args.wait} ms")
    print(f"{'':<24}{'seen':>8}{'loaded':>10}{'page':>12}{'line':>12}")
    with served(args.port) as url, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--headless", "--no-sandbox", "--disable-gpu"])
        for words, (seen, loaded, size, over), most in views(browser, url, args):
            late = seen > most or size > MOST
            missed += late
            print(f"{words:<24}{seen:6.2f} s{loaded:8.2f} s{size:9.1f} KB{over:9.1f} KB{'  misses its aim' * late}", flush=True)
        browser.close()
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
