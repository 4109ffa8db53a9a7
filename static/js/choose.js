// "All on this page": ticks or unticks every post. Without a script each is ticked by hand.
for (const label of document.querySelectorAll("[data-choose-all]")) {
  const all = label.querySelector("input");
  const posts = () => [...document.querySelectorAll("input[name=chosen][type=checkbox]")];
  label.hidden = false;
  all.addEventListener("change", () => posts().forEach((one) => (one.checked = all.checked)));
  document.addEventListener("change", (event) => {
    if (event.target.name !== "chosen") return;
    all.checked = posts().every((one) => one.checked);
  });
}
