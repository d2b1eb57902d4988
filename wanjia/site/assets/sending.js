// The line of the outbox: how a kept act is sent, and what of the server's page is its answer.
import { ask } from "./key.js";
import { NoLine } from "./queue.js";

const PATIENCE = 30_000;

export const lineOf = (person) => ({ ask, send: (item, word) => send(item, word, person) });

async function send(item, word, person) {
  const body = new URLSearchParams(item.body);
  body.set("key", item.key);
  let answer;
  try {
    answer = await fetch(item.path, {
      method: "POST", body, credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE),
      headers: { "X-CSRFToken": word.csrf, "Wanjia-Person": person },
    });
    const { status } = answer, stale = answer.headers.get("Wanjia-Refused") === "csrf";
    if (status === 200 && answer.headers.get("Content-Type")?.includes("json")) return { status, said: [], elsewhere: (await answer.json()).to.startsWith("/accounts/") };
    return { status, stale, said: status < 500 && !stale ? sentences(await answer.text()) : [] };
  } catch {
    throw new NoLine();
  }
}

// What the page says is wrong: its own errors, each once.
function sentences(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const said = [...page.querySelectorAll("main .notice.bad p, main .error, main .notice.warn p, main .same")].map((one) => one.textContent.replace(/\s+/g, " ").trim());
  return [...new Set(said.filter(Boolean))].slice(0, 6);
}
