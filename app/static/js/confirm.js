// Turns a folded question into a dialog. The question and the button that acts are the page's own.
let count = 0;

export default function confirm(details) {
  const summary = details.querySelector("summary");
  const ask = details.querySelector(".confirm__ask");
  const dialog = document.createElement("dialog");
  const title = document.createElement("h2");
  const keep = document.createElement("button");
  const end = document.createElement("div");

  title.textContent = `${summary.textContent.trim()}?`;
  title.id = `confirm-${(count += 1)}`;
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", title.id);
  keep.type = "button";
  keep.className = "button button--quiet";
  keep.textContent = details.dataset.keep;
  end.className = "dialog__end";
  end.append(ask.querySelector("form"), keep);
  dialog.append(title, ...ask.childNodes, end);
  details.after(dialog);

  const open = (event) => {
    event.preventDefault();
    dialog.showModal();
    keep.focus();
  };
  summary.addEventListener("click", open);
  keep.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}
