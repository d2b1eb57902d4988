// A home's own pages of a poll, without an account: take a token that nobody sees being signed; vote with it, or with a paper card. What is sent bears no cookie.

import { blind, codeHash, isSigned, number, randomToken, seal, unblind } from "./pollmath.js";

const CODE = 16;

const kept = (name) => JSON.parse(localStorage.getItem(name) || "null");
const keep = (name, what) => localStorage.setItem(name, JSON.stringify(what));

async function post(address, what) {
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams(what), credentials: "omit", referrerPolicy: "no-referrer" });
  const said = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(said.said), { refused: true });
  return said;
}

const show = (page, face) => page.querySelectorAll("[data-face]").forEach((one) => { one.hidden = one.dataset.face !== face; });

function tell(page, error) {
  const out = page.querySelector("[data-said]");
  out.hidden = false;
  out.querySelector("p").textContent = error.refused ? error.message : page.dataset.noLine;
  out.scrollIntoView({ block: "nearest" });
}

function takeToken(page) {
  const { poll, cls: key, n: modulus, sign, vote } = page.dataset, n = number(modulus), name = `wanjia-poll-${poll}`;
  const done = (ticket) => {
    page.querySelector("[data-ticket]").value = new URL(`${vote}#${ticket}`, location.href).href;
    page.querySelector("[data-vote]").href = `${vote}#${ticket}`;
    show(page, "done");
  };
  if (kept(name)?.ticket?.startsWith(`${key}.`) && kept(name).n === modulus) return done(kept(name).ticket);
  page.querySelector("[data-take]")?.addEventListener("click", async () => {
    // What is hidden is kept before it is sent: where the line drops, the very same is sent again and signed again.
    const before = kept(`${name}-hidden`), hidden = before?.n === modulus ? before : { n: modulus, token: randomToken() };
    if (!hidden.hidden) Object.assign(hidden, blind(poll, key, hidden.token, n));
    keep(`${name}-hidden`, hidden);
    try {
      const { signed } = await post(sign, { hidden: hidden.hidden }), signature = unblind(signed, hidden.undo, n);
      if (!isSigned(poll, key, hidden.token, signature, n)) throw Object.assign(new Error(page.dataset.falseKey), { refused: true });
      const ticket = `${key}.${hidden.token}.${signature}`;
      keep(name, { n: modulus, ticket });
      localStorage.removeItem(`${name}-hidden`);
      done(ticket);
    } catch (error) { tell(page, error); }
  });
  page.querySelector("[data-copy]").addEventListener("click", () => {
    page.querySelector("[data-ticket]").select();
    navigator.clipboard?.writeText(page.querySelector("[data-ticket]").value);
  });
  return show(page, page.querySelector("[data-face=take]") ? "take" : "none");
}

// A ticket as it was scanned, kept or typed: {letter of its class, bearer, signature} or null.
function read(text, classes) {
  const [key, token, signature] = text.split(".");
  if (signature) return classes[key] ? { letter: key, bearer: token, signature } : null;
  const signs = text.toUpperCase().replace(/[^0-9A-Z]/g, "");
  if (signs.length === CODE + 1 && classes[signs[0]]) return { letter: signs[0], bearer: signs.slice(1), signature: "" };
  return null;
}

function vote(page) {
  const { poll, cast, opening } = page.dataset, classes = JSON.parse(page.dataset.classes), most = Number(page.dataset.most), name = `wanjia-poll-${poll}`;
  let ticket = null, sent = null;
  const typed = page.querySelector("[name=ticket]");
  const begin = (text) => {
    ticket = read(text, classes);
    typed.setCustomValidity(ticket ? "" : page.dataset.noTicket);
    if (!ticket) return text && typed.reportValidity();
    page.querySelector("[data-options]").replaceChildren(...classes[ticket.letter].map(option));
    return show(page, "choose");
  };
  const option = (words, i) => {
    const label = document.createElement("label"), input = Object.assign(document.createElement("input"), { type: most > 1 ? "checkbox" : "radio", name: "choice", value: i });
    label.className = "vote-option";
    label.append(input, Object.assign(document.createElement("span"), { textContent: words }));
    return label;
  };
  const chosen = () => Array.from(page.querySelectorAll("[name=choice]:checked"), (one) => Number(one.value));
  page.querySelector("[data-begin]").addEventListener("click", () => begin(typed.value.trim()));
  page.querySelector("[data-options]").addEventListener("change", () => {
    page.querySelectorAll("[name=choice]:not(:checked)").forEach((one) => { if (most > 1) one.disabled = chosen().length >= most; });
  });
  page.querySelector("[data-sure]").addEventListener("click", () => {
    const words = chosen().map((i) => classes[ticket.letter][i]);
    page.querySelector("[data-chosen]").replaceChildren(...(words.length ? words : [page.dataset.blank]).map((one) => Object.assign(document.createElement("li"), { textContent: one })));
    show(page, "sure");
  });
  page.querySelectorAll("[data-back]").forEach((one) => one.addEventListener("click", () => { sent = null; show(page, "choose"); }));
  page.querySelector("[data-send]").addEventListener("click", async (event) => {
    const check = page.querySelector("[name=check]");
    if (!check.reportValidity()) return;
    event.currentTarget.disabled = true;
    const bound = ticket.signature ? ticket.bearer : codeHash(poll, ticket.letter, ticket.bearer);
    sent ||= { ...ticket, opening, sealed: seal(poll, bound, [check.value, chosen()], number(opening)) }; // the very same is sent again where the line dropped
    try {
      await post(cast, sent);
      [name, `${name}-hidden`].forEach((one) => localStorage.removeItem(one));
      history.replaceState(null, "", location.pathname);
      show(page, "done");
    } catch (error) { tell(page, error); }
    page.querySelector("[data-send]").disabled = false;
  });
  const held = decodeURIComponent(location.hash.slice(1)) || kept(name)?.ticket || "";
  show(page, "ticket");
  if (held) begin(held);
}

document.querySelectorAll("[data-poll-token]").forEach(takeToken);
document.querySelectorAll("[data-poll-vote]").forEach(vote);
