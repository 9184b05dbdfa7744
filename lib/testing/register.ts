import { createRequire } from 'node:module';
import * as findingMatchers from './finding-matchers';
import * as hostFileMatchers from './host-file-matchers';

interface Expect {
  extend(matchers: object): void;
}

/** All matchers, for test runners other than jest: `expect.extend(matchers)`. */
export const matchers = { ...findingMatchers, ...hostFileMatchers };

/** Makes the matchers known to jest's `expect`; without jest it does nothing. */
export function registerMatchers(): void {
  jestExpect()?.extend(matchers);
}

function jestExpect(): Expect | undefined {
  const global = (globalThis as { readonly expect?: Expect }).expect;
  if (global !== undefined) return global;
  if (process.env['JEST_WORKER_ID'] === undefined) return undefined;
  // With `injectGlobals: false` jest offers expect in this module only.
  return (createRequire(__filename)('@jest/globals') as { readonly expect: Expect }).expect;
}
