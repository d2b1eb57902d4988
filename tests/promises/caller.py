"""Somebody at a browser behind the proxy: keeps cookies, sends the forms' own tokens, and speaks from an address of its own."""

import base64
import hashlib
import hmac
import html
import http.client
import re
import ssl
import struct
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HOST = "wanjia.example.org"


class Caller:
    """port: the proxy's on 127.0.0.1; source: the loopback address from which it calls."""

    def __init__(self, port, source="127.0.0.2"):
        self.port, self.source, self.cookies, self.page = port, source, {}, ""
        self.context = ssl.create_default_context()
        self.context.check_hostname, self.context.verify_mode = False, ssl.CERT_NONE

    def get(self, path):
        """Open an address and follow where it leads; return (status, address in the end)."""
        return self._ask("GET", path)

    def send(self, path, **fields):
        """Send a form of the page last seen."""
        return self._ask("POST", path, urlencode(fields | {"csrfmiddlewaretoken": TOKEN.search(self.page)[1]}))

    def _ask(self, method, path, body=None):
        for _turn in range(8):
            line = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=self.context, source_address=(self.source, 0))
            # The caller lies about its address: only what the proxy sees may be believed.
            headers = {"Host": HOST, "Referer": f"https://{HOST}/", "X-Forwarded-For": "6.6.6.6", "Accept-Language": "zh-CN",
                       "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}  # fmt: skip
            line.request(method, path, body, headers | ({"Content-Type": "application/x-www-form-urlencoded"} if body else {}))
            answer = line.getresponse()
            for given in answer.headers.get_all("Set-Cookie") or ():
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(given).items()}
            self.page = html.unescape(answer.read().decode())
            line.close()
            if answer.status not in (301, 302, 303):
                return answer.status, path
            parts = urlsplit(answer.headers["Location"])
            method, path, body = "GET", f"{parts.path}?{parts.query}" if parts.query else parts.path, None
        raise AssertionError(f"led in a circle to {path}")


def code_now(otpauth):
    """Return what a code app shows for an otpauth address: RFC 6238, written out here so that nothing of ours is asked."""
    secret = base64.b32decode(re.search(r"secret=([A-Z2-7]+)", otpauth)[1] + "=" * (-len(re.search(r"secret=([A-Z2-7]+)", otpauth)[1]) % 8))
    digest = hmac.new(secret, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"
