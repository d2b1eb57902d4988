"""A phone in somebody's hand: its line, and what lies on it as whoever steals it reads it."""

from .conftest import PASSWORD

RECORDS = """async () => {
  const db = await new Promise((resolve) => { const asked = indexedDB.open("wanjia"); asked.onsuccess = () => resolve(asked.result); });
  const read = (store) => new Promise((resolve) => { const all = db.transaction(store).objectStore(store).getAll(); all.onsuccess = () => resolve(all.result); });
  const found = {};
  for (const store of ["drafts", "outbox", "pages"]) {
    found[store] = (await read(store)).map((one) => JSON.stringify({ ...one, sealed: new TextDecoder("latin1").decode(one.sealed) }) + new TextDecoder().decode(one.sealed));
  }
  db.close();
  return { ...found, memory: JSON.stringify({ ...localStorage, ...sessionStorage }) };
}"""


class Phone:
    """What the village worker holds in her hand; `at` is her browser."""

    def __init__(self, at):
        self.at, self.page = at, at.page

    def ready(self, pages=5):
        """Wait until what she needs at the door lies on the phone."""
        self.until(lambda: len(self.lies()["pages"]) >= pages and self.page.evaluate("async () => Boolean(await caches.match('/no-signal'))"))

    def until(self, holds):
        for _turn in range(100):
            if holds():
                return
            self.page.wait_for_timeout(150)
        raise AssertionError("it never came")

    def cut(self, off=True):
        """Lose the line, or find it again."""
        self.at.window.set_offline(off)

    def lies(self):
        """What lies on the phone, as whoever steals it reads it."""
        return self.page.evaluate(RECORDS)

    def sees(self, words):
        """Wait until the page says it."""
        self.page.locator("body").filter(has_text=words).first.wait_for()
        return self

    def need(self, words, category="aid"):
        """Fill the intake form."""
        self.at.fill(requester_name="王大叔", summary=words, category=category)

    def typed(self, words, store="drafts"):
        """Wait until what was typed lies on the phone."""
        self.until(lambda: self.lies()[store])
        assert words not in str(self.lies()), "typed words lie on the phone in clear"

    def sign_in(self, name="datong"):
        """Type account and password on the page that is open."""
        self.page.fill("input[name=login]", name)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_load_state()
