// Asks before a page with unsaved words is left. Saving them is no leaving.
export default function unsaved(form) {
  let touched = false;

  form.addEventListener("input", () => (touched = true));
  form.addEventListener("submit", () => (touched = false));
  addEventListener("beforeunload", (event) => touched && event.preventDefault());
}
