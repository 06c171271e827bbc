// What is typed into the form of a post, in this browser until the server has it. Computers are shared: it goes
// when somebody logs out, when another account is met (site.js does both), and after twelve hours at the latest.

const PREFIX = "qevent-words:";
const LONGEST = 12 * 60 * 60 * 1000;

// Whose words: the account's number, a colon, the post's.
export function read(whose) {
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + whose));
    return kept && Date.now() - kept.at < LONGEST ? kept : null;
  } catch {
    return null;
  }
}

// Whether the browser has taken them: it may have no room, or be told to keep nothing.
export function write(whose, form, fields) {
  try {
    localStorage.setItem(PREFIX + whose, JSON.stringify({ form, fields, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

export function forget(whose) {
  try {
    localStorage.removeItem(PREFIX + whose);
  } catch { /* nothing can be kept here */ }
}

export function onLogOut(act) {
  addEventListener("storage", ({ key, newValue }) => {
    if (key === null || (key === `${PREFIX}out` && newValue)) act();
  });
}
