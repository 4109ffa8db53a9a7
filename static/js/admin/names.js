// Fields that suggest while one types are drawn by select2, without a name: each gets that of the field it stands for.
(() => {
  const name = () => {
    for (const box of document.querySelectorAll(".select2-container [role=combobox], .select2-container [role=searchbox]")) {
      const field = box.closest(".select2-container").previousElementSibling;
      const label = field?.labels?.[0];
      if (!label) continue;
      const said = label.textContent.trim();
      for (const part of [box, ...box.querySelectorAll("[role=textbox], [role=searchbox], textarea, input")]) {
        part.setAttribute("aria-label", said);
      }
      const chosen = box.getAttribute("aria-labelledby");
      if (chosen) {
        label.id ||= `label-of-${field.id}`;
        box.setAttribute("aria-labelledby", `${label.id} ${chosen}`);
      }
    }
  };
  const list = () => {
    for (const chosen of document.querySelectorAll("ul.select2-selection__rendered")) {
      chosen.setAttribute("role", "group"); // It holds more than list items.
      for (const one of chosen.querySelectorAll("li")) one.setAttribute("role", "presentation");
    }
  };
  window.addEventListener("load", () => {
    name();
    list();
    window.django?.jQuery?.(document).on("change", "select", () => setTimeout(list));
  });
  document.addEventListener("formset:added", () => setTimeout(name));
})();
