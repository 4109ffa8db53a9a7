// Opens posts beside the page, at their own address; back, Escape and the button close it. Without it they are pages.
import { begun } from "./htmx.js";
import { settled } from "./pending.js";

const drawer = document.getElementById("drawer");
const home = location.href;
let opener = null;

const isPlain = (event) => event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

export async function open(href, { push = true } = {}) {
  opener ??= document.activeElement;
  drawer.setAttribute("aria-busy", "true");
  drawer.hidden = false;
  document.body.classList.add("with-drawer");
  await begun;
  await window.htmx.ajax("GET", href, { target: "#drawer", swap: "innerHTML" });
  drawer.removeAttribute("aria-busy");
  if (push) history.pushState({ drawer: href }, "", href);
  drawer.focus();
}

function shut() {
  if (drawer.hidden) return;
  drawer.hidden = true;
  drawer.replaceChildren();
  document.body.classList.remove("with-drawer");
  // A page that was swapped meanwhile has another element for the same post.
  const again = opener?.isConnected ? opener : opener?.dataset?.post && document.querySelector(`[data-post="${opener.dataset.post}"]`);
  again?.focus();
  opener = null;
}

// What was sent is answered first: a refusal is read where it belongs, and good news comes with the days it changed.
async function leave() {
  if (!(await settled())) return;
  if (history.state?.drawer) history.back();
  else shut();
}

if (drawer) {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[data-post], a[data-drawer]");
    // htmx may still be on its way: then the link is a link.
    if (link && window.htmx && isPlain(event) && !event.defaultPrevented) {
      event.preventDefault();
      if (!(await settled())) return;
      opener = link;
      open(link.href, { push: location.href !== link.href });
    } else if (event.target.closest?.("[data-close-drawer]") && !drawer.hidden) {
      event.preventDefault();
      leave();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || drawer.hidden || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]")) return;
    leave();
  });

  window.addEventListener("popstate", (event) => {
    if (event.state?.drawer) open(event.state.drawer, { push: false });
    else if (location.href === home) shut();
    else location.reload();
  });
}
