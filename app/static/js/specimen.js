// The style guide's hands: bring a component into a state that only somebody brings about, and keep it there. What stays is a
// copy, with all that scripts made of it and nothing that would end it. data-do, “; ” between two:
//   press SELECTOR · type SELECTOR WORDS · fill SELECTOR COUNT · pick SELECTOR FILE BYTES · key NAME · wait
//   hover | focus | hold | over SELECTOR: as if under a pointer, reached by keyboard, pressed, or something dragged above it
const A_MOMENT = 350;
const AS = [
  [/:focus-visible|:focus(?!-)/g, '[data-as~="focus"]'],
  [/:hover/g, '[data-as~="hover"]'],
  [/:active/g, '[data-as~="hold"]'],
];
const hands = { press, type, fill, pick, key, wait: pause, hover: as, focus: as, hold: as, over };
let queue = pause();
let isWorn = false;

export default function specimen(part) {
  // One after the other: there is only one focus.
  queue = queue.then(() => make(part)).catch((error) => console.error(part.dataset.do, error));
}

async function make(part) {
  for (const deed of part.dataset.do.split("; ")) {
    const [verb, ...rest] = deed.split(" ");
    await hands[verb](part, rest, verb);
  }
  await pause();
  keep(part);
}

function keep(part) {
  const copy = part.cloneNode(true);
  const loose = [...document.querySelectorAll("dialog[open]")].filter((one) => !one.closest("[data-done]"));
  const drawn = copy.querySelectorAll("canvas");
  for (const [at, canvas] of part.querySelectorAll("canvas").entries()) drawn[at].getContext("2d").drawImage(canvas, 0, 0);
  for (const dialog of loose) {
    copy.append(dialog.cloneNode(true));
    dialog.remove();
  }
  delete copy.dataset.module;
  copy.dataset.done = "";
  part.replaceWith(copy);
}

function press(part, [...selector]) {
  part.querySelector(selector.join(" ")).click();
}

function type(part, [selector, ...words]) {
  put(part.querySelector(selector), words.join(" "));
  return pause();
}

function fill(part, [selector, count]) {
  put(part.querySelector(selector), "What there is to say. ".repeat(count).slice(0, count));
}

function put(field, words) {
  field.focus({ preventScroll: true });
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

async function pick(part, [selector, name, bytes]) {
  const input = part.querySelector(selector);
  const given = new DataTransfer();
  const isPicture = /\.(jpg|png)$/.test(name);
  given.items.add(new File([isPicture ? await picture() : new Uint8Array(Number(bytes))], name, { type: isPicture ? "image/png" : "application/pdf" }));
  input.files = given.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  return pause();
}

function picture() {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 160;
  const pen = canvas.getContext("2d");
  for (const [at, colour] of ["#d9c7a8", "#a9714b", "#5b4a3a"].entries()) {
    pen.fillStyle = colour;
    pen.fillRect(0, at * 54, 160, 54);
  }
  return new Promise((done) => canvas.toBlob(done));
}

function key(part, [name]) {
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
}

function as(part, [...selector], verb) {
  wear();
  part.querySelector(selector.join(" ")).dataset.as = verb;
}

function over(part, [...selector]) {
  part.querySelector(selector.join(" ")).dataset.over = "";
}

// All rules once more, with attributes where they ask for a pointer or the focus.
function wear() {
  if (isWorn) return;
  isWorn = true;
  for (const sheet of document.styleSheets) {
    for (const rule of [...sheet.cssRules]) {
      const text = AS.reduce((words, [asked, given]) => words.replace(asked, given), rule.cssText);
      if (text !== rule.cssText) sheet.insertRule(text, sheet.cssRules.length);
    }
  }
}

function pause() {
  return new Promise((done) => setTimeout(done, A_MOMENT));
}
