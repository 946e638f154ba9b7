// Says how many characters are left, aloud only when the writer pauses.
import say, { lang } from "./words.js";

export default function counter(note) {
  const input = document.getElementById(note.dataset.for);
  const limit = Number(note.dataset.limit);
  const shown = document.createElement("span");
  const spoken = document.createElement("span");
  let timer;

  spoken.className = "unseen";
  spoken.setAttribute("aria-live", "polite");
  shown.setAttribute("aria-hidden", "true");
  note.replaceChildren(shown, spoken);

  function count() {
    // A line break counts as two where a browser sends it as two; the server folds it into one.
    const left = limit - [...input.value].length;
    const words = say(left < 0 ? "{count} too many" : "{count} left", { count: Math.abs(left).toLocaleString(lang) });
    shown.textContent = words;
    note.toggleAttribute("data-over", left < 0);
    clearTimeout(timer);
    timer = setTimeout(() => (spoken.textContent = left < limit * 0.1 ? words : ""), 900);
  }
  input.addEventListener("input", count);
  count();
}
