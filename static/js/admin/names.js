// Fields that suggest while one types are drawn by select2, without a name: each gets that of the field it stands for.
(() => {
  const named = (box) => {
    const field = box.closest(".select2-container").previousElementSibling;
    const label = field?.labels?.[0];
    if (!label) return;
    const said = label.textContent.trim();
    for (const part of [box, ...box.querySelectorAll("[role=textbox], [role=searchbox]")]) part.setAttribute("aria-label", said);
    const chosen = box.getAttribute("aria-labelledby");
    if (!chosen) return;
    label.id ||= `label-of-${field.id}`;
    box.setAttribute("aria-labelledby", `${label.id} ${chosen}`);
  };
  const look = () => {
    document.querySelectorAll(".select2-container [role=combobox]:not([aria-label])").forEach(named);
    for (const list of document.querySelectorAll("ul.select2-selection__rendered")) {
      list.setAttribute("role", "group"); // It holds more than list items.
      for (const one of list.querySelectorAll("li:not([role=presentation])")) one.setAttribute("role", "presentation");
    }
  };
  look();
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
})();
