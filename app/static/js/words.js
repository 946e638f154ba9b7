// A text of ours in the page's language: say("Remove {word}", { word }). The page carries what is not English; all of it is
// listed in app/core/script_words.py.
const known = JSON.parse(document.documentElement.dataset.words || "{}");
export const lang = document.documentElement.lang;

export default function say(text, names = {}) {
  return (known[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => names[name]);
}
