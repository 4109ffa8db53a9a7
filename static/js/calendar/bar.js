// The bar that says how many posts are selected, and does one thing with all of them.
import { inParts, many, move } from "./moves.js";
import { say, word } from "./plan.js";
import { tellOfWhatWasLeft } from "./runs.js";
import { clear, onSelection, selected } from "./selection.js";
import { moveToFor } from "./dialogs.js";

const bar = document.getElementById("many");
let stopping = false;

onSelection((count) => {
  if (!bar) return;
  bar.hidden = !count;
  bar.querySelector("[data-count]").textContent = word("selected", { count });
  for (const one of bar.querySelectorAll("[data-only-one]")) one.disabled = count !== 1;
  document.body.classList.toggle("with-many", count > 0);
});

// The answer of each part has brought how far the work is; before the first one it has not begun.
function tell() {
  say(bar.querySelector("[data-progress-text]").textContent);
}

function startOver(total) {
  const progress = bar.querySelector("progress");
  [progress.max, progress.value] = [total, 0];
  bar.querySelector("[data-progress-text]").textContent = word("progress", { done: 0, total });
}

// While it works the bar shows how far it is, and Stop ends it after the part that is under way.
async function run(send, options = {}) {
  const ids = selected();
  if (!ids.length || bar.ariaBusy === "true") return;
  stopping = false;
  bar.ariaBusy = "true";
  startOver(ids.length);
  tell();
  const answer = await inParts(ids, send, { told: tell, stopped: () => stopping, ...options });
  bar.ariaBusy = "false";
  if (answer.ok) clear();
}

bar?.addEventListener("submit", (event) => {
  event.preventDefault();
  const { submitter } = event;
  submitter.closest("details")?.removeAttribute("open");
  if (submitter.name === "days") {
    const days = Number(submitter.value || bar.elements.by.value);
    if (days) run((part, of) => move(part, { days }, of), { onwards: days > 0 });
  } else if (submitter.name === "ripple") {
    run((part) => move(part, { ripple: "1" }));
  } else {
    const fields = [...new FormData(bar)].filter(([name]) => ["labels", "accounts", "reason"].includes(name));
    const remove = submitter.dataset.remove ? [["remove", "1"]] : [];
    run((part, of) => many(part, [["do", submitter.value], ...fields, ...remove], of), { onwards: false });
  }
});

bar?.addEventListener("click", (event) => {
  if (event.target.closest("[data-clear]")) clear();
  if (event.target.closest("[data-stop]")) stopping = true;
  if (event.target.closest("[data-open-move-to]")) moveToFor(null);
});

if (bar && document.readyState === "complete") tellOfWhatWasLeft();
else if (bar) addEventListener("load", tellOfWhatWasLeft);
