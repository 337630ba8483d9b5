/* Dragging what waits to another day or half hour. It sends what the form behind “Move to…” sends; a refusal is told. */

const told = document.querySelector("[data-told]");
const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;
let dragged = null;

const tell = (words, state = "") => {
  told.dataset.state = state;
  told.textContent = words;
};

/* A day keeps the hour; a half hour says it all, the offset from UTC too, so that the hour of autumn is no riddle. */
const momentOf = (place) => place.dataset.at ?? `${place.dataset.day}T${dragged.dataset.time}`;

const send = async (entry, at) => {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", token());
  data.set("version", entry.dataset.version);
  data.set("at", at);
  try {
    const response = await fetch(entry.dataset.move, { method: "POST", body: data, headers: { Accept: "application/json" } });
    if (response.redirected) return "You are signed out: reload the page to sign in.";
    if (response.ok) return "";
    const isJson = response.headers.get("Content-Type")?.includes("json");
    return isJson ? (await response.json()).error : "Reload the page and try again.";
  } catch {
    return "There was no answer: is the network gone?";
  }
};

/* The entry waits in its new place for the answer, and goes back if that is no. */
const drop = async (place) => {
  const entry = dragged;
  const at = momentOf(place);
  const home = entry.parentElement;
  const next = entry.nextElementSibling;
  const list = place.querySelector(":scope > .entries") ?? place.appendChild(Object.assign(document.createElement("ol"), { className: "entries" }));
  list.append(entry);
  tell("Moving …");
  const why = await send(entry, at);
  if (!why) {
    location.reload();
    return;
  }
  home.insertBefore(entry, next);
  if (!list.children.length) list.remove();
  tell(`Not moved. ${why}`, "bad");
};

for (const entry of document.querySelectorAll(".entry[data-move]")) {
  entry.addEventListener("dragstart", (event) => {
    dragged = entry;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", entry.innerText);
    entry.classList.add("is-dragged");
  });
  entry.addEventListener("dragend", () => {
    entry.classList.remove("is-dragged");
    dragged = null;
  });
}

for (const place of document.querySelectorAll("[data-day], [data-at]")) {
  place.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    place.classList.add("is-over");
  });
  place.addEventListener("dragleave", () => place.classList.remove("is-over"));
  place.addEventListener("drop", (event) => {
    place.classList.remove("is-over");
    if (!dragged) return;
    event.preventDefault();
    if (!place.contains(dragged)) drop(place);
  });
}
