import type { FencingParameterFacts } from '../topology/cluster';
import { Entity } from './entity';
import type { FailureDomain } from './failure-domain';
import type { Host } from './host';
import type { Site } from './site';
import { sortedIds } from './sorted';
import { stonithPlugins } from '../topology/stonith-plugins';
import type { TopologyParts } from './topology-parts';
import { parseInstance } from './values/kind';
import { SecretRef } from './values/secret-ref';
import { parsePattern, parseText } from './values/text';

/** Properties of a `FencingDevice`. */
export interface FencingDeviceProps {
  /** STONITH plugin of cluster-glue, for instance `external/ipmi`. */
  readonly plugin: string;
  /** Hosts it can reset. */
  readonly fences: readonly Host[];
  /** Parameters of the plugin by name, as `stonith -t PLUGIN -n` lists them; a password is a `SecretRef`. */
  readonly parameters: Readonly<Record<string, string | SecretRef>>;
  /**
   * The host that issues the command.
   * @default - any node that survives
   */
  readonly from?: Host;
  /**
   * Power feeds, racks and switches that take the device down when they fail.
   * @default - none declared
   */
  readonly on?: readonly FailureDomain[];
}

/** A power switch or service processor that resets a host before its services start elsewhere (X4). */
export class FencingDevice extends Entity {
  private readonly parameters: readonly { readonly name: string; readonly value: string | SecretRef }[];

  /** @throws ModelError `fencing/plugin`, `fencing/parameter`, `value/text` */
  constructor(
    site: Site,
    name: string,
    private readonly props: FencingDeviceProps,
  ) {
    super(site, name);
    this.given('plugin', () =>
      parsePattern(
        props.plugin,
        /^[a-z][A-Za-z0-9_/-]*$/,
        'fencing/plugin',
        'a plugin must be a name that `stonith -L` lists',
      ),
    );
    this.parameters = this.parametersInOrder();
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    parts.fencingDevices.push({
      ...this.identity,
      name: this.name,
      plugin: this.props.plugin,
      fences: sortedIds(this.props.fences),
      from: this.props.from?.entityId,
      parameters: this.parameters.map(({ name, value }): FencingParameterFacts => {
        if (typeof value === 'string') return { name, value };
        return { name, secret: parts.secret(value, 'a fencing device lets the cluster in', this.node.path) };
      }),
      failureDomains: sortedIds(this.props.on ?? []),
    });
  }

  private parametersInOrder(): readonly { readonly name: string; readonly value: string | SecretRef }[] {
    const { plugin, parameters } = this.props;
    const order = stonithPlugins[plugin] ?? Object.keys(parameters);
    const unknown = Object.keys(parameters).filter((name) => !order.includes(name));
    const last = Math.max(...Object.keys(parameters).map((name) => order.indexOf(name)));
    const missing = order.slice(0, last + 1).filter((name) => !(name in parameters));
    if (unknown.length + missing.length > 0) {
      throw this.wrong(
        'fencing/parameter',
        `parameters: plugin ${plugin} takes ${order.join(', ')}`,
        [...unknown.map((name) => `unknown ${name}`), ...missing.map((name) => `missing ${name}`)].join(', '),
        'give them by these names, without gaps',
      );
    }
    return order.flatMap((name): { readonly name: string; readonly value: string | SecretRef }[] => {
      const value = parameters[name];
      if (value === undefined) return [];
      if (typeof value !== 'string') return [{ name, value: this.given(name, () => parseInstance(value, SecretRef)) }];
      // ha.cf separates values by white space and has no quoting.
      const word = this.given(name, () =>
        parsePattern(
          parseText(value),
          /^[^\s#"'\\]+$/,
          'fencing/parameter',
          'a parameter must be one word without quotes',
        ),
      );
      return [{ name, value: word }];
    });
  }
}
