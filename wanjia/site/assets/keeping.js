// The forms of a page: kept while somebody types, filled in again, sent when somebody is there to take them, queued when not.
import * as drafts from "./drafts.js";
import * as key from "./key.js";
import * as queue from "./queue.js";
import * as vault from "./vault.js";
import { note, unnote } from "./words.js";

const TYPING = 400; // ms after the last stroke
const AGAIN = 8000; // ms until a form that was let go is asked about anew
const timers = new WeakMap();

export const forms = () => [...document.forms].filter(drafts.isKept);
const idOf = async (form) => vault.digest(`${key.current().person}|${drafts.addressOf(form)}`);

async function save(form, more = {}) {
  if (!key.current()) return;
  const id = await idOf(form), before = await vault.get(key.current(), "drafts", id);
  const draft = { values: drafts.valuesOf(form), key: drafts.keyField(form).value, at: new Date().toISOString(), sent: before?.sent, ...more };
  await vault.put(key.current(), "drafts", id, draft);
}

export function typed(event) {
  const form = event.target.form;
  if (!form || !drafts.isKept(form) || event.target.closest("[data-sealed]")) return;
  form.dataset.typed = "1";
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), TYPING));
  if (!key.current() && !navigator.onLine) note(form, "locked");
}

// What is still being typed when the page goes is kept at once.
export const keepAll = () => { if (document.visibilityState === "hidden") forms().filter((form) => form.dataset.typed).forEach((form) => save(form)); };

// What was sent waits for the server's word whether it is done; without a line it is filled in under its own key.
async function restore(form, { sent }) {
  const id = await idOf(form), draft = await vault.get(key.current(), "drafts", id);
  if (!draft || (draft.sent && !sent) || form.dataset.typed || draft.key === drafts.keyField(form).value) return; // the page came back with its own words
  if (!drafts.fill(form, draft.values)) return;
  if (draft.key) drafts.keyField(form).value = draft.key;
  note(form, draft.before ? "changed" : "filled", { at: draft.at, discard: async () => { await vault.drop("drafts", id); form.reset(); delete form.dataset.typed; fresh(form); unnote(form); } });
}

export const fresh = (form) => { drafts.keyField(form).value = crypto.randomUUID(); };

// Which of the drafts that were sent are done: those go; what was changed after it was sent stays, under a key of its own.
export async function clearDone(rows, done) {
  for (const { id, value } of rows) {
    if (!value.sent || !done.includes(value.key)) continue;
    if (JSON.stringify(value.values) === value.sent) await vault.drop("drafts", id);
    else await vault.put(key.current(), "drafts", id, { ...value, key: null, sent: undefined, before: true });
  }
}

// Before a form is sent, ask whether anybody would take it.
export async function submit(event) {
  const form = event.target;
  if (form.dataset.go || !drafts.isKept(form) || !key.current()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.dataset.asking) return;
  form.dataset.asking = "1";
  clearTimeout(timers.get(form));
  try {
    const id = await idOf(form), before = await vault.get(key.current(), "drafts", id), now = JSON.stringify(drafts.valuesOf(form));
    await save(form, { sent: now });
    await sendOrKeep(form, event.submitter, Boolean(form.dataset.item || (before?.sent && before.sent !== now)));
  } catch (fault) {
    letGo(form, event.submitter); // a full or broken store stops nobody
    throw fault;
  } finally {
    delete form.dataset.asking;
  }
}

async function sendOrKeep(form, submitter, edited) {
  let word = null;
  try { word = await key.ask(); } catch { /* no line */ }
  if (!word) return withoutLine(form, submitter, edited);
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
  const act = { key: drafts.keyField(form).value, person: key.current().person, path, body, words: page.words, edited };
  await queue.add(vault.boxOf(key.current()), act);
  await vault.drop("drafts", await idOf(form));
  form.reset();
  delete form.dataset.typed;
  location.assign("/outbox");
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
