/* CKEditor writes its buttons with inline handlers, which this site's policy forbids. This script reads
   those handlers, and where one is exactly a call of CKEDITOR.tools.callFunction with plain arguments,
   makes that call. It never evaluates text, and never looks inside what the editor edits. */
(() => {
  "use strict";

  const OWNER = String.raw`(?:\(\s*window\.CKEDITOR\s*\|\|\s*window\.parent\.CKEDITOR\s*\)|window\.parent\.CKEDITOR|CKEDITOR)`;
  const ARGUMENT = String.raw`(?:this|event|null|-?\d+|'(?:[^'\\]|\\.)*')`;
  const HANDLER = new RegExp(
    String.raw`^\s*(return\s+)?${OWNER}\.tools\.callFunction\(\s*(\d+)((?:\s*,\s*${ARGUMENT})*)\s*\)\s*;?\s*(return false;?)?\s*$`,
  );
  const ONLY_FALSE = /^\s*return false;?\s*$/;
  const EVENTS = ["click", "keydown", "keypress", "focus", "blur", "mousedown", "mouseup", "mouseover", "mouseout", "dragstart"];
  const CHROME = ".cke_chrome, .cke_dialog, .cke_panel, .cke_menu_panel, .cke_panel_container, .cke_combopanel";
  const EDITED = ".cke_editable, [contenteditable]";

  const value = (text, node, event) => {
    if (text === "this") return node;
    if (text === "event") return new CKEDITOR.dom.event(event).$;
    if (text === "null") return null;
    if (text.startsWith("'")) return text.slice(1, -1).replace(/\\(.)/g, "$1");
    return Number(text);
  };

  /* Run one handler's text; true when the browser's own action must not follow. */
  const run = (text, node, event) => {
    if (ONLY_FALSE.test(text)) return true;
    const match = HANDLER.exec(text);
    if (!match) return false;
    const given = match[3].match(new RegExp(ARGUMENT, "g")) || [];
    const result = CKEDITOR.tools.callFunction(Number(match[2]), ...given.map((one) => value(one, node, event)));
    return Boolean(match[4]) || (Boolean(match[1]) && result === false);
  };

  const isChrome = (node) => Boolean(node.closest?.(CHROME)) && !node.closest(EDITED);

  const listen = (page, everywhere) => {
    const handle = (event) => {
      const bubbles = event.type !== "focus" && event.type !== "blur";
      for (let node = event.target; node && node.nodeType === 1; node = bubbles ? node.parentElement : null) {
        const text = node.getAttribute(`on${event.type}`);
        if (text === null || !(everywhere || isChrome(node))) continue;
        if (run(text, node, event)) event.preventDefault();
      }
    };
    for (const name of EVENTS) page.addEventListener(name, handle, true);
  };

  /* The drop-down panels are frames of our own origin whose page the editor writes. */
  const adopt = (frame) => {
    const open = () => {
      const page = frame.contentDocument;
      if (!page?.body || page.adopted) return;
      const loaded = page.body.getAttribute("onload");
      if (!page.documentElement.classList.contains("cke_panel_container")) return;
      page.adopted = true;
      listen(page, true);
      if (loaded) run(loaded, page.body, null);
    };
    frame.addEventListener("load", open);
    open();
  };

  const watch = new MutationObserver((changes) => {
    for (const change of changes)
      for (const node of change.addedNodes)
        if (node.nodeType === 1)
          for (const frame of node.matches("iframe") ? [node] : node.querySelectorAll("iframe"))
            if (frame.closest(".cke_panel")) adopt(frame);
  });

  listen(document, false);
  watch.observe(document.documentElement, { childList: true, subtree: true });
})();
