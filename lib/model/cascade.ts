import { bestPath } from '../topology/best-path';
import type { ReplicaAuthentication, SourceFacts } from '../topology/replication';
import type { EntityId } from '../topology/units';
import { type Directory, addReplica } from './directory';
import { agreementFacts } from './directory-agreement';
import type { DirectoryServer } from './directory-server';
import { Entity } from './entity';
import type { FailoverGroup } from './failover-group';
import type { MultiMasterGroup } from './multi-master-group';
import { parseOptions } from './replication-options';
import { SiteLink } from './site-link';
import type { TopologyParts } from './topology-parts';
import type { UpdateMode } from './values/update-mode';

/** Properties of a `Cascade`. */
export interface CascadeProps {
  /** The group whose changes are passed on. */
  readonly from: FailoverGroup | MultiMasterGroup;
  /** Servers that get copies. The first one of a site feeds the others of its site. */
  readonly servers: readonly DirectoryServer[];
  /** When updates are sent from site to site; within a site they come at once. @default UpdateMode.onChange() */
  readonly updateMode?: UpdateMode;
  /** @default 'strong' */
  readonly authentication?: ReplicaAuthentication;
}

/**
 * Copies on several sites, each site fed once: over the quickest lines, from the site before it on the way (R17, R36).
 * Servers that feed others become hubs, all others consumers. The way is found from the `SiteLink`s of the deployment;
 * a site that no line leads to is fed by the group itself, which rule `replication/reachable` judges.
 */
export class Cascade extends Entity {
  /** @throws ModelError `value/choice`, `directory/member` */
  constructor(
    private readonly directory: Directory,
    name: string,
    private readonly props: CascadeProps,
  ) {
    super(directory, name);
    this.choice('authentication', props.authentication, ['name-only', 'simple', 'strong']);
    const twice = props.servers.find((server, index) => props.servers.indexOf(server) !== index);
    const [wrong, problem] = twice
      ? [twice, 'stands twice']
      : [props.servers.find((one) => this.isMember(one)), 'is a member of the group'];
    if (wrong)
      throw this.wrong(
        'directory/member',
        `servers: a server ${problem}`,
        wrong.name,
        'name each copy once, no member',
      );
  }

  private isMember(server: DirectoryServer): boolean {
    return this.props.from.members().includes(server);
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    const { directory, props } = this;
    const local = parseOptions({ authentication: props.authentication }, directory.suffix);
    const remote = parseOptions(
      { authentication: props.authentication, updateMode: props.updateMode },
      directory.suffix,
    );
    const feeders = new Map(props.servers.map((server) => [server, this.feederOf(server)]));
    const feeding = new Set(feeders.values());
    for (const [server, feeder] of feeders) {
      addReplica(parts, this, directory, server, feeding.has(server) ? 'hub' : 'consumer', { updates: 'refer' });
      const sources: readonly SourceFacts[] = feeder
        ? [{ kind: 'server', server: feeder.entityId }]
        : props.from.sources();
      const sites = (feeder ? [feeder] : props.from.members()).map(siteOf);
      for (const source of sources) {
        const name = `${server.name} from ${source.kind === 'server' ? source.server : source.group}`;
        parts.replicationAgreements.push(
          agreementFacts(
            { id: `${this.entityId}/${name}`, path: `${this.node.path}/${name}` },
            directory,
            source,
            server,
            'derived',
            sites.includes(siteOf(server)) ? local : remote,
            feeding.has(server),
          ),
        );
      }
    }
  }

  /** The server that feeds another one; undefined for the group itself. */
  private feederOf(server: DirectoryServer): DirectoryServer | undefined {
    const first = this.firstOf(siteOf(server));
    if (first !== server) return first;
    const links = this.deployment.node.findAll().flatMap((one) => (one instanceof SiteLink ? [one.facts()] : []));
    const ways = this.props.from
      .members()
      .flatMap((member) => bestPath(links, siteOf(member), siteOf(server)) ?? [])
      .sort((a, b) => a.time - b.time);
    return ways[0]?.sites
      .slice(1, -1)
      .reverse()
      .map((site) => this.firstOf(site))
      .find((one) => one !== undefined);
  }

  private firstOf(site: EntityId): DirectoryServer | undefined {
    return this.props.servers.find((server) => siteOf(server) === site);
  }
}

const siteOf = (server: DirectoryServer): EntityId => server.host.site.entityId;
