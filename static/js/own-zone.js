// Offers the zone of the person's own machine where nobody has chosen one yet.
const box = document.querySelector("input[name=timezone]");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (box && own && (box.value === "UTC" || box.value === "")) box.value = own;
