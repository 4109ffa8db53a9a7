// Single keys: T today, M W A the views, N a new post, / search, V "Move to…", ? the list of all. Never while one types.
import { anythingOpen, isTyping, plan, word } from "./plan.js";
import { moveToFor, openShortcuts } from "./dialogs.js";
import { clear } from "./selection.js";

const VIEWS = { m: "month", w: "week", a: "agenda" };

function go(changes) {
  const url = new URL(location.pathname.startsWith("/calendar/posts/") ? "/calendar/" : location.href, location.href);
  url.search = plan().dataset.query;
  for (const [name, value] of Object.entries(changes)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  location.assign(url);
}

// What stands on the page for a key is pressed; only where nothing does, the address is made.
function press(key) {
  const found = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!found?.checkVisibility()) return false;
  if (found.matches("input")) found.focus();
  else found.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target) || anythingOpen()) return;
  const key = event.key.toLowerCase();
  if (event.key === "Escape") {
    const drawer = document.getElementById("drawer");
    const isOpen = (drawer && !drawer.hidden) || document.querySelector("details.menu[open]");
    if (!isOpen && clear()) event.preventDefault();
    return;
  }
  if (!plan() || (event.shiftKey && key !== "?")) return;
  if (key === "?") openShortcuts();
  else if (key === "v") moveToFor(document.activeElement);
  else if (!press(key)) {
    if (key === "t") go({ day: "", month: "" });
    else if (VIEWS[key]) go({ view: VIEWS[key] });
    else if (key === "/") location.assign(word("search"));
    else return;
  }
  event.preventDefault();
}, true);
