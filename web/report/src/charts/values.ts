const Minus = "\u2212";
const WidthMax = 11;
const DecimalsMax = 12;

const plain = (value: number, decimals: number): string => value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** Labels along an axis of values: as many decimals as the step needs; powers of ten where the axis is too narrow. */
export function axisValues(splits: number[], step: number): string[] {
  const decimals = decimalsOf(step);
  const labels = splits.map((split) => plain(split === 0 ? 0 : split, decimals));
  const fit = labels.every((label) => label.length <= WidthMax) ? labels : splits.map((split) => (split === 0 ? "0" : split.toExponential(3).replace("e+", "e")));
  return fit.map((label) => label.replace(/-/g, Minus));
}

/** So many that a step of 2.5 is not written as 3. */
function decimalsOf(step: number): number {
  for (let decimals = 0; decimals < DecimalsMax; decimals++) {
    const units = step * 10 ** decimals;
    if (units > 0.5 && Math.abs(units - Math.round(units)) < units * 1e-6) return decimals;
  }
  return DecimalsMax;
}

/** A value under the cursor. It was thinned and rounded for drawing: exact figures are in the tables. */
export function readValue(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-9 || size >= 1e15)) return value.toExponential(3).replace("e+", "e").replace(/-/g, Minus);
  return value.toLocaleString("en-US", { maximumFractionDigits: size >= 1 ? 4 : 9 }).replace("-", Minus);
}
