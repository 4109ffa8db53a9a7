// The bar that says how many posts are selected, and does one thing with all of them.
import { inParts, many, move } from "./moves.js";
import { say, word } from "./plan.js";
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

function tell(done, total) {
  const progress = bar.querySelector("progress");
  progress.max = total;
  progress.value = done;
  const text = word("progress", { done, total });
  bar.querySelector("[data-progress-text]").textContent = text;
  say(text);
}

// While it works the bar shows how far it is, and Stop ends it after the part that is under way.
async function run(send, options = {}) {
  const ids = selected();
  if (!ids.length || bar.ariaBusy === "true") return;
  stopping = false;
  bar.ariaBusy = "true";
  tell(0, ids.length);
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
    if (days) run((part) => move(part, { days }), { onwards: days > 0 });
  } else if (submitter.name === "ripple") {
    run((part) => move(part, { ripple: "1" }));
  } else {
    const fields = [...new FormData(bar)].filter(([name]) => ["labels", "accounts", "reason"].includes(name));
    const remove = submitter.dataset.remove ? [["remove", "1"]] : [];
    run((part) => many(part, [["do", submitter.value], ...fields, ...remove]), { onwards: false });
  }
});

bar?.addEventListener("click", (event) => {
  if (event.target.closest("[data-clear]")) clear();
  if (event.target.closest("[data-stop]")) stopping = true;
  if (event.target.closest("[data-open-move-to]")) moveToFor(null);
});
