"""A node process that holds phones' queues, and the net between them and the server: it loses, repeats, delays and reorders."""

import copy
import json
import subprocess
from pathlib import Path

from django.test import Client

from wanjia.orgs.devices.middleware import PERSON
from wanjia.site.build import find_node

BACKEND = "django.contrib.auth.backends.ModelBackend"
FORM = "/record/?new=1"


class Node:
    """The queue, as the browser runs it. `run` does one thing there; what it asks of the line meanwhile goes to `serve`."""

    def __init__(self):
        script = Path(__file__).with_name("phone.mjs")
        self.process = subprocess.Popen([find_node()[0], str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, do, serve=None, **what):
        """Return the answer."""
        self._write({"do": do, **what})
        while "answer" not in (said := json.loads(self.process.stdout.readline())):
            self._write(serve(said))
        return said["answer"]

    def _write(self, what):
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()

    def close(self):
        """End it."""
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


class Phone:
    """One browser: its cookies, and who last had the key there."""

    def __init__(self, name, node, keyed=True, guarded=True):
        self.name, self.node, self.keyed, self.guarded = name, node, keyed, guarded
        self.client = Client(enforce_csrf_checks=guarded)
        self.person, self.late = None, []

    def sign_in(self, user):
        """Sign in; the device keeps what lies here for those who were here before."""
        self.client.force_login(user, backend=BACKEND)
        self.hear()

    def expire(self):
        """The session runs out: the server forgets it, the device keeps what it has."""
        self.client.cookies.pop("wanjia", None)

    def hear(self):
        """Have a word with the server, and throw away what may not stay; return the word."""
        word = self.client.get("/device/word").json()
        self.node.run("keep", phone=self.name, kept=word["kept"])
        self.person = word["person"] or self.person
        return word

    def write(self, key, values, person):
        """Put an act into the queue."""
        act = {"key": key, "person": person, "path": FORM, "body": list(values.items()), "words": values["summary"], "edited": False}
        self.node.run("add", phone=self.name, act=act)

    def items(self):
        """Return what lies in the box."""
        return self.node.run("all", phone=self.name)

    def replay(self, fates, meanwhile=None):
        """Send what waits. fates: what becomes of each request; meanwhile: called between a word and the sending that follows."""
        fates = iter(fates)
        return self.node.run("replay", lambda asked: self._serve(asked, next(fates, "fine"), meanwhile), phone=self.name, person=self.person)

    def _serve(self, asked, fate, meanwhile):
        if fate == "lost":
            return {"noLine": True}
        if asked["call"] == "ask":
            return {"reply": self.client.get("/device/word", {"key": asked["keys"]}).json()}
        if meanwhile:
            meanwhile()
        sent = self._request(asked["item"], asked["word"])
        if fate == "late":
            self.late.append(sent)
            return {"noLine": True}
        answer = sent()
        if fate == "twice":
            sent()
        if fate == "unheard":
            return {"noLine": True}
        return {"reply": _told(answer)}

    def _request(self, item, word):
        """Return the sending of one act as it leaves now: a request that arrives late comes under the cookies of its own day."""
        then = Client(enforce_csrf_checks=self.guarded)
        then.cookies = copy.deepcopy(self.client.cookies)
        headers = {"X-CSRFToken": word["csrf"], **({PERSON: item["person"]} if self.guarded else {})}
        body = {**dict(item["body"]), **({"key": item["key"]} if self.keyed else {})}
        return lambda: then.post(item["path"], body, headers=headers)

    def deliver(self, at):
        """Let one of the late requests arrive, in any order."""
        if self.late:
            self.late.pop(at % len(self.late))()


def _told(answer):
    """Return what assets/sending.js reads out of an answer of the server."""
    if answer.headers.get("Content-Type", "").startswith("application/json") and answer.status_code == 200:
        return {"status": 200, "said": [], "elsewhere": answer.json()["to"].startswith("/accounts/")}
    return {"status": answer.status_code, "said": ["……"], "stale": answer.headers.get("Wanjia-Refused") == "csrf"}
