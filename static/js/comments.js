// The conversation below a post: nothing here is needed.

// What is typed in a box is kept while this tab is open: through logging in, or a page that was left.
for (const form of document.querySelectorAll("[data-comment-form]")) {
  const words = form.querySelector("textarea");
  const key = `comment:${form.dataset.commentForm}`;
  if (!words.value) words.value = sessionStorage.getItem(key) ?? "";
  words.addEventListener("input", () => sessionStorage.setItem(key, words.value));
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name !== "log_in") sessionStorage.removeItem(key);
  });
}

// An address that names a comment of another page: its permalink knows which.
const conversation = document.querySelector("[data-comments]");
const [, number] = location.hash.match(/^#comment-(\d+)$/) ?? [];
if (conversation && number && !document.getElementById(`comment-${number}`)) {
  const permalink = `${conversation.dataset.comments}${number}/`;
  fetch(permalink, { method: "HEAD" }).then((answer) => {
    if (answer.ok && answer.url.split("#")[0] !== location.href.split("#")[0]) location.replace(permalink);
  }, () => {});
}
