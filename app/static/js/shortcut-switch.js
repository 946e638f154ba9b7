// The box that switches the shortcuts on and off in this browser.
import { isOff, switchOff } from "./shortcuts.js";

export default function shortcutSwitch(part) {
  const box = part.querySelector("input");
  box.checked = !isOff();
  box.addEventListener("change", () => switchOff(!box.checked));
  part.hidden = false;
}
