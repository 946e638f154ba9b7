// Shows a part of the page anew every two seconds, for as long as the server sends that part; then the whole page.
const EVERY = 2000;

export default function refresh(element) {
  async function look() {
    if (document.hidden) return setTimeout(look, EVERY);
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) return setTimeout(look, EVERY);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(element.id);
    if (!fresh) return location.reload();
    element.replaceChildren(...fresh.childNodes);
    setTimeout(look, EVERY);
  }
  setTimeout(look, EVERY);
}
