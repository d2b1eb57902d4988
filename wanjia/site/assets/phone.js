// Nothing typed is lost, and what is done without a line waits and is sent. Pages work without this file; with it they forgive.
import { isKept } from "./drafts.js";
import { clearDone, forms, fresh, keepAll, missAnswers, restoreAll, submit, typed } from "./keeping.js";
import * as key from "./key.js";
import { drawCarried, drawOutbox, showCount } from "./outbox.js";
import * as queue from "./queue.js";
import { takeAlong } from "./satchel.js";
import { lineOf } from "./sending.js";
import * as vault from "./vault.js";
import { note, words } from "./words.js";

const able = window.isSecureContext && window.indexedDB && window.crypto?.subtle;
const from = document.documentElement.dataset.carried; // this page came out of the satchel, of that moment
const whose = document.documentElement.dataset.person; // whose page this is; a bare page is nobody's
const AGAIN = 30_000; // ms between tries to send what waits

async function send() {
  const holder = key.current();
  let heard = "no line";
  if (holder && navigator.onLine) {
    const go = async () => queue.replay(vault.boxOf(holder), lineOf(holder.person), holder.person);
    heard = await (navigator.locks ? navigator.locks.request("wanjia-outbox", go) : go()); // one page at a time
  }
  await show();
  return heard;
}

// While a page stands open: what waits is tried again, and whether this device may still keep what it has.
async function tryAgain() {
  if (document.visibilityState !== "visible" || !key.current()) return;
  if (await send() === "other") await hear();
}

async function show() {
  const holder = key.current();
  const items = holder ? await vault.boxOf(holder).all() : [];
  showCount(holder ? queue.unsent(items, holder.person) : [], holder ? (await vault.all(holder, "drafts")).length : 0);
  await drawOutbox(holder, items, { show, send });
  await drawCarried(holder);
}

// Signing out with something unsent or half typed asks first; then what lies here of this person goes, line or no line.
async function leaving(event) {
  const form = event.target;
  if (!form.matches("form[data-leave], form[action$='/accounts/logout/']") || form.dataset.go || !key.current()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const left = queue.unsent(await vault.boxOf(key.current()).all(), key.current().person);
  const asked = document.querySelector("[data-unsent]");
  const half = await vault.all(key.current(), "drafts");
  if (left.length + half.length && !asked) return location.assign(form.getAttribute("action"));
  await vault.dropPerson(key.current().person);
  key.forget();
  form.dataset.go = "1";
  form.requestSubmit();
}

async function begin() {
  key.answerWorker();
  navigator.serviceWorker?.register("/sw.js").catch(() => {});
  await key.fromWorker(whose);
  if (from && key.current()) forms().forEach(fresh);
  if (from) document.querySelector("main")?.prepend(words("carried", { at: from }));
  await restoreAll(whose, { sent: false });
  if (key.current() && document.querySelector("[data-kept-some]")) await missAnswers();
  await show();
  await hear();
  await restoreAll(whose, { sent: true });
  addEventListener("online", hear);
  document.addEventListener("wanjia:queued", show);
  document.addEventListener("wanjia:unknown", hear); // the server no longer knows what a form had to ask about
  setInterval(() => tryAgain().catch(() => {}), AGAIN);
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
  send().then(() => takeAlong(holder)).catch(() => {}); // what lies here for this page need not wait for what is sent and fetched
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
  return [...typed, ...shown.map((item) => ({ key: item.key, item }))].slice(0, queue.ASKED);
}

if (able) {
  addEventListener("submit", leaving, true);
  addEventListener("submit", submit, true);
  for (const kind of ["input", "change"]) document.addEventListener(kind, typed);
  document.addEventListener("visibilitychange", keepAll);
  addEventListener("pagehide", keepAll);
  document.addEventListener("htmx:afterSettle", () => restoreAll(whose, { sent: false })); // a form that came later
  document.addEventListener("htmx:sendError", (event) => {
    const form = event.target.closest("form");
    if (form) note(form, isKept(form) ? "noLine" : "noSearch");
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status !== 401) return;
    const form = event.target.closest("form");
    if (form && isKept(form)) note(form, "expired");
    else location.assign(words("expired").querySelector("[data-back]").href);
  });
  begin();
}
