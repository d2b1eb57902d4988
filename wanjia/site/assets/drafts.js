// What of a form is kept while somebody types, and how it is filled in again. What is noted about a child (data-sealed), passwords,
// codes, files and hidden fields are never part of a draft.

const NEVER = "[type=password], [data-secret], [name*=password], [type=file], [type=hidden], [type=submit], [autocomplete=one-time-code], [data-sealed] *, [data-sealed]";
const TYPED = "textarea, input:not([type]), input[type=text], input[type=tel], input[type=number], input[type=search], input[type=date]";

// A form that acts (it carries a key) and has something to type, or that is one of a list and waits for the line (data-stays): a roll
// has three buttons a seat and nothing to type.
// (Asked by attributes: the visit form has a field called "method", which hides the property.)
export const isKept = (form) => form.matches("[method=post i]:not([target])") && keyField(form) && !form.querySelector("[type=password], [data-secret], [autocomplete=one-time-code]")
  && !form.matches("[data-draft=none]") && (form.matches("[data-stays]") || [...form.querySelectorAll(TYPED)].some((one) => !one.matches(NEVER)));

// A form that sends what somebody wrote or chose: without a line it stays open, whether or not it is kept.
export const bearsWords = (form) => form.matches("[method=post i]:not([target])") && !form.querySelector("[type=password], [data-secret], [autocomplete=one-time-code]")
  && [...form.querySelectorAll(`${TYPED}, input[type=datetime-local], input[type=file]`)].some((one) => one.value && !one.matches("[type=hidden], [type=search]"));

export const keyField = (form) => form.querySelector("input[name=key]:not([data-draft=none])");

// Where a form sends is what it is: the same act on the same row has the same draft, on whichever page it stands. What a form names
// in hidden fields belongs to it: two rows on one address never share a draft. Not which version of the row it was made from: that
// moves when a colleague writes, and her words would never come back.
export function addressOf(form) {
  const own = identity(form), alike = [...document.forms].filter((one) => isKept(one) && identity(one) === own);
  return `${own}#${alike.indexOf(form)}`;
}

function identity(form) {
  const url = new URL(form.getAttribute("hx-post") || form.getAttribute("action") || window.location.href, window.location.href);
  url.searchParams.delete("next");
  const hidden = [...form.querySelectorAll("input[type=hidden]")].filter((one) => !/^(csrfmiddlewaretoken|key|next|version)$/.test(one.name));
  return `${url.pathname}${url.search} ${hidden.map((one) => `${one.name}=${one.value}`).join("&")}`;
}

const ANYHOW = "[type=password], [data-secret], [type=file], [type=hidden], [type=submit]";
const controls = (form, never = NEVER) => [...form.elements].filter((one) => one.name && !one.matches(never) && !one.matches("button"));

export function valuesOf(form) {
  return controls(form).filter((one) => !one.matches("[type=radio], [type=checkbox]") || one.checked)
    .flatMap((one) => (one.multiple ? [...one.selectedOptions].map((option) => [one.name, option.value]) : [[one.name, one.value]]));
}

// What lies here of a form. Of one made from a row: also from which version, and what stood there, to tell what she changed herself.
export function draftOf(form, before) {
  const version = form.querySelector("input[type=hidden][name=version]")?.value;
  const from = version === undefined ? {} : { version, was: before?.was && before.version === version ? before.was : standing(form) };
  return { values: valuesOf(form), key: keyField(form).value, at: new Date().toISOString(), ...from };
}

// What the page brought along, before anybody typed.
function standing(form) {
  const marked = (one) => !one.matches("[type=radio], [type=checkbox]") || one.defaultChecked;
  const chosen = (one) => { const set = [...one.options].filter((option) => option.defaultSelected); return set.length || one.multiple ? set : [...one.options].slice(0, 1); };
  return controls(form).filter(marked).flatMap((one) => (one.options ? chosen(one).map((option) => [one.name, option.value])
    : [[one.name, one.matches("[type=radio], [type=checkbox]") ? one.value : one.defaultValue]]));
}

// The row of a draft moved meanwhile: the names of the fields that she left as they stood. null where it did not move.
export function leftAlone(form, draft) {
  const version = form.querySelector("input[type=hidden][name=version]")?.value;
  if (version === undefined || draft.version === undefined || version === draft.version) return null;
  const said = (pairs, name) => JSON.stringify(pairs.filter(([one]) => one === name).map(([, value]) => value).filter(Boolean));
  return new Set(controls(form).map((one) => one.name).filter((name) => said(draft.values, name) === said(draft.was, name)));
}

// Whole as it is sent: what stands in an outbox is an act, not a draft. The token belongs to the day it is sent on.
export function bodyOf(form, submitter) {
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const pairs = [...body.entries()].filter(([name]) => name !== "csrfmiddlewaretoken");
  return pairs.some(([, value]) => typeof value !== "string" && value.size) ? null : pairs.filter(([, value]) => typeof value === "string");
}

// Fill a form; returns whether anything of it changed. whole: with what a draft leaves out, out of an act that was sent.
// but: names of fields that are left as they stand.
export function fill(form, values, { whole, but } = {}) {
  const given = new Map();
  for (const [name, value] of values) given.set(name, [...(given.get(name) || []), value]);
  let changed = false;
  for (const one of controls(form, whole ? ANYHOW : NEVER).filter((field) => !but?.has(field.name))) {
    const wanted = given.get(one.name) || [];
    if (one.matches("[type=radio], [type=checkbox]")) {
      changed ||= one.checked !== wanted.includes(one.value);
      one.checked = wanted.includes(one.value);
    } else if (one.multiple) {
      for (const option of one.options) option.selected = wanted.includes(option.value);
    } else if (wanted.length && one.value !== wanted[0]) {
      one.value = wanted[0];
      changed = true;
    }
    if (one.matches(TYPED) && one.value !== one.defaultValue) unfold(one);
  }
  form.dispatchEvent(new Event("wanjia:filled", { bubbles: true }));
  return changed;
}

// What was filled in is seen: the folds around it open.
function unfold(one) {
  for (let fold = one.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}
