// Shows the page in the frame again whenever the form changes. data-preview answers the form with a page, or 422 where it cannot;
// data-pictures takes a file at once and answers {role, name, src} or {problem}. Without this, the button “Preview” does it.
const DELAY = 250;

export default function lookPreview(form) {
  const stage = form.querySelector("[data-stage]");
  const told = form.querySelector("[data-told]");
  const tools = form.querySelector("[data-tools]");
  let frame = stage.querySelector("iframe");
  let width = stage.clientWidth < 500 ? 390 : 1280;
  let night = false;
  let timer;
  let asking;

  async function show() {
    asking?.abort();
    asking = new AbortController();
    told.textContent = form.dataset.working;
    const answer = await fetch(form.dataset.preview, { method: "POST", body: answers(form), signal: asking.signal });
    const text = await answer.text();
    if (!answer.ok) {
      const why = new DOMParser().parseFromString(text, "text/html").querySelector(".look-stuck li");
      told.textContent = why?.textContent ?? form.dataset.stuck;
      return;
    }
    // A new frame, not a new page in the old one: that would be a step for the button back, and a flash of white.
    const coming = frame.cloneNode(false);
    coming.removeAttribute("src");
    coming.className = "look__frame look__frame--coming";
    coming.srcdoc = text;
    coming.addEventListener("load", () => {
      coming.contentWindow.scrollTo(0, frame.contentWindow?.scrollY ?? 0);
      frame.remove();
      frame = coming;
      frame.className = "look__frame";
      told.textContent = "";
      dress();
    }, { once: true });
    for (const late of stage.querySelectorAll(".look__frame--coming")) late.remove();
    fit(coming);
    stage.append(coming);
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(() => show().catch((error) => error.name === "AbortError" || (told.textContent = form.dataset.stuck)), DELAY);
  }

  // The page is as wide as on a desk and drawn smaller; on a phone's width it stands as it is.
  function fit(one) {
    const room = stage.clientWidth;
    const scale = Math.min(room / width, 1);
    one.style.inlineSize = `${width}px`;
    one.style.blockSize = `${stage.clientHeight / scale}px`;
    one.style.transform = scale < 1 ? `scale(${scale})` : "none";
    stage.dataset.width = scale < 1 ? "" : width;
  }

  function dress() {
    const page = frame.contentDocument?.documentElement;
    if (page && night) page.dataset.scheme = page.ownerDocument.defaultView.matchMedia("(prefers-color-scheme: dark)").matches ? "light" : "dark";
    else if (page) delete page.dataset.scheme;
    fit(frame);
  }

  async function bring(field) {
    const role = field.name;
    const sent = new FormData();
    sent.set("csrf_token", form.elements.csrf_token.value);
    sent.set(role, field.files[0]);
    told.textContent = form.dataset.working;
    const answer = await fetch(form.dataset.pictures, { method: "POST", body: sent, headers: { Accept: "application/json" } });
    const said = await answer.json().catch(() => ({}));
    // What was refused is sent again with the form, which then says so in its place.
    field.dataset.refused = said.src ? "" : "yes";
    if (!said.src) {
      told.textContent = said.problem ?? form.dataset.stuck;
      return;
    }
    form.elements[`${role}_kept`].value = said.name;
    form.elements[`${role}_gone`].checked = false;
    const kept = form.querySelector(`[data-kept="${role}"]`);
    kept.querySelector("img").src = said.src;
    kept.hidden = false;
    later();
  }

  form.addEventListener("change", (event) => {
    if (event.target.type === "file" && event.target.files.length) bring(event.target).catch(() => (told.textContent = form.dataset.stuck));
  });
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    if (event.target.name === "brand_colour") recolour(form, event.target.value);
    later();
  });
  // What was brought is named by a field of its own: it need not travel twice.
  form.addEventListener("submit", () => {
    for (const field of form.querySelectorAll("[type=file]")) field.disabled = Boolean(form.elements[`${field.name}_kept`].value) && !field.dataset.refused;
  });

  form.querySelector("[formtarget]").hidden = true;
  tools.hidden = false;
  for (const one of tools.querySelectorAll("[data-width]")) one.setAttribute("aria-pressed", String(Number(one.dataset.width) === width));
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.width) {
      width = Number(button.dataset.width);
      for (const one of tools.querySelectorAll("[data-width]")) one.setAttribute("aria-pressed", String(one === button));
    } else {
      night = !night;
      button.setAttribute("aria-pressed", String(night));
    }
    dress();
  });
  addEventListener("resize", dress);
  frame.addEventListener("load", dress, { once: true });
  dress();
}

function answers(form) {
  const found = new FormData(form);
  for (const field of form.querySelectorAll("[type=file]")) found.delete(field.name);
  return found;
}

// The six small pictures wear the colour at once; their addresses spell it out.
function recolour(form, colour) {
  for (const picture of form.querySelectorAll("img[data-specimen]")) picture.src = picture.getAttribute("src").replace(/\.[0-9a-f]{6}\./, `.${colour.slice(1)}.`);
}
