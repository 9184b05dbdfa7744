/** A file that was read. */
export interface InputFile {
  /** Name for messages, as the user gave it. */
  readonly file: string;
  readonly text: string;
  /**
   * Permission bits, for instance `0o600`.
   * @default - unknown, and not judged
   */
  readonly mode?: number;
}

/** Finds the files that an `include` of drbd.conf names; undefined when there is none. */
export type ReadInclude = (pattern: string, from: string) => readonly InputFile[] | undefined;

/** The configuration of one node, or of both where it is the same. */
export interface AdoptInput {
  /**
   * Name of the deployment.
   * @default 'adopted'
   */
  readonly name?: string;
  /** /etc/drbd.conf. @default - not known */
  readonly drbd?: InputFile & { readonly readInclude?: ReadInclude };
  /** /etc/ha.d/ha.cf. @default - not known */
  readonly ha?: InputFile;
  /** /etc/ha.d/haresources. @default - not known */
  readonly haresources?: InputFile;
  /** /etc/ha.d/authkeys. Its secrets are neither kept nor shown. @default - not known */
  readonly authkeys?: InputFile;
}
