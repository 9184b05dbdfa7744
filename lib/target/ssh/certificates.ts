import { CERTIFICATE_LINES } from '../../render/directory-server/certificate-lines';
import { TLS } from '../../render/directory-server/tls';
import { certificateLines, certificatePlaces } from '../../render/ds389/certificate-lines';
import { instanceName } from '../../render/ds389/words';
import type { DirectoryServerFacts } from '../../topology/replication';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { TargetError } from '../target-error';

/**
 * Files by which a directory server is known to clients and to other servers, in PEM, on the machine that runs Terraform.
 * A relative path counts from the folder that holds `cdktf.out`.
 */
export interface CertificateFiles {
  /** Certificates of the authorities that sign those of all servers. */
  readonly authorities: string;
  /** Certificate of the server; those that lead to the authority may follow it. */
  readonly certificate: string;
  /** Private key of the certificate, not encrypted. */
  readonly key: string;
}

/** The certificate of a host's directory server, as Terraform expressions. No value of a file is in any of them. */
export interface HostCertificate {
  /** What a resource is replaced for: hashes of what everybody may read. */
  readonly trigger: Readonly<Record<string, string>>;
  /** What is added to the id of a bundle, so that a renewed certificate makes another one of it. */
  readonly idSuffix: string;
  /** Lines for the apply script; read from the files when the host is configured, so neither plan nor state has them. */
  readonly content: string;
  /** Lines for the apply script: where the files belong. */
  readonly settings: string;
  readonly precondition: object;
}

/** A path inside a quoted text of Terraform. */
const PATH = /^[^"\\$%\p{Cc}]+$/u;

/** From the folder of a stack, `cdktf.out/stacks/STACK`, in which Terraform runs. */
const PROJECT = '${path.module}/../../..';

/** Where certificates are; by default where `tandem certificates init` writes them. */
export class Certificates {
  /** @throws TargetError `ssh/certificates` */
  constructor(
    path: string,
    private readonly files: Readonly<Record<string, CertificateFiles>>,
  ) {
    for (const [server, { authorities, certificate, key }] of Object.entries(files))
      for (const file of [authorities, certificate, key]) {
        if (PATH.test(file)) continue;
        throw new TargetError(
          path,
          'ssh/certificates',
          `a file of certificates.${server} must be a path without quotes, backslashes, '$' and '%'`,
          file,
          'rename it',
        );
      }
  }

  /** Names in the record that no server has. */
  strangers(topology: Topology): string[] {
    const known = new Set(topology.directoryServers.map(({ name }) => name));
    return Object.keys(this.files)
      .filter((name) => !known.has(name))
      .sort();
  }

  /** The certificate of a host; undefined where no directory server gets one. */
  of(topology: Topology, host: HostFacts): HostCertificate | undefined {
    const server = topology.directoryServers.find(({ host: on }) => on === host.id);
    if (!server) return undefined;
    const { authorities, certificate, key } = this.filesOf(topology, server);
    const all = [authorities, certificate, key].map(expression);
    const [ca = '', crt = '', secret = ''] = all;
    const { places, lines } = placesOf(server);
    return {
      trigger: { authorities: `\${${hashOf(ca)}}`, certificate: `\${${hashOf(crt)}}` },
      idSuffix: `-\${substr(sha256("\${${hashOf(ca)}}\${${hashOf(crt)}}"), 0, 16)}`,
      content:
        `content ${places.authorities} \${filebase64(${ca})}\n` +
        `content ${places.certificate} \${filebase64(${crt})}\n` +
        `content ${places.key} \${sensitive(filebase64(${secret}))}\n`,
      settings: lines.map((line) => `${line}\n`).join(''),
      precondition: {
        condition: `\${${all.map((file) => `fileexists(${file})`).join(' && ')}}`,
        error_message: missing(topology, server, [authorities, certificate, key]),
      },
    };
  }

  private filesOf(topology: Topology, { name, path }: DirectoryServerFacts): CertificateFiles {
    const given = this.files[name];
    if (given) return given;
    if (!PATH.test(name)) {
      throw new TargetError(path, 'ssh/certificates', 'no folder can have the name of the server', name, 'rename it');
    }
    const folder = `${topology.name}.certificates`;
    return {
      authorities: `${folder}/ca.pem`,
      certificate: `${folder}/${name}/server.crt`,
      key: `${folder}/${name}/server.key`,
    };
  }
}

/** Where a host keeps the files, and the lines of a bundle that say so. */
function placesOf(server: DirectoryServerFacts): {
  readonly places: CertificateFiles;
  readonly lines: readonly string[];
} {
  if (server.engine === 'openldap') return { places: TLS, lines: CERTIFICATE_LINES };
  const instance = instanceName(server);
  return { places: certificatePlaces(instance), lines: certificateLines(instance) };
}

/** The path as an expression of Terraform. */
function expression(path: string): string {
  if (/^[/~]/.test(path)) return `pathexpand("${path}")`;
  return `"${PROJECT}/${path}"`;
}

/** A missing file is told by the precondition, and by nothing before it. */
const hashOf = (file: string): string => `try(filesha256(${file}), "missing")`;

function missing(topology: Topology, server: DirectoryServerFacts, files: readonly string[]): string {
  const names = files.join(', ');
  const remedy = server.certificate
    ? 'put the files of its certificate there'
    : `run 'tandem certificates init ${topology.name}'`;
  return `no certificate of directory server ${server.name} (${names}): ${remedy}, or name the files in 'certificates' of the target`;
}
