// When too many log in at once, whoever presses "Log in" waits for their turn here, with what they typed, and is not
// sent away. Without this the server asks them to press again.

const form = document.querySelector("#log-in");
const said = form.querySelector("[data-turn]");
let isWaiting = false;
let isNext = false;

// A line that does not answer keeps nobody here: the form goes then.
const aWhile = () => new Promise((resolve) => { setTimeout(resolve, 3000); });
const isBusy = async () => (await Promise.race([fetch(said.dataset.turn).catch(() => null), aWhile()]))?.status === 503;
const aMoment = () => new Promise((resolve) => { setTimeout(resolve, 1000 + 2000 * Math.random()); });

form.addEventListener("submit", async (event) => {
  if (isNext || !form.requestSubmit || event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  if (isWaiting) return;
  isWaiting = true;
  while (await isBusy()) {
    said.textContent = said.dataset.textWait;
    await aMoment();
  }
  isNext = true;
  form.requestSubmit(event.submitter);
});
window.addEventListener("pageshow", () => {
  isWaiting = isNext = false;
  said.textContent = "";
});
