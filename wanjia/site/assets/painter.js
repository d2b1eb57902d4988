// Covers faces before a photo leaves the device: the chosen picture is drawn on a canvas, blocks are painted over it, and what the
// canvas shows takes the file's place in the form. What was under a block, and what the camera wrote into the file, is not sent.

const LONGEST = 2000; // pixels of the longer side: enough to read a paper on, and a tenth of what a phone makes
const COVER = "#343a40";
const TAP = 0.12; // of the longer side: the block that a tap or the keyboard puts

for (const section of document.querySelectorAll("[data-painter]")) paintOver(section);

function paintOver(section) {
  const input = document.getElementById(section.dataset.painter);
  const canvas = section.querySelector("canvas");
  const said = section.querySelector("output");
  const failed = document.querySelector("[data-painter-failed]");
  const context = canvas.getContext("2d");
  let picture = null, name = "", blocks = [], turn = 0, frame = null;

  input.addEventListener("change", open);
  section.querySelector("[data-undo]").addEventListener("click", undo);
  section.querySelector("[data-clear]").addEventListener("click", () => {
    input.value = "";
    open();
    input.focus();
  });

  async function open() {
    const file = input.files[0], mine = ++turn;
    [picture, blocks, frame, name] = [null, [], null, (file?.name ?? "").replace(/\.\w+$/, "") + ".jpg"];
    input.setCustomValidity("");
    section.hidden = failed.hidden = true;
    if (!file || !/^image\/(jpeg|png)$/.test(file.type)) return;
    input.setCustomValidity(said.dataset.busy);
    try {
      const opened = await createImageBitmap(file, { imageOrientation: "from-image" });
      if (mine !== turn) return;
      picture = opened;
    } catch {
      if (mine !== turn) return;
      input.setCustomValidity("");
      failed.hidden = false;
      return;
    }
    const share = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    [canvas.width, canvas.height] = [Math.round(picture.width * share), Math.round(picture.height * share)];
    section.hidden = false;
    keep();
  }

  function draw() {
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    context.fillStyle = COVER;
    for (const [x, y, width, height] of blocks) context.fillRect(x, y, width, height);
  }

  // The form carries the canvas from here on. Until it does, the form is not sent: the field says that it is not ready.
  function keep() {
    const mine = ++turn;
    draw();
    said.textContent = said.dataset.said.replace("{n}", blocks.length);
    input.setCustomValidity(said.dataset.busy);
    canvas.toBlob((made) => {
      if (mine !== turn) return;
      const carried = new DataTransfer();
      carried.items.add(new File([made], name, { type: "image/jpeg" }));
      input.files = carried.files;
      input.setCustomValidity("");
    }, "image/jpeg", 0.86);
    if (frame) outline();
  }

  function cover(block) {
    blocks.push(block);
    keep();
  }

  function undo() {
    if (!blocks.pop()) return;
    keep();
  }

  const side = () => TAP * Math.max(canvas.width, canvas.height);

  // By finger or mouse: from where it goes down to where it is lifted; a mere tap covers its surroundings.
  let from = null;
  const at = (event) => {
    const shown = canvas.getBoundingClientRect();
    return [((event.clientX - shown.left) * canvas.width) / shown.width, ((event.clientY - shown.top) * canvas.height) / shown.height];
  };
  const between = ([a, b], [c, d]) => [Math.min(a, c), Math.min(b, d), Math.abs(a - c), Math.abs(b - d)];
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    frame = null;
    from = at(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!from) return;
    draw();
    context.fillRect(...between(from, at(event)));
  });
  canvas.addEventListener("pointercancel", () => {
    from = null;
    draw();
  });
  canvas.addEventListener("pointerup", (event) => {
    if (!from) return;
    const drawn = between(from, at(event)), small = side() / 6;
    const block = drawn[2] < small || drawn[3] < small ? [from[0] - side() / 2, from[1] - side() / 2, side(), side()] : drawn;
    from = null;
    cover(block);
  });

  // By keyboard: a frame is moved, made larger or smaller, and filled.
  function outline() {
    context.lineWidth = Math.max(4, side() / 30);
    context.strokeStyle = "#fff";
    context.strokeRect(...frame);
    context.setLineDash([12, 12]);
    context.strokeStyle = "#1668dc";
    context.strokeRect(...frame);
    context.setLineDash([]);
  }
  const steps = { ArrowLeft: [-1, 0, 0], ArrowRight: [1, 0, 0], ArrowUp: [0, -1, 0], ArrowDown: [0, 1, 0], "+": [0, 0, 1], "=": [0, 0, 1], "-": [0, 0, -1] };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation(); // Enter fills the frame here, and does not send the form
    if (event.key === "Backspace") undo();
    else if ((event.key === "Enter" || event.key === " ") && frame) cover([...frame]);
    else if (steps[event.key]) move(steps[event.key]);
    else return;
    event.preventDefault();
  });
  canvas.addEventListener("focus", () => {
    if (canvas.matches(":focus-visible")) move([0, 0, 0]);
  });
  canvas.addEventListener("blur", () => {
    frame = null;
    if (picture) draw();
  });
  function move([right, down, grow]) {
    const step = side() / 4;
    frame ??= [(canvas.width - side()) / 2, (canvas.height - side()) / 2, side(), side()];
    const size = Math.max(step, frame[2] + grow * step);
    frame = [frame[0] + right * step - (size - frame[2]) / 2, frame[1] + down * step - (size - frame[3]) / 2, size, size];
    draw();
    outline();
  }
}
