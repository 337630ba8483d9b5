/* Puts a player in its place once the reader presses for it. Without this script the box keeps its link. */

const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation";
const ALLOWED = "autoplay; encrypted-media; fullscreen; picture-in-picture";

/* Some players want to be told the name of the site around them; their address ends with the question. */
const addressOf = (box) => {
  const address = box.dataset.player;
  return address.endsWith("parent=") ? address + encodeURIComponent(location.hostname) : address;
};

const play = (box) => {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", SANDBOX);
  frame.allow = ALLOWED;
  frame.allowFullscreen = true;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.title = `${box.querySelector("strong").textContent} (${box.dataset.provider})`;
  frame.src = addressOf(box);
  box.classList.add("is-playing");
  const still = stillOf(box);
  if (still) still.replaceWith(frame);
  else box.replaceChildren(frame);
  frame.focus({ preventScroll: true });
};

/* A video with a poster plays in its place, above the words; anything else takes the box's whole room. */
const stillOf = (box) => (["wide", "tall"].includes(box.dataset.shape) ? box.querySelector(".embed__stage picture") : null);

for (const box of document.querySelectorAll(".embed[data-player]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button embed__play";
  button.append(["post", "card"].includes(box.dataset.shape) ? "Show it here" : "Play it here");
  button.addEventListener("click", () => play(box));
  box.querySelector(".embed__link").before(button);
  stillOf(box)?.addEventListener("click", () => play(box));
}
