import type { ConstructPath } from '../../topology/units';
import type { RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { headerComment } from '../header';
import { printScript } from '../shell/script';
import { printVariables, type ShellVariable } from '../shell/variables';
import { printUnitFile, section } from '../systemd/unit-file';
import { configScript, type ReplicaStart } from './config-script';
import type { LdifRecord } from './ldif';
import { print } from './print';

/** What slapd(8) of one host gets. */
export interface SlapdFilesProps {
  readonly source: ConstructPath;
  readonly unit: string;
  /** `cn=config` as slapadd(8) reads it. */
  readonly records: readonly LdifRecord[];
  /** `/etc/default/slapd`. */
  readonly defaults: readonly ShellVariable[];
  /** Names of secrets in the records, sorted. */
  readonly secrets: readonly string[];
  /** File system without which slapd must not start. @default - none */
  readonly mountPoint?: string;
  /** Directories of databases that are made where they are missing, parents first. @default - none */
  readonly databases?: readonly string[];
  /** What a server of replicas does otherwise at its start. @default - none */
  readonly replica?: ReplicaStart;
}

const LDIF = '/etc/ldap/slapd.ldif';
const SCRIPT = '/usr/local/sbin/tandem-slapd-config';

/**
 * Files of slapd(8). None of them is activated: slapd has no reload and reads its configuration only at a start. A changed
 * LDIF takes effect at the next one.
 */
export function slapdFiles(props: SlapdFilesProps): RenderedFile[] {
  const { source } = props;
  const header = headerComment(source);
  const common = { owner: 'root', group: 'root', mode: '0644', secrets: [], source } as const;
  return FormatError.naming(source, () => [
    {
      ...common,
      path: '/etc/default/slapd',
      content: header + printVariables(props.defaults),
      checker: 'sh',
    },
    {
      ...common,
      path: LDIF,
      content: header + print(props.records),
      mode: '0640',
      group: 'openldap',
      secrets: props.secrets,
      checker: 'slapadd',
    },
    {
      ...common,
      path: `/etc/systemd/system/${props.unit}.d/tandem-config.conf`,
      content: printUnitFile({ source, sections: [section('Service', [['ExecStartPre', `+${SCRIPT}`]])] }),
      checker: 'systemd-analyze',
      activation: { kind: 'daemon-reload' },
    },
    {
      ...common,
      path: SCRIPT,
      content: printScript(
        configScript({
          source,
          ldif: LDIF,
          directory: '/etc/ldap/slapd.d',
          mountPoint: props.mountPoint,
          databases: props.databases,
          replica: props.replica,
        }),
      ),
      mode: '0755',
      checker: 'sh',
    },
  ]);
}
