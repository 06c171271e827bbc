// Keeps the agenda, or the programme, true while it is in sight. Every round asks what everybody may know, the
// same for all who look: places in words, and marks by which it is found what may be another for its reader. Only
// such parts are asked for as they are to them, but never the one under the pointer or the focus. All that is
// theirs is asked for every few minutes, and when the page is seen again. What the opening of booking changes is
// in the page, hidden: it is shown at that moment by the server's clock, and nothing is asked. The page works
// without all of this.

// A round comes 10 to 30 seconds after the last, by chance: however many pages look, they never ask at one moment.
const ROUND = 10_000;
const MORE = 20_000;
const ALL = 400_000;
// So long what everybody gets may be older than what was pressed here.
const KEPT = 2_000;
// Where more parts than that are out of date, the whole page is asked for.
const MANY = 50;
const TONES = ["yours", "contested", "waiting", "offered", "cancelled"];
const stale = new Set(); // ids of parts that may be out of date
const DAY = 86_400_000; // timers that wait for longer than 24 of them end at once
const ahead = aheadOfUs();
let timer, opening, seen, programme;
let acted = -Infinity;
let due = later();

// Where to ask; a page that shows one session only has no such part.
function here() {
  return document.querySelector("[data-now]")?.dataset;
}

function later() {
  return Date.now() + ALL * (0.5 + Math.random());
}

function whose(page) {
  return page.querySelector("[data-log-out]")?.dataset.logOut;
}

// By how much the server's clock is ahead of this device's. It told its time when it made the page; what the answer
// took comes in, so that nothing opens here too early.
function aheadOfUs() {
  const [page] = performance.getEntriesByType("navigation");
  const since = performance.now() - (page?.responseStart ?? performance.now());
  return Date.parse(here()?.clock) + since - Date.now();
}

// Whether somebody is at this part of the page just now.
function isInUse(part) {
  return part.matches(":hover") || part.contains(document.activeElement);
}

function say(part, words) {
  if (part && words && part.textContent.trim() !== words) part.textContent = words;
}

// The slot of a session on the agenda with its line at a glance, or its own part on the programme; and figures.
function suspect(panel) {
  const part = panel.closest(".agenda-slot") ?? panel;
  const beside = document.querySelectorAll(`[data-key-of="${part.id}"], #agenda-summary, #programme-bar`);
  for (const one of [part, ...beside]) stale.add(one.id);
}

// Whether a session may be another to the reader than this part of the page says. Without an answer before, it
// may be for who waits: somebody may have left the line since the page was made.
function isAnother(panel, now, before) {
  const places = panel.querySelector(".places");
  if (places && places.classList.contains("places-full") !== now.full) return true;
  if (panel.matches(".is-waiting, .is-offered") && before?.mark !== now.mark) return true;
  if (!before) return false;
  return before.turn !== now.turn || (panel.matches(".is-yours") && before.line > 0 !== now.line > 0);
}

// What everybody may know. An answer that is older than one before (another process gave it) says nothing.
async function look() {
  if (Date.now() - acted < KEPT) return;
  const answer = await fetch(here().places, { cache: "no-cache", credentials: "omit" });
  if (!answer.ok) return;
  const now = await answer.json();
  if (now.read < seen?.read) return;
  programme ??= Number(here().programme);
  let hasTurned = false;
  for (const [id, places] of Object.entries(now.sessions)) {
    const panel = document.getElementById(`booking-${id}`);
    if (!panel) continue;
    if (isAnother(panel, places, seen?.sessions[id])) {
      suspect(panel);
      hasTurned = true;
    }
    say(document.getElementById(`booking-${id}-places`), places.words);
    const heard = document.getElementById(`heard-${id}`);
    if (heard?.dataset.nowSays === "places") say(heard, places.heard);
  }
  // Who waits is told what else has places at that time.
  if (hasTurned) document.querySelectorAll(".booking.is-waiting").forEach(suspect);
  seen = now;
}

// All that is theirs: states in words, and a key of each part. A line at a glance is as old as its slot.
async function ask() {
  const version = seen?.programme;
  const answer = await fetch(here().now, { cache: "no-cache", credentials: "same-origin", redirect: "manual" });
  if (!answer.ok) return;
  const now = await answer.json();
  if (now.reader !== whose(document)) return; // somebody else's by now
  for (const part of document.querySelectorAll("[data-now-says]")) say(part, now.words[part.id]);
  for (const part of document.querySelectorAll("[data-key]")) {
    const key = now.keys[part.dataset.keyOf ?? part.id];
    if (key !== undefined && key !== part.dataset.key) stale.add(part.id);
    else stale.delete(part.id);
  }
  programme = version ?? programme;
  due = later();
}

// The card of a session has the colour of what the session is to its reader.
function colour(panel) {
  const card = panel.closest(".card-session");
  for (const tone of card ? TONES : []) {
    card.classList.toggle(`is-${tone}`, panel.classList.contains(`is-${tone}`));
  }
}

// Show of a part what it is from the opening on; the focus goes on to the button that comes in another's place.
function openPart(part) {
  const focused = document.activeElement;
  for (const one of part.querySelectorAll("[data-until-opening]")) one.hidden = true;
  for (const one of part.querySelectorAll("[data-from-opening]")) one.hidden = false;
  delete part.dataset.opensAt;
  if (part.contains(focused) && focused.hidden) part.querySelector(".btn:not([hidden])")?.focus();
  if (!part.matches(".booking")) return;
  part.className = part.dataset.classThen;
  colour(part);
  const heard = document.getElementById(part.id.replace("booking-", "heard-"));
  say(heard, heard?.dataset.heardThen);
}

