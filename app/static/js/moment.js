// Shows a time as people say it, in the reader's own zone, with the exact one on hover; says it anew each minute.
const relative = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
const exact = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full", timeStyle: "short" });
const day = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "short" });
const year = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "short", year: "numeric" });
const STEPS = [[60, "second"], [60, "minute"], [24, "hour"], [7, "day"]];

function inWords(at, now) {
  let amount = (at - now) / 1000;
  if (Math.abs(amount) < 45) return relative.format(0, "second");
  for (const [size, unit] of STEPS) {
    if (Math.abs(amount) < size) return relative.format(Math.round(amount), unit);
    amount /= size;
  }
  return (at.getFullYear() === now.getFullYear() ? day : year).format(at);
}

export default function moment(time) {
  const at = new Date(time.dateTime);
  const show = () => (time.textContent = inWords(at, new Date()));
  time.title = exact.format(at);
  show();
  if (Date.now() - at < 86_400_000) setInterval(show, 60_000);
}
