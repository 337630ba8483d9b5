/* Says the label of a field that completes as one types; the widget itself does not. It draws a box of its own
   beside the field, now or when a line is added, and that box has no name. */

const name = (field) => {
  const box = field.nextElementSibling;
  const label = field.labels?.[0];
  if (!label || !box?.matches(".select2-container") || box.dataset.named) return;
  box.dataset.named = "yes";
  const words = label.textContent.trim().replace(/:$/, "");
  const chosen = box.querySelector(".select2-selection__rendered");
  for (const part of box.querySelectorAll("[role=combobox], [role=textbox], .select2-search__field")) {
    part.setAttribute("aria-label", words);
    if (part.role === "combobox" && chosen?.id) {
      part.id ||= `${chosen.id}-box`;
      part.setAttribute("aria-labelledby", `${part.id} ${chosen.id}`);
    }
  }
  // A box for several draws the chosen ones, a button and the place to type as one list, which they are not.
  box.querySelector("ul.select2-selection__rendered")?.setAttribute("role", "none");
};

const nameAll = () => document.querySelectorAll("select.admin-autocomplete").forEach(name);

new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
nameAll();
