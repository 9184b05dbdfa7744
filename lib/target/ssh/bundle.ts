import { createHash } from 'node:crypto';
import type { FileActivation, RenderedFile } from '../../render/file';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { TargetError } from '../target-error';
import { changedByTerraform, terraformLiteral } from '../terraform-text';
import { APPLY_SCRIPT } from './apply/script';

/** The files of one host as a Terraform value: what a plan shows is what the host gets. */
export interface Bundle {
  /** Changes with everything that the host gets, and with what it is done with. */
  readonly id: string;
  /**
   * What the resource is replaced for. Not its `input`: of that, Terraform also shows the whole old text as an output
   * that goes away, and a change would run no provisioner.
   */
  readonly trigger: Readonly<Record<string, unknown>>;
  /** Names of the secrets that the files need, sorted. */
  readonly secrets: readonly string[];
}

/** Paths end up as words of a line that a shell reads. */
const PATH = /^(\/[A-Za-z0-9_@:+=,~-][A-Za-z0-9._@:+=,~-]*|\/\.[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;
const ACCOUNT = /^[a-z_][a-z0-9_-]*$/;
const UNIT = /^[A-Za-z0-9_.@:-]+$/;

/**
 * The bundle of a host.
 * @throws TargetError `ssh/file-path`, `ssh/file-text`, `ssh/file-mode`, `ssh/file-owner`, `ssh/activation`
 */
export function bundleOf(
  topology: Topology,
  host: HostFacts,
  files: readonly RenderedFile[],
  secretsVersion: number,
): Bundle {
  const managed = managedUnits(topology);
  const contents: Record<string, string> = {};
  const settings: string[] = [];
  const secrets = new Set<string>();
  const hash = createHash('sha256');
  for (const file of files) {
    verify(file, managed);
    if (file.path in contents) {
      throw new TargetError(file.source, 'ssh/file-path', 'two files of a host have one path', file.path, 'remove one');
    }
    contents[file.path] = terraformLiteral(file.content);
    settings.push(...settingLines(file));
    for (const secret of file.secrets) secrets.add(secret);
    hash.update(`${file.path} ${file.content.length}\n`).update(file.content);
  }
  const names = [...secrets].sort();
  const trigger = {
    deployment: topology.name,
    host: host.name,
    drbd: topology.drbdVersion,
    files: contents,
    // One text, because a plan then shows one changed line, and because cdktf takes its time for every single value.
    settings: terraformLiteral(settings.map((line) => `${line}\n`).join('')),
    ...(names.length > 0 ? { secrets_version: secretsVersion } : {}),
  };
  hash.update(JSON.stringify([APPLY_SCRIPT, { ...trigger, files: undefined }, names]));
  return { id: hash.digest('hex').slice(0, 32), trigger, secrets: names };
}

/** Lines that the apply script reads, made by Terraform from the planned trigger and from nothing else. */
export const BUNDLE_EXPRESSION =
  'bundle 1 ${self.triggers_replace.deployment} ${self.triggers_replace.host} ${self.triggers_replace.drbd}\n' +
  '${join("", [for path, content in self.triggers_replace.files : "content ${path} ${base64encode(content)}\\n"])}' +
  '${self.triggers_replace.settings}' +
  'end\n';

function settingLines(file: RenderedFile): string[] {
  const { path, mode, owner, group, checker, activation } = file;
  return [
    ['file', path, mode, owner, group, checker ?? '-', activationWord(activation)].join(' '),
    ...(activation?.kind === 'command' ? [`command ${path} ${activation.command}`] : []),
  ];
}

function activationWord(activation: FileActivation | undefined): string {
  if (!activation) return '-';
  return 'unit' in activation ? `${activation.kind}:${activation.unit}` : activation.kind;
}

function managedUnits(topology: Topology): ReadonlySet<string> {
  const units = new Map(topology.services.map((service) => [service.id, service.unit]));
  const managed = new Set<string>();
  for (const cluster of topology.clusters)
    for (const group of cluster.groups)
      for (const member of group.members) {
        const unit = member.kind === 'service' ? units.get(member.service) : undefined;
        if (unit !== undefined) managed.add(unit);
      }
  return managed;
}

function verify(file: RenderedFile, managed: ReadonlySet<string>): void {
  const { activation } = file;
  const refuse = (rule: string, problem: string, value: string, remedy: string): never => {
    throw new TargetError(file.source, rule, problem, value, remedy);
  };
  if (!PATH.test(file.path)) {
    refuse('ssh/file-path', 'a path must be absolute, without spaces and special characters', file.path, 'rename it');
  }
  const command = activation?.kind === 'command' ? activation.command : '';
  const changed = changedByTerraform(file.content) ?? changedByTerraform(command);
  if (changed !== undefined) {
    refuse('ssh/file-text', `Terraform would change the text: ${changed}`, file.path, 'use other characters');
  }
  if (!/^0[0-7]{3}$/.test(file.mode)) refuse('ssh/file-mode', 'a mode must be four octal digits', file.mode, 'mend it');
  for (const account of [file.owner, file.group]) {
    if (!ACCOUNT.test(account)) refuse('ssh/file-owner', `no user or group can own ${file.path}`, account, 'mend it');
  }
  if (activation?.kind === 'command' && /[\r\n]/.test(activation.command)) {
    refuse('ssh/activation', 'a command must be one line', activation.command, 'write a script and call it');
  }
  if (!activation || !('unit' in activation)) return;
  if (!UNIT.test(activation.unit)) refuse('ssh/activation', 'no unit has this name', activation.unit, 'correct it');
  // A cluster that sees a service stop, or run on the wrong node, starts to act.
  if (activation.kind !== 'reload-if-active' && managed.has(activation.unit)) {
    refuse(
      'ssh/activation',
      `${file.path} would ${activation.kind} a service that a cluster manages`,
      activation.unit,
      'use reload-if-active',
    );
  }
}
