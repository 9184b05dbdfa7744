/** The largest unit that divides a time. */
export function duration(milliseconds: number): string {
  const units: readonly [number, string][] = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ];
  const unit = units.find(([size]) => milliseconds >= size && milliseconds % size === 0);
  return unit ? `${milliseconds / unit[0]} ${unit[1]}` : `${milliseconds} ms`;
}
