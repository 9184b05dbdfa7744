import type { FileActivation, RenderedFile } from '../../render/file';
import type { Topology } from '../../topology/topology';
import { TargetError } from '../target-error';
import { changedByTerraform, terraformLiteral } from '../terraform-text';

/** A file as it stands in cdk.tf.json. */
export interface LiteralFile {
  readonly content: string;
  /** Lines for the apply script: where the file belongs, whose it is, what checks it and what takes note of it. */
  readonly settings: string;
}

/** Paths end up as words of a line that a shell reads. */
const PATH = /^(\/[A-Za-z0-9_@:+=,~-][A-Za-z0-9._@:+=,~-]*|\/\.[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;
const ACCOUNT = /^[a-z_][a-z0-9_-]*$/;
const UNIT = /^[A-Za-z0-9_.@:-]+$/;

interface Literals {
  readonly managed: ReadonlySet<string>;
  readonly files: Map<RenderedFile, LiteralFile>;
}

const known = new WeakMap<Topology, Literals>();

/**
 * A file as Terraform literals; made once, however many hosts have the file.
 * @throws TargetError `ssh/file-path`, `ssh/file-text`, `ssh/file-mode`, `ssh/file-owner`, `ssh/activation`
 */
export function literalFile(topology: Topology, file: RenderedFile): LiteralFile {
  let literals = known.get(topology);
  if (!literals) {
    literals = { managed: managedUnits(topology), files: new Map() };
    known.set(topology, literals);
  }
  let literal = literals.files.get(file);
  if (!literal) {
    verify(file, literals.managed);
    const settings = settingLines(file).map((line) => `${line}\n`);
    literal = { content: terraformLiteral(file.content), settings: terraformLiteral(settings.join('')) };
    literals.files.set(file, literal);
  }
  return literal;
}

/** Lines for the apply script, as they are before Terraform reads them. */
export function settingLines(file: RenderedFile): string[] {
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
