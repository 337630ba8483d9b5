/* The newsroom's own elements in the editor: pictures, galleries, pull quotes, fact boxes, spoilers, embeds and
   other stories. What is stored is plain HTML (articles/body/allowed.py); the shapes made here are for editing. */
(() => {
  "use strict";

  const { Newsroom } = window;

  /* --- Small tools ------------------------------------------------------------------------------- */

  const part = (name, label) =>
    new CKEDITOR.htmlParser.element("div", { class: name, role: "textbox", "aria-multiline": "true", "aria-label": label, "data-label": label });

  const text = (words) => new CKEDITOR.htmlParser.text(CKEDITOR.tools.htmlEncode(words));

  const find = (element, name) => element.children.find((child) => child.name === name);

  const named = (element, name) => element.children.find((child) => child.hasClass?.(name));

  const isBlank = (element) => !element || !element.getHtml().replace(/<br[^>]*>|&nbsp;|\s/g, "");

  /* Move all children of one element to another. */
  const move = (from, to) => {
    for (const child of from.children.slice()) {
      child.remove();
      to.add(child);
    }
    return to;
  };

  const made = (name, attributes, ...children) => {
    const element = new CKEDITOR.htmlParser.element(name, attributes);
    for (const child of children) if (child) element.add(child);
    return element;
  };

  /* A line of its own below, above or in an element: kept when it says something. */
  const line = (from, to) => (isBlank(from) ? null : move(from, made(to, {})));

  const words = (from) => {
    const holder = made("div", {});
    if (from) move(from, holder);
    return holder.children.slice();
  };

  const PASSAGE = "span[!lang,!dir]";
  const PLAIN = `em strong br; a[!href]; ${PASSAGE}`;
  const PARAGRAPHS = `p ${PLAIN}`;
  const TEXT = `h3 ul ol li ${PARAGRAPHS}`;

  /* --- Boxes with words in them -------------------------------------------------------------------- */

  const boxes = {
    pullquote: {
      label: "Pull quote",
      allowedContent: "aside(!pull-quote); cite",
      requiredContent: "aside(pull-quote)",
      editables: {
        words: { selector: ".box-words", allowedContent: PARAGRAPHS },
        by: { selector: ".box-by", allowedContent: `em; ${PASSAGE}` },
      },
      upcast(element) {
        if (element.name !== "aside" || !element.hasClass("pull-quote")) return false;
        const cite = find(element, "cite");
        cite?.remove();
        const inside = move(element, part("box-words", "Pull quote"));
        element.add(inside);
        element.add(cite ? move(cite, part("box-by", "Who said it")) : part("box-by", "Who said it"));
        return element;
      },
      downcast(element) {
        const by = line(named(element, "box-by"), "cite");
        return made("aside", { class: "pull-quote" }, ...words(named(element, "box-words")), by);
      },
    },
    factbox: {
      label: "Fact box",
      allowedContent: "aside(!fact-box)",
      requiredContent: "aside(fact-box)",
      editables: { words: { selector: ".box-words", allowedContent: TEXT } },
      upcast(element) {
        if (element.name !== "aside" || !element.hasClass("fact-box")) return false;
        element.add(move(element, part("box-words", "Fact box")));
        return element;
      },
      downcast: (element) => made("aside", { class: "fact-box" }, ...words(named(element, "box-words"))),
    },
    spoiler: {
      label: "Spoiler",
      allowedContent: "details(!spoiler); summary",
      requiredContent: "details(spoiler)",
      editables: {
        label: { selector: ".box-label", allowedContent: `em; ${PASSAGE}` },
        words: { selector: ".box-words", allowedContent: `blockquote ${TEXT}` },
      },
      upcast(element) {
        if (element.name !== "details" || !element.hasClass("spoiler")) return false;
        const summary = find(element, "summary");
        summary?.remove();
        const inside = move(element, part("box-words", "What it gives away"));
        element.name = "div";
        element.attributes = { class: "box-spoiler" };
        element.add(summary ? move(summary, part("box-label", "Spoiler: what it is about")) : part("box-label", "Spoiler: what it is about"));
        element.add(inside);
        return element;
      },
      downcast(element) {
        const summary = line(named(element, "box-label"), "summary");
        return made("details", { class: "spoiler" }, summary, ...words(named(element, "box-words")));
      },
    },
  };

  /* A picture of the library, as the editor shows it. */
  const still = (pk) => made("img", { src: Newsroom.pictureUrl(pk), alt: "", "data-cke-saved-src": Newsroom.pictureUrl(pk) });

  /* --- References, shown as what they point at ------------------------------------------------------- */

  const references = {
    picture: {
      label: "Picture",
      allowedContent: "figure[!data-image]; figcaption",
      requiredContent: "figure[data-image]",
      editables: { caption: { selector: ".box-caption", allowedContent: PLAIN } },
      upcast(element) {
        const pk = element.attributes["data-image"];
        if (element.name !== "figure" || !pk || element.attributes["data-embed"]) return false;
        const caption = find(element, "figcaption");
        element.children.slice().forEach((child) => child.remove());
        element.add(still(pk));
        const below = part("box-caption", "Caption, instead of the library’s");
        element.add(caption ? move(caption, below) : below);
        return element;
      },
      downcast(element) {
        const caption = line(named(element, "box-caption"), "figcaption");
        return made("figure", { "data-image": element.attributes["data-image"] }, caption);
      },
    },
    embed: {
      label: "Embed",
      allowedContent: "figure[!data-embed,data-image]; figcaption",
      requiredContent: "figure[data-embed]",
      editables: { caption: { selector: ".box-caption", allowedContent: `em; ${PASSAGE}` } },
      upcast(element) {
        const address = element.attributes["data-embed"];
        if (element.name !== "figure" || !address) return false;
        const caption = find(element, "figcaption");
        element.children.slice().forEach((child) => child.remove());
        const poster = element.attributes["data-image"];
        if (poster) element.add(still(poster));
        element.add(made("div", { class: "box-address" }, text(address.replaceAll("&amp;", "&"))));
        const below = part("box-caption", "Title");
        element.add(caption ? move(caption, below) : below);
        return element;
      },
      downcast(element) {
        const caption = line(named(element, "box-caption"), "figcaption");
        const { "data-embed": address, "data-image": poster } = element.attributes;
        return made("figure", { "data-embed": address, ...(poster && { "data-image": poster }) }, caption);
      },
      init() {
        this.on("edit", () => changeEmbed(this.editor, this));
      },
    },
    gallery: {
      label: "Gallery",
      allowedContent: "div[!data-gallery]",
      requiredContent: "div[data-gallery]",
      upcast(element) {
        const pks = element.attributes["data-gallery"];
        if (element.name !== "div" || !pks) return false;
        element.children.slice().forEach((child) => child.remove());
        for (const pk of pks.split(","))
          element.add(still(pk));
        return element;
      },
      downcast: (element) => made("div", { "data-gallery": element.attributes["data-gallery"] }),
    },
    related: {
      label: "Related story",
      allowedContent: "div[!data-story]",
      requiredContent: "div[data-story]",
      upcast(element) {
        const pk = element.attributes["data-story"];
        if (element.name !== "div" || !pk) return false;
        element.children.slice().forEach((child) => child.remove());
        element.add(made("span", { class: "box-story" }, text(`Story ${pk}`)));
        return element;
      },
      downcast: (element) => made("div", { "data-story": element.attributes["data-story"] }),
      init() {
        Newsroom.nameOfStory(this.element.getAttribute("data-story")).then((name) => {
          const place = this.element.findOne(".box-story");
          if (place && name) place.setText(name);
        });
      },
    },
  };

  const encode = CKEDITOR.tools.htmlEncodeAttr;

  const embedHtml = ({ address, title, poster }) => {
    const image = poster ? ` data-image="${encode(poster)}"` : "";
    const caption = title ? `<figcaption>${CKEDITOR.tools.htmlEncode(title)}</figcaption>` : "";
    return `<figure data-embed="${encode(address)}"${image}>${caption}</figure>`;
  };

  /* Asked by a double click, or by Enter, on an embed that is there. */
  const changeEmbed = async (editor, widget) => {
    const { element, editables } = widget;
    const found = await Newsroom.askEmbed({
      address: element.getAttribute("data-embed"),
      title: editables.caption.$.textContent.trim(),
      poster: element.getAttribute("data-image") ?? "",
    });
    if (!found) return;
    editor.fire("saveSnapshot");
    Newsroom.replaceWidget(editor, widget, embedHtml(found));
    editor.fire("saveSnapshot");
  };

  /* --- What the buttons put in ------------------------------------------------------------------------- */

  const selected = (editor) => CKEDITOR.tools.htmlEncode(editor.getSelection()?.getSelectedText()?.trim() || "");

  const insertions = {
    pullquote: (editor) => `<aside class="pull-quote"><p>${selected(editor) || "&nbsp;"}</p></aside>`,
    factbox: (editor) => `<aside class="fact-box"><p><strong>At a glance</strong></p><p>${selected(editor) || "&nbsp;"}</p></aside>`,
    spoiler: (editor) => `<details class="spoiler"><p>${selected(editor) || "&nbsp;"}</p></details>`,
    picture: async () => {
      const [picture] = await Newsroom.pickPictures({ title: "Choose a picture", several: false });
      return picture && `<figure data-image="${encode(String(picture.id))}"></figure>`;
    },
    gallery: async () => {
      const pictures = await Newsroom.pickPictures({ title: "Choose the gallery’s pictures", several: true });
      return pictures.length && `<div data-gallery="${encode(pictures.map((one) => one.id).join(","))}"></div>`;
    },
    embed: async () => {
      const found = await Newsroom.askEmbed();
      return found && embedHtml(found);
    },
    related: async () => {
      const story = await Newsroom.pickStory();
      return story && `<div data-story="${encode(String(story.id))}"></div>`;
    },
  };

  /* Below the block or the element of ours one is in: neither in the middle of words, nor instead of anything. */
  const below = (editor, [range]) => {
    const start = range.startContainer;
    const element = start.type === CKEDITOR.NODE_ELEMENT ? start : start.getParent();
    const path = range.startPath().elements;
    const around = editor.widgets.getByElement(element)?.wrapper;
    const block = around || path[path.findIndex((one) => one.equals(editor.editable())) - 1];
    if (block) range.moveToPosition(block, CKEDITOR.POSITION_AFTER_END);
    else range.collapse();
    return [range];
  };

  const insert = async (editor, name) => {
    const ranges = editor.getSelection()?.getRanges() || [];
    const html = await insertions[name](editor);
    editor.focus();
    if (!html) return;
    if (ranges.length) editor.getSelection().selectRanges(below(editor, ranges));
    editor.insertHtml(html);
  };

  /* Word processors give every run of words a language: what somebody marked here is all that counts. */
  const withoutLanguages = (event) => {
    if (event.data.dataTransfer.getTransferType(event.editor) !== CKEDITOR.DATA_TRANSFER_EXTERNAL) return;
    const bare = (tag) => tag.replace(/\slang=("[^"]*"|'[^']*'|[^\s>]*)/gi, "");
    event.data.dataValue = event.data.dataValue.replace(/<span\b[^>]*>/gi, bare);
  };

  CKEDITOR.plugins.add("newsroom", {
    requires: "widget",
    beforeInit() {
      for (const name of ["aside", "details", "figure"]) CKEDITOR.dtd.$removeEmpty[name] = 0;
    },
    init(editor) {
      for (const [name, definition] of Object.entries({ ...boxes, ...references })) {
        editor.widgets.add(name, { pathName: definition.label.toLowerCase(), ...definition });
        editor.addCommand(`put_${name}`, {
          allowedContent: definition.allowedContent,
          exec: (where) => {
            insert(where, name);
          },
        });
        editor.ui.addButton(`News_${name}`, { label: definition.label, command: `put_${name}`, toolbar: "insert" });
      }
      editor.on("paste", withoutLanguages, null, null, 5);
      Newsroom.takePictures(editor, below);
    },
  });
})();
