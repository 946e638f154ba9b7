// Closes an open menu on Escape, on a click elsewhere and when the focus leaves it; one is open at a time.
export default function menu(details) {
  const summary = details.querySelector("summary");
  const close = () => details.removeAttribute("open");

  document.addEventListener("click", (event) => details.contains(event.target) || close());
  details.addEventListener("focusout", (event) => event.relatedTarget && !details.contains(event.relatedTarget) && close());
  details.addEventListener("keydown", (event) => {
    if (!details.open) return;
    const items = [...details.querySelectorAll("a, button")];
    const at = items.indexOf(document.activeElement);
    if (event.key === "Escape") {
      close();
      summary.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      items[(at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length]?.focus();
    }
  });
}
