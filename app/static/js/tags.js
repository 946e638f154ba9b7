// Makes a field of comma-separated words pleasant: each becomes a button that removes it. The field itself is what is sent.
export default function tags(field) {
  const list = document.createElement("div");
  const input = document.createElement("input");
  const spoken = document.createElement("span");
  const words = () => field.value.split(/[,;\n]/).map((word) => word.trim()).filter(Boolean);

  list.className = "tags";
  input.className = "input";
  input.autocomplete = "off";
  input.id = field.id;
  input.setAttribute("list", field.dataset.list);
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (field.hasAttribute(name)) input.setAttribute(name, field.getAttribute(name));
  }
  spoken.className = "unseen";
  spoken.setAttribute("role", "status");
  field.id += "-sent";
  field.hidden = true;
  field.after(list, spoken);

  function keep(next, said) {
    const seen = new Set();
    const first = (word) => !seen.has(word.toLocaleLowerCase()) && seen.add(word.toLocaleLowerCase());
    field.value = next.filter(first).join(", ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (said) spoken.textContent = said;
    draw();
  }

  function draw() {
    const chips = words().map((word) => {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.append(word, " ×");
      chip.setAttribute("aria-label", `Remove ${word}`);
      chip.addEventListener("click", () => {
        keep(words().filter((other) => other !== word), `${word} removed`);
        input.focus();
      });
      return chip;
    });
    list.replaceChildren(...chips, input);
  }

  function take() {
    const typed = input.value.split(/[,;\n]/).map((word) => word.trim()).filter(Boolean);
    input.value = "";
    if (typed.length) keep([...words(), ...typed], `${typed.join(", ")} added`);
    input.focus();
  }

  input.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" && input.value.trim()) || event.key === ",") {
      event.preventDefault();
      take();
    } else if (event.key === "Backspace" && !input.value && words().length) {
      keep(words().slice(0, -1), `${words().at(-1)} removed`);
      input.focus();
    }
  });
  input.addEventListener("input", (event) => {
    const chosen = event.inputType === "insertReplacementText" || !event.inputType;
    if (chosen || input.value.includes(",")) take();
  });
  field.form?.addEventListener("submit", () => input.value.trim() && keep([...words(), input.value.trim()]));
  draw();
}
