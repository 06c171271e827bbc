// Moderation quicker than the page alone: what was decided goes and the next comment has the focus, reasons
// bring their usual words, and single keys act while the list has the focus, once they are switched on
// (WCAG 2.2, 2.1.4). The pages work without any of it.

const KEPT = "moderation-keys";
const TYPING = "input:not([type=hidden]), textarea, select, [contenteditable]";
const queue = document.querySelector("[data-queue]");
const keys = document.querySelector("[data-keys]");
const keysSwitch = document.querySelector("[data-keys-switch]");

const items = () => [...document.querySelectorAll(".queue-item")];
const itemOf = (part) => part?.closest?.(".queue-item");

// One comment is in the order of Tab while the keys are on: the one that has, or last had, the focus.
function rove(to) {
  for (const item of items()) item.tabIndex = keysSwitch?.checked && item === to ? 0 : -1;
}

function focusOn(item) {
  if (!item) return;
  rove(item);
  item.focus();
  item.scrollIntoView({ block: "nearest" });
}

// The next comment that is not being decided about just now, or else the one before.
function neighbour(item) {
  const all = items();
  const at = all.indexOf(item);
  const free = (one) => !one.classList.contains("is-leaving");
  return all.slice(at + 1).find(free) ?? all.slice(0, at).reverse().find(free) ?? null;
}

// ---- Queues ----------------------------------------------------------------------------------

// On a phone they are one row that scrolls. Browsers leave what has the focus half out of sight there; what
// is pressed with a finger stays where it is, or else the finger would lift from another one.
function centre(tab) {
  const row = tab?.closest("ul");
  if (row) row.scrollLeft = tab.offsetLeft + tab.offsetWidth / 2 - row.offsetLeft - row.clientWidth / 2;
}

const centreOpenOne = () => centre(document.querySelector(".queues [aria-current]"));
centreOpenOne();
document.body.addEventListener("htmx:afterSettle", centreOpenOne);
document.addEventListener("focusin", ({ target }) => centre(target.closest(".queues a:focus-visible")));

// ---- Answers in place ------------------------------------------------------------------------

// What became of an act is said once: screen readers need a moment for what has changed, then the focus goes to what
// comes next, whose name begins with the outcome. Whoever has gone on by a key is told in passing.
const SEEN = 400;
let outcome = "";
let isShownAnew = false; // the list is on its way, and says it
document.body.addEventListener("moderation:said", ({ detail }) => { outcome = detail.words; });

function goOn(part) {
  if (isShownAnew) return;
  const words = outcome;
  outcome = "";
  setTimeout(() => {
    if (document.activeElement !== document.body) tellInPassing(words);
    else if (part?.isConnected) focusOn(beginWith(words, part));
  }, SEEN);
}

function tellInPassing(words) {
  if (!words) return;
  const said = Object.assign(document.createElement("p"), { className: "visually-hidden", textContent: words });
  document.getElementById("messages").replaceChildren(said);
}

// Until the focus leaves it.
function beginWith(words, part) {
  const title = part.getAttribute("aria-labelledby") ?? "";
  const said = document.getElementById("outcome") ?? Object.assign(document.createElement("p"), { id: "outcome", hidden: true });
  said.textContent = words;
  document.body.append(said);
  if (part.id === "queue") part.setAttribute("role", "group");
  part.setAttribute("aria-labelledby", `outcome ${title}`.trim());
  part.addEventListener("blur", () => part.setAttribute("aria-labelledby", title), { once: true });
  return part;
}

// Show the list as it is now; the comment with this id gets the focus, or else the first one, or what says that
// there is none.
async function showAnew(id) {
  isShownAnew = true;
  try {
    await window.htmx.ajax("GET", location.href, { target: "#queue", select: "#queue", swap: "outerHTML" });
  } finally {
    isShownAnew = false;
  }
  const list = document.getElementById("queue");
  if (list.contains(document.activeElement)) document.activeElement.blur(); // htmx had put it back
  goOn(document.getElementById(id) ?? items()[0] ?? list);
}

// What was refused is brought into sight where somebody pressed. It has the focus, unless they have gone on by a key.
function tell(refusal) {
  refusal.removeAttribute("data-refused");
  if (document.activeElement === document.body) refusal.focus();
  refusal.scrollIntoView({ block: "nearest" });
}

