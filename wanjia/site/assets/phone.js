// Nothing typed is lost, and what is done without a line waits and is sent. Pages work without this file; with it they forgive.
import * as drafts from "./drafts.js";
import * as key from "./key.js";
import { drawCarried, drawOutbox, showCount } from "./outbox.js";
import * as queue from "./queue.js";
import { takeAlong } from "./satchel.js";
import { lineOf } from "./sending.js";
import * as vault from "./vault.js";
import { note, unnote, words } from "./words.js";

const able = window.isSecureContext && window.indexedDB && window.crypto?.subtle;
const from = document.documentElement.dataset.carried; // this page came out of the satchel, of that moment
const whose = document.documentElement.dataset.person; // whose page this is; a bare page is nobody's
const TYPING = 400; // ms after the last stroke
const again = 30_000; // ms between tries to send what waits
const timers = new WeakMap();

const forms = () => [...document.forms].filter(drafts.isKept);
const idOf = async (form) => vault.digest(`${key.current().person}|${drafts.addressOf(form)}`);

async function save(form, more = {}) {
  if (!key.current()) return;
  const id = await idOf(form), before = await vault.get(key.current(), "drafts", id);
  const draft = { values: drafts.valuesOf(form), key: drafts.keyField(form).value, at: new Date().toISOString(), sent: before?.sent, ...more };
  await vault.put(key.current(), "drafts", id, draft);
}

function typed(event) {
  const form = event.target.form;
  if (!form || !drafts.isKept(form) || event.target.closest("[data-sealed]")) return;
  form.dataset.typed = "1";
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), TYPING));
  if (!key.current() && !navigator.onLine) note(form, "locked");
}

// What is still being typed when the page goes is kept at once.
const keepAll = () => { if (document.visibilityState === "hidden") forms().filter((form) => form.dataset.typed).forEach((form) => save(form)); };

// What was sent waits for the server's word whether it is done; without a line it is filled in under its own key.
async function restore(form, { sent }) {
  const id = await idOf(form), draft = await vault.get(key.current(), "drafts", id);
  if (!draft || (draft.sent && !sent) || form.dataset.typed || draft.key === drafts.keyField(form).value) return; // the page came back with its own words
  if (!drafts.fill(form, draft.values)) return;
  if (draft.key) drafts.keyField(form).value = draft.key;
  note(form, draft.before ? "changed" : "filled", { at: draft.at, discard: async () => { await vault.drop("drafts", id); form.reset(); fresh(form); unnote(form); } });
}

const fresh = (form) => { drafts.keyField(form).value = crypto.randomUUID(); };

// Which of the drafts that were sent are done: those go; what was changed after it was sent stays, under a key of its own.
async function clearDone(rows, done) {
  for (const { id, value } of rows) {
    if (!value.sent || !done.includes(value.key)) continue;
    if (JSON.stringify(value.values) === value.sent) await vault.drop("drafts", id);
    else await vault.put(key.current(), "drafts", id, { ...value, key: null, sent: undefined, before: true });
  }
}

// Before a form is sent, ask whether anybody would take it.
async function submit(event) {
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
  } finally {
    delete form.dataset.asking;
  }
}

async function sendOrKeep(form, submitter, edited) {
  let word = null;
  try { word = await key.ask(); } catch { /* no line */ }
  if (!word) return withoutLine(form, submitter, edited);
  if (word.person !== key.current().person) return note(form, word.person ? "another" : "expired");
  form.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = word.csrf; });
  form.dataset.go = "1";
  setTimeout(() => delete form.dataset.go, 8000);
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
  location.assign("/outbox");
}

async function carriedAct(path) {
  const page = await vault.get(key.current(), "pages", await vault.digest(`${key.current().person}|${path}`));
  return page?.act ? page : null;
}

async function send() {
  const holder = key.current();
  if (!holder || !navigator.onLine) return show();
  const go = async () => queue.replay(vault.boxOf(holder), lineOf(holder.person), holder.person);
  await (navigator.locks ? navigator.locks.request("wanjia-outbox", go) : go());
  return show();
}

