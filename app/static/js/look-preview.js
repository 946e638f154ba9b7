// Shows the page in the frame again whenever the form changes. data-preview answers the form with a page, or 422 where it cannot;
// data-pictures takes a file at once and answers {role, name, src} or {problem}. Without this, the button “Preview” does it.
const DELAY = 250;

export default function lookPreview(form) {
  const stage = form.querySelector("[data-stage]");
  const told = form.querySelector("[data-told]");
  const tools = form.querySelector("[data-tools]");
  let frame = stage.querySelector("iframe");
  let width = stage.clientWidth < 500 ? 390 : 1280;
  let scheme = "";
  const before = Object.fromEntries([...form.querySelectorAll("[type=file]")].map((field) => [field.name, form.elements[`${field.name}_kept`].value]));
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
    if (page && scheme) page.dataset.scheme = scheme;
    tools.querySelector("[data-night]").setAttribute("aria-pressed", String(isDark()));
    fit(frame);
  }

  function isDark() {
    const page = frame.contentDocument?.documentElement;
    const worn = page ? getComputedStyle(page).colorScheme : "";
    return worn === "dark" || (worn.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches);
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
    // What was there before says nothing about what was just chosen; that stands in the field itself.
    kept(role).hidden = true;
    later();
  }

  // What was chosen is taken out again: the one before comes back.
  function takeOut(field) {
    const role = field.name;
    form.elements[`${role}_kept`].value = before[role];
    kept(role).hidden = !before[role];
    told.textContent = "";
    later();
  }

  function kept(role) {
    return form.querySelector(`[data-kept="${role}"]`);
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
  // On the way down: the button is gone before a click comes back up.
  form.addEventListener("click", (event) => {
    const field = event.target.closest(".drop__files button")?.closest(".field").querySelector("[type=file]");
    if (field) takeOut(field);
  }, true);
  tools.hidden = false;
  for (const one of tools.querySelectorAll("[data-width]")) one.setAttribute("aria-pressed", String(Number(one.dataset.width) === width));
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.width) {
      width = Number(button.dataset.width);
      for (const one of tools.querySelectorAll("[data-width]")) one.setAttribute("aria-pressed", String(one === button));
    } else {
      scheme = isDark() ? "light" : "dark";
    }
    dress();
  });
  addEventListener("resize", dress);
  frame.addEventListener("load", dress, { once: true });
  dress();
  // The form came back with something to mend: what was typed is shown, not what is saved.
  if (form.dataset.typed) later();
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
