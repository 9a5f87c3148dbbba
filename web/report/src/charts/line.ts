/** One line of a chart. */
export interface Line {
  name: string;
  t: number[];
  v: (number | null)[];
  /** A name of the style sheet. */
  colour: string;
  dash?: number[];
  width?: number;
  /** Shaded down to zero. */
  isFilled?: boolean;
  isHidden?: boolean;
}

const Colours = 8;
const Dashes: (number[] | undefined)[] = [undefined, [7, 4], [2, 3], [9, 3, 2, 3]];

/** Colour and dash of the n-th line: no two of the first 32 are alike, and neighbours differ by more than hue once the colours repeat. */
export function styleOf(index: number): { colour: string; dash?: number[] } {
  const dash = Dashes[Math.floor(index / Colours) % Dashes.length];
  return { colour: `series-${index % Colours + 1}`, ...(dash ? { dash } : {}) };
}

/** Index of the last time that is not after `time`; -1 = all are later. */
export function lastAt(t: number[], time: number): number {
  let low = 0, high = t.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((t[middle] as number) <= time) low = middle + 1; else high = middle;
  }
  return low - 1;
}

/** Lowest and highest value seen between two times, null = none. Of a line also its value when the stretch begins; of single points only those within. */
export function extent(lines: { t: number[]; v: (number | null)[]; isPoints?: boolean }[], from: number, to: number): [number, number] | null {
  let min = Infinity, max = -Infinity;
  for (const { t, v, isPoints } of lines) {
    const before = lastAt(t, from);
    for (let index = isPoints ? before + 1 : Math.max(before, 0); index < t.length && (t[index] as number) <= to; index++) {
      const value = v[index];
      if (value === null || value === undefined) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return min <= max ? [min, max] : null;
}
