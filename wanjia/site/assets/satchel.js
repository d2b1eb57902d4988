// What a person takes along: the server lists the pages, each is asked for in the form that may lie on a device, and lies here sealed.
import * as vault from "./vault.js";

const FRESH = 10 * 60_000; // ms
const SLOW = 60_000; // ms for the files of a page; a worker of an older release never answers
const MARK = "wanjia-satchel", SHELL = "wanjia-shell";

export async function takeAlong(holder) {
  const worker = await navigator.serviceWorker?.ready.catch(() => null);
  if (!worker?.active) return;
  worker.active.postMessage({ hold: holder });
  const files = shellFiles(), shell = keepShell(worker.active, files);
  const mark = [holder.person, new Date().toDateString(), ...files].join(" "); // a new release: the pages of the old one ask for files that go
  const [last, at] = (sessionStorage.getItem(MARK) || "|0").split("|");
  if (document.documentElement.dataset.carried || (last === mark && Math.abs(Date.now() - Number(at)) < FRESH)) return;
  sessionStorage.setItem(MARK, `${mark}|${Date.now()}`);
  try {
    const answer = await fetch("/device/satchel", { cache: "no-store" });
    if (!answer.ok || answer.redirected) return;
    if (await keep(holder, (await answer.json()).pages) && await shell) worker.active.postMessage({ tidy: files });
  } catch {
    sessionStorage.removeItem(MARK); // the line broke: at the next page again
  }
}

// Returns whether all of them came; what did not stays as it was taken along before.
async function keep(holder, pages) {
  const wanted = new Set();
  let all = true;
  for (const [rank, page] of pages.entries()) {
    const id = await vault.digest(`${holder.person}|${page.path}`);
    wanted.add(id);
    const answer = await fetch(page.path, { headers: { Satchel: "1" }, cache: "no-store" });
    if (!answer.ok || answer.redirected) {
      all = false;
      continue;
    }
    const html = await answer.text(), policy = answer.headers.get("Content-Security-Policy");
    await vault.put(holder, "pages", id, { ...page, rank, html, policy, at: new Date().toISOString() });
  }
  for (const { id } of await vault.all(holder, "pages")) if (!wanted.has(id)) await vault.drop("pages", id);
  return all;
}

function shellFiles() {
  const files = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src*=\"/app.\"], script[src*=\"/phone.\"]")].map((one) => one.href || one.src);
  const icons = document.querySelector("svg.icon use")?.getAttribute("href")?.split("#")[0];
  if (icons) files.push(new URL(icons, location.href).href);
  return files;
}

// The files of this page, once for each release and language; asked for again until all of them lie here. Returns whether they do.
async function keepShell(worker, files) {
  const language = document.documentElement.lang === "en" ? "en" : "zh-hans";
  const mark = [language, ...files].join(" ");
  if (localStorage.getItem(SHELL) === mark && await caches.match("/no-signal", { cacheName: SHELL })) return true;
  const channel = new MessageChannel(), answer = new Promise((resolve) => {
    channel.port1.onmessage = (event) => resolve(event.data);
    setTimeout(() => resolve(false), SLOW);
  });
  worker.postMessage({ shell: files, language }, [channel.port2]);
  const whole = await answer;
  if (whole) localStorage.setItem(SHELL, mark);
  return whole;
}
