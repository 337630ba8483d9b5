/* What the editor's dialogs are made of: elements, and a dialog of the browser's own with a promise of its answer. */

/* The addresses that the editor asks: data of the element around it. */
export const place = () => document.querySelector(".story-editor").dataset;

export const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

export const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};

/* A dialog with its form; resolves with what `answer` gives when it is sent, else with `nothing`. `ready` gets the dialog. */
export const open = (title, content, { send, nothing, answer, ready }) =>
  new Promise((resolve) => {
    const button = make("button", { type: "submit", class: "button default", value: "send" }, send);
    const cancel = make("button", { type: "button", class: "button" }, "Cancel");
    const form = make("form", { method: "dialog" }, make("h2", {}, title), ...content, make("p", { class: "picker__end" }, button, cancel));
    const dialog = make("dialog", { class: "picker", "aria-label": title }, form);
    /* The story's own keys and its autosave have no business in here. */
    for (const name of ["keydown", "input", "change"]) dialog.addEventListener(name, (event) => event.stopPropagation());
    dialog.addEventListener("picker:busy", (event) => (button.disabled = event.detail));
    cancel.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "send" ? answer() : nothing);
    });
    ready?.(dialog);
    document.body.append(dialog);
    dialog.showModal();
  });
