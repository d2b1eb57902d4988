// Comfort on top of pages that work without it. No page needs this file to be read or to act.
import "htmx.org";
import "./parts.js";

const typing = (element) => element.matches("input:not([type=radio]):not([type=checkbox]), textarea, select");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && !closeMenu()) closeDrawer();
  if (typing(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector("form.find input")?.focus();
    return;
  }
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  // A page gives a control a key with data-key: a radio is ticked, a link or button is pressed, a field is entered.
  const control = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!control) return;
  event.preventDefault();
  control.click();
  if (control.matches("input, textarea")) control.focus();
});

// On a phone tabs scroll sideways: the one that is open stands in sight.
for (const here of document.querySelectorAll(".tabs [aria-current]")) {
  const row = here.closest(".tabs");
  row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}

// One menu open at a time, and a click elsewhere closes it.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open], .bottombar details[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (event.target.closest("[data-close-drawer]")) closeDrawer();
  if (event.target.closest("[data-print]")) window.print();
});

// An open menu is left where it was opened; tells whether there was one.
function closeMenu() {
  const menu = document.querySelector("details.menu[open], .bottombar details[open], details.confirm[open]:focus-within");
  if (!menu) return false;
  menu.open = false;
  menu.querySelector("summary").focus();
  return true;
}

function closeDrawer() {
  const drawer = document.getElementById("drawer");
  if (!drawer || !drawer.firstChild) return;
  drawer.replaceChildren();
  lastRow?.focus();
}

let lastRow = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.closest("[hx-target='#drawer']")) lastRow = event.target;
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "drawer") event.target.querySelector("[data-close-drawer]")?.focus();
});

// A form is sent once: the second tap on a slow line does nothing. (The server would recognise it by its key as well.)
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  else if (form.matches("[method=post i]")) { // by the attribute: a field called "method" hides the property
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 8000);
  }
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// A password is read while its button is pressed in; what is sent is a password again, so that no browser keeps it among words once typed.
const readable = (eye, shown) => {
  eye.setAttribute("aria-pressed", shown);
  document.getElementById(eye.dataset.shows).type = shown ? "text" : "password";
};
for (const eye of document.querySelectorAll("[data-shows]")) {
  eye.hidden = false;
  eye.addEventListener("click", () => readable(eye, eye.getAttribute("aria-pressed") !== "true"));
  document.getElementById(eye.dataset.shows).form?.addEventListener("submit", () => readable(eye, false));
}

// A filter applies when it is chosen; without JavaScript the button does it.
document.addEventListener("change", (event) => {
  if (event.target.matches("select") && event.target.form?.matches(".filters[data-auto]")) event.target.form.requestSubmit();
});

// A long list narrows while its name is typed; without JavaScript the box's own button asks the server.
document.addEventListener("input", (event) => {
  const list = document.getElementById(event.target.dataset?.narrows ?? "");
  const wanted = event.target.value?.trim().toLowerCase();
  for (const one of list?.querySelectorAll("[data-words]") ?? []) one.hidden = !one.dataset.words.includes(wanted);
});

// A field that says something for one answer alone stands there with that answer (data-when="outcome=planned"); without JavaScript it always stands.
const fitting = () => document.querySelectorAll("[data-when]").forEach((one) => {
  const [name, value] = one.dataset.when.split("=");
  one.disabled = one.form.elements[name].value !== value;
  one.closest(".field").hidden = one.disabled;
});
for (const told of ["change", "wanjia:filled"]) document.addEventListener(told, fitting);
window.addEventListener("pageshow", fitting);

// All boxes of a list at once: those whose name begins so.
for (const all of document.querySelectorAll("[data-ticks]")) {
  all.closest("[hidden]")?.removeAttribute("hidden");
  all.addEventListener("change", () => {
    for (const box of all.form.querySelectorAll(`input[type=checkbox][name^="${all.dataset.ticks}"]:enabled`)) box.checked = all.checked;
  });
}

// Triage: the chosen cell of the grid lights up.
function lightCell() {
  const grid = document.querySelector("[data-grid]");
  if (!grid) return;
  const chosen = (name) => document.querySelector(`input[name=${name}]:checked`)?.value;
  const at = `${chosen("urgency")}/${chosen("difficulty")}`;
  for (const cell of grid.querySelectorAll("td")) cell.classList.toggle("lit", cell.dataset.cell === at);
  for (const line of document.querySelectorAll("[data-for-cell]")) line.hidden = line.dataset.forCell !== at;
  keepLeads(grid.querySelector(`td[data-cell="${CSS.escape(at)}"]`)?.dataset.tiers?.split(" "));
}
// A session: of the units only those stay that the lit cell lets lead, its usual tier first; the first three have a key each.
function keepLeads(tiers) {
  const keys = ["a", "s", "f"], rows = [...document.querySelectorAll("[data-tier]")];
  rows.forEach((row, at) => (row.dataset.rank ??= at));
  const rank = (row) => [tiers ? tiers.indexOf(row.dataset.tier) : 0, +row.dataset.rank];
  rows.sort((one, other) => rank(one)[0] - rank(other)[0] || rank(one)[1] - rank(other)[1]);
  rows[0]?.parentElement.append(...rows);
  for (const row of rows) {
    const [lead, told] = [row.querySelector("input"), row.querySelector("kbd")];
    const fits = !tiers || tiers.includes(row.dataset.tier);
    row.classList.toggle("off-tier", !fits);
    if (!fits) lead.checked = false;
    const key = fits ? keys.shift() : undefined;
    if (key) lead.dataset.key = key;
    else delete lead.dataset.key;
    told.hidden = !key;
    told.textContent = key?.toUpperCase() ?? "";
  }
}
// A cell is pressed as the two grades that it stands for.
document.addEventListener("click", (event) => {
  const cell = event.target.closest("[data-grid] td[data-cell]");
  if (!cell) return;
  const [urgency, difficulty] = cell.dataset.cell.split("/");
  for (const [name, value] of Object.entries({ urgency, difficulty })) {
    const choice = document.querySelector(`input[name=${name}][value="${value}"]`);
    if (choice) choice.checked = true;
  }
  lightCell();
});
document.addEventListener("change", lightCell);
document.addEventListener("htmx:afterSettle", lightCell);
lightCell();
