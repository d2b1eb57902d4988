// Who is signed in, and the key to what this device keeps for them. It lives in the memory of open pages and of the worker, never on
// disk: when the browser is closed it is gone, until the server gives it again to the same person.
import { NoLine } from "./queue.js";

const PATIENCE = 12_000; // ms for a word with the server: on a bad line a page takes as long
const beside = self.BroadcastChannel ? new BroadcastChannel("wanjia-person") : { postMessage() {} }; // the other pages of this browser
let holder = null; // {person, key}
let left = false; // somebody else signed in beside this page: it keeps its words and gives the key to nobody

export const current = () => holder;

export async function ask(keys = []) {
  let answer;
  try {
    const signal = AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined;
    answer = await fetch(`/device/word?${new URLSearchParams(keys.map((one) => ["key", one]))}`, { cache: "no-store", credentials: "same-origin", signal });
  } catch {
    throw new NoLine();
  }
  if (!answer.ok) throw new NoLine();
  return answer.json();
}

// Take the key out of a word. A word without a person leaves the page what it has: what is being typed here is still sealed with it.
export async function take(word) {
  if (word.person && (holder?.person !== word.person)) {
    const raw = Uint8Array.from(atob(word.key), (sign) => sign.charCodeAt(0));
    holder = { person: word.person, key: await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]) };
  }
  if (word.person) {
    tellWorker({ hold: holder });
    beside.postMessage(word.person);
    left = false;
  } else tellWorker({ forget: true });
  return holder;
}

export function forget() {
  holder = null;
  tellWorker({ forget: true });
}

// The worker has the key of the page that was open before this one.
export async function fromWorker(whose) {
  const worker = navigator.serviceWorker?.controller;
  if (!worker || holder) return holder;
  const channel = new MessageChannel();
  const answer = new Promise((resolve) => {
    channel.port1.onmessage = (event) => resolve(event.data);
    setTimeout(() => resolve(null), 1500);
  });
  worker.postMessage({ want: "key" }, [channel.port2]);
  const found = await answer;
  if (found && (!whose || found.person === whose)) holder = holder || found; // another's key opens nothing on this page
  return holder;
}

export function tellWorker(message) {
  navigator.serviceWorker?.controller?.postMessage(message);
}

// A worker that was put to sleep asks the open page for what it knew.
export function answerWorker() {
  beside.onmessage = (event) => { left = Boolean(holder) && event.data !== holder.person; };
  navigator.serviceWorker?.addEventListener("message", (event) => {
    if (event.data?.want === "key") event.ports[0].postMessage(left ? null : holder);
  });
}
