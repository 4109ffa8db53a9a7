// Gives each toast a button that closes it; without a script it stays until the next page.

for (const toast of document.querySelectorAll("[data-toast]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-label", "Close this message");
  button.innerHTML = '<svg class="icon" aria-hidden="true"><use href="#i-cross"/></svg>';
  button.addEventListener("click", () => toast.remove());
  toast.append(button);
}
