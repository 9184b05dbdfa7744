import type { IResolvable } from 'cdktf';
import { PROVISION_COMMAND } from '../../topology/host-commands';
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

/** Actions of the apply script on a host that was checked before. */
export type LaterAction = 'commit' | 'await' | 'activate' | 'turn' | 'confirm';

/** How commands are run and where the upload lies. */
export interface Place {
  readonly deployment: string;
  /** Login name; anybody but root goes through sudo. */
  readonly user: string;
}

/**
 * Brings the script with the bundle and its secrets onto a host and runs it. Each step costs a connection of its own, so
 * everything goes up in one file.
 */
export function uploadSteps(place: Place, bundle: Bundle, action: 'run' | 'check'): Provisioner[] {
  const script = `${uploadDirectory(place)}/apply`;
  const content = `\${local.${SCRIPT_LOCAL}}${BUNDLE_EXPRESSION}${bundle.localFiles}${secretLines(bundle.secrets)}end\n`;
  return [
    { 'remote-exec': { inline: [makeUpload(place)] } },
    { file: { content, destination: script } },
    { 'remote-exec': { inline: [call(place, script, action, bundle.id)] } },
  ];
}

/**
 * Actions on a host that was checked before, in one run of the script; an action that fails ends it.
 * @param within seconds after which a host that committed goes back by itself
 */
export function laterStep(
  place: Place,
  bundle: string,
  actions: readonly LaterAction[],
  connection: Readonly<Record<string, unknown>>,
  within: number,
): Provisioner {
  const script = `/var/lib/tandem/${place.deployment}/apply`;
  const inline = [`${call(place, script, actions.join(','), bundle)} ${within}`];
  return { 'remote-exec': { connection, inline } };
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

function call(place: Place, script: string, actions: string, bundle: string): string {
  return `${asRoot(place)}/bin/sh ${script} ${actions} ${place.deployment} ${bundle}`;
}

function asRoot(place: Place): string {
  return place.user === 'root' ? '' : 'sudo -n ';
}

/** Values are without spaces, so a line holds a name and a value. */
export function secretLines(names: readonly string[]): string {
  return names.map((name) => `secret ${name} \${var.${name}}\n`).join('');
}
