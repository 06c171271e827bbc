// Keeps the agenda true while it is in sight: places in words every 20 seconds, and the slots whose
// buttons have changed, but never the one under the pointer or the focus. The page works without it.

const EVERY = 20_000;
const agenda = document.querySelector(".agenda[data-now]");
let timer;

// Whether somebody is at this part of the page just now.
function isInUse(part) {
  return part.matches(":hover") || part.contains(document.activeElement);
}

function isOutOfDate(part, now) {
  const key = part.id === "agenda-summary" ? now.summary : now.slots[part.id];
  return key !== undefined && key !== part.dataset.key;
}

function tracked() {
  return [...document.querySelectorAll("#agenda-summary, .agenda-slot")];
}

function showPlaces(places) {
  for (const words of document.querySelectorAll("[data-places]")) {
    const now = places[words.dataset.places];
    if (now && words.textContent !== now) words.textContent = now;
  }
}

// Take a fresh part from the page as it is now; what she had unfolded stays unfolded.
function replace(part, page) {
  const fresh = page.getElementById(part.id);
  if (!fresh || isInUse(part)) return;
  for (const open of part.querySelectorAll("details[open]")) {
    fresh.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute("open", "");
  }
  part.replaceWith(fresh);
  window.htmx?.process(fresh);
}

async function refresh() {
  const answer = await fetch(agenda.dataset.now, { cache: "no-cache", credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const now = await answer.json();
  showPlaces(now.places);
  const old = tracked().filter((part) => isOutOfDate(part, now) && !isInUse(part));
  if (!old.length) return;
  const page = await fetch(location.pathname, { cache: "no-store", credentials: "same-origin" });
  if (!page.ok || page.redirected) return;
  const parsed = new DOMParser().parseFromString(await page.text(), "text/html");
  for (const part of old) replace(part, parsed);
}

async function tick() {
  clearTimeout(timer);
  if (document.hidden) return;
  try {
    await refresh();
  } catch {
    // No line just now: the next round tries again.
  }
  timer = setTimeout(tick, untilNext());
}

// In 20 seconds, or at the moment at which booking opens (spread over two seconds for the server's sake).
function untilNext() {
  const opens = document.querySelector("[data-opens-at]")?.dataset.opensAt;
  const left = opens ? Date.parse(opens) - Date.now() : Infinity;
  return left > 0 && left < EVERY ? left + 200 + Math.random() * 2000 : EVERY;
}

function start() {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(tick, untilNext());
}

if (agenda) {
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : tick()));
  start();
}

// Where an answer in place took the pressed button away, the focus goes to what stands there now.
let pressed = null;
document.body.addEventListener("htmx:beforeRequest", (event) => {
  pressed = event.target.closest("[id^=session-]")?.id ?? null;
});
document.body.addEventListener("htmx:afterSettle", () => {
  const card = pressed && document.getElementById(pressed);
  if (!card) return;
  card.closest("details")?.setAttribute("open", "");
  card.scrollIntoView({ block: "nearest" });
  if (document.activeElement !== document.body) return;
  card.tabIndex = -1;
  card.focus({ preventScroll: true });
});

// What she had unfolded stays unfolded when the slot comes back changed.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const slot = event.detail.target;
  if (!slot.querySelector?.("details[open]")) return;
  document.body.addEventListener(
    "htmx:afterSettle",
    () => document.getElementById(slot.id)?.querySelector("details")?.setAttribute("open", ""),
    { once: true },
  );
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
