/* How long a text is, and how much of it is shown elsewhere. Said aloud only when it grows too long. */

const words = (field) => `${[...field.value].length} of ${field.dataset.good}`;

const count = (field) => {
  const line = Object.assign(document.createElement("p"), { className: "count", id: `${field.id}_count` });
  const shown = Object.assign(document.createElement("span"), { textContent: words(field) });
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  line.append(shown, said);
  field.after(line);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
  const draw = () => {
    const isLong = [...field.value].length > Number(field.dataset.good);
    shown.textContent = words(field);
    line.dataset.isLong = isLong;
    const warning = isLong ? " characters: the rest may be cut elsewhere" : "";
    if (said.textContent !== warning) said.textContent = warning;
  };
  field.addEventListener("input", draw);
  field.form?.addEventListener("story:filled", draw);
  draw();
};

for (const field of document.querySelectorAll("textarea[data-good]")) count(field);
