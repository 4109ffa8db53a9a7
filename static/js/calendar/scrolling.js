// Scrolls what can be scrolled while something is dragged near its edge.
const EDGE = 56; // px
const FASTEST = 18; // px a frame
let frame = null;

const isScrollable = (element) => element.scrollHeight > element.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(element).overflowY);

function scrollerAt(x, y) {
  for (let one = document.elementFromPoint(x, y); one && one !== document.body; one = one.parentElement) if (isScrollable(one)) return one;
  return document.scrollingElement;
}

function speed(y, top, bottom) {
  if (y < top + EDGE) return -FASTEST * Math.min(1, (top + EDGE - y) / EDGE);
  if (y > bottom - EDGE) return FASTEST * Math.min(1, (y - bottom + EDGE) / EDGE);
  return 0;
}

export function follow(x, y, told) {
  stopScrolling();
  const scroller = scrollerAt(x, y);
  const box = scroller === document.scrollingElement ? { top: 0, bottom: innerHeight } : scroller.getBoundingClientRect();
  const by = speed(y, Math.max(0, box.top), Math.min(innerHeight, box.bottom));
  if (!by) return;
  frame = requestAnimationFrame(function on() {
    const before = scroller.scrollTop;
    scroller.scrollTop += by;
    if (scroller.scrollTop === before) return;
    told();
    frame = requestAnimationFrame(on);
  });
}

export function stopScrolling() {
  cancelAnimationFrame(frame);
}
