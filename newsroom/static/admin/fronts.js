/* Dragging a story to another rank or place: it sends what the buttons send. And the preview, shrunk to what room there is. */

const told = document.querySelector("[data-told]");
const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;
let dragged = null;

const tell = (words, state = "") => {
  told.dataset.state = state;
  told.textContent = words;
};

const send = async (slot, list) => {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", token());
  data.set("place", list.dataset.place);
  data.set("seen", list.dataset.seen);
  data.set("to", [...list.querySelectorAll("[data-slot]")].indexOf(slot));
  try {
    const response = await fetch(slot.dataset.move, { method: "POST", body: data, headers: { Accept: "application/json" } });
    if (response.redirected) return "You are signed out: reload the page to sign in.";
    if (response.ok) return "";
    const isJson = response.headers.get("Content-Type")?.includes("json");
    return isJson ? (await response.json()).error : "Reload the page and try again.";
  } catch {
    return "There was no answer: is the network gone?";
  }
};

/* What the pointer is above the middle of comes after what is dragged; nothing, at the end of the list. */
const nextAt = (list, y) =>
  [...list.querySelectorAll("[data-slot]")].find((slot) => {
    const box = slot.getBoundingClientRect();
    return slot !== dragged && y < box.top + box.height / 2;
  }) ?? null;

/* It waits in its new place for the answer, and goes back if that is no. */
const drop = async (list, y) => {
  const slot = dragged;
  const home = slot.parentElement;
  const next = slot.nextElementSibling;
  list.insertBefore(slot, nextAt(list, y));
  if (home === list && slot.nextElementSibling === next) return;
  tell("Moving …");
  const why = await send(slot, list);
  if (!why) {
    location.reload();
    return;
  }
  home.insertBefore(slot, next);
  tell(`Not moved. ${why}`, "bad");
};

for (const slot of document.querySelectorAll("[data-slot]")) {
  slot.addEventListener("dragstart", (event) => {
    dragged = slot;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", slot.querySelector("h3").textContent);
    slot.classList.add("is-dragged");
  });
  slot.addEventListener("dragend", () => {
    slot.classList.remove("is-dragged");
    dragged = null;
  });
}

for (const list of document.querySelectorAll("[data-place]")) {
  const zone = list.closest(".place");
  zone.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    list.classList.add("is-over");
  });
  zone.addEventListener("dragleave", (event) => zone.contains(event.relatedTarget) || list.classList.remove("is-over"));
  zone.addEventListener("drop", (event) => {
    list.classList.remove("is-over");
    if (!dragged) return;
    event.preventDefault();
    drop(list, event.clientY);
  });
}

const stage = document.querySelector("[data-stage]");
const frame = stage.querySelector("iframe");
const fit = () => stage.style.setProperty("--scale", Math.min(1, stage.clientWidth / frame.offsetWidth));
stage.classList.add("is-fitted");
frame.addEventListener("load", () => {
  frame.contentDocument?.addEventListener("click", (event) => event.target.closest("a, button, form") && event.preventDefault());
});
new ResizeObserver(fit).observe(stage);
