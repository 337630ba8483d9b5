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
    waiting = setTimeout(tell, STAYED, card);
  });

  async function tell(card) {
    if (card !== here || !card.isConnected || document.hidden) return;
    const fields = new FormData();
    fields.append("csrfmiddlewaretoken", card.querySelector("[name=csrfmiddlewaretoken]").value);
    const answer = await send(card.dataset.glance, fields);
    const line = card.querySelector("[data-others]");
    if (answer.ok && line) line.textContent = answer.said;
    waiting = setTimeout(tell, AGAIN, card);
  }
}
