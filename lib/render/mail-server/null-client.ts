import type { Topology } from '../../topology/topology';
import { instanceDirectory } from '../../topology/mail-instances';
import type { MainCfParameter } from '../postfix/syntax';
import { domain, parameter, protocols } from '../postfix/words';
import type { MailHost } from './build';

/**
 * The default instance: a null client (STANDARD_CONFIGURATION_README), which takes mail of the host's own programs and hands it
 * to the host's mail server. It names the instances, so that `postqueue -c` and `postmulti` may work with them.
 */
export function nullClientParameters(topology: Topology, { pair, instances }: MailHost): MainCfParameter[] {
  const [origin = ''] = pair.domains;
  return [
    parameter('compatibility_level', '3.6'),
    // Of a server that greets by its own name Postfix takes that mail would go in a circle.
    parameter('myhostname', 'localhost'),
    parameter('myorigin', domain(origin, 'a domain of the pair')),
    parameter('mydestination'),
    parameter('relayhost', '[127.0.0.1]:25'),
    parameter('inet_interfaces', 'loopback-only'),
    parameter('inet_protocols', protocols(topology)),
    parameter('mynetworks', '127.0.0.0/8'),
    parameter('local_transport', 'error:5.1.1', 'no', 'mailbox', 'is', 'on', 'this', 'host'),
    parameter('alias_maps'),
    parameter('alias_database'),
    parameter('enable_long_queue_ids', 'yes'),
    parameter('append_dot_mydomain', 'no'),
    parameter('biff', 'no'),
    parameter('readme_directory', 'no'),
    parameter('multi_instance_directories', ...instances.map(({ server }) => instanceDirectory(server))),
  ];
}
