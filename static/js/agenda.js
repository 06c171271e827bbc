// Keeps the agenda, or the programme, true while it is in sight: places in words every 20 seconds, and the
// parts whose buttons have changed, but never the one under the pointer or the focus. The page works without it.

const EVERY = 20_000;
const TONES = ["yours", "waiting", "offered", "cancelled"];
let timer;

// Where what has changed is asked for; a page that shows one session only has none.
function address() {
  return document.querySelector("[data-now]")?.dataset.now;
}

// Whether somebody is at this part of the page just now.
function isInUse(part) {
  return part.matches(":hover") || part.contains(document.activeElement);
}

// A line at a glance is as old as the slot that it tells of.
function outOfDate(keys) {
  const parts = [...document.querySelectorAll("[data-key]")];
  return parts.filter((part) => {
    const now = keys[part.dataset.keyOf ?? part.id];
    return now !== undefined && now !== part.dataset.key && !isInUse(part);
  });
}

function showWords(words) {
  for (const part of document.querySelectorAll("[data-now-says]")) {
    const now = words[part.id];
    if (now && part.textContent.trim() !== now) part.textContent = now;
  }
}

// The card of a session has the colour of what the session is to its reader.
function colour(panel) {
  const card = panel.closest(".card-session");
  for (const tone of card ? TONES : []) {
    card.classList.toggle(`is-${tone}`, panel.classList.contains(`is-${tone}`));
  }
}

// Take a fresh part from the page as it is now; what its reader had unfolded stays unfolded.
function replace(part, page) {
  const fresh = page.getElementById(part.id);
  if (!fresh || !part.isConnected || isInUse(part)) return;
  for (const open of part.querySelectorAll("details[open]")) {
    fresh.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute("open", "");
  }
  part.replaceWith(fresh);
  window.htmx?.process(fresh);
  if (fresh.matches(".booking")) colour(fresh);
}

async function refresh() {
  const answer = await fetch(address(), { cache: "no-cache", credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const now = await answer.json();
  if (now.reader !== document.querySelector("[data-log-out]")?.dataset.logOut) return; // somebody else's by now
  showWords(now.words);
  const old = outOfDate(now.keys);
  if (!old.length) return;
  const page = await fetch(location.href, { cache: "no-store", credentials: "same-origin" });
  if (!page.ok || page.redirected) return;
  const parsed = new DOMParser().parseFromString(await page.text(), "text/html");
  for (const part of old) replace(part, parsed);
}

async function tick() {
  clearTimeout(timer);
  if (document.hidden || !address()) return;
  try {
    await refresh();
  } catch {
    // No line just now: the next round tries again.
  }
  start();
}

// In 20 seconds, or at the moment at which booking opens (spread over two seconds for the server's sake).
function untilNext() {
  const opens = document.querySelector("[data-opens-at]")?.dataset.opensAt;
  const left = opens ? Date.parse(opens) - Date.now() : Infinity;
  return left > 0 && left < EVERY ? left + 200 + Math.random() * 2000 : EVERY;
}

function start() {
  clearTimeout(timer);
  if (!document.hidden && address()) timer = setTimeout(tick, untilNext());
}

document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : tick()));
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
  panel.closest("details")?.setAttribute("open", "");
  colour(panel);
  panel.closest(".card-session")?.scrollIntoView({ block: "nearest" });
  if (document.getElementById("programme-bar")) tick();
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

// Some browsers, those within apps above all, cannot print.
for (const button of typeof window.print === "function" ? document.querySelectorAll("[data-print]") : []) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
