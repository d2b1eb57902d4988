// The forms of a page: kept while somebody types, filled in again, sent when somebody is there to take them, queued when not.
import * as drafts from "./drafts.js";
import * as key from "./key.js";
import * as queue from "./queue.js";
import * as vault from "./vault.js";
import { note, unnote, words } from "./words.js";

const TYPING = 400; // ms after the first stroke that is not kept yet: who never pauses is kept all the same
const AGAIN = 8000; // ms until a form that was let go is asked about anew
const ANSWERED = 60_000; // ms after which the tab that sent a form has its answer, or is gone
const timers = new WeakMap();
const touched = new WeakMap(); // form → names of the fields that somebody typed in on this page
const froms = new WeakMap(); // form → the draft of it that lay here: what stood there when she began
const ids = new WeakMap(); // form → under what its draft lies
const tab = (sessionStorage["wanjia-tab"] ||= crypto.randomUUID()); // of the browser, whatever it opens
let looked = false; // whether what lay here for the forms of this page was all filled in

export const forms = () => [...document.forms].filter(drafts.isKept);
async function idOf(form) {
  const id = await vault.digest(`${key.current().person}|${drafts.addressOf(form)}`);
  ids.set(form, id);
  return id;
}

// What somebody types before the older words came back is not kept over them: both are, once they stand in the form together.
async function save(form, more) {
  if (!key.current()) return;
  const id = await idOf(form), before = await vault.get(key.current(), "drafts", id);
  if (before && !more && !looked && before.key !== drafts.keyField(form).value) return;
  const draft = { ...drafts.draftOf(form, before), sent: before?.sent, tab: before?.tab, ...more };
  froms.set(form, draft);
  await vault.put(key.current(), "drafts", id, draft);
}

export function typed(event) {
  const form = event.target.form;
  if (!form || !drafts.isKept(form) || event.target.closest("[data-sealed]")) return;
  form.dataset.typed = "1";
  if (!touched.has(form)) touched.set(form, new Set());
  touched.get(form).add(event.target.name);
  if (!timers.has(form)) timers.set(form, setTimeout(() => { timers.delete(form); saveOrSay(form); }, TYPING));
  if (!key.current() && !navigator.onLine) note(form, "locked");
}

// A full or broken store is said at the form: otherwise she closes the page and believes that her words lie here.
async function saveOrSay(form) {
  try { await save(form); } catch { if (!form.querySelector("[data-draft-note=full]")) note(form, "full"); }
}

// What is still being typed when the page goes is kept at once. A page that is left has no time to seal it: the worker does that.
export const keepAll = () => {
  for (const form of forms().filter((one) => timers.has(one) && key.current())) {
    const id = ids.get(form);
    if (!id || !navigator.serviceWorker?.controller) saveOrSay(form);
    else key.tellWorker({ seal: { holder: key.current(), id, looked, draft: drafts.draftOf(form, froms.get(form)) } });
  }
};

// What was sent waits for the server's word whether it is done; without a line it is filled in under its own key.
async function restore(form, { sent }) {
  const id = await idOf(form), draft = await vault.get(key.current(), "drafts", id);
  if (!draft || (draft.sent && !sent) || form.dataset.item || draft.key === drafts.keyField(form).value) return; // the page came back with its own words
  const alone = drafts.leftAlone(form, draft); // of a row that moved, only what she changed herself
  if (!drafts.fill(form, draft.values, { but: new Set([...(touched.get(form) || []), ...(alone || [])]) })) return;
  if (draft.key) drafts.keyField(form).value = draft.key;
  note(form, alone ? "moved" : draft.before ? "changed" : "filled", { at: draft.at, discard: async () => { await vault.drop("drafts", id); form.reset(); delete form.dataset.typed; touched.delete(form); fresh(form); unnote(form); } });
}

export const fresh = (form) => { drafts.keyField(form).value = crypto.randomUUID(); };

// Which of the drafts that were sent are done: those go; what was changed after it was sent stays, under a key of its own.
// What another tab sent a moment ago is that tab's to clear: two had one key, the first was done, and the second waits to hear that its words were not.
export async function clearDone(rows, done) {
  for (const row of rows) {
    const { value } = row, elsewhere = value.tab && value.tab !== tab && Date.now() - Date.parse(value.at) < ANSWERED;
    if (!value.sent || !done.includes(value.key) || elsewhere) continue;
    const here = forms().find((form) => drafts.keyField(form).value === value.key); // sent again under a key that is used up: other words, not done
    if (here) cameBack(here);
    if (value.unheard) document.querySelector("main")?.prepend(words("heard", { at: value.at }));
    if (!here && JSON.stringify(value.values) === value.sent) await vault.instead(key.current(), "drafts", row, null);
    else if (here) await save(here, { key: null, sent: undefined, before: true });
    else await vault.instead(key.current(), "drafts", row, { ...value, key: null, sent: undefined, before: true });
  }
}

