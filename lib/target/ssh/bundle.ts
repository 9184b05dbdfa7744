import { createHash } from 'node:crypto';
import type { RenderedFile } from '../../render/file';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { settled } from '../settled';
import { TargetError } from '../target-error';
import { APPLY_SCRIPT, SCRIPT_HASH } from './apply/script';
import type { HostCertificate } from './certificates';
import { literalFile, settingLines } from './literal-file';

/** The files of one host as a Terraform value: what a plan shows is what the host gets. */
export interface Bundle {
  /**
   * Changes with everything that the host gets, and with what it is done with. Where the host gets a certificate, this is
   * a text in which Terraform puts what it knows of that.
   */
  readonly id: string;
  /**
   * What the resource is replaced for. Not its `input`: of that, Terraform also shows the whole old text as an output
   * that goes away, and a change would run no provisioner.
   */
  readonly trigger: Readonly<Record<string, unknown>>;
  /** Names of the secrets that the files need, sorted. */
  readonly secrets: readonly string[];
  /** Lines for the apply script beside those of the trigger: files that stay out of plan and state. */
  readonly localFiles: string;
  /** What must hold before the host is configured. */
  readonly preconditions: readonly object[];
}

/**
 * The bundle of a host.
 * @throws TargetError `ssh/file-path`, `ssh/file-text`, `ssh/file-mode`, `ssh/file-owner`, `ssh/activation`
 */
export function bundleOf(
  topology: Topology,
  host: HostFacts,
  files: readonly RenderedFile[],
  secretsVersion: number,
  certificate?: HostCertificate,
): Bundle {
  const contents: Record<string, string> = {};
  let settings = '';
  const secrets = new Set<string>();
  const texts: string[] = [];
  for (const file of files) {
    const literal = literalFile(topology, file);
    if (file.path in contents) {
      throw new TargetError(file.source, 'ssh/file-path', 'two files of a host have one path', file.path, 'remove one');
    }
    contents[file.path] = literal.content;
    settings += literal.settings;
    for (const secret of file.secrets) secrets.add(secret);
    texts.push(`${file.path} ${file.content.length}\n`, file.content);
  }
  settings += certificate?.settings ?? '';
  const names = [...secrets].sort();
  const trigger = {
    deployment: topology.name,
    host: host.name,
    drbd: topology.drbdVersion,
    files: settled(contents),
    // One text, because a plan then shows one changed line, and because cdktf takes its time for every single value.
    settings,
    ...(names.length > 0 ? { secrets_version: secretsVersion } : {}),
    ...(certificate ? { certificate: certificate.trigger } : {}),
  };
  // One long text is hashed in half the time of many short ones.
  const hash = createHash('sha256')
    .update(texts.join(''))
    .update(JSON.stringify([SCRIPT_HASH, { ...trigger, files: undefined }, names]));
  return {
    id: hash.digest('hex').slice(0, 32) + (certificate?.idSuffix ?? ''),
    trigger,
    secrets: names,
    localFiles: certificate?.content ?? '',
    preconditions: certificate?.preconditions ?? [],
  };
}

/**
 * Lines that the apply script reads, made by Terraform from the planned trigger and from nothing else. Secrets and the
 * line `end` follow.
 */
export const BUNDLE_EXPRESSION =
  'bundle 1 ${self.triggers_replace.deployment} ${self.triggers_replace.host} ${self.triggers_replace.drbd}\n' +
  '${join("", [for path, content in self.triggers_replace.files : "content ${path} ${base64encode(content)}\\n"])}' +
  '${self.triggers_replace.settings}';

/** The same lines for where no Terraform makes them, behind the apply script and with `end`, but without secrets. */
export function bundleText(topology: Topology, host: HostFacts, files: readonly RenderedFile[]): string {
  // Refuses what the apply script can not take.
  for (const file of files) literalFile(topology, file);
  const lines = [
    `bundle 1 ${topology.name} ${host.name} ${topology.drbdVersion}`,
    ...files.map(({ path, content }) => `content ${path} ${Buffer.from(content).toString('base64')}`),
    ...files.flatMap(settingLines),
    'end',
  ];
  return `${APPLY_SCRIPT}${lines.join('\n')}\n`;
}
