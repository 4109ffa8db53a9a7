// What hangs on the pointer while something is dragged, and the line that says when it would stand.
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

export class Ghost {
  constructor(source, count, { x, y }) {
    this.source = source;
    this.from = source.getBoundingClientRect();
    this.offset = { x: x - this.from.left, y: Math.min(y - this.from.top, this.from.height) };
    this.body = document.createElement("div");
    this.body.className = "ghost";
    this.body.setAttribute("aria-hidden", "true");
    const copy = source.cloneNode(true);
    for (const name of ["id", "href", "data-post", "data-content"]) copy.removeAttribute(name);
    copy.classList.remove("is-selected");
    copy.classList.add("ghost-copy");
    this.when = document.createElement("span");
    this.when.className = "ghost-when";
    this.body.append(copy, this.when);
    if (count > 1) {
      const number = document.createElement("span");
      number.className = "ghost-count";
      number.textContent = count;
      this.body.append(number);
    }
    this.body.style.width = `${Math.min(this.from.width, 260)}px`;
    this.line = document.createElement("div");
    this.line.className = "drop-line";
    this.line.hidden = true;
    document.body.append(this.line, this.body);
    this.to(x, y);
  }

  to(x, y) {
    this.body.style.translate = `${x - this.offset.x}px ${y - this.offset.y}px`;
  }

  says(text, { no = false, line = null } = {}) {
    this.when.textContent = text;
    this.body.classList.toggle("is-refused", no);
    this.line.hidden = !line;
    if (!line) return;
    this.line.style.translate = `${line.left}px ${line.top}px`;
    this.line.style.width = `${line.width}px`;
  }

  // Back to where it was taken from: nothing has moved.
  async goBack() {
    this.line.remove();
    if (!CALM.matches && this.body.isConnected) {
      const home = (this.source.isConnected ? this.source.getBoundingClientRect() : this.from);
      await this.body.animate({ translate: `${home.left}px ${home.top}px`, opacity: 0.4 }, { duration: 160, easing: "ease-out" }).finished;
    }
    this.end();
  }

  end() {
    this.body.remove();
    this.line.remove();
  }
}
