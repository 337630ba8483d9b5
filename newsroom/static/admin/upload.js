/* Adding pictures: one request a file, three at a time, each with its progress; a refusal does not stop the others. */

import { send } from "./send.js";

const AT_ONCE = 3;
const form = document.querySelector("[data-upload]");
const received = document.querySelector("[data-received]");
const summary = document.querySelector("[data-summary]");
const waiting = [];
const counts = { running: 0, taken: 0, refused: 0 };

const make = (name, words = "", attributes = {}) => {
  const element = Object.assign(document.createElement(name), attributes);
  element.textContent = words;
  return element;
};

const show = (line, kind, answer) => {
  line.className = kind;
  const words = make("div");
  words.append(make("p", answer.sentence ?? answer.error));
  if (answer.url) {
    const label = answer.is_new ? "Say what it shows, and whose it is" : `Open “${answer.title}”`;
    const link = make("p");
    link.append(make("a", label, { href: answer.url }));
    words.append(link);
    line.replaceChildren(make("img", "", { src: answer.thumbnail, alt: "", width: 96, height: 64 }), words);
  } else {
    line.replaceChildren(words);
  }
};

const tell = () => {
  if (counts.running || waiting.length) return;
  summary.textContent = `${counts.taken} in the library, ${counts.refused} refused.`;
};

const take = async ({ file, line, bar }) => {
  const moved = (part) => (part < 1 ? (bar.value = part) : bar.removeAttribute("value"));
  const answer = await send(file, { url: form.dataset.upload, token: form.elements.csrfmiddlewaretoken.value, moved });
  counts[answer.isTaken ? "taken" : "refused"] += 1;
  show(line, answer.isTaken ? (answer.is_new ? "" : "is-known") : "is-refused", answer);
  counts.running -= 1;
  next();
};

const next = () => {
  while (counts.running < AT_ONCE && waiting.length) {
    counts.running += 1;
    take(waiting.shift());
  }
  tell();
};

const add = (files) => {
  for (const file of files) {
    const line = make("li");
    const bar = make("progress", "", { max: 1, value: 0 });
    bar.setAttribute("aria-label", file.name);
    const words = make("div");
    words.append(make("p", file.name), bar);
    line.append(words);
    received.append(line);
    waiting.push({ file, line, bar });
  }
  next();
};

if (form) {
  const input = form.elements.file;
  form.querySelector(".drop__or").hidden = false;
  form.querySelector("button").hidden = true;
  input.addEventListener("change", () => {
    add([...input.files]);
    form.reset();
  });
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.add("is-over");
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("is-over");
  });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("is-over");
    add([...event.dataTransfer.files]);
  });
  document.addEventListener("paste", (event) => {
    if (event.clipboardData?.files.length) add([...event.clipboardData.files]);
  });
  window.addEventListener("beforeunload", (event) => {
    if (counts.running) event.preventDefault();
  });
}
