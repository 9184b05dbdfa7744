/** Two servers that are connected: each feeds the other. */
export type Edge = readonly [string, string];

/** The pairs of servers whose loss leaves others that no longer hear each other (R14, E34), in the order of the servers. */
export function splittingPairs(servers: readonly string[], edges: readonly Edge[]): readonly Edge[] {
  return pairsOf(servers).filter((lost) => {
    const left = servers.filter((server) => !lost.includes(server));
    return left.length > 1 && !connected(left, edges);
  });
}

/** All pairs of servers. */
export function pairsOf(servers: readonly string[]): readonly Edge[] {
  return servers.flatMap((one, index) => servers.slice(index + 1).map((other) => [one, other] as const));
}

function connected(servers: readonly string[], edges: readonly Edge[]): boolean {
  const reached = new Set(servers.slice(0, 1));
  for (const at of reached)
    for (const [one, other] of edges) {
      if (one === at && servers.includes(other)) reached.add(other);
      if (other === at && servers.includes(one)) reached.add(one);
    }
  return reached.size === servers.length;
}
