/** A file as the synth rendered it. */
export interface ExpectedFile {
  /** Absolute path on the host. */
  readonly path: string;
  /** Text; a secret stands as its marker. */
  readonly content: string;
}

/** A line that is not as rendered. */
export interface LineDifference {
  /** Counted from 1. */
  readonly line: number;
  /** Absent where the rendered file has ended before. */
  readonly rendered?: string;
  /** Absent where the host's file has ended before, or where its text may hold a secret. */
  readonly found?: string;
  /** Why `found` is not told. */
  readonly hidden?: boolean;
}

/** How a file on a host is other than rendered. */
export interface FileDrift {
  readonly path: string;
  /**
   * `missing`: not on the host; `content`: other text; `mode`: other mode or owner than it was put there with;
   * `extra`: put there by an earlier bundle, and not part of this synth; `type`: no plain file.
   */
  readonly kind: 'missing' | 'content' | 'mode' | 'extra' | 'type';
  /** Only `content`: the first line that differs, when it is known. */
  readonly first?: LineDifference;
  /** Only `content`: the number of lines that differ, when it is known. */
  readonly lines?: number;
  /** Only `mode`: for instance `0644 root root`, and what it should be. */
  readonly found?: string;
  readonly expected?: string;
}
