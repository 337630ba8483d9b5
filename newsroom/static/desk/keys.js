// Keys for the cards. They rest while something is typed or a modifier is held, rule only on a card in view, and a box
// in their help turns them off.

const SPAM = "[name=reason][value=spam]";
const TYPED_IN = "textarea, select, input:not([type=radio], [type=checkbox])";
// A card of which so many pixels are in view is seen.
const SEEN = 100;

export function keys(list, help, desk, opened) {
  const box = help.querySelector("input");
  let here = list.querySelector(".held:target");

  box.checked = localStorage.getItem("desk-keys") !== "off";
  help.hidden = false;
  mark(here);

  box.addEventListener("change", () => {
    localStorage.setItem("desk-keys", box.checked ? "on" : "off");
    mark(here);
  });
  list.addEventListener("focusin", (event) => mark(event.target.closest(".held") ?? here));
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (press(event.key, event.target)) event.preventDefault();
  });

  function mark(card) {
    list.dataset.keys = box.checked ? "on" : "off";
    here?.removeAttribute("data-here");
    here = card;
    here?.setAttribute("data-here", "");
  }

  // Whether the key meant something.
  function press(key, target) {
    const rejecting = target.closest(".reject[open]");
    if (key === "Escape") return rejecting ? close(rejecting) : shut() || opened.close();
    if (!box.checked || target.closest(TYPED_IN)) return false;
    if (key === "?") return tell();
    // In what is open nothing is ruled on.
    if (target.closest(".opened") && !"jk".includes(key)) return "bo".includes(key) && opened.close();
    if (key === "r") return reject();
    if (/^[1-9]$/.test(key)) return choose(Number(key));
    if (rejecting) return false;
    const meant = {
      j: () => go(1),
      k: () => go(-1),
      a: () => send("[data-approve]"),
      h: () => send("[data-hold]"),
      s: spam,
      u: desk.undo,
      x: () => seen()?.querySelector("[name=chosen]")?.click(),
      e: () => send("[data-pick]"),
      b: () => seen()?.querySelector("h2 a")?.click(),
      o: () => seen()?.querySelector("[data-branch]")?.click(),
    }[key];
    meant?.();
    return Boolean(meant);
  }

  function go(step) {
    const cards = desk.cards(), at = cards.indexOf(here);
    const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), cards.length - 1);
    if (cards[next]) desk.show(cards[next]);
  }

  // The card to rule on; one that is out of view is brought there first, not ruled on unseen.
  function seen() {
    if (!here?.isConnected) return void go(0);
    const { top, bottom } = here.getBoundingClientRect();
    return bottom > SEEN && top < innerHeight - SEEN ? here : void desk.show(here);
  }

  function send(form) {
    seen()?.querySelector(form)?.requestSubmit();
  }

  function spam() {
    const reason = seen()?.querySelector(SPAM);
    if (reason) rejectFor(reason);
  }

  function rejectFor(reason) {
    reason.checked = true;
    reason.form.requestSubmit();
    return true;
  }

  function reject() {
    const details = seen()?.querySelector(".reject");
    if (!details) return true;
    if (details.open) return close(details);
    details.open = true;
    details.querySelector("[type=radio]").focus();
    return true;
  }

  function close(details) {
    details.open = false;
    details.closest(".held").focus({ preventScroll: true });
    return true;
  }

  // At once, unless something was written to the author, who is told by the button.
  function choose(number) {
    const reason = here?.querySelectorAll(".reject[open] [type=radio]")[number - 1];
    if (!reason) return false;
    if (!reason.form.elements.note.value) return rejectFor(reason);
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
