// What other programs put on the clipboard becomes the text of a post on the server, where saving would make the
// same of it (blog/pasting/clipboard.py), and goes in where the cursor is. What was left out is said. Saving waits for it.

const LONGEST = 1_000_000;

export function pasteFromOthers(form, said) {
  let waiting = null;
  let isOurs = false;

  // Take over a paste that comes from another program; the editor does all others.
  const handlePaste = (view, event) => {
    const data = event.clipboardData;
    const html = data?.getData("text/html") ?? "";
    if (isOurs) return false;
    if (!html.trim()) {
      if (![...(data?.files ?? [])].some((one) => one.type.startsWith("image/"))) return false;
      said(["1 picture was not pasted. Add it with Add a picture."]);
      return true;
    }
    if (html.includes("data-pm-slice")) return false;
    said(["Pasting…"]);
    waiting = made(form, html).then(({ html: text, notes }) => {
      isOurs = true;
      try {
        view.pasteHTML(text ?? html, event);
      } finally {
        isOurs = false;
        waiting = null;
      }
      said(notes);
    });
    return true;
  };

  form.addEventListener("submit", async (event) => {
    if (!waiting) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await waiting;
    form.requestSubmit(event.submitter);
  });
  return handlePaste;
}

async function made(form, html) {
  const typed = new FormData();
  typed.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  typed.append("html", shortened(html));
  try {
    const answer = await fetch(form.dataset.paste, {
      method: "POST", body: typed, headers: { Accept: "application/json" }, redirect: "manual",
    });
    if (answer.ok && answer.headers.get("Content-Type")?.startsWith("application/json")) return await answer.json();
  } catch { /* said below */ }
  return { notes: ["We could not be reached, so lists, tables and emphasis may be lost. Look through what you pasted."] };
}

// Pictures and styles of a whole document come along as text; nothing reads them.
function shortened(html) {
  return html
    .replace(/<(style|script|xml)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/\ssrc\s*=\s*("[^"]*"|'[^']*')/gi, "")
    .slice(0, LONGEST);
}
