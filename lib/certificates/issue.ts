import 'reflect-metadata';
import { createPrivateKey, webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  type Name,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { alternativeNames } from './alternative-names';
import { CertificateError } from './certificate-error';
import { NameError, parseName } from './distinguished-name';
import type { CertificatePlan } from './plan';
import { encodeName } from './x509-name';

/** A certificate and its private key, as text of PEM. */
export interface KeyPair {
  readonly certificate: string;
  /** PKCS #8, not encrypted: servers start without anybody at hand. */
  readonly key: string;
}

/** From when and for how long a certificate is valid. */
export interface Validity {
  readonly now: Date;
  /** Days from now. */
  readonly days: number;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;
/** Clocks of servers that are behind by less take a new certificate. */
const EARLIER = 60 * 60 * 1000;
/** Milliseconds in a day. */
export const DAY = 24 * 60 * 60 * 1000;

/** A new authority that signs certificates of servers and no other authorities. */
export async function makeAuthority(deployment: string, { now, days }: Validity): Promise<KeyPair> {
  const keys = await newKeys();
  const name = encodeName([
    [{ type: '2.5.4.3', value: 'Tandem development CA' }],
    [{ type: '2.5.4.10', value: deployment }],
  ]);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name,
      keys,
      signingAlgorithm: SIGNATURE,
      notBefore: new Date(now.getTime() - EARLIER),
      notAfter: new Date(now.getTime() + days * DAY),
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return pair(certificate, keys);
}

/**
 * A new certificate with a new key, signed by the authority; it ends no later than that.
 * @throws CertificateError `certificates/name` for a name that no certificate holds
 */
export async function issueCertificate(
  plan: CertificatePlan,
  authority: KeyPair,
  validity: Validity,
): Promise<KeyPair> {
  const { subject, names } = encodedNames(plan);
  const keys = await newKeys();
  const issuer = new X509Certificate(authority.certificate);
  const notAfter = Math.min(validity.now.getTime() + validity.days * DAY, issuer.notAfter.getTime());
  const certificate = await X509CertificateGenerator.create(
    {
      subject,
      issuer: issuer.subjectName,
      publicKey: keys.publicKey,
      signingKey: await signingKey(authority.key),
      signingAlgorithm: SIGNATURE,
      notBefore: new Date(Math.max(validity.now.getTime() - EARLIER, issuer.notBefore.getTime())),
      notAfter: new Date(notAfter),
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        // A replica is a server to its clients and a client of the replicas that feed it.
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
        await AuthorityKeyIdentifierExtension.create(issuer.publicKey, false, webcrypto),
        names,
      ],
    },
    webcrypto,
  );
  return pair(certificate, keys);
}

/**
 * The names of a plan as they stand in a certificate.
 * @throws CertificateError `certificates/name`
 */
export function encodedNames(plan: CertificatePlan): { readonly subject: Name; readonly names: Extension } {
  try {
    return { subject: encodeName(parseName(plan.subject)), names: alternativeNames(plan) };
  } catch (error) {
    if (!(error instanceof NameError)) throw error;
    throw new CertificateError(plan.path, 'certificates/name', error.problem, error.value, error.remedy);
  }
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

function signingKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' });
  return webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']);
}

async function pair(certificate: X509Certificate, { privateKey }: webcrypto.CryptoKeyPair): Promise<KeyPair> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey));
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' });
  return { certificate: `${certificate.toString('pem').trimEnd()}\n`, key: String(key) };
}
