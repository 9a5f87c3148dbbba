/** Times are UTC everywhere on the page: a reader in another zone must see what the files say. */

const SecondMs = 1_000, MinuteMs = 60_000, DayMs = 86_400_000;

const digits = (value: number, width: number): string => String(value).padStart(width, "0");

/** "2024-05-08T00:00:01.5Z" → "2024-05-08 00:00:01.5". Text that is no such time stays. */
export const readable = (rfc3339: string): string => rfc3339.replace("T", " ").replace(/Z$/, "");

/** The same without zeros at the end of its fraction, for a heading. */
export const brief = (rfc3339: string): string => readable(rfc3339).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");

/** The time of day alone, for tables of a run within one day. */
export const timeOfDay = (rfc3339: string): string => rfc3339.replace(/^.*T/, "").replace(/Z$/, "");

export const dayOf = (rfc3339: string): string => rfc3339.slice(0, 10);

/** In the order of time: a fraction is cut of its zeros, and 'Z' sorts after '.'. */
export const sortable = (rfc3339: string): string => rfc3339.replace(/Z$/, "");

export function date(ms: number): string {
  const at = new Date(ms);
  return `${digits(at.getUTCFullYear(), 4)}-${digits(at.getUTCMonth() + 1, 2)}-${digits(at.getUTCDate(), 2)}`;
}

export function clock(ms: number, stepMs = 0): string {
  const at = new Date(ms);
  const minutes = `${digits(at.getUTCHours(), 2)}:${digits(at.getUTCMinutes(), 2)}`;
  if (stepMs >= MinuteMs) return minutes;
  const seconds = `${minutes}:${digits(at.getUTCSeconds(), 2)}`;
  return stepMs >= SecondMs ? seconds : `${seconds}.${digits(at.getUTCMilliseconds(), 3)}`;
}

export const moment = (ms: number, stepMs = 0): string => `${date(ms)} ${clock(ms, stepMs)}`;

/** From … to …, the day named once where it is the same. */
export const stretch = (from: string, to: string): string => `${from} – ${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to} UTC`;

/** Labels along a time axis: the time of day, with the date below where it begins or changes. */
export function axisLabels(splits: number[], stepMs: number): string[] {
  let last = "";
  return splits.map((split) => {
    const day = date(split);
    if (stepMs >= DayMs) return day;
    const label = day === last ? clock(split, stepMs) : `${clock(split, stepMs)}\n${day}`;
    last = day;
    return label;
  });
}
