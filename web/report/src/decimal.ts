/**
 * Decimal text for the eyes, without a detour through floating point: money in the data is exact and may have more digits than a number holds.
 * Accepts what JSON and the engine write: sign, digits, fraction, exponent.
 */
interface Parts { negative: boolean; whole: string; fraction: string }

const Minus = "\u2212";
const DecimalsMax = 12;
const WholeDigitsMax = 30;

export const isDecimal = (text: string): boolean => /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text);

/** -1, 0 or 1. */
export function sign(text: string): number {
  if (!/[1-9]/.test(text.replace(/[eE].*$/, ""))) return 0;
  return text.startsWith("-") ? -1 : 1;
}

/** Exactly the digits that are there, grouped: 1,234.50. */
export function exact(text: string): string {
  const parts = parse(text);
  if (!parts) return text;
  return written(parts);
}

/** Rounded half away from zero. */
export function rounded(text: string, decimals: number): string {
  const parts = parse(text);
  if (!parts) return text;
  if (parts.whole.length > WholeDigitsMax) return scientific(text);
  const digits = BigInt(parts.whole + parts.fraction.slice(0, decimals).padEnd(decimals, "0"));
  const up = (parts.fraction[decimals] ?? "0") >= "5" ? 1n : 0n;
  const all = String(digits + up).padStart(decimals + 1, "0");
  const isZero = /^0+$/.test(all);
  return written({ negative: parts.negative && !isZero, whole: all.slice(0, all.length - decimals), fraction: all.slice(all.length - decimals) });
}

/** Two decimals; below one as many as three digits that count need; what no sensible column holds in powers of ten. */
export function money(text: string): string {
  const parts = parse(text);
  if (!parts) return text;
  if (/[1-9]/.test(parts.whole)) return rounded(text, 2);
  const zeros = parts.fraction.search(/[1-9]/);
  if (zeros < 0) return rounded(text, 2);
  if (zeros + 1 > DecimalsMax) return scientific(text);
  const needed = parts.fraction.replace(/0+$/, "").length;
  return rounded(text, zeros === 0 ? 2 : Math.max(2, Math.min(zeros + 3, needed)));
}

/** With a sign in front of gains too. */
export const signed = (text: string, format: (text: string) => string): string => (sign(text) > 0 ? "+" : "") + format(text);

/** A fraction as per cent: 0.0123 → 1.23%. */
export function percent(text: string, decimals = 2): string {
  const parts = parse(text);
  if (!parts) return text;
  const fraction = parts.fraction.padEnd(2, "0");
  const shifted = `${parts.negative ? "-" : ""}${parts.whole}${fraction.slice(0, 2)}.${fraction.slice(2) || "0"}`;
  const shown = rounded(shifted, decimals);
  // A small share must not read as none.
  return (sign(text) !== 0 && !/[1-9]/.test(shown) ? money(shifted) : shown) + "%";
}

/** For sorting only. */
export const approximate = (text: string): number => (isDecimal(text) ? Number(text) : NaN);

function parse(text: string): Parts | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!match) return null;
  let whole = match[2] ?? "0";
  let fraction = match[3] ?? "";
  const exponent = Number(match[4] ?? 0);
  if (exponent > 0) {
    fraction = fraction.padEnd(exponent, "0");
    whole += fraction.slice(0, exponent);
    fraction = fraction.slice(exponent);
  } else if (exponent < 0) {
    whole = whole.padStart(1 - exponent, "0");
    fraction = whole.slice(exponent) + fraction;
    whole = whole.slice(0, exponent);
  }
  return { negative: match[1] === "-" && /[1-9]/.test(whole + fraction), whole: whole.replace(/^0+(?=\d)/, ""), fraction };
}

const written = (parts: Parts): string =>
  (parts.negative ? Minus : "") + parts.whole.replace(/\B(?=(\d{3})+$)/g, ",") + (parts.fraction ? `.${parts.fraction}` : "");

const scientific = (text: string): string => Number(text).toExponential(3).replace("e+", "e").replace(/-/g, Minus);
