import type { HaCfDirective } from '../../render/ha-cf/syntax';
import type { SourceLocation } from '../../render/source';
import type { FencingDeviceFacts, FencingParameterFacts } from '../../topology/cluster';
import { pluginBehind, stonithPlugins } from '../../topology/stonith-plugins';
import type { EntityId } from '../../topology/units';
import { isAddress } from '../networks';

/** Parameters of plugins whose values are nobody's business. */
const SECRETS: ReadonlySet<string> = new Set(['passwd', 'password', 'community']);

/** A device with the place of its line. */
export interface PlacedFencing {
  readonly facts: FencingDeviceFacts;
  readonly location?: SourceLocation;
}

/**
 * The fencing device of a `stonith_host` or `stonith` line. No secret is kept: a password, and every parameter of an
 * unknown plugin that is neither a node nor an address, becomes the name of a secret.
 */
export function fencingOf(
  directive: HaCfDirective,
  index: number,
  nodes: readonly EntityId[],
): PlacedFencing | undefined {
  const [first, ...others] = directive.words;
  const hosted = directive.name === 'stonith_host';
  const written = hosted ? others[0] : first;
  if (written === undefined) return undefined;
  const plugin = pluginBehind(written) ?? written;
  const values = hosted ? others.slice(1) : others;
  const name = `stonith-${index + 1}`;
  const known = hosted ? stonithPlugins[plugin] : undefined;
  const parameters = values.map((value, place): FencingParameterFacts => {
    const parameter = known?.[place] ?? (hosted ? `parameter${place + 1}` : 'configuration');
    const shown = !hosted || (known?.[place] ? !SECRETS.has(parameter) : nodes.includes(value) || isAddress(value));
    return shown
      ? { name: parameter, value }
      : { name: parameter, secret: `adopted_${name.replace('-', '_')}_${parameter}` };
  });
  const fences = nodes.filter((node) => values.some((value) => value.split(/[\s,]+/u).includes(node)));
  return {
    facts: {
      id: name,
      path: name,
      name,
      plugin,
      fences: [...fences].sort(),
      from: hosted && first !== undefined && nodes.includes(first) ? first : undefined,
      parameters,
      failureDomains: [],
    },
    location: directive.location,
  };
}
