// Asks data-url?address=… whether an address is free while it is typed. Answer: {"free": bool, "message": words, "address": tidied}.
// With data-from="#id" the address follows that field until somebody writes one.
export default function addressCheck(input) {
  const said = document.createElement("p");
  const source = document.querySelector(input.dataset.from || null);
  let timer, asked;
  let own = Boolean(input.value);

  said.className = "said";
  said.setAttribute("role", "status");
  (input.closest(".input-group") ?? input).after(said);

  async function ask() {
    const address = input.value.trim();
    asked = address;
    said.textContent = "";
    if (!address) return;
    const answer = await fetch(`${input.dataset.url}?address=${encodeURIComponent(address)}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || asked !== address) return;
    const { free, message } = await answer.json();
    said.dataset.tone = free ? "good" : "bad";
    said.textContent = message;
  }

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask().catch(() => {}), 300);
  };
  input.addEventListener("input", () => {
    own = Boolean(input.value);
    later();
  });
  source?.addEventListener("input", () => {
    if (own) return;
    const plain = source.value.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    input.value = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40);
    later();
  });
  if (input.value) later();
}
