/** One alert of Prometheus. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold; absent: at once. */
  readonly for?: string;
  readonly severity: 'critical' | 'warning';
  /** Further labels; two rules of one name need different ones. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Chooses the samples of a deployment. A string of PromQL has the escapes of Go, which takes those of JSON. */
export function selector(deployment: string, labels: Readonly<Record<string, string>> = {}): string {
  return `{${Object.entries({ deployment, ...labels })
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',')}}`;
}
