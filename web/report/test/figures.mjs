/** Compares a report's page with the summary.json of its run. Knows nothing of the page's own formatting: it reads what a reader reads. */

/** What differs, a sentence each; empty = nothing does. */
export async function differences(page, summaryText) {
  const expected = leaves(JSON.parse(summaryText), "");
  const shown = new Map();
  for (const figure of await page.$$eval("[data-field]", (all) => all.map((one) => ({ path: one.dataset.field, raw: one.dataset.raw, text: one.textContent }))))
    shown.set(figure.path, [...(shown.get(figure.path) ?? []), figure]);

  const found = [];
  for (const [path, value] of expected) {
    const raw = typeof value === "string" ? value : JSON.stringify(value);
    if (!shown.has(path)) found.push(`${path}: not on the page, is ${raw} in the summary`);
    for (const figure of shown.get(path) ?? []) {
      if (figure.raw !== raw) found.push(`${path}: ${figure.raw} on the page, ${raw} in the summary`);
      else if (!reads(figure.text, value, raw)) found.push(`${path}: reads "${figure.text}" on the page, is ${raw} in the summary`);
    }
  }
  const known = new Set(expected.map(([path]) => path));
  for (const path of shown.keys()) if (!known.has(path)) found.push(`${path}: on the page, not in the summary`);
  if (expected.length === 0) found.push("the summary has no figure");
  return found;
}

function leaves(value, path) {
  if (value === null || typeof value !== "object") return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`));
}

/** Whether a reader takes the text for the value, rounded at the text's last digit or written as a time. */
export function reads(text, value, raw) {
  if (value === null) return text === "—" || text === "null";
  if (text === raw) return true;
  const plain = text.replace(/,/g, "").replace(/\u2212/g, "-").replace(/^\+/, "");
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e(-?\d+))?(%?)$/.exec(plain);
  if (!match || !/^-?\d/.test(raw)) return text === raw.replace("T", " ").replace(/Z$/, "");
  const shownDigits = (match[3] ?? "").length;
  const shift = Number(match[4] ?? 0) - (match[5] ? 2 : 0);
  const unit = shift - shownDigits; // power of ten of the text's last digit
  return near(scaled(plain.replace(/%$/, "").replace(/e.*$/, ""), shift), scaled(raw, 0), unit) && (match[1] === "-" || isNone(plain)) === (raw.startsWith("-") || isNone(plain));
}

/** Nothing has no sign. */
const isNone = (text) => !/[1-9]/.test(text);

/** digits × 10^exponent, exactly. */
function scaled(text, shift) {
  const [, minus, whole, fraction = "", exponent = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [null, "", "0"];
  return { digits: BigInt(minus + whole + fraction), exponent: Number(exponent) - fraction.length + shift };
}

/** Not further apart than half of 10^unit. */
function near(one, other, unit) {
  const least = Math.min(one.exponent, other.exponent, unit);
  const at = ({ digits, exponent }) => digits * 10n ** BigInt(exponent - least);
  const apart = at(one) - at(other);
  return 2n * (apart < 0n ? -apart : apart) <= 10n ** BigInt(unit - least);
}
