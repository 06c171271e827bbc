// Times of a transcript lead into the player of their page. Without this they open the file at that time.

const player = document.querySelector("[data-player]");

document.addEventListener("click", (event) => {
  const time = event.target.closest("[data-seek]");
  if (!player || !time || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const to = () => {
    player.currentTime = Number(time.dataset.seek);
  };
  if (player.readyState > 0) to();
  else player.addEventListener("loadedmetadata", to, { once: true });
  player.play().catch(() => {}); // a browser may want another press
  player.focus();
});
