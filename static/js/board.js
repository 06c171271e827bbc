// Keeps the day board true while somebody looks at it: every quarter of a minute the page is asked for, and only
// parts that differ are replaced, never one that is under the pointer or has the focus. Without this, a link on the
// page does the same.

const EVERY = 15_000;

function isInUse(part) {
  return part.matches(":hover") || part.contains(document.activeElement);
}

const ids = (part) => [...part.querySelectorAll("[data-card]")].map((card) => `${card.closest("section").getAttribute("aria-labelledby")} ${card.id}`);

function renewPart(part, fresh) {
  if (fresh && fresh.textContent !== part.textContent && !isInUse(part)) part.replaceWith(fresh);
}

function renew(now) {
  for (const part of document.querySelectorAll("[data-fresh]")) {
    const fresh = now.getElementById(part.id);
    // Words change in their place, so that a screen reader says them.
    if (fresh && fresh.textContent !== part.textContent && !isInUse(part)) part.replaceChildren(...fresh.childNodes);
  }
  const [board, fresh] = [document, now].map((page) => page.querySelector("[data-board]"));
  if (!board || !fresh) return;
  if (String(ids(board)) !== String(ids(fresh))) return renewPart(board, fresh);
  for (const card of board.querySelectorAll("[data-card]")) renewPart(card, now.getElementById(card.id));
}

async function again() {
  if (!document.hidden) {
    try {
      const answer = await fetch(location.href, { cache: "no-cache", redirect: "manual" });
      if (answer.ok) renew(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch { /* the next round asks again */ }
  }
  setTimeout(again, EVERY);
}

setTimeout(again, EVERY);
