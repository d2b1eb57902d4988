// What the person sees of the outbox: the count in the frame, the page 待发送, the list of what opens without a line.
import * as queue from "./queue.js";
import * as vault from "./vault.js";
import { words } from "./words.js";

export function showCount(items) {
  const stopped = items.filter((one) => one.state === queue.STOPPED).length;
  for (const place of document.querySelectorAll("[data-outbox]")) {
    place.hidden = !items.length;
    place.replaceChildren(...words(stopped ? "stopped-count" : "waiting-count", { n: items.length, stopped }).childNodes);
  }
  for (const place of document.querySelectorAll("[data-unsent]")) {
    place.hidden = !items.length;
    place.replaceChildren(...(items.length ? [words("unsent", { n: items.length })] : []));
  }
}

export async function drawOutbox(holder, items, on) {
  const list = document.querySelector("[data-outbox-list]");
  if (!list) return;
  if (!holder) return list.replaceChildren(words("closed"));
  const mine = queue.of(items, holder.person);
  list.replaceChildren(...(mine.length ? mine.map((item) => drawn(holder, item, on)) : [words("nothing-waits")]));
}

function drawn(holder, item, { show, send }) {
  const row = words(`item-${item.state}`, { words: item.words });
  const said = item.state === queue.STOPPED ? (item.said.length ? item.said : [words(item.twice ? "twice" : "not-done").textContent]) : [];
  fillList(row.querySelector("[data-said]"), said);
  fillList(row.querySelector("[data-typed]"), typed(item));
  const box = vault.boxOf(holder);
  row.querySelector("[data-change]")?.addEventListener("click", () => change(box, item));
  row.querySelector("[data-drop]")?.addEventListener("click", async () => { await box.drop(item.key); await show(); });
  row.querySelector("[data-again]")?.addEventListener("click", async () => { await box.put({ ...item, state: queue.WAITING, said: [] }); await send(); });
  return row;
}

function fillList(place, lines) {
  place?.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line, className: "pre-line m-0" })));
}

// Her own words; marks and choices are read on the form itself. What was noted about a child is shown there alone.
const typed = (item) => item.body.filter(([name, value]) => value.length > 1 && !/^(key|next)$|^[0-9a-f]{8}-/.test(name) && !/^[\w-]+$/.test(value)).map(([, value]) => value);

async function change(box, item) {
  const opened = item.state === queue.WAITING ? { state: queue.STOPPED, said: [words("opened").textContent] } : {}; // what is being changed is not sent meanwhile
  await box.put({ ...item, ...opened, edited: true });
  location.assign(`${item.path}#item-${item.key}`);
}

export async function drawCarried(holder) {
  const list = document.querySelector("[data-carried-list]");
  if (!list) return;
  const pages = holder ? (await vault.all(holder, "pages")).map((one) => one.value).sort((one, other) => one.rank - other.rank) : [];
  list.replaceChildren(...pages.map((page) => {
    const line = document.createElement("li");
    line.append(Object.assign(document.createElement("a"), { href: page.path, textContent: page.words }));
    return line;
  }));
  document.querySelectorAll("[data-carried-some]").forEach((one) => { one.hidden = !pages.length; });
  document.querySelectorAll("[data-closed]").forEach((one) => { one.hidden = Boolean(holder); });
  const kept = holder ? (await vault.all(holder, "drafts")).length : 0;
  document.querySelectorAll("[data-kept-some]").forEach((one) => { one.hidden = !kept; });
}
