// What waits on a phone until there is a line: sent in order, once by its key, each shown to a person when the server says no.
// Pure: it knows neither browser nor clock. The box keeps, the line speaks; the order is a count, for a phone's clock may say 1970.
//
// item   {key, person, seq, path, body: [[name, value]], words, state: "waiting" | "stopped" | "sent", said: [sentence], edited}
// box    {all(): items, put(item), drop(key)}                                                each may be asynchronous
// line   {ask(keys): {person, csrf, done: [key]}, send(item, word): {status, said, stale}}   each throws where there is no line

export const WAITING = "waiting", STOPPED = "stopped", SENT = "sent";
export const ASKED = 50; // keys in one question: the server answers so many
export const KEPT_SENT = 20; // that something was sent is shown for the last so many

const ordered = (items) => [...items].sort((one, other) => one.seq - other.seq);

export const of = (items, person) => ordered(items.filter((one) => one.person === person));

export const unsent = (items, person) => of(items, person).filter((one) => one.state !== SENT);

// Put an act at the end. The same key again (a second tap) is the same act: what was written last counts, its place stays.
export async function add(box, act) {
  const items = await box.all();
  const before = items.find((one) => one.key === act.key);
  if (before && before.person !== act.person) throw new Error("the key is another person's");
  const seq = before ? before.seq : 1 + Math.max(0, ...items.map((one) => one.seq));
  await box.put({ ...act, seq, state: WAITING, said: [] });
}

// Send what waits. Returns "sent" (all was heard), "no line" (goes on later) or "other" (somebody else, or nobody, is signed in).
export async function replay(box, line, person) {
  const mine = of(await box.all(), person).filter((one) => one.state === WAITING);
  if (!mine.length) return "sent";
  const ask = (at) => line.ask(mine.slice(at, at + ASKED).map((one) => one.key));
  try {
    let word = await ask(0);
    for (const [at, item] of mine.entries()) {
      if (word.person !== person) return "other";
      if (!(await waits(box, item))) continue; // discarded or opened again meanwhile, perhaps on another page
      if (!word.done.includes(item.key)) {
        const answer = await line.send(item, word);
        if (answer.status === 401) return "other";
        if (later(answer)) return "no line";
        // An answer proves nothing: a page of refusal, a sign-in page and a success may look alike. The receipt does.
        word = await ask(at);
        if (word.person !== person) return "other";
        if (!word.done.includes(item.key)) {
          if (answer.elsewhere) return "no line"; // led to something that has to be settled first: nothing was said about this act
          await box.put({ ...item, state: STOPPED, said: answer.said });
          continue;
        }
        await settle(box, item);
      } else if (item.edited) {
        // Done, but perhaps with the words from before the change: which of both stands there, a person sees.
        await box.put({ ...item, state: STOPPED, said: [], twice: true });
      } else {
        await settle(box, item);
      }
    }
  } catch (fault) {
    if (fault instanceof NoLine) return "no line";
    throw fault;
  }
  return "sent";
}

const waits = async (box, item) => (await box.all()).some((one) => one.key === item.key && one.state === WAITING);

export class NoLine extends Error {}

// The server is busy, restarts, or no longer knows the page's token: nothing was decided.
const later = (answer) => answer.stale || answer.status >= 500 || answer.status === 429 || answer.status === 408;

// What was sent keeps its title for a while and none of its words.
export async function settle(box, item) {
  await box.put({ key: item.key, person: item.person, seq: item.seq, words: item.words, state: SENT, body: [], said: [] });
  const sent = of(await box.all(), item.person).filter((one) => one.state === SENT);
  for (const old of sent.slice(0, -KEPT_SENT)) await box.drop(old.key);
}
