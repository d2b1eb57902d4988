// The sentences stand in the page (parts/phone.html), in the reader's language; here they are put where they are needed.

const source = (name) => ["phone-words", "outbox-words"].map((id) => document.getElementById(id)?.content.querySelector(`[data-word="${name}"]`)).find(Boolean);

const KEEPS = ["noLine", "expired", "another"]; // what is said of a form whose words stay here

const clock = (at) => new Date(at).toLocaleString(document.documentElement.lang, { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });

// Return a copy of a sentence's element, its gaps filled: {at: a moment, n: a number, words: a text}.
export function words(name, gaps = {}) {
  const made = source(name)?.cloneNode(true) || document.createElement("div");
  for (const gap of made.querySelectorAll("[data-gap]")) {
    const given = gaps[gap.dataset.gap];
    gap.textContent = gap.dataset.gap === "at" ? clock(given) : given ?? "";
  }
  for (const link of made.querySelectorAll("[data-back]")) link.href += `?next=${encodeURIComponent(location.pathname + location.search)}`;
  return made;
}

export function note(form, name, { at, discard } = {}) {
  unnote(form);
  const made = words(name, { at });
  made.dataset.draftNote = name;
  made.querySelector("[data-discard]")?.addEventListener("click", discard || (() => {}));
  if (KEEPS.includes(name) && form.querySelector("[data-sealed]")) made.querySelector("p").append(words("sealed"));
  if (KEEPS.includes(name) && [...form.querySelectorAll("[type=file]")].some((one) => one.value)) made.querySelector("p").append(words("files"));
  form.prepend(made);
  if (!["filled", "changed", "full"].includes(name)) made.scrollIntoView({ block: "nearest" });
}

export const unnote = (form) => form.querySelectorAll("[data-draft-note]").forEach((one) => one.remove());
