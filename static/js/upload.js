// Files go up as soon as they are chosen or dropped, with their progress; they are put in order by drag or buttons.
import { refreshFiles } from "./compose.js";
import { token } from "./http.js";
import { sayItWentWrong } from "./toasts.js";

const formOf = (element) => element.closest("[data-compose]");
const underWay = new Map(); // areas whose files are on their way, and how many requests carry them
const waiting = new Map(); // forms that are to be sent as soon as theirs have come, and the button that sends them

function number(list) {
  [...list.children].forEach((file, at) => (file.querySelector("[name^=place-]").value = at + 1));
  list.closest("[data-files]").dataset.changed = "";
  refreshFiles(formOf(list));
}

// With a script there are buttons instead of boxes, and a line can be dragged.
function equip(area) {
  area.dataset.equipped = "";
  area.classList.add("files-live");
  for (const file of area.querySelectorAll("[data-file]")) {
    file.draggable = true;
    for (const button of file.querySelectorAll("button")) button.hidden = false;
  }
}

function send(area, files) {
  const bar = area.querySelector(".file-progress");
  const request = new XMLHttpRequest();
  const data = new FormData();
  for (const file of files) data.append("files", file);
  request.open("POST", area.dataset.upload);
  request.setRequestHeader("X-CSRFToken", token());
  request.setRequestHeader("HX-Request", "true");
  request.upload.addEventListener("progress", (event) => (bar.value = (event.loaded / event.total) * 100));
  request.addEventListener("load", () => take(area, request));
  request.addEventListener("error", () => sayItWentWrong());
  request.addEventListener("loadend", () => end(area, request.status === 200));
  underWay.set(area, (underWay.get(area) ?? 0) + 1);
  area.dataset.changed = "";
  bar.value = 0;
  bar.hidden = false;
  request.send(data);
}

function end(area, isGood) {
  const [form, left] = [formOf(area), underWay.get(area) - 1];
  if (!isGood) waiting.delete(form); // Who presses the button has to see first what became of the file.
  if (left) return underWay.set(area, left);
  underWay.delete(area);
  area.querySelector(".file-progress").hidden = true;
  const button = waiting.get(form);
  waiting.delete(form);
  if (button !== undefined && form.isConnected) form.requestSubmit(button);
}

// A form waits for its files: none that was chosen is left behind.
document.addEventListener(
  "submit",
  (event) => {
    const area = event.target.querySelector?.("[data-files]");
    if (!underWay.has(area)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting.set(event.target, event.submitter);
    area.querySelector(".file-progress").scrollIntoView({ block: "nearest" });
  },
  true,
);

function take(area, request) {
  if (!area.isConnected) return; // The post became something else meanwhile; the file waits in the library.
  if (request.status !== 200 && request.status !== 422) return sayItWentWrong(request.getResponseHeader("MarketMind-Said"));
  const answer = new DOMParser().parseFromString(request.responseText, "text/html");
  const list = area.querySelector("[data-file-list]");
  list.append(...answer.querySelectorAll("[data-file]"));
  area.querySelector("[data-file-problems]").replaceChildren(...answer.querySelectorAll("[data-problem]"));
  equip(area);
  number(list);
}

document.addEventListener("change", (event) => {
  const area = event.target.type === "file" && event.target.closest("[data-files]");
  if (!area || !event.target.files.length) return;
  send(area, [...event.target.files]);
  event.target.value = "";
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-earlier], [data-later], [data-take-out]");
  if (!button) return;
  const file = button.closest("[data-file]");
  const list = file.parentElement;
  if (button.matches("[data-earlier]")) file.previousElementSibling?.before(file);
  else if (button.matches("[data-later]")) file.nextElementSibling?.after(file);
  else file.remove();
  number(list);
  if (file.isConnected) button.focus();
  else list.closest("[data-files]").querySelector("input[type=file]").focus();
});

let held = null;
document.addEventListener("dragstart", (event) => (held = event.target.closest?.("[data-file]") ?? null));
document.addEventListener("dragend", () => (held = null));
document.addEventListener("dragover", (event) => {
  const over = event.target.closest?.("[data-file]");
  if (!event.target.closest?.("[data-files]")) return;
  event.preventDefault();
  if (!held || !over || over === held) return;
  if (held.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING) over.after(held);
  else over.before(held);
});
document.addEventListener("drop", (event) => {
  const area = event.target.closest?.("[data-files]");
  if (!area) return;
  event.preventDefault();
  if (held) number(held.parentElement);
  else if (event.dataTransfer.files.length) send(area, [...event.dataTransfer.files]);
});

const equipAll = () => document.querySelectorAll("[data-files]:not([data-equipped])").forEach(equip);
document.addEventListener("htmx:afterSettle", equipAll);
equipAll();
