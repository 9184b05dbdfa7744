import type { Topology } from '../topology/topology';
import type { CertificateReport, CertificateState } from './assess';
import { CertificateError } from './certificate-error';
import { type NewPair, certificatesFolder, closeFolder, readPair, writePairs } from './certificate-folder';
import { type KeyPair, issueCertificate, makeAuthority } from './issue';
import { type CertificatesProps, type CertificatesReport, look } from './look';
import { type CertificatePlans, planCertificates } from './plan';

/** How certificates are made. */
export interface MakeProps extends CertificatesProps {
  /** Days that a new certificate of a server is valid. */
  readonly days: number;
}

/** How the authority is made too. */
export interface InitializeProps extends MakeProps {
  /** Days that a new authority is valid. */
  readonly authorityDays: number;
}

/** What was done, and how it is now. */
export interface MadeCertificates extends CertificatesReport {
  readonly authorityMade: boolean;
  /** Servers that got a new certificate with a new key, sorted. */
  readonly made: readonly string[];
}

/** `init` makes anew what is of no use, and of that only what this authority has signed. */
const MADE_ANEW: readonly CertificateState[] = ['missing', 'expired', 'changed'];

/**
 * Makes the authority, once, and the certificates that are missing, have expired or whose names have changed. Those that
 * are good stay, and so does what somebody else may have put there.
 * @throws CertificateError `certificates/authority`, `certificates/name`; nothing is written then
 */
export async function initializeCertificates(props: InitializeProps): Promise<MadeCertificates> {
  const plans = planCertificates(props.topology);
  const { authority, servers } = look(props, plans);
  // Whoever brings all certificates needs no authority.
  if (plans.made.length === 0) return { ...look(props, plans), authorityMade: false, made: [] };
  const authorityMade = authority.state === 'missing';
  if (authorityMade) {
    const left = servers.find(({ state }) => state !== 'missing');
    if (left) throw refused(props.topology, 'there are certificates of an authority that is gone', left.server);
  } else assertUsable(props.topology, authority);
  const wanted = servers.filter(({ state }) => MADE_ANEW.includes(state)).map(({ server }) => server);
  return make(
    props,
    plans,
    wanted,
    authorityMade ? await makeAuthority(plans.deployment, { now: props.now, days: props.authorityDays }) : undefined,
  );
}

/**
 * Makes new certificates with new keys for all servers, or for some; the authority stays.
 * @throws CertificateError `certificates/authority`, `certificates/server`, `certificates/name`; nothing is written then
 */
export async function renewCertificates(props: MakeProps, servers: readonly string[] = []): Promise<MadeCertificates> {
  const plans = planCertificates(props.topology);
  const known = plans.made.map(({ server }) => server);
  for (const server of servers) {
    if (known.includes(server)) continue;
    throw new CertificateError(
      props.topology.path,
      'certificates/server',
      plans.own.some((own) => own.server === server)
        ? 'the certificate of this server is brought by its user'
        : 'there is no such directory server',
      server,
      known.length > 0 ? `name one of: ${known.join(', ')}` : 'there is nothing to renew',
    );
  }
  const { authority } = look(props, plans);
  if (known.length === 0) return { ...look(props, plans), authorityMade: false, made: [] };
  assertUsable(props.topology, authority);
  return make(props, plans, servers.length > 0 ? known.filter((server) => servers.includes(server)) : known);
}

async function make(
  props: MakeProps,
  plans: CertificatePlans,
  wanted: readonly string[],
  newAuthority?: KeyPair,
): Promise<MadeCertificates> {
  const folder = certificatesFolder(props.directory, plans.deployment);
  const authority = newAuthority ?? (readPair(folder) as KeyPair);
  const pairs: NewPair[] = newAuthority ? [{ pair: newAuthority }] : [];
  for (const plan of plans.made)
    if (wanted.includes(plan.server))
      pairs.push({ server: plan.server, pair: await issueCertificate(plan, authority, props) });
  if (pairs.length > 0) writePairs(folder, pairs);
  closeFolder(
    folder,
    plans.made.map(({ server }) => server),
  );
  return { ...look(props, plans), authorityMade: newAuthority !== undefined, made: wanted };
}

function assertUsable(topology: Topology, { state, problem, validUntil }: CertificateReport): void {
  if (state === 'missing')
    throw refused(topology, 'there is no authority yet', 'ca.key', "run 'tandem certificates init'");
  if (state === 'broken') throw refused(topology, `the authority can not sign: ${problem}`, 'ca.pem, ca.key');
  if (state === 'expired' || state === 'not-yet-valid')
    throw refused(topology, 'the authority is not valid now', `until ${validUntil}`);
}

function refused(topology: Topology, problem: string, value: string, remedy?: string): CertificateError {
  const { path, name } = topology;
  return new CertificateError(
    path,
    'certificates/authority',
    problem,
    value,
    remedy ??
      `bring back ca.pem and ca.key that belong together, or move ${name}.certificates away to begin with a new authority, which every server then has to be given`,
  );
}
