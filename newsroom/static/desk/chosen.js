// One ruling for several cards: the bar comes up once one is chosen, and each card becomes a line as if it were ruled on
// by itself.

import { send } from "./rulings.js";

export function chosen(form, list, desk) {
  const words = form.querySelector("[data-chosen]");
  const reason = form.querySelector("select");

  count();
  words.setAttribute("role", "status");
  list.addEventListener("change", (event) => { if (event.target.name === "chosen") count(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!form.ariaBusy) rule(new FormData(form, event.submitter));
  });

  function count() {
    const number = list.querySelectorAll("[name=chosen]:checked").length;
    form.hidden = !number;
    words.textContent = `${number} chosen`;
  }

  async function rule(fields) {
    form.ariaBusy = "true";
    const answer = await send(form.action, fields);
    form.ariaBusy = null;
    if (!answer.ok) return void (words.textContent = answer.message);
    desk.all(answer);
    reason.value = "";
    count();
  }
}
