import { lookup } from '../../topology/lookup';
import { instanceDirectory, instanceName, instanceUnit, QUEUE_PROGRAM } from '../../topology/mail-instances';
import type { MailServerSettings, ServiceFacts } from '../../topology/service';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { renderedUnit } from '../systemd/rendered-unit';
import { section } from '../systemd/unit-file';

/** The units of each mail server whose queue a cluster may mount on a host: at home there, or of the peer (S4). */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const facts = lookup(topology);
  return facts
    .clustersOf(host)
    .flatMap((cluster) => cluster.groups)
    .flatMap((group) => facts.servicesOf(group))
    .flatMap((service) => (service.settings.kind === 'mail-server' ? units(service, service.settings) : []));
}

function units({ path }: ServiceFacts, { serverName }: MailServerSettings): RenderedFile[] {
  const server = { name: serverName };
  const sections = [
    section('Unit', [
      ['Description', `Postfix of mail server ${serverName}`],
      ['After', 'network.target postfix.service'],
    ]),
    section('Service', [
      ['Type', 'forking'],
      ['GuessMainPID', 'no'],
      ['ExecStart', `${QUEUE_PROGRAM} start ${serverName}`],
      ['ExecStop', `${QUEUE_PROGRAM} stop ${serverName}`],
      // postmulti(1) would leave out an instance that it must not start itself.
      ['ExecReload', `/usr/sbin/postfix -c ${instanceDirectory(server)} reload`],
      // After a crash every file of the queue is looked at first (postsuper(1), -s).
      ['TimeoutStartSec', '15min'],
      ['TimeoutStopSec', '15min'],
    ]),
  ];
  return [
    renderedUnit(instanceUnit(server), path, sections),
    renderedUnit(`postfix@${instanceName(server)}.service.d/tandem.conf`, path, [
      // Debian makes a unit of each instance that postmulti(1) knows, and would start it with Postfix: never while it has files.
      section('Unit', [['ConditionPathExists', `!${instanceDirectory(server)}/main.cf`]]),
    ]),
  ];
}
