import type { DrbdResourceFacts } from '../../topology/drbd';
import { secretMarker } from '../../topology/secret';
import type { ExtraOptions } from '../../topology/units';
import { option, quoted, raw, type DrbdOption, type DrbdValue } from './syntax';
import { seconds, sizeValue, tenths, waiting } from './values';

const BARE = /^[a-zA-Z0-9/._-]{1,128}$/u;

/** The option with its value, or nothing where the fact is absent. */
export const given = <T>(name: string, fact: T | undefined, value: (fact: T) => DrbdValue): readonly DrbdOption[] =>
  fact === undefined ? [] : [option(name, value(fact))];

/** Options that the model does not know, sorted by name; one without a text is a flag. */
export const extra = (options: ExtraOptions): readonly DrbdOption[] =>
  Object.keys(options)
    .sort()
    .map((name) => {
      const text = options[name] ?? '';
      return text === '' ? option(name) : option(name, BARE.test(text) ? raw(text) : quoted(text));
    });

/** Section `startup`, which all generations share. */
export const startupOptions = ({ startup }: DrbdResourceFacts): readonly DrbdOption[] => [
  ...given('wfc-timeout', startup.wfcTimeout, (time) => waiting('wfc-timeout', time)),
  ...given('degr-wfc-timeout', startup.degrWfcTimeout, (time) => waiting('degr-wfc-timeout', time)),
  ...given('outdated-wfc-timeout', startup.outdatedWfcTimeout, (time) => waiting('outdated-wfc-timeout', time)),
  ...extra(startup.extraOptions),
];

/** What section `net` of every generation holds. */
export const netOptions = ({ net }: DrbdResourceFacts, kibibytes: 'K' | 'k'): readonly DrbdOption[] => [
  ...given('sndbuf-size', net.sndbufSize, (size) => sizeValue(size, kibibytes)),
  ...given('timeout', net.timeout, (time) => tenths('timeout', time)),
  ...given('connect-int', net.connectInt, (time) => seconds('connect-int', time)),
  ...given('ping-int', net.pingInt, (time) => seconds('ping-int', time)),
  ...given('ping-timeout', net.pingTimeout, (time) => tenths('ping-timeout', time)),
  ...given('max-buffers', net.maxBuffers, raw),
  ...given('max-epoch-size', net.maxEpochSize, raw),
  ...given('ko-count', net.koCount, raw),
];

/** How peers prove to each other who they are; the secret itself is a marker. */
export const authenticationOptions = ({ net }: DrbdResourceFacts): readonly DrbdOption[] => [
  ...given('cram-hmac-alg', net.cramHmacAlg, raw),
  ...given('shared-secret', net.sharedSecret, (name) => quoted(secretMarker(name))),
];
