// The composer: counters, previews and the tagged link follow what is typed. Without it the server shows them.
import { asPosted, length, tagged } from "./counter.js";
import { show, showFiles } from "./preview.js";

const WORDS = ["source", "medium", "campaign", "content", "term"];
const tablesOf = new WeakMap();

function tables(form) {
  if (!tablesOf.has(form)) tablesOf.set(form, JSON.parse(form.dataset.tables));
  return tablesOf.get(form);
}

const around = (form) => form.closest(".drawer, main");
const value = (form, name) => form.elements[name]?.value ?? "";

function typed(form) {
  const tags = Object.fromEntries(WORDS.map((word) => [word, value(form, `utm_${word}`)]));
  const files = [...form.querySelectorAll("[data-file]")];
  return { title: value(form, "title"), body: value(form, "body"), own: value(form, "own"), link: value(form, "link"), tags, files };
}

// What one account gets: its own text, else its platform's, else the common one; and the link with its tags.
function onAccount(counter, given, known) {
  const platform = counter.dataset.counter;
  const own = "first" in counter.dataset ? given.own : counter.dataset.own;
  const link = tagged(given.link, given.tags, platform);
  return { link, text: asPosted(platform, own || counter.dataset.variant || given.body, link, known) };
}

function count(counter, text, known) {
  const found = length(text, known.limits[counter.dataset.counter].unit, known);
  const most = Number(counter.dataset.most);
  counter.querySelector("[data-count]").textContent = found;
  counter.querySelector("progress").value = Math.min(found, most);
  counter.classList.toggle("counter-over", found > most);
  counter.classList.toggle("counter-near", found <= most && found > most * 0.9);
  return found - most;
}

// Whoever does not see the numbers hears once that it became too long.
function say(form, over) {
  const place = form.querySelector("[data-said]");
  if (!place) return;
  const [name, by] = over[0] ?? [];
  const words = name ? place.dataset.words.replace("NAME", name).replace("COUNT", by) : "";
  if (place.textContent !== words) place.textContent = words;
}

export function refresh(form) {
  const known = tables(form);
  const given = typed(form);
  const over = [];
  for (const counter of form.querySelectorAll("[data-counter]")) {
    const here = onAccount(counter, given, known);
    const by = count(counter, here.text, known);
    if (by > 0) over.push([counter.querySelector(".vh").textContent.replace(/:$/u, ""), by]);
    const preview = around(form).querySelector(`[data-preview][data-account="${counter.dataset.account}"]`);
    if (preview) show(preview, { ...given, ...here }, known);
    if ("first" in counter.dataset) form.querySelector("[data-tagged]").textContent = here.link;
  }
  say(form, over);
}

export function refreshFiles(form) {
  for (const preview of around(form).querySelectorAll("[data-preview]")) showFiles(preview, typed(form).files);
  refresh(form);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("[data-compose]");
  if (!form) return;
  if (event.target.name?.startsWith("alt-")) refreshFiles(form);
  else refresh(form);
});

// Another account was chosen: its counter and preview have come, and know nothing of what was typed.
document.addEventListener("htmx:afterSettle", (event) => {
  const form = document.querySelector("[data-compose]");
  if (form && event.detail.requestConfig?.path?.includes("beside")) refreshFiles(form);
});

// What the drawer sends says which calendar stands beside it, so that the answer can bring its days.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const plan = document.getElementById("plan");
  if (plan && detail.verb === "post" && detail.elt.closest("#drawer")) detail.parameters.set("plan", plan.dataset.query ?? "");
});

// The address of the drawer is that of the post which it shows, also when it has just been written.
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const href = detail.target?.id === "drawer" && detail.target.querySelector("[data-drawer-href]")?.dataset.drawerHref;
  if (href && detail.requestConfig?.verb === "post") history.replaceState({ drawer: href }, "", href);
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.elt.closest?.("form[aria-busy=true]");
  if (!form) return;
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll("button")) button.disabled = false;
});
