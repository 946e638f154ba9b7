// Says anew each minute how long ago something was, with the exact moment in the reader's own zone when pointed at.
import { lang } from "./words.js";

const exact = new Intl.DateTimeFormat(lang, { dateStyle: "full", timeStyle: "short" });
const MINUTE = 60, HOUR = 3600, DAY = 86400;

// The words of the server, so that nothing changes under the reader's eyes.
function span(seconds) {
  const days = Math.floor(seconds / DAY);
  if (seconds < MINUTE) return "";
  if (seconds < HOUR) return `${Math.round(seconds / MINUTE)} min`;
  if (seconds < DAY) return `${Math.round(seconds / HOUR)} h`;
  if (days < 14) return days === 1 ? "1 day" : `${days} days`;
  if (days < 60) return `${Math.floor(days / 7)} weeks`;
  if (days < 730) return `${Math.floor(days / 30)} months`;
  return `${Math.floor(days / 365)} years`;
}

export default function moment(time) {
  const at = new Date(time.dateTime);
  function show() {
    const seconds = (Date.now() - at) / 1000;
    const words = span(Math.abs(seconds));
    time.textContent = !words ? "just now" : seconds > 0 ? `${words} ago` : `in ${words}`;
  }
  time.title = exact.format(at);
  // Other languages stay as the server wrote them: their words follow rules that are not kept here twice.
  if ("kept" in time.dataset || lang !== "en") return;
  show();
  if (Math.abs(Date.now() - at) < DAY * 1000) setInterval(show, MINUTE * 1000);
}