// Two pages held the same form, and the other was quicker; or it was changed after it was sent. What stands here is an act of its own.
function cameBack(form) {
  fresh(form);
  form.dataset.typed = "1";
  note(form, "changed", { discard: async () => { await vault.drop("drafts", await idOf(form)); delete form.dataset.typed; location.assign(location.href); } });
}

// The page of an act did not come: whether it was done is asked later, and then said.
export async function missAnswers() {
  for (const row of await vault.all(key.current(), "drafts")) if (row.value.sent) await vault.instead(key.current(), "drafts", row, { ...row.value, unheard: true });
}

// Before a form is sent, ask whether anybody would take it.
export async function submit(event) {
  const form = event.target;
  if (form.dataset.go || !(drafts.bearsWords(form) || (drafts.isKept(form) && key.current()))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.dataset.asking) return;
  form.dataset.asking = "1";
  clearTimeout(timers.get(form));
  timers.delete(form);
  try {
    await sendOrKeep(form, event.submitter, drafts.isKept(form) && key.current() && await kept(form));
  } finally {
    delete form.dataset.asking;
  }
}

// Keep what is about to be sent; null where the store is full or broken, which stops nobody who has a line.
async function kept(form) {
  try {
    const id = await idOf(form), before = await vault.get(key.current(), "drafts", id), now = JSON.stringify(drafts.valuesOf(form));
    await save(form, { sent: now, tab });
    return { edited: Boolean(form.dataset.item || (before?.sent && before.sent !== now)) };
  } catch {
    return null;
  }
}

// lies: what of the form lies on this device; of a form about a child, a file, or with a full store nothing does, and nobody is told so.
async function sendOrKeep(form, submitter, lies) {
  let word = null;
  try { word = await key.ask(); } catch { /* no line */ }
  if (!word && !lies) return note(form, "unsent-here");
  if (!word) return withoutLine(form, submitter, lies.edited).catch(() => note(form, "unsent-here"));
  if (!lies) return letGo(form, submitter);
  if (!word.kept.includes(key.current().person)) return document.dispatchEvent(new Event("wanjia:unknown"));
  if (word.person !== key.current().person) return note(form, word.person ? "another" : "expired");
  form.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = word.csrf; });
  letGo(form, submitter);
}

function letGo(form, submitter) {
  form.dataset.go = "1";
  setTimeout(() => delete form.dataset.go, AGAIN);
  form.requestSubmit(submitter);
}

async function withoutLine(form, submitter, edited) {
  const url = new URL(submitter?.getAttribute("formaction") || form.getAttribute("action") || location.href, location.href);
  const path = url.pathname + url.search, page = await carriedAct(path), body = page && drafts.bodyOf(form, submitter);
  if (!body) return note(form, "noLine");
  const act = { key: drafts.keyField(form).value, person: key.current().person, path, body, words: [page.words, form.dataset.words].filter(Boolean).join(" "), edited };
  await queue.add(vault.boxOf(key.current()), act);
  await vault.drop("drafts", await idOf(form));
  form.reset();
  delete form.dataset.typed;
  if (!form.matches("[data-stays]")) return location.assign("/outbox");
  form.replaceWith(words("queued")); // one of a list: the next one is asked at once
  document.dispatchEvent(new Event("wanjia:queued"));
}

async function carriedAct(path) {
  const page = await vault.get(key.current(), "pages", await vault.digest(`${key.current().person}|${path}`));
  return page?.act ? page : null;
}

// whose: the person whose page this is; no other person's words are put on it.
export async function restoreAll(whose, how) {
  if (!key.current() || (whose && key.current().person !== whose)) return;
  await reopen();
  await Promise.all(forms().map((form) => restore(form, how)));
  if (!how.sent || looked) return;
  looked = true;
  await Promise.all(forms().filter((form) => form.dataset.typed && !form.dataset.item).map(saveOrSay));
}

// An act that the server refused, opened again with all that was written, under its own key.
async function reopen() {
  const asked = location.hash.match(/^#item-([0-9a-f-]{36})$/)?.[1], form = forms()[0];
  if (!asked || !form || form.dataset.item) return;
  const item = (await vault.boxOf(key.current()).all()).find((one) => one.key === asked);
  if (!item) return;
  form.dataset.item = asked;
  drafts.fill(form, item.body, { whole: true });
  drafts.keyField(form).value = asked;
  form.dataset.typed = "1";
  note(form, "reopened");
}
