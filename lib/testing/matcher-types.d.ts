import type { ExpectedFinding } from './finding-matchers';
import type { MatcherSubject } from './subject';

/** Matchers about findings, for a value of type `T`. */
export interface FindingMatchers<R, T> {
  /** Fails on every error, and on every warning that is not acknowledged with a reason. */
  toHaveNoFindings: ForSubject<T, () => R>;

  /**
   * Passes when the rule found something.
   *
   * @param rule id of the rule, for instance `cluster/fencing`; an id that does not exist fails, also behind `.not`
   * @param expected what the finding must be beside
   */
  toHaveFinding: ForSubject<T, (rule: string, expected?: ExpectedFinding) => R>;
}

/** Matchers that compare rendered files with golden files, for a value of type `T`. */
export interface HostFileMatchers<R, T> {
  /**
   * Compares one file with `<golden directory>/<deployment>/<host>/<path>`. A missing golden file is written, except
   * with `--ci`; one that differs is written with `--updateSnapshot`.
   *
   * @param host name of the host
   * @param path absolute path of the file on the host
   */
  toMatchHostFile: ForSubject<T, (host: string, path: string) => R>;

  /**
   * Compares all files of all hosts, and `files.txt` of each host with mode, owner, group and path of its files. Golden
   * files that belong to no rendered file fail; `--updateSnapshot` deletes them.
   */
  toMatchAllHostFiles: ForSubject<T, () => R>;
}

// `resolves` and `rejects` keep the promise as T.
type ForSubject<T, Matcher> = Awaited<T> extends MatcherSubject ? Matcher : never;

declare global {
  namespace jest {
    interface Matchers<R, T> extends FindingMatchers<R, T>, HostFileMatchers<R, T> {}
  }
}

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T> extends FindingMatchers<R, T>, HostFileMatchers<R, T> {}
}
