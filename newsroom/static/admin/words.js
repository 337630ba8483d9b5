/* The words in the story's form: read, compared, and filled in again from a copy. */

export const form = document.getElementById("article_form");
const NOT_WORDS = /^(csrfmiddlewaretoken|read_version|_\w+)$|__prefix__|-(id|article|\w+_FORMS)$/;
const ROW = /^byline_set-(\d+)-/;

const editors = () => Object.values(globalThis.CKEDITOR?.instances ?? {});

/* The form as a browser would send it, the editor's text included. */
export const formData = () => {
  for (const editor of editors()) if (editor.status === "ready") editor.updateElement();
  return new FormData(form);
};

/* [name, value, label of a chosen option] of everything somebody can have typed or chosen. */
export const read = () =>
  [...formData()]
    .filter(([name, value]) => typeof value === "string" && !NOT_WORDS.test(name))
    .map(([name, value]) => {
      const option = [...(form.elements[name]?.options ?? [])].find((one) => one.value === value);
      return option ? [name, value, option.text] : [name, value];
    });

const BETWEEN_BLOCKS = /(<\/(?:p|h2|h3|li|ul|ol|blockquote)>|<(?:ul|ol|li|blockquote)>)\s+/g;

/* What the words say, however the editor breaks its lines. */
export const trace = (words) =>
  JSON.stringify(words.filter(([, value]) => value).map(([name, value]) => [name, value.replace(/\r/g, "").replace(BETWEEN_BLOCKS, "$1").trim()]));

/* The words outside the editor, which writes what it was given in its own way. */
export const besideEditor = (words) => {
  const names = editors().map((editor) => editor.element.getAttribute("name"));
  return words.filter(([name]) => !names.includes(name));
};

export const areSame = (some, others) => trace(some) === trace(others);

export const textOf = (html) => {
  // A template's content belongs to no page: even a <base> in it is only a word.
  const { content } = Object.assign(document.createElement("template"), { innerHTML: html });
  for (const block of content.querySelectorAll("p, h2, h3, li, blockquote, br")) block.append("\n");
  return content.textContent.trim();
};

const labelOf = (name) => form.elements[name]?.labels?.[0]?.textContent.trim().replace(/:$/, "") ?? name;

/* What a copy says otherwise than the form does now, for people to read. */
export const differences = (copy) => {
  const now = read();
  const texts = (words, name) => words.filter((one) => one[0] === name).map(([, value, label]) => label ?? textOf(value));
  return [...new Set(copy.map(([name]) => name))]
    .filter((name) => texts(copy, name).join() !== texts(now, name).join())
    .map((name) => `${labelOf(name)}: ${texts(copy, name).join(", ")}`)
    .join("\n\n");
};

const addRows = (copy) => {
  const wanted = Math.max(0, ...copy.map(([name]) => Number(ROW.exec(name)?.[1] ?? -1) + 1));
  const total = form.elements["byline_set-TOTAL_FORMS"];
  while (Number(total?.value) < wanted) {
    const add = document.querySelector("#byline_set-group .add-row a");
    if (!add) return;
    add.click();
  }
};

const choose = (select, words) => {
  for (const option of select.options) option.selected = false;
  for (const [, value, label] of words) {
    let option = [...select.options].find((one) => one.value === value);
    if (!option) select.append((option = new Option(label ?? value, value)));
    option.selected = true;
  }
  globalThis.django?.jQuery(select).trigger("change");
};

/* Fill the form with a copy's words. */
export const fill = (copy) => {
  addRows(copy);
  for (const field of form.elements) {
    if (!field.name || NOT_WORDS.test(field.name) || field.type === "submit") continue;
    const words = copy.filter(([name]) => name === field.name);
    if (field.options) choose(field, words);
    else if (field.type === "checkbox") field.checked = words.length > 0;
    else if (words.length) field.value = words[0][1];
    if (words.length) globalThis.CKEDITOR?.instances[field.id]?.setData(words[0][1]);
  }
};

/* Calls `changed` for every change, whatever made it: keys, completing fields, lines of the byline, the editor. */
export const watch = (changed) => {
  form.addEventListener("input", changed);
  globalThis.django?.jQuery(form).on("change", changed);
  document.addEventListener("formset:added", changed);
  document.addEventListener("formset:removed", changed);
  const follow = (editor) => editor.on("change", changed);
  for (const editor of editors()) if (editor.status === "ready") follow(editor);
  globalThis.CKEDITOR?.on("instanceReady", ({ editor }) => follow(editor));
};

/* Once the editor holds the text. */
export const whenReady = (go) => {
  const waits = editors().some((editor) => editor.status !== "ready");
  if (!globalThis.CKEDITOR || (editors().length && !waits)) go();
  else globalThis.CKEDITOR.on("instanceReady", go);
};

/* Nothing more is typed or chosen here, but all of it can be selected and copied. */
export const close = () => {
  for (const editor of editors()) editor.setReadOnly(true);
  for (const field of form.elements) {
    if (/^(textarea|text|url)$/.test(field.type)) field.readOnly = true;
    else if (field.type !== "fieldset") field.disabled = true;
  }
};
