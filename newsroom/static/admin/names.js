/* Gives names to what Django draws without: the boxes of fields that complete as one types (they are drawn beside
   the field, now or when a line is added), the halves of a moment, and the hints of a list with a filter. */

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

const nameHalf = (field) => {
  const whole = field.closest(".form-row")?.querySelector("label, legend")?.textContent.trim().replace(/:$/, "");
  field.setAttribute("aria-label", `${whole}, ${field.matches(".vDateField") ? "date" : "time"}`);
};

const nameAll = () => {
  document.querySelectorAll("select.admin-autocomplete").forEach(name);
  document.querySelectorAll(":is(.vDateField, .vTimeField):not([aria-label])").forEach(nameHalf);
  document.querySelectorAll(".help-tooltip[aria-label]:not([role])").forEach((hint) => hint.setAttribute("role", "img"));
};

new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
nameAll();
