// The others at the desk are told which card one has before one, once one has stayed at it; and one is told of them.

import { send } from "./rulings.js";

const STAYED = 800; // milliseconds
const AGAIN = 60_000; // milliseconds, of the two minutes that a claim lasts

export function glances(list) {
  let waiting = 0, here = null;

  list.addEventListener("focusin", (event) => {
    const card = event.target.closest(".held");
    if (!card || card === here) return;
    here = card;
    clearTimeout(waiting);
    waiting = setTimeout(stay, STAYED, card);
  });

  async function stay(card) {
    if (card !== here || !card.isConnected) return;
    if (!document.hidden) await tell(card);
    waiting = setTimeout(stay, AGAIN, card);
  }
}

// How much of the worst one has read is counted for oneself, wherever it is unfolded.
export function unfoldings(page) {
  page.addEventListener("toggle", (event) => {
    if (event.target.matches(".shield[open]")) tell(event.target.closest("[data-glance]"), { opened: "1" });
  }, true);
}

async function tell(card, more = {}) {
  const csrfmiddlewaretoken = card.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await send(card.dataset.glance, { csrfmiddlewaretoken, ...more });
  const line = card.querySelector("[data-others]");
  if (answer.ok && line) line.textContent = answer.said;
}
