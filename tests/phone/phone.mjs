// The queue of wanjia/site/assets/queue.js with a box in memory, driven over lines of JSON: what it asks of the line, the test answers.
import { createInterface } from "node:readline";
import * as queue from "../../wanjia/site/assets/queue.js";

const boxes = new Map(); // phone → Map(key → item)
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const truly = Date.now;

const read = async () => JSON.parse((await lines.next()).value);
const write = (said) => process.stdout.write(`${JSON.stringify(said)}\n`);

function boxOf(phone) {
  if (!boxes.has(phone)) boxes.set(phone, new Map());
  const kept = boxes.get(phone);
  return {
    all: async () => [...kept.values()].map((one) => structuredClone(one)),
    put: async (item) => { kept.set(item.key, structuredClone(item)); },
    drop: async (key) => { kept.delete(key); },
  };
}

async function call(name, what) {
  write({ call: name, ...what });
  const heard = await read();
  if (heard.noLine) throw new queue.NoLine();
  return heard.reply;
}

const lineOf = (phone) => ({
  ask: (keys) => call("ask", { phone, keys }),
  send: (item, word) => call("send", { phone, item, word }),
});

const does = {
  begin: () => { boxes.clear(); },
  clock: ({ shift }) => { Date.now = () => truly() + shift; },
  add: ({ phone, act }) => queue.add(boxOf(phone), act),
  all: ({ phone }) => boxOf(phone).all(),
  keep: async ({ phone, kept }) => { for (const one of await boxOf(phone).all()) if (!kept.includes(one.person)) await boxOf(phone).drop(one.key); },
  replay: ({ phone, person }) => queue.replay(boxOf(phone), lineOf(phone), person),
};

for (;;) {
  const asked = await read().catch(() => null);
  if (!asked) break;
  write({ answer: (await does[asked.do](asked)) ?? null });
}
