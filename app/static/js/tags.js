// Makes a field of comma-separated words pleasant: each becomes a button that removes it, and words are suggested. The field
// itself is what is sent; what stands half typed is taken along.
import combobox, { plain, sourceOf } from "./combobox.js";
import say from "./words.js";

export default function tags(field) {
  const frame = document.createElement("div");
  const list = document.createElement("div");
  const input = document.createElement("input");
  const spoken = document.createElement("span");
  const split = (text) => text.split(/[,;\n]/).map((word) => word.trim()).filter(Boolean);
  const words = () => split(field.value);
  const has = (word) => words().some((other) => plain(other) === plain(word));

  frame.className = "picker";
  list.className = "tags";
  input.className = "input";
  input.enterKeyHint = "done";
  input.id = field.id;
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (field.hasAttribute(name)) input.setAttribute(name, field.getAttribute(name));
  }
  spoken.className = "unseen";
  spoken.setAttribute("role", "status");
  field.id += "-sent";
  field.hidden = true;
  field.after(frame);
  frame.append(list, spoken);
  list.append(input);

  function keep(next, said) {
    const seen = new Set();
    const isFirst = (word) => !seen.has(plain(word)) && seen.add(plain(word));
    field.value = next.filter(isFirst).join(", ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    spoken.textContent = said;
    draw();
  }

  // The input stays where it is in the document: moving it would take the focus away.
  function draw() {
    for (const chip of list.querySelectorAll("button")) chip.remove();
    for (const word of words()) {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.append(word, " ×");
      chip.setAttribute("aria-label", say("Remove {word}", { word }));
      chip.addEventListener("click", () => {
        keep(words().filter((other) => other !== word), say("{word} removed", { word }));
        input.focus();
      });
      input.before(chip);
    }
  }

  function take(text = input.value) {
    const typed = split(text);
    input.value = "";
    if (typed.length) keep([...words(), ...typed], say("{word} added", { word: typed.join(", ") }));
  }

  combobox(input, {
    source: sourceOf(field),
    after: list,
    choose: take,
    skip: has,
    last: (typed, found) => (typed && !has(typed) && !found.some((one) => plain(one.value) === plain(typed)) ? [{ value: typed, label: say("Add “{word}”", { word: typed }) }] : []),
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if ((event.key === "Enter" && input.value.trim()) || event.key === ",") {
      event.preventDefault();
      take();
    } else if (event.key === "Backspace" && !input.value && words().length) {
      keep(words().slice(0, -1), say("{word} removed", { word: words().at(-1) }));
    }
  });
  input.addEventListener("input", () => /[,;\n]/.test(input.value) && take());
  input.addEventListener("blur", () => take());
  field.form?.addEventListener("submit", () => take());
  list.addEventListener("click", (event) => event.target === list && input.focus());
  draw();
}
