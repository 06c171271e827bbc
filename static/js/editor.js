// The form of a post, or of an announcement: an editor in place of the plain text field, and buttons that insert. Without any of it the
// field takes HTML or Markdown, and Save saves. What is typed of a post is kept by autosave.js.

import { keepWhatIsTyped } from "./autosave.js";
import { pasteFromOthers } from "./paste.js";

const form = document.querySelector("[data-paste]");
const area = form?.querySelector("[data-editor]");
let editor = null;
let wasEntered = false;

if (area) {
  try {
    editor = start(await import(area.dataset.editor));
  } catch (error) {
    console.warn("The plain field stays:", error.message);
  }
  for (const button of document.querySelectorAll("[data-insert]")) {
    button.hidden = false;
    button.addEventListener("click", () => insert(button.dataset.insert));
  }
  for (const button of document.querySelectorAll("[data-insert-here]")) {
    button.hidden = false;
    button.addEventListener("click", () => insertHere(button.dataset.insertHere));
  }
  if (form.dataset.keep) keepWhatIsTyped(form, () => editor?.commands.setContent(tidy(asHtml(area.value))));
}

// ---- The editor --------------------------------------------------------------------------------------

function start(prose) {
  const label = document.querySelector(`label[for="${area.id}"]`);
  const hint = document.getElementById(`${area.id}_helptext`);
  const frame = Object.assign(document.createElement("div"), { className: "editor" });
  const place = Object.assign(document.createElement("div"), { className: "editor-text" });
  const made = new prose.Editor({
    element: place,
    injectCSS: false, // the content security policy refuses styles in the page; css/team.css has them
    content: tidy(asHtml(area.value)),
    extensions: extensions(prose),
    editorProps: { attributes: attributes(label), transformPastedHTML: tidy, handlePaste: pasteFromOthers(form, notes(frame)) },
    onFocus: () => { wasEntered = true; },
    onUpdate: ({ editor: now }) => {
      area.value = now.isEmpty ? "" : now.getHTML();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  frame.append(toolbar(made), linkBar(made), place);
  area.after(frame);
  area.hidden = true;
  if (hint) hint.hidden = true;
  takeOver(made, label);
  return made;
}

// What a paste left out is said below the text (a live region).
function notes(frame) {
  const status = Object.assign(document.createElement("div"), { className: "editor-notes" });
  status.setAttribute("role", "status");
  frame.append(status);
  return (lines) => {
    status.replaceChildren(...lines.map((words) => Object.assign(document.createElement("p"), { textContent: words })));
    status.parentNode.append(status);
  };
}

// Tables as posts have them: without widths (the page's policy refuses styles), their caption kept.
function tables(prose) {
  const Table = prose.Table.extend({
    addAttributes: () => ({
      caption: { default: null, rendered: false, parseHTML: (table) => table.querySelector("caption")?.textContent ?? null },
    }),
    parseHTML: () => [{ tag: "table" }, { tag: "caption", ignore: true }],
    renderHTML: ({ node }) => {
      const caption = node.attrs.caption ? [["caption", {}, node.attrs.caption]] : [];
      return ["table", {}, ...caption, ["tbody", 0]];
    },
    addKeyboardShortcuts: () => ({}), // Tab leaves the editor, also from a table (WCAG 2.1.2)
  });
  const plain = ({ colspan, rowspan } = {}) => ({ colspan, rowspan });
  const scope = { scope: { default: "col" } };
  const TableHeader = prose.TableHeader.extend({
    addAttributes() { return { ...plain(this.parent?.()), ...scope }; },
  });
  const TableCell = prose.TableCell.extend({ addAttributes() { return plain(this.parent?.()); } });
  return [Table, prose.TableRow, TableHeader, TableCell];
}

function extensions(prose) {
  const { Document, Paragraph, Text, HardBreak, Heading, Bold, Italic, BulletList, OrderedList, Blockquote } = prose;
  // Tab leaves the editor, also from a list (WCAG 2.1.2): the usual keys of a list would hold it.
  const ListItem = prose.ListItem.extend({
    addKeyboardShortcuts() {
      return { Enter: () => this.editor.commands.splitListItem(this.name) };
    },
  });
  return [
    Document, Paragraph, Text, HardBreak, Bold, Italic, BulletList, OrderedList, ListItem, Blockquote,
    Heading.configure({ levels: [2, 3, 4] }),
    ...tables(prose), prose.HorizontalRule, prose.Superscript, prose.Subscript, prose.Gapcursor, prose.History,
    prose.Link.extend({ inclusive: false }).configure({ openOnClick: false, protocols: ["http", "https", "mailto"] }),
    prose.NodeClass.configure({ cssClasses: { blockquote: ["pull-quote"] } }),
  ];
}

function attributes(label) {
  const given = { role: "textbox", "aria-multiline": "true", class: "post-text" };
  if (label) label.id ||= "editor-label";
  if (label) given["aria-labelledby"] = label.id;
  const error = document.getElementById(`${area.id}_error`);
  if (error) Object.assign(given, { "aria-describedby": error.id, "aria-invalid": "true" });
  return given;
}

// The label and the error summary lead to the editor, not to the field behind it.
function takeOver(made, label) {
  const { id } = area;
  area.removeAttribute("id");
  made.view.dom.id = id;
  label?.removeAttribute("for");
  label?.addEventListener("click", () => made.view.focus());
}

// What was written without the editor: paragraphs stand between blank lines.
function asHtml(text) {
  if (/<(p|h[1-6]|ul|ol|blockquote|div|table|br)\b/i.test(text)) return text;
  const holder = document.createElement("div");
  for (const words of text.split(/\n\s*\n/).filter((one) => one.trim())) {
    const paragraph = document.createElement("p");
    paragraph.textContent = words.trim();
    holder.append(paragraph);
  }
  return holder.innerHTML;
}

// What comes from Word or a web page, without its looks and scripts: the page's policy refuses them anyway,
// with a line in the console for each. This only tidies; what is sent is cleaned on the server.
function tidy(html) {
  const kept = /^(href|start|scope|colspan|rowspan)$|^class\s*=\s*["']?pull-quote["']?$/i;
  return html
    .replace(/<(style|script|title|xml|svg)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gi, (_, name, attributes) => {
      const stay = (attributes.match(/[^\s=/]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/g) ?? []).filter(
        (one) => kept.test(one) || kept.test(one.split("=")[0].trim()),
      );
      return `<${[name, ...stay].join(" ")}>`;
    });
}

// The text takes the focus with made.view.focus(), at once. The editor's own focus command waits for the next
// frame, and keys that were pressed until then would be lost or meet the selection of before.

// ---- The toolbar (ARIA: one stop for Tab, arrows between the buttons) ----------------------------------

function toolbar(made) {
  const bar = document.createElement("div");
  bar.className = "editor-bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Formatting");
  const on = () => made.chain();
  const heading = (level) => [() => on().toggleHeading({ level }).run(), () => made.isActive("heading", { level })];
  const quote = (kind) => () => made.isActive("blockquote", { class: kind });
  const buttons = [
    ["Bold", () => on().toggleBold().run(), () => made.isActive("bold")],
    ["Italic", () => on().toggleItalic().run(), () => made.isActive("italic")],
    ["Link", null, () => made.isActive("link")],
    ["Heading", ...heading(2)],
    ["Subheading", ...heading(3)],
    ["Small heading", ...heading(4)],
    ["List", () => on().toggleBulletList().run(), () => made.isActive("bulletList")],
    ["Numbered list", () => on().toggleOrderedList().run(), () => made.isActive("orderedList")],
    ["Quote", () => toggleQuote(made, null), quote(null)],
    ["Pull quote", () => toggleQuote(made, "pull-quote"), quote("pull-quote")],
    ["Line", () => on().setHorizontalRule().run(), null],
    ["Undo", () => on().undo().run(), null],
    ["Redo", () => on().redo().run(), null],
  ].map(([name, act, isOn], number) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "editor-button", textContent: name });
    button.tabIndex = number ? -1 : 0;
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    button.addEventListener("click", act ? () => { act(); made.view.focus(); } : () => openLinkBar(made));
    return { button, isOn };
  });
  bar.append(...buttons.map(({ button }) => button));
  const show = () => {
    for (const { button, isOn } of buttons) if (isOn) button.setAttribute("aria-pressed", String(isOn()));
  };
  made.on("transaction", show);
  show();
  moveByArrows(bar, buttons.map(({ button }) => button));
  return bar;
}

