// Keeps Now and next true while it is in sight. A small answer, the same for all who look, says whether something
// has changed; only then, and when a moment has come that the page was told, its reader's own page is asked for.
// The page works without this: Look again.

// A round comes 20 to 40 seconds after the last, by chance; each that fails makes the next twice as late.
const ROUND = 20_000;
const MORE = 20_000;
const LATEST = 320_000;
// After a moment has come all pages ask within so long of each other.
const SPREAD = 5_000;
let round = ROUND;
let timer;
const ahead = aheadOfUs();

function live() {
  return document.getElementById("live");
}

// By how much the server's clock is ahead of this device's.
function aheadOfUs() {
  const [page] = performance.getEntriesByType("navigation");
  const since = performance.now() - (page?.responseStart ?? performance.now());
  return Date.parse(live()?.dataset.clock) + since - Date.now();
}

function whose(page) {
  return page.querySelector("[data-log-out]")?.dataset.logOut;
}

function isDue() {
  const at = Date.parse(live().dataset.changesAt);
  return Boolean(at) && at <= Date.now() + ahead;
}

async function hasChanged() {
  if (isDue()) return true;
  const answer = await fetch(live().dataset.asks, { credentials: "omit" });
  if (!answer.ok) throw new Error();
  return (await answer.json()).version !== live().dataset.version;
}

// What the team says is read out where its place stays and only its words change.
function tellNotices(page) {
  const [here, there] = [document, page].map((one) => one.getElementById("day-notices"));
  if (here && there && here.textContent !== there.textContent) here.replaceChildren(...there.children);
}

// Show the page as it is now; the focus stays where it was, on the same button or link.
async function renew() {
  const answer = await fetch(location.href, { cache: "no-store", credentials: "same-origin", redirect: "manual" });
  if (!answer.ok) throw new Error();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("live");
  if (!fresh || whose(page) !== whose(document)) return;
  const at = document.activeElement;
  const form = live().contains(at) ? at.closest("form")?.getAttribute("action") : null;
  const link = live().contains(at) ? at.getAttribute("href") : null;
  tellNotices(page);
  live().replaceWith(fresh);
  if (form) fresh.querySelector(`form[action="${CSS.escape(form)}"] button`)?.focus({ preventScroll: true });
  else if (link) fresh.querySelector(`a[href="${CSS.escape(link)}"]`)?.focus({ preventScroll: true });
}

async function look() {
  clearTimeout(timer);
  if (document.hidden || !live()) return;
  try {
    if (await hasChanged()) await renew();
    round = ROUND;
  } catch {
    round = Math.min(round * 2, LATEST); // no line just now
  }
  start();
}

function start() {
  clearTimeout(timer);
  if (document.hidden || !live()) return;
  const left = Date.parse(live().dataset.changesAt) - Date.now() - ahead;
  const wait = round + Math.random() * MORE;
  const moment = left > 0 ? left + Math.random() * SPREAD : Infinity;
  timer = setTimeout(look, Math.min(wait, moment));
}

document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : look()));
start();
