import 'reflect-metadata';
import { GeneralName, Name, SubjectAlternativeNameExtension } from '@peculiar/x509';
import { parseName, printName } from './distinguished-name';
import type { CertificatePlan } from './plan';
import { decodeName, encodeName } from './x509-name';

/**
 * The alternative names of a plan, always in the same order, so that two extensions can be compared by their bytes.
 * @throws NameError for a directory name that no certificate holds
 */
export function alternativeNames(plan: CertificatePlan): SubjectAlternativeNameExtension {
  return new SubjectAlternativeNameExtension([
    ...plan.dnsNames.map((name) => new GeneralName('dns', name)),
    ...plan.addresses.map((address) => new GeneralName('ip', address)),
    ...plan.directoryNames.map(directoryName),
  ]);
}

// The library reads a name of this kind from a text alone, and misreads escapes there: it gets the bytes instead,
// `[4] EXPLICIT Name` of RFC 5280, section 4.2.1.6.
function directoryName(text: string): GeneralName {
  const name = Buffer.from(encodeName(parseName(text)).toArrayBuffer());
  return new GeneralName(Buffer.concat([Buffer.from([0xa4]), length(name.length), name]));
}

function length(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes]);
  const digits = bytes.toString(16);
  const big = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | big.length]), big]);
}

/** An alternative name as it is shown: `DNS:ldap1`, `IP:192.0.2.11`, `DN:cn=people` with the most specific part first. */
export function printAlternativeName(name: GeneralName): string {
  if (name.type !== 'dn') return `${name.type.toUpperCase()}:${name.value}`;
  const raw = Buffer.from(name.rawData);
  const second = raw[1] ?? 0;
  return `DN:${printName(decodeName(new Name(raw.subarray(second < 0x80 ? 2 : 2 + (second & 0x7f)))))}`;
}
