// The map of a school's plan, drawn by tapping: a tap says where, and sends what is chosen. On a village's sketch the taps of a zone are
// gathered, and sent at once when it is drawn. Without this file places are typed as numbers.
const form = document.querySelector(".plan-draw");
const sheet = form?.querySelector("svg");

document.querySelector("[data-put]")?.addEventListener("change", (event) => event.target.form.requestSubmit());
document.querySelector("[data-put-button]")?.setAttribute("hidden", "");

const at = (event) => {
  const { left, top, width, height } = sheet.getBoundingClientRect();
  const part = (from, size) => Math.round(Math.min(1, Math.max(0, from / size)) * 1000);
  return [part(event.clientX - left, width), part(event.clientY - top, height)];
};

function dot(x, y) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  for (const [name, value] of Object.entries({ cx: x, cy: y, r: 16, fill: "#1668dc" })) shape.setAttribute(name, value);
  sheet.append(shape);
}

let begun = false, sent = false;
sheet?.addEventListener("click", (event) => {
  if (sent) return;
  const [x, y] = at(event);
  const says = document.getElementById("plan-say");
  dot(x, y);
  if (form.dataset.line && !begun) {
    [form.elements.x.value, form.elements.y.value, begun] = [x, y, true];
    says.textContent = says.dataset.sayTwo;
    return;
  }
  const [across, down] = begun ? ["x2", "y2"] : ["x", "y"];
  [form.elements[across].value, form.elements[down].value, sent] = [x, y, true];
  form.requestSubmit();
});

const zone = document.querySelector(".zone-draw");
const live = zone?.querySelector("[data-live]");
if (live) {
  const plan = zone.querySelector("svg"), typed = zone.elements.points, high = Number(live.dataset.high);
  const read = () => {
    const found = (typed.value.match(/\d+/g) || []).map(Number);
    return found.flatMap((x, n) => (n % 2 || n + 1 === found.length ? [] : [[x, found[n + 1]]]));
  };
  const paint = () => {
    const points = read().map(([x, y]) => `${x},${(y * high) / 1000}`).join(" ");
    for (const shape of live.querySelectorAll("polyline, polygon")) shape.setAttribute("points", points);
  };
  const write = (points) => { typed.value = points.map((one) => one.join(",")).join(" "); paint(); };
  plan.addEventListener("click", (event) => {
    const { left, top, width, height } = plan.getBoundingClientRect();
    const part = (from, size) => Math.round(Math.min(1, Math.max(0, from / size)) * 1000);
    write([...read(), [part(event.clientX - left, width), part(event.clientY - top, height)]]);
  });
  typed.addEventListener("input", paint);
  for (const [name, left] of [["back", () => read().slice(0, -1)], ["wipe", () => []]]) {
    const button = zone.querySelector(`[data-${name}]`);
    button.hidden = false;
    button.addEventListener("click", () => write(left()));
  }
}
