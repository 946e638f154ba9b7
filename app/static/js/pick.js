// One answer with suggestions, such as a place: whatever is typed counts, a suggestion only spells it.
import combobox, { sourceOf } from "./combobox.js";

export default function pick(input) {
  const frame = document.createElement("div");
  frame.className = "picker";
  input.before(frame);
  frame.append(input);
  combobox(input, {
    source: sourceOf(input),
    after: input,
    choose(value) {
      input.value = value;
      // For whoever keeps drafts.
      input.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
}