function moveByArrows(bar, buttons) {
  bar.addEventListener("keydown", (event) => {
    const here = buttons.indexOf(document.activeElement);
    const last = buttons.length - 1;
    const to = {
      ArrowRight: here === last ? 0 : here + 1,
      ArrowLeft: here === 0 ? last : here - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    for (const button of buttons) button.tabIndex = -1;
    buttons[to].tabIndex = 0;
    buttons[to].focus();
  });
}

function toggleQuote(made, kind) {
  const on = made.chain();
  if (!made.isActive("blockquote")) on.setBlockquote().setNodeClass("blockquote", kind).run();
  else if (made.isActive("blockquote", { class: kind })) on.unsetBlockquote().run();
  else on.setNodeClass("blockquote", kind).run();
}

// ---- Links ---------------------------------------------------------------------------------------------

function linkBar(made) {
  const bar = document.createElement("div");
  bar.className = "editor-link";
  bar.hidden = true;
  bar.innerHTML = `<label for="editor-link">Link to</label>
    <input class="form-control" id="editor-link" type="text" inputmode="url" autocomplete="off" spellcheck="false">
    <button class="btn btn-secondary" type="button">Set the link</button>
    <button class="btn btn-quiet" type="button">No link</button>`;
  const [set, none] = bar.querySelectorAll("button");
  const close = () => { bar.hidden = true; made.view.focus(); };
  const apply = () => {
    const typed = bar.querySelector("input").value.trim();
    const href = /^(https?:\/\/|mailto:)/i.test(typed) || !typed ? typed : `https://${typed}`;
    const on = made.chain().extendMarkRange("link");
    if (!href) on.unsetLink().run();
    else if (made.state.selection.empty && !made.isActive("link")) {
      on.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    } else on.setLink({ href }).run();
    close();
  };
  set.addEventListener("click", apply);
  none.addEventListener("click", () => { made.chain().extendMarkRange("link").unsetLink().run(); close(); });
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Enter" && event.target.tagName === "INPUT") { event.preventDefault(); apply(); }
  });
  return bar;
}

function openLinkBar(made) {
  const bar = document.querySelector(".editor-link");
  bar.hidden = false;
  const input = bar.querySelector("input");
  input.value = made.getAttributes("link").href ?? "";
  input.focus();
}

// ---- Markers ---------------------------------------------------------------------------------------------

// A marker is a paragraph of its own, below the one that the cursor is in, or at the end where nobody has put a
// cursor yet. The cursor goes behind it, and the page with it: on a phone the button is far below the text.
// Words among words, where the cursor is.
function insertHere(words) {
  if (editor) {
    editor.view.focus();
    editor.chain().insertContent({ type: "text", text: words }).run();
    return;
  }
  area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
  area.focus();
}

function insert(marker) {
  if (editor) {
    const { $to } = editor.state.selection;
    const here = wasEntered && $to.depth ? $to.after(1) : editor.state.doc.content.size;
    const paragraph = { type: "paragraph", content: [{ type: "text", text: marker }] };
    editor.view.focus();
    editor.chain().insertContentAt(here, paragraph).setTextSelection(here + 1 + marker.length).scrollIntoView().run();
    return;
  }
  area.setRangeText(`\n\n${marker}\n\n`, area.selectionEnd, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}
