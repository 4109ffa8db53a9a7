// The queue without a mouse: arrows go from place to place; with Alt they press the place's own "Earlier" and "Later".
const places = () => [...document.querySelectorAll("[data-queue] .queue-what")];

// What a step has done is said by its toast; that there is none to take is said here.
function step(row, which) {
  const button = row.querySelector(`[id^="${which}-"]`);
  const { atTheEnd, stays } = document.getElementById("queues").dataset;
  if (button) button.click();
  else document.getElementById("live").textContent = row.dataset.url ? atTheEnd : stays;
}

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.("[data-queue] > [data-place]");
  const sign = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!row || !sign || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (event.altKey) return step(row, sign < 0 ? "earlier" : "later");
  const all = places();
  all[all.indexOf(row.querySelector(".queue-what")) + sign]?.focus();
});
