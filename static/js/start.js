// Brings a page's module, and all that it imports at once, when the page is parsed: what is read comes first.
const { imports, module } = document.currentScript.dataset;

function bring() {
  for (const href of imports.split(" ").filter(Boolean)) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
  }
  document.body.append(Object.assign(document.createElement("script"), { type: "module", src: module }));
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", bring);
else bring();
