// Boxes over the faces of a picture that lies at the office: proposed by the machine, corrected by a hand. The form carries the boxes alone;
// the picture is painted over where it lies, and what was under a box is destroyed there. A tap on a box takes it away, a stroke draws one.

const TAP = 0.1; // of the longer side: the box that a tap beside all boxes, or the keyboard, puts

for (const section of document.querySelectorAll("[data-faces]")) cover(section);

async function cover(section) {
  const canvas = section.querySelector("canvas"), said = section.querySelector("output"), form = section.closest("form");
  const field = form.querySelector("[name=boxes]"), context = canvas.getContext("2d");
  let boxes = [], picture = null, frame = null, from = null;

  const tell = (words, n) => { said.textContent = words.replace("{n}", n); };
  try {
    picture = await createImageBitmap(await fetched(section.dataset.faces, section.dataset.bare === "1"));
  } catch {
    tell(said.dataset.failed, 0);
    return;
  }
  [canvas.width, canvas.height] = [picture.width, picture.height];
  boxes = read(field.value);
  draw();
  if (!boxes.length && section.dataset.boxes) {
    tell(said.dataset.busy, 0);
    try {
      const answer = await (await fetch(section.dataset.boxes, { cache: "no-store" })).json();
      boxes = boxes.length ? boxes : answer.boxes;
    } catch { /* without proposals a hand draws all of them */ }
  }
  keep();

  async function fetched(address, bare) {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(address, bare ? { method: "POST", headers: { "X-CSRFToken": token }, cache: "no-store" } : { cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.blob();
  }
  function read(text) {
    return text.split(";").filter(Boolean).map((one) => one.split(",").map(Number));
  }
  function draw() {
    context.drawImage(picture, 0, 0);
    for (const box of boxes) {
      context.fillStyle = "rgba(52, 58, 64, 0.82)";
      context.fillRect(...box);
      context.lineWidth = Math.max(3, side() / 40);
      context.strokeStyle = "#fff";
      context.strokeRect(...box);
    }
    if (frame) {
      context.strokeStyle = "#1668dc";
      context.lineWidth = Math.max(4, side() / 30);
      context.strokeRect(...frame);
    }
  }
  function keep() {
    field.value = boxes.map((box) => box.map(Math.round).join(",")).join(";");
    tell(said.dataset.said, boxes.length);
    draw();
  }
  const side = () => TAP * Math.max(canvas.width, canvas.height);
  const inside = ([x, y]) => boxes.findLastIndex(([left, top, wide, high]) => x >= left && x <= left + wide && y >= top && y <= top + high);
  const within = ([left, top, wide, high]) => {
    const [a, b] = [Math.max(0, left), Math.max(0, top)];
    return [a, b, Math.min(canvas.width, left + wide) - a, Math.min(canvas.height, top + high) - b];
  };
  const around = ([x, y]) => within([x - side() / 2, y - side() / 2, side(), side()]);

  const at = (event) => {
    const shown = canvas.getBoundingClientRect();
    return [((event.clientX - shown.left) * canvas.width) / shown.width, ((event.clientY - shown.top) * canvas.height) / shown.height];
  };
  const between = ([a, b], [c, d]) => within([Math.min(a, c), Math.min(b, d), Math.abs(a - c), Math.abs(b - d)]);
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    frame = null;
    from = at(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!from) return;
    draw();
    context.fillStyle = "rgba(22, 104, 220, 0.5)";
    context.fillRect(...between(from, at(event)));
  });
  canvas.addEventListener("pointercancel", () => { from = null; draw(); });
  canvas.addEventListener("pointerup", (event) => {
    if (!from) return;
    const drawn = between(from, at(event)), small = side() / 6, start = from, hit = inside(from);
    from = null;
    if (drawn[2] >= small && drawn[3] >= small) boxes.push(drawn);
    else if (hit >= 0) boxes.splice(hit, 1);
    else boxes.push(around(start));
    keep();
  });

  section.querySelector("[data-undo]").addEventListener("click", () => { boxes.pop(); keep(); });
  section.querySelector("[data-clear]").addEventListener("click", () => { boxes = []; keep(); });

  // By keyboard: a frame is moved, made larger or smaller, and kept as a box; Backspace takes the last box away.
  const steps = { ArrowLeft: [-1, 0, 0], ArrowRight: [1, 0, 0], ArrowUp: [0, -1, 0], ArrowDown: [0, 1, 0], "+": [0, 0, 1], "=": [0, 0, 1], "-": [0, 0, -1] };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation();
    if (event.key === "Backspace") boxes.pop();
    else if ((event.key === "Enter" || event.key === " ") && frame) boxes.push(within(frame));
    else if (steps[event.key]) move(steps[event.key]);
    else return;
    event.preventDefault();
    keep();
  });
  canvas.addEventListener("blur", () => { frame = null; draw(); });
  function move([right, down, grow]) {
    const step = side() / 4;
    frame ??= [(canvas.width - side()) / 2, (canvas.height - side()) / 2, side(), side()];
    const size = Math.max(step, frame[2] + grow * step);
    frame = [frame[0] + right * step - (size - frame[2]) / 2, frame[1] + down * step - (size - frame[3]) / 2, size, size];
  }
}
