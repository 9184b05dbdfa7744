import { createHash } from 'node:crypto';
import { hostResourceId } from '../../../lib/target/ssh/resource-ids';
import { LabError } from '../topology-lab/plan';

/** The parts of a synthesized stack that a change reaches. */
interface HostResource {
  readonly triggers_replace: { bundle: string; readonly files: Record<string, string> };
}

/**
 * A synthesized stack in which a file of some hosts has another content, as a synth with another value writes it: the id
 * of the bundle changes wherever it stands.
 * @throws LabError when a host does not get the file, or the edit changes nothing
 */
export function withChangedFile(
  stack: string,
  hosts: readonly string[],
  path: string,
  edit: (content: string) => string,
): string {
  const tree = JSON.parse(stack) as { resource: { terraform_data: Record<string, HostResource> } };
  const ids = hosts.map((host) => {
    const trigger = tree.resource.terraform_data[hostResourceId(host)]?.triggers_replace;
    const content = trigger?.files[path];
    if (trigger === undefined || content === undefined) throw new LabError(`${host} does not get ${path}`);
    const changed = edit(content);
    if (changed === content) throw new LabError(`${path} of ${host} has nothing that can be changed`);
    trigger.files[path] = changed;
    const id = createHash('sha256')
      .update(trigger.bundle)
      .update(changed)
      .digest('hex')
      .slice(0, trigger.bundle.length);
    return [trigger.bundle, id] as const;
  });
  return ids.reduce((text, [before, after]) => text.replaceAll(before, after), JSON.stringify(tree));
}

/** A synthesized stack that tries for less time to reach a host. @param time as Terraform writes it, for instance `20s` */
export function withTimeout(stack: string, time: string): string {
  return JSON.stringify(JSON.parse(stack, (key, value: unknown) => (key === 'timeout' ? time : value)));
}
