// Dresses the page in the look that is being chosen. data-preview answers ?preset=…&brand_colour=…&name=… with
// {"stylesheet": address, "specimen": address} or 4xx; data-name is the marketplace's. A picture marked data-specimen shows the specimen.
export default function themePreview(form) {
  let link = document.querySelector("link[data-preview]");
  let timer;

  async function show() {
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "csrf_token") asked.append(name, value);
    if (form.dataset.name) asked.set("name", form.dataset.name);
    const answer = await fetch(`${form.dataset.preview}?${asked}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { stylesheet, specimen } = await answer.json();
    for (const picture of form.querySelectorAll("[data-specimen]")) picture.src = specimen;
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
