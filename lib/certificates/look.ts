import type { Topology } from '../topology/topology';
import { type CertificateReport, assessAuthority, assessServer } from './assess';
import { certificatesFolder, otherFolders, readPair } from './certificate-folder';
import { type CertificatePlans, type OwnCertificate, planCertificates } from './plan';

/** What a look is told. */
export interface CertificatesProps {
  /** The project's folder, which the folder of certificates is in. */
  readonly directory: string;
  readonly topology: Topology;
  readonly now: Date;
}

/** A server and its certificate. */
export interface ServerReport extends CertificateReport {
  readonly server: string;
}

/** All certificates of a deployment. */
export interface CertificatesReport {
  readonly deployment: string;
  readonly folder: string;
  readonly authority: CertificateReport;
  /** Sorted by server. */
  readonly servers: readonly ServerReport[];
  /** Servers whose users bring the certificate: they are not looked at. */
  readonly own: readonly OwnCertificate[];
  /** Folders of no server, for instance of one that is gone; they stay. */
  readonly others: readonly string[];
}

/**
 * Looks at the certificates in the folder of a deployment; nothing is changed.
 * @throws CertificateError `certificates/name`
 */
export function lookAtCertificates(props: CertificatesProps): CertificatesReport {
  return look(props, planCertificates(props.topology));
}

/** The same, of plans that are made already. */
export function look({ directory, now }: CertificatesProps, plans: CertificatePlans): CertificatesReport {
  const folder = certificatesFolder(directory, plans.deployment);
  const authority = readPair(folder);
  return {
    deployment: plans.deployment,
    folder,
    authority: assessAuthority(authority, now),
    servers: plans.made.map((plan) => ({
      server: plan.server,
      ...assessServer(plan, readPair(folder, plan.server), authority.certificate, now),
    })),
    own: plans.own,
    others: otherFolders(
      folder,
      plans.made.map(({ server }) => server),
    ),
  };
}
