// While emails go out, the numbers on the page are read anew every few seconds, for as long as somebody looks at it.
// Without this, a link on the page does the same.

const EVERY = 5_000;

async function again() {
  if (!document.querySelector("[data-under-way]")) return;
  if (!document.hidden) {
    try {
      const answer = await fetch(location.href, { redirect: "manual" });
      if (answer.ok) renew(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch { /* the next round asks again */ }
  }
  setTimeout(again, EVERY);
}

// Only what differs is replaced, so that a screen reader says each sentence once; no button ever is.
function renew(now) {
  for (const part of document.querySelectorAll("[data-fresh]")) {
    const fresh = now.getElementById(part.id);
    if (fresh && fresh.textContent !== part.textContent) part.replaceChildren(...fresh.childNodes);
  }
  if (!now.querySelector("[data-under-way]")) document.querySelector("[data-under-way]").remove();
}

setTimeout(again, EVERY);
