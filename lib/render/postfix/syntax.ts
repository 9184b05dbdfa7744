/** A word of a value: text as it is meant, or the value of another parameter. */
export type MainCfWord = string | { readonly parameter: string };

/** A parameter of main.cf (postconf(5)); several words are a list, none is the empty value. */
export interface MainCfParameter {
  readonly name: string;
  readonly words: readonly MainCfWord[];
}

/** A service of master.cf (master(5)). */
export interface MasterCfService {
  readonly name: string;
  readonly type: 'inet' | 'unix' | 'unix-dgram';
  readonly private?: boolean;
  readonly unprivileged?: boolean;
  /** Absent where master(5) ignores it. */
  readonly wakeup?: string;
  readonly maximumProcesses?: number;
  readonly command: string;
  readonly options?: readonly { readonly name: string; readonly value: MainCfWord }[];
}
