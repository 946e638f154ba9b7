// Suggestions under a field, after ARIA's combobox pattern: the field keeps the focus, arrows walk through the list, Enter
// takes what is marked, Escape puts the list away.
//   source: {url} answers ?typed=… with [{value, note}], or {words}; after: what the list stands below;
//   choose(value, one): takes one; skip(value): is not offered; last(typed): options of the field's own at the end.
import say from "./words.js";

const PAUSE = 120, MOST = 8;
let count = 0;

export default function combobox(input, { source, after, choose, skip = () => false, last = () => [] }) {
  const find = finder(source);
  const list = document.createElement("ul");
  const spoken = document.createElement("span");
  let timer, asked, taking, shown = [], at = -1;

  list.id = `options-${(count += 1)}`;
  list.className = "options";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say("Suggestions"));
  spoken.className = "unseen";
  spoken.setAttribute("role", "status");
  after.after(list, spoken);
  const attributes = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  input.removeAttribute("list");

  function mark(next) {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = next;
    const option = list.children[at];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    clearTimeout(timer);
    asked = undefined;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  function take(index) {
    const one = shown[index];
    close();
    taking = true;
    choose(one.value, one);
    taking = false;
  }

  async function open() {
    const typed = input.value.trim();
    asked = typed;
    const found = await find(typed).catch(() => []);
    if (asked !== typed || document.activeElement !== input) return;
    shown = [...found.filter((one) => !skip(one.value)).slice(0, MOST), ...last(typed, found)];
    if (!shown.length) return close();
    list.replaceChildren(...shown.map((one, index) => drawn(one, `${list.id}-${index}`, typed)));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(-1);
    spoken.textContent = shown.length === 1 ? say("1 suggestion") : say("{count} suggestions", { count: shown.length });
  }

  input.addEventListener("input", () => {
    if (taking) return;
    close();
    if (input.value.trim()) timer = setTimeout(open, PAUSE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const down = event.key === "ArrowDown";
    if (event.isComposing) return;
    else if ((down || event.key === "ArrowUp") && list.hidden) open();
    else if (down) mark((at + 2) % (shown.length + 1) - 1);
    else if (event.key === "ArrowUp") mark((at < 0 ? shown.length : at) - 1);
    else if (event.key === "Enter" && at >= 0) take(at);
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  // The field keeps the focus, so that a phone keeps its keyboard.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take([...list.children].indexOf(option));
  });
}

function finder({ url, words }) {
  const answers = new Map();
  return async (typed) => {
    if (!url) {
      const begins = (word) => ` ${plain(word)}`.includes(` ${plain(typed)}`);
      return words.filter(begins).map((value) => ({ value }));
    }
    if (!answers.has(typed)) {
      const answer = await fetch(`${url}?typed=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" } });
      if (!answer.ok) return [];
      answers.set(typed, await answer.json());
    }
    return answers.get(typed);
  };
}

function drawn({ value, note, label }, id, typed) {
  const option = document.createElement("li");
  const name = document.createElement("span");
  const words = label ?? value;
  const begins = label ? -1 : plain(words).indexOf(plain(typed));
  option.id = id;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  if (typed && begins >= 0 && plain(words).length === words.length) {
    const hit = document.createElement("mark");
    hit.append(words.slice(begins, begins + typed.length));
    name.append(words.slice(0, begins), hit, words.slice(begins + typed.length));
  } else {
    name.append(words);
  }
  option.append(name);
  if (note) {
    const aside = document.createElement("small");
    aside.append(note);
    option.append(" ", aside);
  }
  return option;
}

export function plain(word) {
  return word.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

// What a field says about its suggestions: an address, or the id of a list on the page.
export function sourceOf(field) {
  const list = document.getElementById(field.dataset.list ?? field.getAttribute("list"));
  return { url: field.dataset.url, words: [...(list?.options ?? [])].map((option) => option.value) };
}
