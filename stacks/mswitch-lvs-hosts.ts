import type { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { MswitchTableHosts } from './mswitch-table-hosts';

/** The table pair of document 003 on two machines, and two more that share mail out to them by LVS (S3). */
export class MswitchLvsHosts extends MswitchTableHosts {
  constructor(scope: Construct, id = 'mswitch-lvs-hosts') {
    super(scope, id);
    const d = this.node.findChild(id) as ha.Deployment;
    const hq = d.node.findChild('hq') as ha.Site;
    const lan = hq.node.findChild('lan') as ha.Network;
    const hosts = [1, 2].map(
      (number) => new ha.Host(hq, `lb${number}`, { interfaces: { eth0: lan.address(`192.168.1.4${number}`) } }),
    );
    new ha.LoadBalancer(d, 'front', {
      address: lan.virtualAddress('192.168.1.40'),
      on: { hosts, software: 'lvs-keepalived' },
      services: [ha.BalancedService.mail([d.node.findChild('mx') as ha.MailPair])],
    });
    d.acknowledge('balancer/hang', 'an operator takes the power of a machine that hangs and keeps the address');
  }
}
