/** " Did you mean …?" where a known name is close to the one given, else nothing. */
export function didYouMean(given: string, known: readonly string[]): string {
  const [closest] = known
    .map((name) => ({ name, far: distance(given, name) }))
    .filter(({ name, far }) => far <= Math.max(2, name.length / 3) || name.includes(given))
    .toSorted((a, b) => a.far - b.far);
  return closest ? ` Did you mean ${closest.name}?` : '';
}

// Levenshtein's: letters to insert, remove or change.
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
