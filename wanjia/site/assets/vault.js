// What lies on this device: IndexedDB, each record sealed (AES-GCM) under the key that the server gives to whoever is signed in.
// In clear stand only: which store, a digest or key that means nothing without the server, whose tag, and the order of the queue.
import { openDB } from "idb";

const STORES = ["drafts", "outbox", "pages"];
let opening;

const database = () => (opening ||= openDB("wanjia", 1, {
  upgrade: (db) => STORES.forEach((store) => db.createObjectStore(store, { keyPath: "id" })),
  blocking: () => { opening?.then((db) => db.close()); opening = undefined; },
  terminated: () => { opening = undefined; }, // the browser tidied up: the next word opens it anew
}).catch((fault) => { opening = undefined; throw fault; }));

const same = (one, other) => one.length === other.length && one.every((byte, n) => byte === other[n]);
const bound = (store, id, person) => new TextEncoder().encode(`${store}|${id}|${person}`);

export async function digest(text) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes, 0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function recordOf(holder, store, id, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(value));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(store, id, holder.person) }, holder.key, text);
  return { id, person: holder.person, iv, sealed };
}

export async function put(holder, store, id, value) {
  const record = await recordOf(holder, store, id, value);
  await (await database()).put(store, record);
}

// Put a value where `row` of all() was read, or throw that away (null): only if it still lies there as it was read. Another page may have written meanwhile.
export async function instead(holder, store, row, value) {
  const record = value && await recordOf(holder, store, row.id, value), act = (await database()).transaction(store, "readwrite"), now = await act.store.get(row.id);
  if (now && same(now.iv, row.iv)) await (record ? act.store.put(record) : act.store.delete(row.id));
  await act.done;
}

// What does not open (a key of another day, a damaged record) is as if it were not there, and is thrown away.
async function opened(holder, store, record) {
  try {
    const algorithm = { name: "AES-GCM", iv: record.iv, additionalData: bound(store, record.id, record.person) };
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, holder.key, record.sealed)));
  } catch {
    await drop(store, record.id);
    return null;
  }
}

export async function get(holder, store, id) {
  const record = await (await database()).get(store, id);
  return record && record.person === holder.person ? opened(holder, store, record) : null;
}

export async function all(holder, store) {
  const records = (await (await database()).getAll(store)).filter((one) => one.person === holder.person);
  const values = await Promise.all(records.map(async (one) => ({ id: one.id, iv: one.iv, value: await opened(holder, store, one) })));
  return values.filter((one) => one.value);
}

export const drop = async (store, id) => (await database()).delete(store, id);

// Throw away whatever belongs to nobody of `kept`; returns how many records went.
export async function keepOnly(kept) {
  let gone = 0;
  for (const store of STORES) {
    const records = await (await database()).getAll(store);
    for (const one of records.filter((record) => !kept.includes(record.person))) {
      await drop(store, one.id);
      gone += store === "pages" ? 0 : 1;
    }
  }
  return gone;
}

export async function dropPerson(person) {
  for (const store of STORES) {
    for (const one of await (await database()).getAll(store)) if (one.person === person) await drop(store, one.id);
  }
}

// The outbox as queue.js wants it.
export const boxOf = (holder) => ({
  all: async () => (await all(holder, "outbox")).map((one) => one.value),
  put: (item) => put(holder, "outbox", item.key, item),
  drop: (key) => drop("outbox", key),
});
