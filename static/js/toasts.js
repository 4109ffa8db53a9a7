// Gives each toast, also one that comes later, a button that closes it; good news goes by itself, bad news stays.
const home = document.getElementById("toasts");

function equip(toast) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "toast-close";
  button.setAttribute("aria-label", toast.dataset.close);
  button.innerHTML = '<svg class="icon" aria-hidden="true"><use href="#i-cross"/></svg>';
  button.addEventListener("click", () => toast.remove());
  toast.append(button);
  if (toast.dataset.ends) passAway(toast, Number(toast.dataset.ends) * 1000);
}

// Whoever reads it or is about to press its button keeps it.
function passAway(toast, after) {
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) passAway(toast, 2000);
    else toast.remove();
  }, after);
}

if (home) {
  for (const toast of home.querySelectorAll("[data-toast]")) equip(toast);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const one of addedNodes) if (one.matches?.("[data-toast]")) equip(one);
  }).observe(home, { childList: true });
}

// What the network or the server spoiled is said, once; in the server's own words where it sent some.
export function sayItWentWrong(said) {
  const words = document.getElementById("went-wrong");
  if (!home || !words || home.querySelector(".toast-error")) return;
  const toast = words.content.cloneNode(true);
  if (typeof said === "string") toast.querySelector("p").textContent = decodeURIComponent(said);
  home.append(toast);
}

for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, (event) => sayItWentWrong(event.detail?.xhr?.getResponseHeader("MarketMind-Said")));
}
