// Suggestions in a search field: a word ends the question, a gig or a field of work is gone to. Enter asks for what is typed.
import combobox from "./combobox.js";

export default function seek(input) {
  const frame = document.createElement("div");
  const focused = document.activeElement === input;
  frame.className = "picker";
  input.before(frame);
  frame.append(input);
  if (focused) input.focus();
  combobox(input, {
    source: { url: input.dataset.url },
    after: input,
    choose(value, { href }) {
      if (href) return location.assign(href);
      input.value = value;
      input.form.requestSubmit();
    },
  });
}
