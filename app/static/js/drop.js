// A field for files that takes what is dropped on it and shows what was chosen; the browser's own field stays what is sent.
import say, { lang } from "./words.js";

export default function drop(area) {
  const input = area.querySelector("input");
  const list = document.createElement("ul");
  const biggest = Number(area.dataset.biggest);
  const most = Number(area.dataset.most ?? 1);
  let kept = [];

  list.className = "drop__files";
  area.dataset.ready = "";
  area.after(list);

  function choose(files) {
    const given = new DataTransfer();
    const isNew = (file) => !kept.some((one) => one.name === file.name && one.size === file.size && one.lastModified === file.lastModified);
    kept = most > 1 ? [...kept, ...[...files].filter(isNew)].slice(0, most) : [...files].slice(0, 1);
    for (const file of kept) given.items.add(file);
    input.files = given.files;
    list.replaceChildren(...kept.map(shown));
  }

  function shown(file) {
    const row = document.createElement("li");
    const name = document.createElement("span");
    const size = document.createElement("small");
    const away = document.createElement("button");
    name.textContent = file.name;
    size.textContent = inWords(file.size);
    if (file.size > biggest) {
      row.dataset.wrong = "";
      size.textContent = say("{size}, and {most} fit", { size: size.textContent, most: inWords(biggest) });
    }
    away.type = "button";
    away.textContent = "×";
    away.setAttribute("aria-label", say("Take {name} out", { name: file.name }));
    away.addEventListener("click", () => {
      kept = kept.filter((one) => one !== file);
      choose([]);
      input.focus();
    });
    row.append(name, size, away);
    if (file.type.startsWith("image/")) picture(file).then((drawn) => row.prepend(drawn)).catch(() => {});
    return row;
  }

  input.addEventListener("change", () => choose(input.files));
  for (const name of ["dragenter", "dragover"]) area.addEventListener(name, () => (area.dataset.over = ""));
  for (const name of ["dragleave", "drop"]) area.addEventListener(name, () => delete area.dataset.over);
}

async function picture(file) {
  const canvas = document.createElement("canvas");
  const bitmap = await createImageBitmap(file);
  const part = Math.min(bitmap.width, bitmap.height);
  canvas.width = canvas.height = 96;
  canvas.getContext("2d").drawImage(bitmap, (bitmap.width - part) / 2, (bitmap.height - part) / 2, part, part, 0, 0, 96, 96);
  bitmap.close();
  return canvas;
}

function inWords(bytes) {
  return bytes >= 1e6 ? `${(bytes / 1e6).toLocaleString(lang, { maximumFractionDigits: 1 })} MB` : `${Math.max(1, Math.round(bytes / 1e3))} KB`;
}
