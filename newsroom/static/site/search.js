// Suggests where the words might lead while a reader types them: the combobox pattern of ARIA. The form works without.

const PAUSE = 150;
const SHORTEST = 2;

for (const form of document.querySelectorAll("[data-suggest]")) suggestIn(form);

function suggestIn(form) {
  const field = form.elements.q;
  const list = listFor(field);
  let timer, asked;

  const options = () => [...list.children];
  const active = () => list.querySelector("[aria-selected=true]");

  function close() {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    list.replaceChildren();
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(optionFor));
    list.hidden = !suggestions.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    field.removeAttribute("aria-activedescendant");
  }

  function choose(option) {
    active()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  }

  // One more step than there are options: between the last and the first is the field itself.
  function step(by) {
    const all = options(), at = all.indexOf(active());
    choose(all[(at + 1 + by + all.length + 1) % (all.length + 1) - 1]);
  }

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const words = field.value.trim();
    if (words.length < SHORTEST) return close();
    try {
      const answer = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: words })}`, { signal: asked.signal });
      if (answer.ok && document.activeElement === field) show((await answer.json()).suggestions);
    } catch {
      // Overtaken by the next letter, or no connection: there is nothing to suggest.
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && active()) location.assign(active().dataset.path);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  // Before the field loses the focus, and closes the list.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.path);
  });
  field.addEventListener("blur", close);
  form.addEventListener("submit", close);
}

function listFor(field) {
  const list = document.createElement("ul");
  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  field.after(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  return list;
}

function optionFor({ kind, text, path }, index) {
  const option = document.createElement("li"), label = document.createElement("small");
  option.id = `suggestion-${index}`;
  option.dataset.path = path;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  label.textContent = kind;
  option.append(text, " ", label);
  return option;
}
