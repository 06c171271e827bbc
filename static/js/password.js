// "Show" beside each password, so that it can be read while it is typed (WCAG 3.3.8); hidden again when it is
// sent, and when the page comes back from the browser's memory. Without this the field stays as it is.

for (const input of document.querySelectorAll("input[type=password]")) {
  const text = input.dataset;
  const button = document.createElement("button");
  const said = document.createElement("span");
  const row = document.createElement("div");

  const show = (isShown) => {
    input.type = isShown ? "text" : "password";
    button.textContent = isShown ? text.textHide : text.textShow;
    button.setAttribute("aria-label", isShown ? text.textHideThis : text.textShowThis);
  };

  button.type = "button";
  button.className = "btn btn-secondary";
  button.setAttribute("aria-controls", input.id);
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  row.className = "password-row";
  input.autocapitalize = "none";
  show(false);
  // On a slow line somebody is typing by now: moving the field must not take the keyboard from it.
  const isTypedInto = document.activeElement === input;
  const { selectionStart, selectionEnd } = input;
  input.replaceWith(row);
  row.append(input, button, said);
  if (isTypedInto) {
    input.focus();
    input.setSelectionRange(selectionStart, selectionEnd);
  }

  button.addEventListener("click", () => {
    show(input.type === "password");
    said.textContent = input.type === "text" ? text.textVisible : text.textHidden;
  });
  input.form?.addEventListener("submit", () => show(false));
  window.addEventListener("pageshow", (event) => { if (event.persisted) show(false); });
}
