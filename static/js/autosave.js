// What is typed into the form of a post is kept: on the server every ten seconds, and in this browser until the
// server has it. What came back is looked at: only the answer that was asked for means "kept". Trying goes on.

import * as words from "./words.js";

const KEEP_EVERY = 10_000;
const WRITE_AFTER = 500;
const SAY_AGAIN_AFTER = 500;
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "typed_as", "typed_by", "seen"]);
const SAYS = {
  away: "We cannot be reached, so what you type is not kept by us. It stays here, and we keep trying.",
  out: "You are logged out. Log in in another tab; your words stay here.",
  other: "Somebody else has logged in. Your words stay here: log in as yourself in another tab to save them.",
  no: "What you type cannot be kept at the moment. Save it, or copy it, before you leave.",
};

export function keepWhatIsTyped(form, refill) {
  const said = form.querySelector("[data-kept]");
  const unsaved = document.querySelector("[data-unsaved]");
  const whose = form.dataset.words;
  const name = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
  const mark = Object.assign(document.createElement("input"), { type: "hidden", name: "typed_as", value: name });
  form.append(mark);
  let isChanged = false; // since the server has had all of it
  let mayWrite = true; // in this browser: no more once somebody has logged out in it
  let isSaving = false;
  let keepSoon = 0;
  let writeSoon = 0;
  let wasHidden = false; // when it was said last: readers say nothing of tabs behind the one in front

  const say = (what, told = SAYS[what]) => {
    if (said.textContent.startsWith(told)) return; // a live region says each thing once
    said.replaceChildren(told);
    if (what === "out" || what === "other") {
      const link = Object.assign(document.createElement("a"), { href: form.dataset.logIn, target: "_blank" });
      link.textContent = "Log in in another tab";
      said.append(" ", link);
    }
    said.classList.toggle("post-unsaved", what !== "kept");
    wasHidden = document.hidden;
  };

  const sayAgain = () => {
    if (!wasHidden || document.hidden || said.contains(document.activeElement)) return;
    wasHidden = false;
    const parts = [...said.childNodes];
    said.replaceChildren();
    setTimeout(() => { if (!said.hasChildNodes()) said.append(...parts); }, SAY_AGAIN_AFTER);
  };

  const write = () => {
    clearTimeout(writeSoon);
    writeSoon = 0;
    if (mayWrite && isChanged) words.write(whose, name, typedInto(form));
  };

  const keep = async () => {
    clearTimeout(keepSoon);
    keepSoon = 0;
    if (!isChanged || isSaving) return;
    const before = JSON.stringify(typedInto(form));
    const what = await send(form);
    if (isSaving) return;
    if (what.kept) {
      isChanged = before !== JSON.stringify(typedInto(form));
      if (!isChanged) words.forget(whose);
      mayWrite = true;
      say("kept", `Kept what you typed at ${what.kept}. It is not saved yet.`);
    } else {
      if (what.why === "other") mayWrite = false;
      say(what.why);
    }
    if (isChanged) keepSoon ||= setTimeout(keep, KEEP_EVERY);
  };

  const changed = () => {
    isChanged = true;
    if (unsaved) unsaved.hidden = false;
    keepSoon ||= setTimeout(keep, KEEP_EVERY);
    writeSoon ||= setTimeout(write, WRITE_AFTER);
  };

  form.addEventListener("input", changed);
  form.addEventListener("submit", () => {
    write();
    isSaving = true;
    clearTimeout(keepSoon);
  });
  // Back from a page that did not come, or from the next one: the form is here as it was left.
  addEventListener("pageshow", ({ persisted }) => { if (persisted) { isSaving = false; keep(); } });
  addEventListener("pagehide", write);
  document.addEventListener("visibilitychange", () => { write(); keep(); sayAgain(); });
  addEventListener("beforeunload", (event) => {
    if (isChanged && !isSaving && !mayWrite) event.preventDefault();
  });
  words.onLogOut(() => {
    mayWrite = false;
    say("out");
    if (isChanged) keepSoon ||= setTimeout(keep, KEEP_EVERY);
  });
  document.querySelector("[data-log-out]")?.addEventListener("submit", async (event) => {
    if (!isChanged || isSaving) return;
    event.preventDefault();
    mayWrite = false;
    await keep();
    event.target.submit();
  });
  // Leaving for another page of the post takes along what was typed.
  for (const link of document.querySelectorAll(".post-desk-side a")) {
    link.addEventListener("click", async (event) => {
      if (!isChanged || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      await keep();
      location.assign(link.href);
    });
  }
  if (document.querySelector("[data-error-summary]")) changed(); // it came back refused: it is nowhere yet
  offer(form, whose, () => { refill(); changed(); });
}

// ---- Asking the server ---------------------------------------------------------------------------------

// Keep the form; again with a fresh token where its own has turned. Return { kept } or { why }.
async function send(form) {
  const first = await post(form);
  if (first.why !== "token") return first;
  const why = await refreshToken(form);
  if (why) return { why };
  const again = await post(form);
  return again.why === "token" ? { why: "no" } : again;
}

async function post(form) {
  try {
    const answer = await fetch(form.dataset.keep, {
      method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "manual",
    });
    if (answer.type === "opaqueredirect") return { why: "out" };
    if (answer.status === 403) return { why: "token" };
    if (answer.status >= 500) return { why: "away" };
    const isOurs = answer.ok && answer.headers.get("Content-Type")?.startsWith("application/json");
    const kept = isOurs ? (await answer.json()).kept : null;
    return typeof kept === "string" ? { kept } : { why: "no" };
  } catch {
    return { why: "away" };
  }
}

// Logging in again, in another tab, turns the token that forms carry. The page of the form has the new one, and
// says whose it is: another account's is not taken.
async function refreshToken(form) {
  try {
    const answer = await fetch(form.action, { headers: { Accept: "text/html" }, redirect: "manual" });
    if (answer.type === "opaqueredirect") return "out";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const account = page.querySelector("[data-log-out]")?.dataset.logOut;
    if (account && account !== form.dataset.words.split(":")[0]) return "other";
    const fresh = page.querySelector(`#${form.id} [name=csrfmiddlewaretoken]`)?.value;
    if (!fresh) return "no";
    for (const token of document.querySelectorAll("[name=csrfmiddlewaretoken]")) token.value = fresh;
    return "";
  } catch {
    return "away";
  }
}

// ---- What this browser kept ------------------------------------------------------------------------------

function typedInto(form) {
  return [...new FormData(form)].filter(([name, value]) => !NOT_TYPED.has(name) && typeof value === "string");
}

// Offer what was typed in this browser and has not reached the server.
function offer(form, whose, onTaken) {
  const kept = words.read(whose);
  if (!kept) return;
  if (form.dataset.saved.split(" ").includes(kept.form) || String(kept.fields) === String(typedInto(form))) {
    words.forget(whose);
    return;
  }
  const box = document.createElement("section");
  box.className = "notice notice-warning";
  box.setAttribute("aria-label", "Not saved");
  box.innerHTML = `<div class="notice-body"><p class="notice-title">This browser has words that did not reach us</p>
    <p>They were typed on <time></time>. Only this browser has them, until you log out.</p>
    <div class="actions"><button class="btn btn-secondary" type="button">Bring back these words</button>
    <button class="btn btn-quiet" type="button">Throw these words away</button></div></div>`;
  box.querySelector("time").textContent = new Date(kept.at).toLocaleString("en-GB", {
    weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit",
  });
  const [take, drop] = box.querySelectorAll("button");
  take.addEventListener("click", () => { fill(form, kept.fields); box.remove(); onTaken(); });
  drop.addEventListener("click", () => { words.forget(whose); box.remove(); form.elements.title?.focus(); });
  form.before(box);
}

function fill(form, fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || NOT_TYPED.has(field.name) || field.type === "submit") continue;
    const typed = values.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = typed.includes(field.value);
    else if (typed.length) field.value = typed.shift();
  }
}
