// Recounts a board as village/verifier.py does, check for check: in the browser, also from a file and without a line.

import { hex, isSigned, KIND, number, sha256 } from "./pollmath.js";

const PUBLIC = "ballots classes counters digest kind on poll question tally turnout used village";
const CLASS = "codes homes key left most n options paper phone printed spoilt";
const names = (one) => Object.keys(one).sort().join(" ");
const sum = (rows, of) => rows.reduce((found, row) => found + of(row), 0);

export function canonical(one) {
  if (Array.isArray(one)) return `[${one.map(canonical).join(",")}]`;
  if (one && typeof one === "object") return `{${Object.keys(one).sort().map((name) => `${JSON.stringify(name)}:${canonical(one[name])}`).join(",")}}`;
  return JSON.stringify(one);
}

export function digestOf(board) {
  const { digest: _digest, ...rest } = board;
  return hex(sha256(new TextEncoder().encode(canonical(rest))));
}

const points = (text) => Array.from(text, (sign) => sign.codePointAt(0));
const before = (one, two) => {
  const [a, b] = [points(one), points(two)], i = a.findIndex((sign, at) => sign !== b[at]);
  return i < 0 ? a.length - b.length : (b[i] === undefined ? 1 : a[i] - b[i]);
};
const ordered = (rows) => [...rows].sort((one, two) => before(canonical(one), canonical(two)));
const same = (one, two) => canonical(one) === canonical(two);

function count(classes, ballots) {
  return classes.map((one) => {
    const mine = ballots.filter(([key]) => key === one.key).map(([, , choices]) => choices);
    const votes = one.options.map((_option, i) => mine.filter((choices) => choices && choices.includes(i)).length);
    return { key: one.key, votes, blank: mine.filter((choices) => choices && !choices.length).length, spoilt: mine.filter((choices) => choices === null).length, cast: mine.length };
  });
}

function isLegal([, check, choices], one) {
  const fits = choices === null || (same(choices, [...new Set(choices)].sort((a, b) => a - b)) && choices.length <= one.most
    && choices.every((i) => Number.isInteger(i) && i >= 0 && i < one.options.length));
  return fits && /^(\d{6})?$/.test(check);
}

function* faults(text, sheet) {
  const board = JSON.parse(text);
  yield [names(board) === PUBLIC && board.kind === KIND && board.classes.every((one) => names(one) === CLASS), "这不是公开板", "this is no board"];
  yield [text === canonical(board), "写法被改动过", "its spelling was changed"];
  yield [board.digest === digestOf(board), "内容与摘要不符", "its content is not what its digest says"];
  yield [!sheet || board.digest === sheet, "与纸上印的摘要不符", "its digest is not the printed one"];
  const keys = board.classes.map((one) => one.key);
  yield [new Set(keys).size === keys.length && board.counters.length >= 3, "票证分类或计票人不全", "classes or counters are missing"];
  for (const name of ["used", "ballots"]) yield [same(board[name], ordered(board[name])), "没有按规定排列", "rows are not in their order"];
  const bearers = board.used.map((row) => canonical(row.slice(0, 3)));
  yield [new Set(bearers).size === bearers.length, "有票证用了两次", "a card or token was used twice"];
  for (const one of board.classes) {
    const codes = new Set(one.codes), n = number(one.n);
    yield [same(one.codes, [...codes].sort()) && codes.size === one.printed && one.printed === one.paper + one.left + one.spoilt, "纸票张数对不上", "paper cards do not add up"];
    yield [one.paper + one.phone <= one.homes, "发出的票证多于户数", "more was issued than there are homes"];
    const mine = board.used.filter(([key]) => key === one.key), tokens = mine.filter(([, kind]) => kind === "token").length;
    yield [mine.length - tokens <= one.paper && tokens <= one.phone, "用掉的多于发出的", "more was used than issued"];
    for (const row of mine) {
      const known = row[1] === "token" && row.length === 4 ? isSigned(board.poll, one.key, row[2], row[3], n) : row[1] === "code" && row.length === 3 && codes.has(row[2]);
      yield [known, "有来历不明的票证", "a card or token is unknown"];
    }
    const cast = board.ballots.filter(([key]) => key === one.key);
    yield [cast.length === mine.length, "票数与用掉的票证数不等", "there are not as many ballots as cards and tokens used"];
    for (const row of cast) yield [isLegal(row, one), "有一票的选项不合规定", "a ballot chooses what it may not"];
  }
  yield [[...board.used, ...board.ballots].every(([key]) => keys.includes(key)), "有不属于任何一类的票", "a ballot is of no class"];
  yield [same(board.tally, count(board.classes, board.ballots)), "计票结果不对", "the tally is wrong"];
  const turnout = { homes: sum(board.classes, (one) => one.homes), issued: sum(board.classes, (one) => one.paper + one.phone), cast: board.ballots.length };
  yield [same(board.turnout, turnout), "投票率不对", "the turnout is wrong"];
}

// Return {good, zh, en, board} of a board's text. sheet: the digest on the printed sheet, if it is at hand.
export function verify(text, sheet = "") {
  try {
    for (const [holds, zh, en] of faults(text, sheet.replace(/ /g, "").trim().toLowerCase())) if (!holds) return { good: false, zh: `验票不通过:${zh}。`, en: `REFUSED: ${en}.` };
  } catch {
    return { good: false, zh: "验票不通过:读不懂这份公开板。", en: "REFUSED: this board cannot be read." };
  }
  const board = JSON.parse(text), { homes, cast } = board.turnout;
  return {
    good: true, board, zh: `验票通过:${homes} 户,${cast} 票,逐票重算与公布一致。摘要 ${board.digest}`, en: `IN ORDER: ${homes} homes, ${cast} ballots, recounted as published. Digest ${board.digest}`,
  };
}
