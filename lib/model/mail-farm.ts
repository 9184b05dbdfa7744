import type { Deployment } from './deployment';
import { Entity } from './entity';
import type { MailPair } from './mail-pair';
import { parseMailWorkload, type MailWorkload } from './mail-workload';
import type { TopologyParts } from './topology-parts';

/** Properties of a `MailFarm`. */
export interface MailFarmProps {
  /** Pairs, on one site or several, that take the mail of the same domains (S9). */
  readonly pairs: readonly MailPair[];
  /** Mail that all of them together are expected to carry. @default - unknown */
  readonly workload?: MailWorkload;
}

/** Pairs of mail servers where two servers are not enough (S9). */
export class MailFarm extends Entity {
  /** @throws ModelError `mail/farm`, `mail/hostname`, `value/number` */
  constructor(
    scope: Deployment,
    name: string,
    private readonly props: MailFarmProps,
  ) {
    super(scope, name);
    const { pairs } = props;
    if (pairs.length === 0) throw this.wrong('mail/farm', 'pairs: a farm has no pair', name, 'name one');
    const twice = pairs.find((pair, index) => pairs.indexOf(pair) !== index);
    if (twice) throw this.wrong('mail/farm', 'pairs: a pair is named twice', twice.name, 'name it once');
    const servers = [...new Set(pairs.flatMap((pair) => pair.servers))];
    const names = servers.map(({ hostname }) => hostname);
    const shared = names.find((hostname, index) => names.indexOf(hostname) !== index);
    if (shared !== undefined)
      throw this.wrong('mail/hostname', 'pairs: two servers greet by one name', shared, 'give each its own hostname');
    this.optional('workload', props.workload, parseMailWorkload);
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    const { pairs, workload } = this.props;
    parts.mailFarms.push({
      ...this.identity,
      name: this.name,
      pairs: pairs.map((pair) => pair.entityId),
      ...(workload ? { workload: parseMailWorkload(workload) } : {}),
    });
  }
}
