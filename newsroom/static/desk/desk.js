// Keys for the queue; the page works without them. They rest while something is typed or a modifier is held,
// rule only on a card in view, and a box in their help turns them off.

const queue = document.querySelector(".queue");
const help = document.querySelector("[data-keys]");
if (queue && help) listen();

function listen() {
  const cards = [...queue.querySelectorAll(".held")];
  const box = help.querySelector("input");
  let here = queue.querySelector(".held:target");
  let sent = false;

  box.checked = localStorage.getItem("desk-keys") !== "off";
  help.hidden = false;
  mark();

  box.addEventListener("change", () => {
    localStorage.setItem("desk-keys", box.checked ? "on" : "off");
    mark();
  });
  queue.addEventListener("focusin", (event) => {
    here = event.target.closest(".held") ?? here;
    mark();
  });
  addEventListener("pageshow", () => { sent = false; });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (press(event.key, event.target)) event.preventDefault();
  });

  function mark() {
    queue.dataset.keys = box.checked ? "on" : "off";
    for (const card of cards) card.toggleAttribute("data-here", card === here);
  }

  // Whether the key meant something.
  function press(key, target) {
    const rejecting = target.closest(".reject[open]");
    if (key === "Escape") return rejecting ? close(rejecting) : shut();
    if (!box.checked || target.closest("textarea, select, input:not([type=radio], [type=checkbox])")) return false;
    if (key === "?") return tell();
    if (key === "r") return reject();
    if (/^[1-9]$/.test(key)) return choose(Number(key));
    if (rejecting) return false;
    if (key === "j") return go(1);
    if (key === "k") return go(-1);
    return key === "a" && approve();
  }

  function go(step) {
    const next = here ? cards.indexOf(here) + step : 0;
    return show(cards[Math.min(Math.max(next, 0), cards.length - 1)]);
  }

  function show(card) {
    card.focus({ preventScroll: true });
    card.scrollIntoView();
    return true;
  }

  // The card to rule on; one that has been scrolled away is brought back first, not ruled on unseen.
  function seen() {
    if (!here) return go(0) && null;
    const { top, bottom } = here.getBoundingClientRect();
    return bottom > 100 && top < innerHeight - 100 ? here : show(here) && null;
  }

  function approve() {
    const card = seen();
    if (card && !sent) {
      sent = true;
      card.querySelector("[data-approve]").requestSubmit();
    }
    return true;
  }

  function reject() {
    const details = seen()?.querySelector(".reject");
    if (!details) return true;
    if (details.open) return close(details);
    details.open = true;
    (details.querySelector(":checked") ?? details.querySelector("[type=radio]")).focus();
    return true;
  }

  function close(details) {
    details.open = false;
    details.closest(".held").focus({ preventScroll: true });
    return true;
  }

  function choose(number) {
    const reason = here?.querySelectorAll(".reject[open] [type=radio]")[number - 1];
    if (!reason) return false;
    reason.checked = true;
    reason.focus();
    return true;
  }

  function tell() {
    help.open = !help.open;
    if (help.open) help.querySelector("summary").focus();
    return true;
  }

  function shut() {
    const was = help.open;
    help.open = false;
    return was;
  }
}
