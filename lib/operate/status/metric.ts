/** A gauge: its name, what it says, and its samples. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** One value, and what it is the value of. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}
