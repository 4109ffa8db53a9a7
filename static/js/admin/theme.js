// The admin follows the system: unfold's colours hang on a class, which is set before anything is painted.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => {
  document.documentElement.classList.toggle("dark", dark.matches);
};
document.documentElement.classList.add("js");
follow();
dark.addEventListener("change", follow);
