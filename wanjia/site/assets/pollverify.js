// The page on which anybody recounts a board: from this house, or saved to a device and opened there without a line.

import { verify } from "./pollboard.js";

const page = document.querySelector("[data-poll-verify]");

function said(text) {
  const { good, zh, en, board } = verify(text, page.querySelector("[name=digest]").value), out = page.querySelector("output");
  out.replaceChildren(...[zh, en].map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  out.className = `notice ${good ? "good" : "bad"} vote-said`;
  for (const one of good ? board.classes : []) {
    const list = document.createElement("ul"), { votes } = board.tally.find((sums) => sums.key === one.key);
    one.options.forEach((words, i) => list.append(Object.assign(document.createElement("li"), { textContent: `${words}:${votes[i]}` })));
    out.append(list);
  }
}

page.querySelector("[type=file]").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (file) said(await file.text());
});
page.querySelector("[data-fetch]")?.addEventListener("click", async (event) => {
  event.preventDefault();
  said(await (await fetch(event.currentTarget.dataset.fetch, { credentials: "omit" })).text());
});
