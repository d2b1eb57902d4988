// What a telephone does of a poll: SHA-256, blind signatures, sealed ballots, and the recount of a board. The same as village/verifier.py and village/polls/secret.py;
// in numbers of the language itself, so that it works on any phone of 2020, also without a line and without HTTPS.

export const EXPONENT = 65537n, OPTIONS = 40, CHECK = 6, KIND = "wanjia-poll/1";

const CUBES = primes(64).map((prime) => fraction(Math.cbrt(prime)));
const ROOTS = primes(8).map((prime) => fraction(Math.sqrt(prime)));

function primes(n) {
  const found = [];
  for (let one = 2; found.length < n; one++) if (found.every((prime) => one % prime)) found.push(one);
  return found;
}

function fraction(number) { return ((number - Math.floor(number)) * 2 ** 32) >>> 0; }

export function sha256(bytes) {
  const length = bytes.length, padded = new Uint8Array(((length + 8) >> 6 << 6) + 64), view = new DataView(padded.buffer);
  padded.set(bytes);
  padded[length] = 0x80;
  view.setUint32(padded.length - 8, Math.floor(length / 2 ** 29));
  view.setUint32(padded.length - 4, (length << 3) >>> 0);
  const state = Uint32Array.from(ROOTS), w = new Uint32Array(64), turn = (x, n) => (x >>> n) | (x << (32 - n));
  for (let start = 0; start < padded.length; start += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(start + 4 * i);
    for (let i = 16; i < 64; i++) {
      const early = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3), late = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
      w[i] = w[i - 16] + early + w[i - 7] + late;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + CUBES[i] + w[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] += word; });
  }
  const out = new Uint8Array(32);
  state.forEach((word, i) => new DataView(out.buffer).setUint32(4 * i, word));
  return out;
}

export const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
export const number = (text) => BigInt(`0x${text}`);
const utf8 = (text) => new TextEncoder().encode(text);
const named = (...parts) => utf8([KIND, ...parts].join("|"));

function joined(...arrays) {
  const whole = new Uint8Array(arrays.reduce((sum, one) => sum + one.length, 0));
  arrays.reduce((at, one) => (whole.set(one, at), at + one.length), 0);
  return whole;
}

function power(base, exponent, n) {
  let found = 1n;
  for (base %= n; exponent; exponent >>= 1n, base = (base * base) % n) if (exponent & 1n) found = (found * base) % n;
  return found;
}

function inverse(number, n) {
  let [a, b, x, y] = [number % n, n, 1n, 0n];
  while (b) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  if (a !== 1n) throw new Error("no inverse");
  return ((x % n) + n) % n;
}

function below(n) { // a number from 2 to n - 1, each as likely as any other
  const width = n.toString(16).length + 1 >> 1;
  for (;;) {
    const found = number(hex(crypto.getRandomValues(new Uint8Array(width))));
    if (found > 1n && found < n) return found;
  }
}

export const randomToken = () => hex(crypto.getRandomValues(new Uint8Array(32)));
export const codeHash = (poll, key, code) => hex(sha256(named("code", poll, key, code)));

export function spread(poll, key, token, n) {
  const blocks = Math.floor(n.toString(2).length / 256) + 2, parts = [];
  for (let i = 0; i < blocks; i++) parts.push(hex(sha256(named("token", poll, key, token, i))));
  return number(parts.join("")) % n;
}

export function isSigned(poll, key, token, signature, n) { return power(number(signature), EXPONENT, n) === spread(poll, key, token, n); }

// Hide a token before it is signed: {hidden: what is sent, undo: what takes the hiding off, kept on this device alone}.
export function blind(poll, key, token, n) {
  const factor = below(n);
  return { hidden: ((spread(poll, key, token, n) * power(factor, EXPONENT, n)) % n).toString(16), undo: inverse(factor, n).toString(16) };
}

export const unblind = (signed, undo, n) => ((number(signed) * number(undo)) % n).toString(16);

// Seal [check, choices] of whoever bears a card or token: its length tells nothing, and it opens for this bearer alone.
export function seal(poll, bearer, [check, choices], n) {
  const width = Math.ceil(n.toString(2).length / 8), secret = below(n), start = named("seal", poll, bearer, secret.toString(16).padStart(2 * width, "0"));
  const text = utf8(check.padEnd(CHECK) + Array.from({ length: OPTIONS }, (_one, i) => (choices.includes(i) ? "1" : "0")).join(""));
  const blocks = Array.from({ length: Math.floor(text.length / 32) + 2 }, (_one, i) => sha256(joined(start, utf8(`|${i}`))));
  const stream = joined(...blocks.slice(1)), body = text.map((one, i) => one ^ stream[i]);
  return `${power(secret, EXPONENT, n).toString(16).padStart(2 * width, "0")}.${hex(body)}.${hex(sha256(joined(blocks[0], body)))}`;
}
