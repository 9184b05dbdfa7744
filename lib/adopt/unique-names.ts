/** Gives each wanted name once, and again with a number behind it. */
export class UniqueNames {
  private readonly used = new Set<string>();
  private readonly counts = new Map<string, number>();

  give(wanted: string): string {
    let count = this.counts.get(wanted) ?? 1;
    let name = wanted;
    for (; this.used.has(name); name = `${wanted}-${count}`) count += 1;
    this.counts.set(wanted, count);
    this.used.add(name);
    return name;
  }
}
