import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { secretMarker } from '../../topology/secret';
import type { RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { headerComment } from '../header';
import { printScript } from '../shell/script';
import { entry } from '../slapd/entries';
import { print } from '../slapd/print';
import { printUnitFile, section } from '../systemd/unit-file';
import { build, type Ds389Configuration } from './build';
import { initializeScript } from './initialize-script';
import { INITIALIZE, SETUP, renderedDirectory } from './places';
import { setupScript } from './setup-script';
import { hostnameOf, instanceName } from './words';

/**
 * Files of the 389 Directory Servers of a host, an instance each. None of them is read by the server itself: its
 * configuration is part of a database of its own, and `tandem-ds389-setup` brings it to what these files say.
 */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const servers = topology.directoryServers.filter((one) => one.host === host && one.engine === 'ds389');
  const [first] = servers;
  if (!first) return [];
  return [
    ...servers.flatMap((server) => FormatError.naming(server.path, () => instanceFiles(build(topology, server)))),
    ...FormatError.naming(first.path, () => scripts(servers.map(instanceName), first.path)),
  ];
}

function instanceFiles(configuration: Ds389Configuration): readonly RenderedFile[] {
  const { server } = configuration;
  const source = server.path;
  const header = headerComment(source);
  const directory = renderedDirectory(server);
  const common = { owner: 'root', group: 'root', mode: '0644', secrets: [], source } as const;
  const set = { ...common, activation: { kind: 'command', command: `${SETUP} ${instanceName(server)}` } } as const;
  return [
    {
      ...set,
      path: `${directory}/instance.inf`,
      content: header + instance(configuration),
      mode: '0600',
      secrets: [server.administratorSecret],
    },
    {
      ...set,
      path: `${directory}/config.ldif`,
      content: header + notes(configuration) + print(configuration.records),
      mode: '0600',
      secrets: configuration.secrets,
    },
    {
      ...set,
      path: `${directory}/agreements.ldif`,
      content: header + print(configuration.agreements),
      mode: '0600',
      secrets: configuration.agreementSecrets,
    },
    {
      ...common,
      path: `${directory}/initialize`,
      content: `${header}${configuration.initialization
        .map((step) => `${[step.suffix, step.agreement, step.url, step.consumer.name].join('\t')}\n`)
        .join('')}`,
    },
    { ...set, path: `${directory}/certmap.conf`, content: header + CERTIFICATE_MAP },
    ...configuration.schemaFiles.map(({ name, definitions }) => ({
      ...set,
      path: `${directory}/98${name}.ldif`,
      content:
        header +
        print([
          entry(
            'cn=schema',
            definitions.map((line): [string, string] => {
              const at = line.indexOf(': ');
              return [line.slice(0, at), line.slice(at + 2)];
            }),
          ),
        ]),
    })),
    {
      ...common,
      path: `/etc/systemd/system/dirsrv@${instanceName(server)}.service.d/tandem.conf`,
      content: printUnitFile({
        source,
        sections: [section('Service', [['ExecStartPre', `+${SETUP} prepare ${instanceName(server)}`]])],
      }),
      checker: 'systemd-analyze',
      activation: { kind: 'daemon-reload' },
    },
  ];
}

function scripts(instances: readonly string[], source: string): readonly RenderedFile[] {
  const common = { owner: 'root', group: 'root', mode: '0755', secrets: [], source, checker: 'sh' } as const;
  return [
    { ...common, path: SETUP, content: printScript(setupScript({ source, instances })) },
    { ...common, path: INITIALIZE, content: printScript(initializeScript({ source, instances })) },
  ];
}

/** What dscreate(8) makes an instance of: one without TLS, which the setup gives its certificate. */
function instance({ server }: Ds389Configuration): string {
  return `[general]
config_version = 2
full_machine_name = ${hostnameOf(server)}
start = True

[slapd]
instance_name = ${instanceName(server)}
root_password = {CRYPT}${secretMarker(server.administratorSecret, 'crypt')}
port = ${server.port}
secure_port = ${server.tlsPort}
self_sign_cert = False
`;
}

/** Who keeps a copy of what replication does not copy (R43). */
function notes({ server }: Ds389Configuration): string {
  return server.databaseLinks
    .map(
      ({ backedUpBy }, index) =>
        `# link-${index + 1}: ${backedUpBy === undefined ? 'nobody keeps a copy' : `kept by ${backedUpBy.replace(/\p{Cc}/gu, ' ')}`}\n`,
    )
    .join('');
}

const CERTIFICATE_MAP = `certmap default default
default:DNComps
default:FilterComps
default:CmapLdapAttr nsCertSubjectDN
`;
