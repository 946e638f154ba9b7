// Dresses the page in the look that is being chosen. data-url answers ?preset=…&brand_colour=… with {"stylesheet": address} or 4xx.
export default function themePreview(form) {
  let link = document.querySelector("link[data-preview]");
  let timer;

  async function show() {
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "csrf_token") asked.append(name, value);
    const answer = await fetch(`${form.dataset.preview}?${asked}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { stylesheet } = await answer.json();
    const next = document.createElement("link");
    next.rel = "stylesheet";
    next.href = stylesheet;
    next.dataset.preview = "";
    // The old look stays until the new one has come: no flash of another.
    next.addEventListener("load", () => {
      link?.remove();
      link = next;
    });
    document.head.append(next);
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => show().catch(() => {}), 120);
  });
}
