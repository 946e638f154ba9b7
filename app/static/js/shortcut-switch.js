// The box that switches the shortcuts on and off in this browser, in the place of the words for browsers without scripts.
import { isOff, switchOff } from "./shortcuts.js";

export default function shortcutSwitch(part) {
  const [words, label] = part.children;
  const box = label.querySelector("input");
  box.checked = !isOff();
  box.addEventListener("change", () => switchOff(!box.checked));
  words.hidden = true;
  label.hidden = false;
}
