// Turns a fold into a dialog. A question (data-keep) gets a button beside the one that acts, which keeps things as they are;
// anything else gets a cross.
let count = 0;

export default function dialog(details) {
  const summary = details.querySelector("summary");
  const inside = summary.nextElementSibling;
  const sheet = document.createElement("dialog");
  const title = document.createElement("h2");
  const leave = document.createElement("button");
  const { keep, title: words, close } = details.dataset;

  title.textContent = words ?? `${summary.textContent.trim()}?`;
  title.id = `dialog-${(count += 1)}`;
  leave.type = "button";
  leave.className = keep ? "button button--quiet" : "dialog__cross";
  leave.textContent = keep ?? "×";
  sheet.className = "dialog";
  sheet.setAttribute("aria-labelledby", title.id);
  if (keep) {
    const end = document.createElement("div");
    end.className = "dialog__end";
    end.append(inside.querySelector("form"), leave);
    sheet.append(title, ...inside.childNodes, end);
  } else {
    leave.setAttribute("aria-label", close);
    sheet.append(title, ...inside.childNodes, leave);
  }
  // At the end of the page, where no rule for what stands around the button reaches it.
  document.body.append(sheet);

  summary.addEventListener("click", (event) => {
    event.preventDefault();
    sheet.showModal();
    (keep ? leave : sheet.querySelector("[autofocus], .input, input, a, button"))?.focus();
  });
  leave.addEventListener("click", () => sheet.close());
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
  sheet.addEventListener("close", () => summary.focus());
}
