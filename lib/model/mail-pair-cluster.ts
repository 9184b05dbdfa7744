import type { Construct } from 'constructs';
import { instanceName } from '../topology/mail-instances';
import { Mount } from './member';
import type { MailServer } from './mail-server';
import { ResourceGroup } from './resource-group';
import { Service, type ServiceDetails } from './service';

/** The Postfix instance of a mail server, as a service that a cluster starts on either host. */
class MailServerInstance extends Service {
  constructor(
    scope: Construct,
    private readonly server: MailServer,
  ) {
    super(scope, instanceName(server), {});
  }

  /** @internal */
  protected override details(): ServiceDetails {
    const { queueDirectory, dataDirectory } = this.server;
    return {
      initScript: this.name,
      settings: { kind: 'mail-server', server: this.server.entityId, serverName: this.server.name },
      state: [
        { directory: queueDirectory, holds: 'mail queue' },
        { directory: dataDirectory, holds: 'caches', expendable: 'Postfix makes its locks and caches anew' },
      ],
      ports: [{ port: 25, protocol: 'tcp', from: 'clients' }],
    };
  }
}

/**
 * The groups of a pair whose hosts are nodes of a Heartbeat cluster: the queue of each server with its Postfix, at home on its
 * own host (S3, S4). None where a server is not Postfix, both are on one host, or a queue lies on the disk of a host or on a
 * volume of Docker, whose containers watch each other without Heartbeat.
 */
export function queueGroups(pair: Construct, servers: readonly MailServer[]): readonly ResourceGroup[] {
  const hosts = servers.map(({ host }) => host);
  const queues = servers.flatMap((server) => {
    const { queue, software } = server;
    return software === 'postfix' && queue instanceof Mount && !onDocker(queue) ? [{ server, queue }] : [];
  });
  if (queues.length < servers.length || new Set(hosts).size < hosts.length) return [];
  return queues.map(
    ({ server, queue }) =>
      new ResourceGroup(pair, server.name, hosts, {
        preferred: server.host,
        address: [],
        members: [queue, new MailServerInstance(pair, server)],
      }),
  );
}

const onDocker = ({ source }: Mount): boolean => 'shared' in source && source.shared.kind === 'docker';
