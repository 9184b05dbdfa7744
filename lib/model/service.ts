import type { Construct } from 'constructs';
import type { ServiceFacts, ServicePortFacts, ServiceSettings, StatePathFacts } from '../topology/service';
import { Entity } from './entity';
import { sortedIds } from './sorted';
import type { TopologyParts } from './topology-parts';
import { DataSize } from './values/data-size';
import { parseScriptName, parseUnitName } from './values/name';
import { parsePort } from './values/number';
import { parseAbsolutePath } from './values/path';
import { parsePattern, parseText } from './values/text';
import { ValueError } from './values/value-error';

/** Properties that every service has. */
export interface ServiceProps {
  /** Init script that haresources calls. @default - the one of Debian's package, or the construct's name */
  readonly initScript?: string;
  /** systemd unit behind the init script. @default - the init script's name with `.service` */
  readonly unit?: string;
  /** Services that must run before it. @default - none */
  readonly requires?: readonly Service[];
  /** Memory it needs at full load (X6). @default - unknown */
  readonly memory?: DataSize;
  /** Processors it needs at full load, parts of one too (X6). @default - unknown */
  readonly processors?: number;
  /** State that may be lost with the node: the reason by directory. @default - none */
  readonly expendable?: Readonly<Record<string, string>>;
  /** Whether the init system starts it at boot; a cluster must do that alone (X17). @default false */
  readonly enabledAtBoot?: boolean;
}

/** Properties of a generic service. */
export interface GenericServiceProps extends ServiceProps {
  /** Directories that must survive the node, with what they hold. @default - none */
  readonly state?: Readonly<Record<string, string>>;
  /** TCP ports that clients use. @default - none */
  readonly ports?: readonly number[];
  /** Command that exits with 0 while the service works. @default - the unit's state is asked */
  readonly probe?: string;
}

/** What a kind of service adds to the common properties. */
export interface ServiceDetails {
  readonly initScript: string;
  readonly settings: ServiceSettings;
  readonly state: readonly { readonly directory: string; readonly holds: string; readonly expendable?: string }[];
  readonly ports: readonly ServicePortFacts[];
  readonly requires?: readonly Service[];
}

/** A service that a cluster starts and stops: any init script or unit, for instance Open-Xchange itself. */
export class Service extends Entity {
  /** @throws ModelError `value/init-script`, `value/unit-name`, `value/path`, `value/number`, `service/expendable` */
  constructor(
    scope: Construct,
    name: string,
    private readonly props: GenericServiceProps = {},
  ) {
    super(scope, name);
    this.given('initScript', () => parseScriptName(props.initScript ?? name));
    this.optional('unit', props.unit, parseUnitName);
    this.instances(DataSize, { memory: props.memory });
    this.optional('probe', props.probe, (probe) =>
      parsePattern(probe, /\S/, 'service/probe', 'a probe must be a command'),
    );
    this.optional('processors', props.processors, parseProcessors);
    props.ports?.forEach((port) => this.given('ports', () => parsePort(port)));
    for (const [directory, reason] of Object.entries(props.expendable ?? {})) {
      this.given('expendable', () => [parseAbsolutePath(directory), parseText(reason)]);
      if (reason.trim() === '')
        throw this.wrong('service/expendable', 'expendable: a reason is needed', directory, 'say why it may be lost');
    }
    for (const [directory, holds] of Object.entries(props.state ?? {})) {
      this.given('state', () => [parseAbsolutePath(directory), parseText(holds)]);
    }
  }

  /**
   * Directories whose writes must reach the disk in the order in which they were made (X2).
   * @internal
   */
  get orderedDirectories(): readonly string[] {
    return [];
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    const { props } = this;
    const details = this.details(parts);
    const initScript = props.initScript ?? details.initScript;
    const facts: ServiceFacts = {
      ...this.identity,
      name: initScript,
      unit: props.unit ?? `${initScript}.service`,
      settings: details.settings,
      state: details.state.map((state): StatePathFacts => ({
        ...state,
        expendable: props.expendable?.[state.directory] ?? state.expendable,
      })),
      ports: details.ports,
      requires: sortedIds([...new Set([...(props.requires ?? []), ...(details.requires ?? [])])]),
      memory: props.memory?.inBytes,
      processors: props.processors,
      enabledAtBoot: props.enabledAtBoot ?? false,
    };
    parts.services.push(facts);
  }

  /**
   * What this kind of service adds; a generic one says it in its properties.
   * @internal
   */
  protected details(_parts: TopologyParts): ServiceDetails {
    const { props } = this;
    return {
      initScript: this.name,
      settings: { kind: 'generic', probe: props.probe },
      state: Object.entries(props.state ?? {}).map(([directory, holds]) => ({ directory, holds })),
      ports: (props.ports ?? []).map((port) => ({ port, protocol: 'tcp', from: 'clients' })),
    };
  }
}

function parseProcessors(count: number): number {
  if (!Number.isFinite(count) || count <= 0 || count > 4096) {
    throw new ValueError(
      'value/number',
      'number is out of range',
      String(count),
      'give a number above 0 and up to 4096',
    );
  }
  return count;
}
