import type { IResolvable } from 'cdktf';
import { PROVISION_COMMAND } from '../../render/provision/files';
import { settledText } from '../settled';
import { terraformLiteral } from '../terraform-text';
import type { Bundle } from './bundle';
import { BUNDLE_EXPRESSION } from './bundle';
import { APPLY_SCRIPT } from './apply/script';

/** What the Terraform of a host or cluster does, in order. */
export type Provisioner = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Name of the local value that holds the apply script, once per stack. */
export const SCRIPT_LOCAL = 'tandem_apply';

const SCRIPT = terraformLiteral(APPLY_SCRIPT);

/** Actions of the apply script. */
export type ApplyAction = 'run' | 'check' | 'commit' | 'activate' | 'confirm';

/** How commands are run and where the upload lies. */
export interface Place {
  readonly deployment: string;
  /** Login name; anybody but root goes through sudo. */
  readonly user: string;
}

/** Brings the bundle, its secrets and the script onto a host, then runs the script. */
export function uploadSteps(place: Place, bundle: Bundle, action: 'run' | 'check'): Provisioner[] {
  const upload = uploadDirectory(place);
  return [
    { 'remote-exec': { inline: [makeUpload(place)] } },
    { file: { content: BUNDLE_EXPRESSION, destination: `${upload}/bundle` } },
    ...(bundle.secrets.length > 0
      ? [{ file: { content: secretLines(bundle.secrets), destination: `${upload}/secrets` } }]
      : []),
    { file: { content: `\${local.${SCRIPT_LOCAL}}`, destination: `${upload}/apply` } },
    {
      'remote-exec': { inline: [`${asRoot(place)}/bin/sh ${upload}/apply ${action} ${place.deployment} ${bundle.id}`] },
    },
  ];
}

/** One step on a host that was checked before. */
export function laterStep(
  place: Place,
  bundle: string,
  action: 'commit' | 'activate' | 'confirm',
  connection: Readonly<Record<string, unknown>>,
): Provisioner {
  const script = `/var/lib/tandem/${place.deployment}/apply`;
  return {
    'remote-exec': {
      connection,
      inline: [`${asRoot(place)}/bin/sh ${script} ${action} ${place.deployment} ${bundle}`],
    },
  };
}

/** One step of bringing a cluster from empty disks to work, with the command that came with the files. */
export function provisionStep(
  place: Place,
  action: 'metadata' | 'initialize' | 'start --no-wait' | 'start',
  connection: Readonly<Record<string, unknown>>,
): Provisioner {
  return {
    'remote-exec': { connection, inline: [`${asRoot(place)}/bin/sh ${PROVISION_COMMAND} ${action}`] },
  };
}

/** The local value with the script. */
export function scriptLocals(): Record<string, IResolvable> {
  return { [SCRIPT_LOCAL]: settledText(SCRIPT) };
}

/** `/run` is in memory: values of secrets reach a disk only inside the files that need them. */
function uploadDirectory(place: Place): string {
  return `/run/tandem-upload/${place.deployment}`;
}

function makeUpload(place: Place): string {
  const sudo = asRoot(place);
  const upload = uploadDirectory(place);
  const owner = place.user === 'root' ? '' : ` -o ${place.user}`;
  return [
    `${sudo}rm -rf ${upload}`,
    `${sudo}mkdir -p -m 0711 /run/tandem-upload`,
    `${sudo}install -d -m 0700${owner} ${upload}`,
  ].join(' && ');
}

function asRoot(place: Place): string {
  return place.user === 'root' ? '' : 'sudo -n ';
}

/** Values are without spaces, so a line holds a name and a value. */
function secretLines(names: readonly string[]): string {
  return names.map((name) => `${name} \${var.${name}}\n`).join('');
}
