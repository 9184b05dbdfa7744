import { CERTIFICATE_LINES } from '../../render/directory-server/certificate-lines';
import { TLS } from '../../render/directory-server/tls';
import { certificateLines, certificatePlaces } from '../../render/ds389/certificate-lines';
import { instanceName } from '../../render/ds389/words';
import { mailHost } from '../../render/mail-server/build';
import { mailGraph } from '../../topology/mail-graph';
import { instanceUnit, LOOKUP_AUTHORITIES } from '../../topology/mail-instances';
import { sortedUnique } from '../../topology/order';
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

/** What a host gets of certificates, as Terraform expressions. No value of a file is in any of them. */
export interface HostCertificate {
  /** What a resource is replaced for: hashes of what everybody may read. */
  readonly trigger: Readonly<Record<string, string>>;
  /** What is added to the id of a bundle, so that a renewed certificate makes another one of it. */
  readonly idSuffix: string;
  /** Lines for the apply script; read from the files when the host is configured, so neither plan nor state has them. */
  readonly content: string;
  /** Lines for the apply script: where the files belong. */
  readonly settings: string;
  readonly preconditions: readonly object[];
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

  /** What a host gets; undefined where it has no directory server, and no mail server that asks one. */
  of(topology: Topology, host: HostFacts): HostCertificate | undefined {
    const [one, other] = [this.ofServer(topology, host), this.ofLookups(topology, host)];
    if (!one || !other) return one ?? other;
    return {
      trigger: { ...one.trigger, ...other.trigger },
      idSuffix: one.idSuffix + other.idSuffix,
      content: one.content + other.content,
      settings: one.settings + other.settings,
      preconditions: [...one.preconditions, ...other.preconditions],
    };
  }

  private ofServer(topology: Topology, host: HostFacts): HostCertificate | undefined {
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
      preconditions: [present(all, missing(topology, server, [authorities, certificate, key]))],
    };
  }

  /** The authorities of the directory servers that the mail servers of a host look addresses up in (S5). */
  private ofLookups(topology: Topology, host: HostFacts): HostCertificate | undefined {
    const found = mailHost(topology, host.id);
    const configuration = found?.pair.configuration;
    if (!found || configuration?.kind !== 'directory') return undefined;
    const { instances } = found;
    const [first, ...more] = mailGraph(topology).lookupServers(instances[0].server, configuration);
    if (!first) return undefined;
    const files = sortedUnique([first, ...more].map((server) => this.filesOf(topology, server).authorities));
    const all = files.map(expression);
    const hashes = all.map((file) => `\${${hashOf(file)}}`).join('');
    const units = instances.map(({ server }) => instanceUnit(server));
    return {
      trigger: { lookup_authorities: hashes },
      idSuffix: `-\${substr(sha256("${hashes}"), 0, 16)}`,
      content: `content ${LOOKUP_AUTHORITIES} \${base64encode(join("\\n", [${all.map((file) => `file(${file})`).join(', ')}]))}\n`,
      settings:
        `file ${LOOKUP_AUTHORITIES} 0644 root root authorities command\n` +
        `command ${LOOKUP_AUTHORITIES} systemctl try-reload-or-restart ${units.join(' ')}\n`,
      preconditions: [present(all, missing(topology, first, files))],
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

const present = (files: readonly string[], otherwise: string): object => ({
  condition: `\${${files.map((file) => `fileexists(${file})`).join(' && ')}}`,
  error_message: otherwise,
});

/** A missing file is told by the precondition, and by nothing before it. */
const hashOf = (file: string): string => `try(filesha256(${file}), "missing")`;

function missing(topology: Topology, server: DirectoryServerFacts, files: readonly string[]): string {
  const names = files.join(', ');
  const remedy = server.certificate
    ? 'put the files of its certificate there'
    : `run 'tandem certificates init ${topology.name}'`;
  return `no certificate of directory server ${server.name} (${names}): ${remedy}, or name the files in 'certificates' of the target`;
}
