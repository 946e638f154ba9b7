// Closes an open menu on Escape, on a click elsewhere and when Tab leaves it; arrows walk through it.
const phone = matchMedia("(max-width: 39.99rem)");

export default function menu(details) {
  const summary = details.querySelector("summary");
  const sheet = summary.nextElementSibling;
  const close = () => details.removeAttribute("open");

  function walk(step) {
    const items = [...sheet.querySelectorAll("a, button")];
    const at = items.indexOf(document.activeElement);
    items[(at + step + items.length) % items.length]?.focus();
  }

  details.addEventListener("toggle", () => {
    delete details.dataset.flip;
    if (details.open && sheet.getBoundingClientRect().right > innerWidth) details.dataset.flip = "";
  });
  document.addEventListener("click", (event) => {
    if (!details.open || details.contains(event.target)) return;
    // On a phone the page is dimmed: a tap there only puts the menu away.
    if (phone.matches) event.preventDefault();
    close();
  });
  details.addEventListener("keydown", (event) => {
    if (!details.open) return;
    if (event.key === "Escape") {
      close();
      summary.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      walk(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Tab") {
      setTimeout(() => details.contains(document.activeElement) || close());
    }
  });
}
