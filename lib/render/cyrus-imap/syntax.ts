/** A line of imapd.conf(5). */
export interface ImapdOption {
  readonly name: string;
  readonly value: string;
}

/** An entry of cyrus.conf(5): its name and its values. */
export interface CyrusEntry {
  readonly name: string;
  readonly values: readonly { readonly key: string; readonly value: string }[];
}

/** A section of cyrus.conf(5). */
export interface CyrusSection {
  readonly name: 'START' | 'SERVICES' | 'EVENTS';
  readonly entries: readonly CyrusEntry[];
}
