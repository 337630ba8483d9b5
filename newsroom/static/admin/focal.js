/* Picking a picture's focal point: by a click, by dragging the mark, or with the arrow keys. The fields say the same. */

const STEP = 0.02;
const STEPS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
const frame = document.querySelector("[data-focal]");
const x = document.querySelector("#id_focal_x");
const y = document.querySelector("#id_focal_y");

const within = (place) => Math.min(1, Math.max(0, Number.isFinite(place) ? place : 0.5));

const draw = (mark) => {
  const [across, down] = [within(x.valueAsNumber), within(y.valueAsNumber)];
  mark.style.setProperty("--x", across);
  mark.style.setProperty("--y", down);
  const words = `${Math.round(across * 100)} % from the left, ${Math.round(down * 100)} % from the top`;
  mark.setAttribute("aria-label", `Focal point: ${words}`);
};

const set = (mark, across, down) => {
  x.value = within(across).toFixed(2);
  y.value = within(down).toFixed(2);
  draw(mark);
};

if (frame && x && y) {
  const mark = Object.assign(document.createElement("button"), { type: "button", className: "focal__mark" });
  const point = (event) => {
    const box = frame.querySelector("img").getBoundingClientRect();
    set(mark, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  };
  frame.append(mark);
  frame.classList.add("is-ready");
  document.querySelector("[data-focal-help]").hidden = false;
  frame.querySelector("img").addEventListener("click", (event) => {
    point(event);
    mark.focus();
  });
  mark.addEventListener("pointerdown", (event) => mark.setPointerCapture(event.pointerId));
  mark.addEventListener("pointermove", (event) => {
    if (mark.hasPointerCapture(event.pointerId)) point(event);
  });
  mark.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    set(mark, within(x.valueAsNumber) + step[0], within(y.valueAsNumber) + step[1]);
  });
  for (const field of [x, y]) field.addEventListener("input", () => draw(mark));
  draw(mark);
}
