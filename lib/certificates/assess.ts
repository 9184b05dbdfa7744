import 'reflect-metadata';
import { X509Certificate as NodeCertificate, createPrivateKey } from 'node:crypto';
import { SubjectAlternativeNameExtension, X509Certificate } from '@peculiar/x509';
import { printName } from './distinguished-name';
import { printAlternativeName } from './alternative-names';
import type { StoredPair } from './certificate-folder';
import { DAY, encodedNames } from './issue';
import type { CertificatePlan } from './plan';
import { decodeName } from './x509-name';

/** Days before its end in which a certificate is shown as one that has to be renewed. */
export const SOON = 30;

/**
 * How it is with a certificate; all but `ok` need somebody. `foreign`: not signed by this authority. `changed`: the
 * deployment now wants other names in it. `broken`: unreadable, or its key is missing or another one. `exposed`: others
 * may read the key.
 */
export type CertificateState =
  'ok' | 'expires-soon' | 'exposed' | 'changed' | 'not-yet-valid' | 'expired' | 'foreign' | 'broken' | 'missing';

/** What is known of a certificate. */
export interface CertificateReport {
  readonly state: CertificateState;
  /** What is wrong, where the state does not say it all. */
  readonly problem?: string;
  /** String form of RFC 4514, the most specific part first. */
  readonly subject?: string;
  /** For instance `DNS:ldap1`, `IP:192.0.2.11`, `DN:cn=people`. */
  readonly alternativeNames: readonly string[];
  /** ISO 8601. */
  readonly validUntil?: string;
  /** Whole days, below 0 when it has expired. */
  readonly daysLeft?: number;
}

/** How it is with the authority. `foreign` and `changed` do not occur. */
export function assessAuthority(stored: StoredPair, now: Date): CertificateReport {
  const read = readStored(stored);
  if ('state' in read) return read;
  const { node, facts } = read;
  if (!node.ca) return { ...facts, state: 'broken', problem: 'ca.pem is no certificate of an authority' };
  return { ...facts, ...stateInTime(stored, read.x509, now) };
}

/** How it is with the certificate of a server. */
export function assessServer(
  plan: CertificatePlan,
  stored: StoredPair,
  authority: string | undefined,
  now: Date,
): CertificateReport {
  const read = readStored(stored);
  if ('state' in read) return read;
  const { node, x509, facts } = read;
  const issuer = readCertificate(authority)?.node;
  if (!issuer || !node.checkIssued(issuer) || !node.verify(issuer.publicKey)) return { ...facts, state: 'foreign' };
  const inTime = stateInTime(stored, x509, now);
  if (inTime.state !== 'expired' && !hasNamesOf(plan, x509)) return { ...facts, ...inTime, state: 'changed' };
  return { ...facts, ...inTime };
}

interface ReadPair {
  readonly node: NodeCertificate;
  readonly x509: X509Certificate;
  readonly facts: Omit<CertificateReport, 'state'>;
}

function readStored({ certificate, key }: StoredPair): ReadPair | CertificateReport {
  const unread = { alternativeNames: [] };
  if (certificate === undefined && key === undefined) return { ...unread, state: 'missing' };
  if (certificate === undefined) return { ...unread, state: 'broken', problem: 'a key without a certificate' };
  const read = readCertificate(certificate);
  if (!read) return { ...unread, state: 'broken', problem: 'the certificate can not be read' };
  const { facts } = read;
  if (key === undefined) return { ...facts, state: 'broken', problem: 'a certificate without a key' };
  try {
    if (!read.node.checkPrivateKey(createPrivateKey(key)))
      return { ...facts, state: 'broken', problem: 'the key is that of another certificate' };
  } catch {
    return { ...facts, state: 'broken', problem: 'the key can not be read' };
  }
  return read;
}

function readCertificate(pem: string | undefined): ReadPair | undefined {
  if (pem === undefined) return undefined;
  try {
    const node = new NodeCertificate(pem);
    const x509 = new X509Certificate(node.raw);
    return { node, x509, facts: factsOf(x509) };
  } catch {
    return undefined;
  }
}

function factsOf(certificate: X509Certificate): Omit<CertificateReport, 'state'> {
  const names = certificate.getExtension(SubjectAlternativeNameExtension)?.names.items ?? [];
  return {
    subject: printName(decodeName(certificate.subjectName)),
    alternativeNames: names.map(printAlternativeName),
    validUntil: certificate.notAfter.toISOString(),
  };
}

function stateInTime(
  { exposed }: StoredPair,
  { notBefore, notAfter }: X509Certificate,
  now: Date,
): Pick<CertificateReport, 'state' | 'daysLeft'> {
  const daysLeft = Math.floor((notAfter.getTime() - now.getTime()) / DAY);
  if (now > notAfter) return { state: 'expired', daysLeft };
  if (now < notBefore) return { state: 'not-yet-valid', daysLeft };
  if (exposed) return { state: 'exposed', daysLeft };
  return { state: daysLeft < SOON ? 'expires-soon' : 'ok', daysLeft };
}

// Certificates of this authority all come from `issueCertificate`, so equal names have equal bytes.
function hasNamesOf(plan: CertificatePlan, certificate: X509Certificate): boolean {
  const { subject, names } = encodedNames(plan);
  const present = certificate.getExtension(SubjectAlternativeNameExtension);
  const same = (one: ArrayBuffer, other: ArrayBuffer): boolean => Buffer.from(one).equals(Buffer.from(other));
  return (
    present !== null &&
    same(present.value, names.value) &&
    same(certificate.subjectName.toArrayBuffer(), subject.toArrayBuffer())
  );
}
