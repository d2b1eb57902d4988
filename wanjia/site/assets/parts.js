// What comes back for a part of a page is that part. A sign-in page, a fault or silence is no answer: the part stays as it is, and a
// sentence that waits in it is shown.

for (const name of ["htmx:beforeSwap", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const { xhr, target, requestConfig } = event.detail;
    const wanted = requestConfig?.elt.getAttribute("hx-select");
    if (!wanted || (name === "htmx:beforeSwap" && xhr.status === 200 && xhr.responseText.includes(`id="${wanted.slice(1)}"`))) return;
    event.detail.shouldSwap = false;
    target.querySelector("[data-no-answer]")?.removeAttribute("hidden");
  });
}