// Open what has its moment behind it, and wait for the next. A part is then what the server would answer, but for
// what others do.
function open() {
  clearTimeout(opening);
  const now = Date.now() + ahead;
  let next = Infinity;
  for (const part of document.querySelectorAll("[data-opens-at]")) {
    const left = Date.parse(part.dataset.opensAt) - now;
    if (left <= 0) openPart(part);
    else next = Math.min(next, left);
  }
  for (const part of document.querySelectorAll("[data-key-then]")) {
    const whole = document.getElementById(part.dataset.keyOf ?? part.id);
    if (whole.matches("[data-opens-at]") || whole.querySelector("[data-opens-at]")) continue;
    part.dataset.key = part.dataset.keyThen;
    delete part.dataset.keyThen;
  }
  if (next < DAY) opening = setTimeout(open, next);
}

// Take a fresh part from what was answered; what its reader had unfolded stays unfolded.
function replace(part, page) {
  const fresh = page.getElementById(part.id);
  if (!fresh || fresh.dataset.key === part.dataset.key || !part.isConnected) return;
  for (const open of part.querySelectorAll("details[open]")) {
    fresh.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute("open", "");
  }
  part.replaceWith(fresh);
  window.htmx?.process(fresh);
  if (!fresh.matches(".booking")) return;
  colour(fresh);
  const heard = part.id.replace("booking-", "heard-");
  document.getElementById(heard)?.replaceWith(page.getElementById(heard) ?? "");
}

function addressOf(parts) {
  if (parts.length > MANY || parts.some((part) => part.id === "agenda-glance")) return location.href;
  const wanted = new URLSearchParams(parts.map((part) => ["part", part.id]));
  wanted.append("next", location.pathname + location.search);
  return `${here().parts}?${wanted}`;
}

// Ask for the parts that may be out of date, and for nothing else.
async function renew() {
  const parts = [...stale].map((id) => document.getElementById(id)).filter((part) => part && !isInUse(part));
  if (!parts.length) return;
  const answer = await fetch(addressOf(parts), { cache: "no-store", credentials: "same-origin", redirect: "manual" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (whose(page) !== whose(document)) return;
  for (const part of parts.filter((one) => !isInUse(one))) {
    stale.delete(part.id);
    replace(part, page);
  }
}

// What the team says on the day: a new programme has it, or it has ended. It is read out, because its place stays
// and only its words change.
async function tellNotices() {
  const place = document.getElementById("day-notices");
  if (!place) return;
  const answer = await fetch(location.href, { cache: "no-store", credentials: "same-origin", redirect: "manual" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("day-notices");
  if (!fresh || whose(page) !== whose(document)) return;
  if (place.textContent !== fresh.textContent) place.replaceChildren(...fresh.children);
}

async function round({ isAll = false } = {}) {
  clearTimeout(timer);
  if (document.hidden || !here()) return;
  open();
  try {
    await look();
    const hasChanged = seen && seen.programme !== programme;
    const isDue = isAll || Date.now() > due;
    if (hasChanged || (isDue && document.querySelector("#day-notices > *"))) await tellNotices();
    if (hasChanged || isDue) await ask();
    await renew();
  } catch {
    // No line just now: the next round tries again.
  }
  open();
  start();
}

function start() {
  clearTimeout(timer);
  if (!document.hidden && here()) timer = setTimeout(round, ROUND + Math.random() * MORE);
}

document.addEventListener("visibilitychange", () =>
  document.hidden ? clearTimeout(timer) : round({ isAll: true }),
);
open();
start();

// What was pressed has been replaced by a group named by the outcome and the session. Once screen readers
// have seen that, the focus goes there: the opposite act is one Tab further, and a second Return does nothing.
// On the programme the answer is the session's own part: bar and other sessions of that time follow at once.
const SEEN = 400;
let pressed = null;
document.body.addEventListener("htmx:beforeRequest", (event) => {
  pressed = event.target.closest(".booking")?.id ?? null;
});
document.body.addEventListener("htmx:afterSettle", () => {
  const panel = pressed && document.getElementById(pressed);
  if (!panel) return;
  pressed = null;
  open();
  panel.closest("details")?.setAttribute("open", "");
  colour(panel);
  panel.closest(".card-session")?.scrollIntoView({ block: "nearest" });
  acted = Date.now();
  if (document.getElementById("programme-bar")) round({ isAll: true });
  setTimeout(() => tell(panel), SEEN);
});

// Whoever has gone on meanwhile keeps the focus where it is, and is told in passing.
function tell(panel) {
  const at = document.activeElement;
  if (at === document.body || panel.contains(at)) {
    panel.focus({ preventScroll: true });
    return;
  }
  const words = document.createElement("p");
  words.className = "visually-hidden";
  words.textContent = `${panel.getAttribute("aria-label")}. ${panel.querySelector("[id$=-more]")?.textContent ?? ""}`;
  document.getElementById("messages").append(words);
}

// What was unfolded stays unfolded when the slot comes back changed.
document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const open = [...detail.target.querySelectorAll("details[open]")].map((one) => one.id);
  const openAgain = () => open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
  if (open.length) document.body.addEventListener("htmx:afterSettle", openAgain, { once: true });
});
