"""Makes requests from an OpenAPI description: mostly what it asks for, now and then what no one should send."""

import json
import uuid
from datetime import date, timedelta

from .asked import Request
from .right import doers
from .roles import LIKELY
from .tricks import TRICKS

ODD = (
    "", " ", "_", "%", "%00", "\x00", "a\x00b", "\ud800", "\U0010ffff", "'; DROP TABLE", "\\", "大" * 3000, "0", "-1", "NaN", "Infinity", "1e400",
    "0001-01-01", "9999-12-31", "2026-02-30", "99999999999999999999", "null", "true", "[]", "{}", "<b>", "../../etc", "٣", "\u202e", "{{7*7}}",
    None, True, -1, 0, 2**31, 2**63, 2**70, 1e308, [], {}, [None], {"a": {"a": []}}, [[["a"]]],
)  # fmt: skip
WORDS = ("已到户核实情况", "王", "低保", "父亲残疾,想申请低保", "情况属实,按政策办理", "第一次没有打通电话,改日再打")
RIGHT = 0.4  # of what somebody who may sends, how much is right to the last letter
DAYS = [date(2026, 11, 2) + timedelta(days=n) for n in range(0, 40, 3)]


class Maker:
    """Makes requests; `known` holds ids by a part of the name under which they are asked: {"need": […], "household": […], "": all}."""

    def __init__(self, schema, dice, known, right=None):
        self.schema, self.dice, self.known, self.right, self.oddness, self.sure = schema, dice, known, right, 0, False
        self.described = {(method.upper(), path): act for path, methods in schema["paths"].items() for method, act in methods.items()}
        self.acts = list(self.described)

    def request(self, asked, oddness=None):
        """Return a request of one of `acts`. oddness: how often something is not as it should be; drawn where none is given."""
        (method, template), act = asked, self.described[asked]
        self.sure = oddness == 0
        self.oddness, self.act = self.dice.choice((0, 0, 0.03, 0.15)) if oddness is None else oddness, _moves(template)
        made = Request(method, template, template)
        for asked in act.get("parameters", []):
            self._parameter(made, asked)
        for kind, content in act.get("requestBody", {}).get("content", {}).items():
            value = self._value(content["schema"])
            made.body = value if self.dice.random() > self.oddness / 3 else self.dice.choice(ODD)
            if kind.startswith("multipart"):
                made.files = {name: self._file() for name, one in content["schema"]["properties"].items() if one.get("format") == "binary"}
                made.trick = self.dice.choice(TRICKS) if self.dice.random() < (0.4 if oddness is None else 0) else None
        return made

    def likely(self):
        """Return (role, request) as somebody who may would send it, nothing odd in it: a list or a row read, or an act done."""
        if self.right and self.dice.random() < RIGHT and (dealt := self.right.next()):
            return dealt
        reads = self.dice.random() < 0.5
        act = self.dice.choice([act for act in self.acts if (act[0] == "GET") == reads] or self.acts)
        words = [word for word in act[1].split("/") if word in LIKELY]
        roles = (not reads and doers(act[1])) or LIKELY[words[-1] if words else "needs"]
        return self.dice.choice(roles), self.request(act, oddness=0)

    def doors(self):
        """Return what is sent first: the API has no door to a child's file."""
        return ()

    def follow(self, _request, _text):
        """Return what is asked next because of an answer: nothing."""
        return ()

    def _parameter(self, made, asked):
        name, place = asked["name"], asked["in"]
        if place == "path":
            value = self._value(asked["schema"], name)
            made.path = made.path.replace("{%s}" % name, _in_path(value))
        elif self.dice.random() < (0.9 if asked.get("required") else 0.4):
            value = self._value(asked["schema"], name)
            if place == "query":
                made.query[name] = value if isinstance(value, str) else json.dumps(value)
            else:
                made.headers[name] = "".join(char for char in str(value) if " " <= char < "\x7f") or "-"

    def _file(self):
        if not self.oddness:
            return "表.csv", "户编号,姓名,身份证号,与户主关系,村(社区),备注\nF1,赵某,,户主,大同村,证件遗失\n".encode()
        rows = self.dice.choice((
            b"", b"PK\x03\x04", "户编号,姓名,与户主关系,村(社区)\nF1,赵某,户主,大同村\n".encode(), bytes(self.dice.randbytes(200)),
        ))  # fmt: skip
        return self.dice.choice(("表.csv", "表.xlsx", "照片.jpg", "..", "a" * 300 + ".csv")), rows

    def _value(self, node, name=""):
        if self.dice.random() < self.oddness:
            return self.dice.choice(ODD)
        if "$ref" in node:
            return self._value(self.schema["components"]["schemas"][node["$ref"].rsplit("/", 1)[1]], name)
        for many in ("allOf", "anyOf", "oneOf"):
            if many in node:
                return self._value(self.dice.choice(node[many]), name)
        if "enum" in node:
            return self.dice.choice(node["enum"])
        if "const" in node:
            return node["const"]
        return getattr(self, f"_{node.get('type', 'string')}")(node, name)

    def _object(self, node, name):
        made = {}
        for key, one in node.get("properties", {}).items():
            if one.get("format") != "binary" and (key in node.get("required", ()) or self.dice.random() < 0.5):
                made[key] = self._value(one, key)
        if isinstance(more := node.get("additionalProperties"), dict):
            for _turn in range(self.dice.randrange(3)):
                made[self._id(name) if self.dice.random() < 0.5 else self.dice.choice(("health", "roof", "school", "大" * 41))] = self._value(more, name)
        if self.dice.random() < self.oddness:
            made["unknown"] = 1
        return made

    def _array(self, node, name):
        return [self._value(node.get("items", {}), name) for _turn in range(self.dice.randrange(4))]

    def _string(self, node, name):
        form = node.get("format", "")
        if form == "uuid":
            return self._id(name)
        if form == "date":
            return self.dice.choice(DAYS).isoformat()
        if form == "date-time":
            return f"{self.dice.choice(DAYS).isoformat()}T09:00:00+08:00"
        longest = node.get("maxLength", 100)
        for part, values in self.known.items():
            if isinstance(part, str) and part and part in name and values and self.dice.random() < 0.8 and len(value := str(self.dice.choice(values))) <= longest:
                return value
        text = self.dice.choice(WORDS) * self.dice.choice((1, 1, 1, 8))
        return text[: node.get("maxLength", 100)]

    def _id(self, name):
        if self.dice.random() < self.oddness:
            return str(uuid.UUID(int=self.dice.getrandbits(128)))
        # Where an act is asked of a row, mostly one whose state has that act.
        ready = next((keys for move in self.act if (keys := self.known.get((name, move)))), None)
        if ready and (self.sure or self.dice.random() < 0.8):
            return str(self.dice.choice(ready))
        fitting = self.known.get(name) or next((values for part, values in self.known.items() if isinstance(part, str) and part and part in name and values), self.known[""])
        return str(self.dice.choice(fitting))

    def _integer(self, node, _name):
        return self.dice.choice((0, 1, 2, 5, 50, 99, 100_000))

    def _number(self, node, name):
        return self._integer(node, name) / 3

    def _boolean(self, _node, _name):
        return self.dice.random() < 0.5

    def _null(self, _node, _name):
        return None


def _moves(template):
    """Return what the move of an act may be called whose address this is: "trip-hand-over" is the trip's "hand_over"."""
    word = template.rsplit("/", 1)[1].replace("-", "_")
    return word, word.partition("_")[2]


def _in_path(value):
    from urllib.parse import quote

    return quote(str(value).encode("utf-8", "surrogatepass"), safe="") or "-"
