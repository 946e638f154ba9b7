// Copies data-link (or the page's own address) and says so on the button for a moment.
export default function copyLink(button) {
  const label = button.querySelector("span") ?? button;
  const words = label.textContent;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(button.dataset.link ?? button.href ?? location.href);
      label.textContent = "Copied";
    } catch {
      label.textContent = "Copy it by hand, please";
    }
    setTimeout(() => (label.textContent = words), 2500);
  });
}
