import type { Topology } from '../../topology/topology';
import { instanceDirectory } from '../../topology/mail-instances';
import type { MainCfParameter } from '../postfix/syntax';
import { domain, nextHop, parameter, protocols } from '../postfix/words';
import { ownAddress, type MailHost } from './build';

/**
 * The default instance: a null client (STANDARD_CONFIGURATION_README), which takes mail of the host's own programs and hands it
 * to the host's mail server. It names the instances to postmulti(1), which starts this one alone: the others are not enabled, as a
 * queue may be another host's (MULTI_INSTANCE_README).
 */
export function nullClientParameters(topology: Topology, { pair, instances }: MailHost): MainCfParameter[] {
  const [own] = instances;
  const [origin = ''] = pair.domains;
  return [
    parameter('compatibility_level', '3.6'),
    parameter('myorigin', domain(origin, 'a domain of the pair')),
    parameter('mydestination'),
    // By the address of the host: 127.0.0.1 is this instance's own, and mail would seem to go in a circle.
    parameter('relayhost', nextHop(`[${ownAddress(topology, own.server)}]:25`)),
    parameter('inet_interfaces', 'loopback-only'),
    // Likewise of a server that greets by its own name.
    parameter('myhostname', 'localhost'),
    parameter('inet_protocols', protocols(topology)),
    parameter('mynetworks', '127.0.0.0/8'),
    parameter('local_transport', 'error:5.1.1', 'no', 'mailbox', 'is', 'on', 'this', 'host'),
    parameter('alias_maps'),
    parameter('alias_database'),
    parameter('enable_long_queue_ids', 'yes'),
    parameter('append_dot_mydomain', 'no'),
    parameter('biff', 'no'),
    parameter('readme_directory', 'no'),
    // With other instances, postfix(1) leaves it to postmulti(1) what is done with which.
    parameter('multi_instance_wrapper', '/usr/sbin/postmulti', '-p', '--'),
    parameter('multi_instance_enable', 'yes'),
    parameter('multi_instance_directories', ...instances.map(({ server }) => instanceDirectory(server))),
  ];
}
