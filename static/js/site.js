// Makes working pages a little quicker: nothing here is needed.

// What an editor typed and this browser keeps (words.js) is theirs alone: it goes with whoever logs out, and when
// another account is met. Here, because every page is asked, and few have the editor's scripts.
const WORDS = "qevent-words:";
const logOut = document.querySelector("[data-log-out]");
const isOld = (key) => {
  try {
    return !(JSON.parse(localStorage.getItem(key)).at > Date.now() - 12 * 60 * 60 * 1000);
  } catch {
    return true;
  }
};
const forgetWords = (isToGo) => {
  try {
    const kept = Object.keys(localStorage).filter((key) => key.startsWith(WORDS));
    for (const key of kept.filter(isToGo)) localStorage.removeItem(key);
  } catch { /* nothing can be kept here */ }
};
const tellOtherTabs = () => {
  try {
    localStorage.setItem(`${WORDS}out`, String(Date.now()));
    localStorage.removeItem(`${WORDS}out`);
  } catch { /* they hear of it from the server */ }
};
forgetWords(isOld); // also where the session has ended and nobody is logged in
if (logOut) {
  forgetWords((key) => !key.startsWith(`${WORDS}${logOut.dataset.logOut}:`));
  logOut.addEventListener("submit", () => {
    forgetWords(() => true);
    tellOtherTabs();
  });
}

// A form that came back with errors: the summary takes the focus (WCAG 3.3.1), also where the address
// still names a part of the page, to which the browser moves the focus while it loads; never after the
// reader has moved on.
const summary = document.querySelector("[data-error-summary]");
let movedOn = false;
for (const act of ["keydown", "pointerdown"]) {
  window.addEventListener(act, () => { movedOn = true; }, { once: true });
}
summary?.focus();
window.addEventListener("load", () => { if (!movedOn) summary?.focus(); });

// One press is one act: neither the second click of a double click, which may hit what an answer has put in
// the first one's place, nor a key that is held down presses a button that sends something.
const sends = (event) => event.target.closest?.("button:not([type=button]), input[type=submit]");
document.addEventListener("click", (event) => { if (event.detail > 1 && sends(event)) event.preventDefault(); }, true);
document.addEventListener("keydown", (event) => {
  if (event.repeat && event.key === "Enter" && sends(event)) event.preventDefault();
}, true);

// The filter that one is choosing in stays as it is, with the focus and the place in its list; the others say
// what their options would leave now.
document.body.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  if (detail.target.matches(".filter-bar-field") && detail.target.contains(document.activeElement)) {
    detail.shouldSwap = false;
  }
});

// A text to take away gets a Copy button where the browser allows it.
for (const field of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const input = field.querySelector("input");
  const said = field.querySelector("[role=status]");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-secondary";
  button.textContent = field.dataset.textCopy;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(input.value);
      said.textContent = field.dataset.textCopied;
    } catch {
      input.select();
      said.textContent = field.dataset.textByHand;
    }
  });
  input.after(button);
}

// What is long comes unfolded, so that it is read, and printed, without a script in every browser.
for (const one of document.querySelectorAll("details[data-prints]")) one.open = false;

// On paper what is folded is read as well: for browsers that cannot say so in a style (before 2025).
window.addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details[data-prints]:not([open])")) {
    one.open = true;
    one.dataset.prints = "unfolded";
  }
});
window.addEventListener("afterprint", () => {
  for (const one of document.querySelectorAll("details[data-prints=unfolded]")) one.open = false;
});

// Some browsers, those within apps above all, cannot print.
for (const button of typeof window.print === "function" ? document.querySelectorAll("[data-print]") : []) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// An answer in place that failed says so, in the words that the place of messages has for it, and the page itself is
// the way on.
function sayItFailed(how) {
  const messages = document.querySelector("#messages");
  const notice = document.createElement("div");
  notice.className = "notice notice-error";
  notice.textContent = messages?.getAttribute(`data-text-${how}`);
  messages?.replaceChildren(notice);
  notice.scrollIntoView({ block: "nearest" });
}
document.body.addEventListener("htmx:sendError", () => sayItFailed("unreached"));
document.body.addEventListener("htmx:responseError", async ({ detail }) => {
  const { status } = detail.xhr;
  sayItFailed((status === 403 && await refreshTokens()) || (status === 503 && "away") || "failed");
});

// Logging in again, in another tab, turns the token that forms carry. The page has a fresh one for them, but for
// nobody else's forms. Return who is there: "again" the same person, somebody "else", or "" where that is not known.
async function refreshTokens() {
  const answer = await fetch(location.href, { redirect: "manual" }).catch(() => null);
  if (!answer?.ok) return "";
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
  const account = page.querySelector("[data-log-out]")?.dataset.logOut;
  if (account !== logOut?.dataset.logOut) return account ? "else" : "";
  if (!fresh) return "";
  for (const token of document.querySelectorAll("[name=csrfmiddlewaretoken]")) token.value = fresh;
  return "again";
}
