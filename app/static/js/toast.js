// A toast can be closed, and leaves by itself once there was time to read it: counted from the first sign that somebody is there,
// and anew after the pointer or the focus was on it. What can be followed stays until it is closed.
const LEAST = 6000, EACH_LETTER = 80, FADE = 200;

export default function toast(shelf) {
  const toasts = [...shelf.children];
  toasts.forEach(mayLeave);
  // A live region speaks of what comes into it, not of what it holds from the beginning.
  shelf.replaceChildren();
  setTimeout(() => shelf.append(...toasts), 50);
}

function mayLeave(one) {
  const button = one.querySelector("button");
  const time = LEAST + EACH_LETTER * one.textContent.length;
  let timer;

  function leave() {
    if (one.contains(document.activeElement)) document.querySelector("main").focus({ preventScroll: true });
    one.dataset.leaving = "";
    setTimeout(() => one.remove(), FADE);
  }

  function count() {
    clearTimeout(timer);
    timer = setTimeout(() => (document.hidden || one.matches(":hover, :focus-within") ? count() : leave()), time);
  }

  button.hidden = false;
  button.addEventListener("click", leave);
  one.addEventListener("keydown", (event) => event.key === "Escape" && leave());
  if (one.querySelector("a")) return;
  for (const away of ["pointerleave", "focusout"]) one.addEventListener(away, count);
  for (const sign of ["pointermove", "pointerdown", "keydown", "scroll"]) addEventListener(sign, count, { once: true, passive: true });
}
