// Copies data-link and says so on the button for a moment.
import say from "./words.js";

export default function copyLink(button) {
  const label = button.querySelector("span") ?? button;
  const words = label.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(button.dataset.link);
      label.textContent = say("Copied");
    } catch {
      label.textContent = say("Copy it by hand, please");
    }
    setTimeout(() => (label.textContent = words), 2500);
  });
}
