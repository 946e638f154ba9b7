// Keeps a draft while somebody writes: posts the form to data-url a moment after the last change.
// The answer may be JSON {"action", "url", "page"}: a new draft has addresses of its own from then on, also after a reload.
import say, { lang } from "./words.js";

const PAUSE = 1500;

export default function autosave(form) {
  const note = document.createElement("p");
  let timer, sending, waiting;

  note.className = "saved";
  note.setAttribute("role", "status");
  form.append(note);

  async function save() {
    if (sending) {
      waiting = true;
      return;
    }
    sending = true;
    try {
      const body = new FormData(form);
      for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
      const answer = await fetch(form.dataset.url, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const next = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
      if (next.action) form.action = next.action;
      if (next.url) form.dataset.url = next.url;
      if (next.page) history.replaceState(history.state, "", next.page);
      note.textContent = say("Draft kept at {time}", { time: new Date().toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" }) });
    } catch {
      note.textContent = say("The draft is not kept yet; trying again with your next change.");
    } finally {
      sending = false;
    }
    if (waiting) {
      waiting = false;
      save();
    }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => clearTimeout(timer));
}
