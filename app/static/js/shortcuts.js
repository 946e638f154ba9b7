// Single keys, where no field is being filled in: "/" to the search, "g" and a letter to a place, "n" to post, "?" for the list.
// Which keys there are, the page says: `data-go` on links that follow a "g", `data-key` on those that follow a key alone.
import { attach } from "./main.js";

const PATIENCE = 1500;
const FIELDS = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), select, textarea, [contenteditable]";
const OFF = "shortcuts-off";

// A browser that keeps nothing has them switched on.
export function isOff() {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
}

export function switchOff(off) {
  try {
    if (off) localStorage.setItem(OFF, "");
    else localStorage.removeItem(OFF);
  } catch {
    // Nothing is kept: the choice holds for this page only.
  }
  document.documentElement.toggleAttribute("data-keys", !off);
}

export default function shortcuts(body) {
  let goesUntil = 0;
  document.documentElement.toggleAttribute("data-keys", !isOff());

  body.addEventListener("keydown", (event) => {
    if (!document.documentElement.hasAttribute("data-keys") || isBusy(event)) return;
    const isGoing = event.timeStamp < goesUntil;
    goesUntil = 0;
    if (isGoing) {
      follow(event, `[data-go="${CSS.escape(event.key)}"]`);
    } else if (event.key === "g") {
      goesUntil = event.timeStamp + PATIENCE;
    } else if (event.key === "?") {
      event.preventDefault();
      list();
    } else if (event.key === "/") {
      seek(event);
    } else {
      follow(event, `[data-key="${CSS.escape(event.key)}"]`);
    }
  });
}

function isBusy(event) {
  return event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing
    || event.target.closest(FIELDS) || document.querySelector("dialog[open]");
}

function follow(event, selector) {
  const link = document.querySelector(selector);
  if (!link) return;
  event.preventDefault();
  link.click();
}

function seek(event) {
  const field = [...document.querySelectorAll("[role=search] [name=q]")].find((one) => one.checkVisibility());
  if (!field) return follow(event, '[data-key="/"]');
  event.preventDefault();
  field.focus();
  field.select();
}

async function list() {
  const answer = await fetch("/shortcuts");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const title = page.querySelector("h1"), keys = page.getElementById("shortcuts");
  if (!title || !keys) return;
  const dialog = document.createElement("dialog");
  dialog.className = "dialog dialog--keys";
  dialog.setAttribute("aria-label", title.textContent);
  dialog.append(keys);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  attach(dialog);
  dialog.showModal();
}