if (queue && window.htmx) {
  let next = null;
  document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const leaving = itemOf(detail.target);
    next = leaving?.contains(document.activeElement) ? neighbour(leaving) : null;
    document.getElementById("messages").replaceChildren();
  });
  document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target.matches?.(".queue-form")) openForm(detail.target);
    document.querySelectorAll("[data-refused]").forEach(tell);
    goOn(itemOf(document.getElementById(detail.target.id)) ?? next);
  });
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
    itemOf(detail.elt)?.classList.remove("is-leaving");
    if (detail.requestConfig?.verb === "post" && !items().length && !document.querySelector(".is-leaving")) {
      showAnew("");
    }
  });
  document.body.addEventListener("moderation:undone", ({ detail }) => showAnew(`comment-${detail.comment}`));
}

// A form that has come begins at what is wrong with it, or at its first field.
function openForm(slot) {
  const first = slot.querySelector("[data-error-summary]") ?? slot.querySelector(TYPING);
  first?.focus();
}

document.addEventListener("click", (event) => {
  const cancel = event.target.closest("[data-cancel]");
  const slot = cancel?.closest(".queue-form");
  if (!slot) return;
  event.preventDefault();
  close(slot);
});

function close(slot) {
  slot.replaceChildren();
  focusOn(itemOf(slot));
}

// Whether somebody wrote in the form here; a refused form may bring words back, and they count too.
function hasOwnWords(slot) {
  const wasRefused = slot.querySelector("[data-error-summary]");
  const fields = [...slot.querySelectorAll("textarea, input[type=text]")];
  return fields.some((one) => one.value !== (wasRefused ? "" : one.defaultValue) && !isUsual(one));
}

// Escape closes a form that nobody wrote in. What was written is thrown away by "Cancel" alone.
function leaveForm(item) {
  const slot = item.querySelector(".queue-form");
  if (hasOwnWords(slot)) focusOn(item);
  else close(slot);
}

// ---- Usual words -----------------------------------------------------------------------------

// Whether what stands in a field is what a reason brought.
function isUsual(field) {
  const usual = [...field.form.querySelectorAll("[data-usual-words]")];
  return usual.some((one) => one.textContent.trim() === field.value);
}

// A reason brings its words, unless somebody has written others.
document.addEventListener("change", ({ target }) => {
  const form = target.form;
  if (target.name !== "reason" || !form?.elements.words) return;
  const usual = [...form.querySelectorAll("[data-usual-words]")];
  const words = form.elements.words;
  if (words.value.trim() && !isUsual(words)) return;
  words.value = usual.find((one) => one.dataset.usualWords === target.value)?.textContent.trim() ?? "";
});

// ---- Single keys -----------------------------------------------------------------------------

const ACTS = { p: true, r: true, s: true };

function press(item, key) {
  const button = item.querySelector(`.queue-acts [data-key="${key}"]`);
  if (!button || item.classList.contains("is-leaving")) return;
  if (button.form) {
    item.classList.add("is-leaving");
    button.form.requestSubmit();
    focusOn(neighbour(item));
  } else {
    button.click();
  }
}

function onKey(event) {
  const item = itemOf(document.activeElement);
  if (!keysSwitch.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (!document.activeElement.closest("#queue-list, #undo")) return;
  if (event.key === "Escape" && item && !event.isComposing) leaveForm(item);
  if (document.activeElement.matches(TYPING)) return;
  const key = event.key.toLowerCase();
  if (key === "u") document.querySelector("#undo [data-key=u]")?.click();
  else if (!item) return;
  else if (key === "j") focusOn(items()[items().indexOf(item) + 1]);
  else if (key === "k") focusOn(items()[items().indexOf(item) - 1]);
  else if (ACTS[key]) press(item, key);
  else return;
  event.preventDefault();
}

if (keys && queue && window.htmx) {
  keys.hidden = false;
  try {
    keysSwitch.checked = localStorage.getItem(KEPT) === "on";
  } catch {
    // A browser that keeps nothing: the switch is off at each visit.
  }
  rove(items()[0]);
  keysSwitch.addEventListener("change", () => {
    rove(items()[0]);
    try {
      localStorage.setItem(KEPT, keysSwitch.checked ? "on" : "off");
    } catch {
      // As above.
    }
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusin", ({ target }) => itemOf(target) && rove(itemOf(target)));
}
