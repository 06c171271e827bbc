// Makes a passkey, or has one sign (W3C Web Authentication): with one press, the browser asks for the rest. Without
// this, or where the browser knows none, the page leads to codes from an app.

const form = document.querySelector("[data-passkey]");
const said = form.querySelector("[role=status]");

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

const asked = async (kind) => {
  const sent = new FormData();
  sent.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  if (kind === "create") sent.set("make", "1");
  const answer = await fetch(form.dataset.options, { method: "POST", body: sent, headers: { Accept: "application/json" } });
  const { publicKey } = await answer.json();
  publicKey.challenge = bytes(publicKey.challenge);
  if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
  publicKey.excludeCredentials = known(publicKey.excludeCredentials) ?? [];
  publicKey.allowCredentials = known(publicKey.allowCredentials) ?? [];
  return publicKey;
};

const told = (credential) => {
  const { response } = credential;
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const found = names.filter((name) => response[name]).map((name) => [name, text(response[name])]);
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    response: Object.fromEntries(found),
    clientExtensionResults: credential.getClientExtensionResults(),
  });
};

if (window.PublicKeyCredential) {
  form.hidden = false;
  document.querySelector("[data-no-passkey]")?.remove();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  said.textContent = "";
  try {
    const kind = form.dataset.passkey;
    const credential = await navigator.credentials[kind]({ publicKey: await asked(kind) });
    form.elements.credential.value = told(credential);
    form.submit();
  } catch {
    said.textContent = form.dataset.textFailed;
  }
});