async function show() {
  const holder = key.current();
  const items = holder ? await vault.boxOf(holder).all() : [];
  showCount(holder ? queue.unsent(items, holder.person) : []);
  await drawOutbox(holder, items, { show, send });
  await drawCarried(holder);
}

// Signing out with something unsent asks first; then what lies here of this person goes, line or no line.
async function leaving(event) {
  const form = event.target;
  if (!form.matches("form[data-leave], form[action$='/accounts/logout/']") || form.dataset.go || !key.current()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const left = queue.unsent(await vault.boxOf(key.current()).all(), key.current().person);
  const asked = document.querySelector("[data-unsent]");
  if (left.length && !asked) return location.assign(form.getAttribute("action"));
  await vault.dropPerson(key.current().person);
  key.forget();
  form.dataset.go = "1";
  form.requestSubmit();
}

async function begin() {
  key.answerWorker();
  navigator.serviceWorker.register("/sw.js").catch(() => {});
  await key.fromWorker(whose);
  if (from && key.current()) forms().forEach(fresh);
  if (from) document.querySelector("main")?.prepend(words("carried", { at: from }));
  await restoreAll({ sent: false });
  await show();
  await hear();
  await restoreAll({ sent: true });
  addEventListener("online", hear);
  setInterval(() => { if (document.visibilityState === "visible") send().catch(() => {}); }, again);
}

const restoreAll = async (how) => {
  if (!key.current() || (whose && key.current().person !== whose)) return;
  await reopen();
  await Promise.all(forms().map((form) => restore(form, how)));
};

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

// A word with the server: who is signed in, what is done, what has to go.
async function hear() {
  let word;
  const had = key.current();
  const asked = had ? (await sentOf(had)).map((one) => one.key) : [];
  try { word = await key.ask(asked); } catch { return; }
  const gone = await vault.keepOnly(word.kept);
  if (had && !word.kept.includes(had.person)) {
    key.forget();
    forms().forEach((form) => form.reset());
    if (gone) document.querySelector("main")?.prepend(words("wiped"));
    return show();
  }
  if (word.person && whose && word.person !== whose) return show(); // somebody else signed in beside this page
  const holder = await key.take(word);
  if (!word.person || !holder) return show();
  try { await clear(holder, had?.person === holder.person ? word.done : null); } catch { return; }
  await send();
  await takeAlong(holder);
}

// What the server has done goes from drafts and outbox. done: null, where it was not asked yet.
async function clear(holder, done) {
  const sent = await sentOf(holder);
  if (!done && sent.length) done = (await key.ask(sent.map((one) => one.key))).done;
  await clearDone(sent.filter((one) => one.draft).map((one) => one.draft), done || []);
  for (const { item } of sent) if (item && done.includes(item.key)) await queue.settle(vault.boxOf(holder), item);
}

// The drafts that were sent and the acts that a person was shown: {key, draft or item}.
async function sentOf(holder) {
  const typed = (await vault.all(holder, "drafts")).filter((one) => one.value.sent && one.value.key).map((draft) => ({ key: draft.value.key, draft }));
  const shown = queue.unsent(await vault.boxOf(holder).all(), holder.person).filter((one) => one.state === queue.STOPPED && !one.twice);
  return [...typed, ...shown.map((item) => ({ key: item.key, item }))].slice(0, 50);
}

if (able) {
  addEventListener("submit", leaving, true);
  addEventListener("submit", submit, true);
  for (const kind of ["input", "change"]) document.addEventListener(kind, typed);
  document.addEventListener("visibilitychange", keepAll);
  addEventListener("pagehide", keepAll);
  document.addEventListener("htmx:sendError", (event) => { const form = event.target.closest("form"); if (form) note(form, "noLine"); });
  document.addEventListener("htmx:responseError", (event) => {
    const form = event.target.closest("form");
    if (form && event.detail.xhr.status === 401) note(form, "expired");
  });
  begin();
}
