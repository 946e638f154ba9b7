// A text of ours in the page's language: say("Remove {word}", { word }). The page carries what is not English; all of it is
// listed in app/core/script_words.py.
const known = JSON.parse(document.documentElement.dataset.words || "{}");
export const { lang, dir } = document.documentElement;

// What people wrote keeps its own direction inside a sentence: see app/core/bidi.py.
const own = dir === "rtl" ? (word) => `\u2068${word}\u2069` : (word) => word;

export default function say(text, names = {}) {
  return (known[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => own(names[name]));
}
