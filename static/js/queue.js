import { begun } from "./htmx.js";
import { sayItWentWrong } from "./toasts.js";

// Drags a place of a queue onto another: it stands there then, and those between move up. The arrows do the same.
const home = location.href;
let held = null;

const rowOf = (event) => event.target.closest?.("[data-queue] > [data-place]");
const clear = () => document.querySelectorAll(".drop-before, .drop-after").forEach((one) => one.classList.remove("drop-before", "drop-after"));

// Only what a person holds by its handle is dragged: words stay words, and links stay links.
function ready(root) {
  for (const grip of root.querySelectorAll(".grip[hidden]")) {
    grip.hidden = false;
    grip.draggable = true;
  }
}

document.addEventListener("dragstart", (event) => {
  const row = event.target.classList?.contains("grip") && rowOf(event);
  if (!row) return;
  held = row;
  row.classList.add("is-held");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", row.dataset.place);
  event.dataTransfer.setDragImage(row, 12, 12);
});

document.addEventListener("dragover", (event) => {
  const row = held && rowOf(event);
  clear();
  if (!row || row === held || row.parentElement !== held.parentElement || !row.dataset.url) return;
  event.preventDefault();
  const isBelow = held.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING;
  row.classList.add(isBelow ? "drop-after" : "drop-before");
});

document.addEventListener("drop", (event) => {
  const row = held && rowOf(event);
  if (!row || row === held || row.parentElement !== held.parentElement || !row.dataset.url) return;
  event.preventDefault();
  const { url, version } = held.dataset;
  const target = held.closest("section");
  const values = { of: row.dataset.place, version };
  begun.then(() => window.htmx.ajax("POST", url, { target, swap: "outerHTML", values }), sayItWentWrong);
});

document.addEventListener("dragend", () => {
  clear();
  held?.classList.remove("is-held");
  held = null;
});

// What was changed in the drawer, beside the queue, stands elsewhere in it now.
document.addEventListener("plan-changed", () => window.htmx.ajax("GET", home, { target: "#queues", select: "#queues", swap: "outerHTML" }));

document.addEventListener("htmx:load", (event) => ready(event.target));
ready(document);
