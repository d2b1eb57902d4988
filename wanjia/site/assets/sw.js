// The worker: with a line it keeps out of the way; without one it opens what the person took along, and says what it cannot do.
// In the browser's cache lie only the product's own files and two pages that name nobody. Pages about people are sealed records.
import * as vault from "./vault.js";

const SHELL = "wanjia-shell";
const BARE = ["/no-signal", "/outbox"];
const PATIENCE = 8000; // ms: twice what a page needs on a line of 400 kbit/s
let holder = null;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const said = event.data || {};
  if (said.hold) holder = said.hold;
  if (said.forget) holder = null;
  if (said.want === "key") event.waitUntil(keyHolder(event.source?.id).then((found) => event.ports[0].postMessage(found)));
  if (said.seal) event.waitUntil(seal(said.seal));
  if (said.shell) event.waitUntil(keepShell(said.shell, said.language).then((whole) => event.ports[0].postMessage(whole)));
  if (said.tidy) event.waitUntil(tidy(said.tidy));
});

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(opened(request, url, event.resultingClientId));
  else if (request.method === "GET" && url.pathname.startsWith("/static/")) event.respondWith(fromShell(request));
});

async function fromShell(request) {
  return (await caches.match(request, { cacheName: SHELL })) || fetch(request);
}

// A line that is there and carries nothing is no line: what was taken along opens after PATIENCE. Everything else waits for its answer.
async function opened(request, url, client) {
  const answer = fetch(request).catch(() => null);
  const late = new Promise((resolve) => { setTimeout(() => resolve("late"), PATIENCE); });
  const heard = request.method === "GET" ? await Promise.race([answer, late]) : await answer;
  if (heard !== "late") return heard || withoutLine(request, url, client);
  return (await carried(url, client)) || (url.pathname === "/outbox" && await bare("/outbox")) || (await answer) || withoutLine(request, url, client);
}

const bare = (path) => caches.match(path, { cacheName: SHELL });

async function withoutLine(request, url, client) {
  if (request.method === "GET") {
    const page = await carried(url, client);
    if (page) return page;
  }
  return (await bare(request.method === "GET" && url.pathname === "/outbox" ? "/outbox" : "/no-signal")) || Response.error();
}

// A page that was taken along, marked with the moment it is from; under the same content policy as on the day it came.
async function carried(url, client) {
  const who = await keyHolder(client);
  const page = who && await vault.get(who, "pages", await vault.digest(`${who.person}|${url.pathname}${url.search}`));
  if (!page) return null;
  const html = page.html.replace("<html ", `<html data-carried="${page.at}" `);
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": page.policy, "Cache-Control": "no-store" } });
}

// The browser puts a worker to sleep and wakes it without memory: an open page still knows.
async function keyHolder(but) {
  if (holder) return holder;
  const pages = await self.clients.matchAll({ type: "window" });
  const answers = pages.filter((one) => one.id !== but).map((one) => new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = (event) => resolve(event.data);
    one.postMessage({ want: "key" }, [channel.port2]);
    setTimeout(() => resolve(null), 800);
  }));
  return (holder = (await Promise.all(answers)).find(Boolean) || null);
}

// The last strokes on a page that is gone. Older words that this page had not taken up yet are not written over (keeping.js).
async function seal({ holder: whose, id, looked, draft }) {
  const before = await vault.get(whose, "drafts", id);
  if (before && !looked && before.key !== draft.key) return;
  await vault.put(whose, "drafts", id, { ...draft, sent: before?.sent, tab: before?.tab });
}

// The files of the page that is open, and the bare pages, asked for without a cookie: nobody's name can stand in them. Tells whether all came.
async function keepShell(files, language) {
  const cache = await caches.open(SHELL);
  let whole = true;
  for (const file of files) if (!(await cache.match(file))) await cache.add(file).catch(() => { whole = false; });
  for (const path of BARE) {
    const answer = await fetch(`${path}?in=${language}`, { credentials: "omit", cache: "no-store" }).catch(() => null);
    if (answer?.ok) await cache.put(path, answer);
    else whole = false;
  }
  return whole;
}

// The files of an older release go once no page that was taken along asks for them.
async function tidy(files) {
  const cache = await caches.open(SHELL), wanted = new Set([...files, ...BARE.map((path) => self.location.origin + path)]);
  for (const old of await cache.keys()) if (!wanted.has(old.url)) await cache.delete(old);
}
