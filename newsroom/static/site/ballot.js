// Choosing an answer in place, for those signed in; without it each answer leads to a page that asks, and so
// it does where this fails.

import { send } from "./sending.js";

export function ballots(me, said) {
  const place = document.querySelector("[data-vote-url]");
  if (!place) return;
  mark(place, me.answer);
  place.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-answer]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const wanted = Number(link.dataset.answer);
    const answer = await send({ csrfmiddlewaretoken: me.csrf, answer: wanted === me.answer ? 0 : wanted }, place.dataset.voteUrl);
    if (answer.waits) return void (said.textContent = answer.waits);
    if (answer.html === undefined) return location.assign(link.href);
    me.answer = answer.answer;
    place.innerHTML = answer.html;
    mark(place, me.answer);
    place.querySelector(`[data-answer="${wanted}"]`)?.focus();
    said.textContent = me.answer ? "Your answer counts." : "Your answer is taken back.";
  });
  place.addEventListener("keydown", (event) => {
    if (event.key !== " " || !event.target.matches("a[data-answer]")) return;
    event.preventDefault();
    event.target.click();
  });
}

function mark(place, answer) {
  for (const link of place.querySelectorAll("a[data-answer]")) {
    link.setAttribute("role", "button");
    link.ariaPressed = String(Number(link.dataset.answer) === answer);
  }
}
