import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { SshTarget } from 'tandem-ha/target';

/** A master, two mirrors and a fourth server that shadows from their group (F30), as OpenLDAP on four machines. */
export class MvaultFailover extends TerraformStack {
  constructor(scope: Construct, id = 'mvault-failover') {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const d = new ha.Deployment(this, id, { timeServers: ['192.168.1.1'] });

    const hq = new ha.Site(d, 'hq');
    const lan = new ha.Network(hq, 'lan', { cidr: '192.168.1.0/24', speed: ha.DataRate.gigabitsPerSecond(1) });
    // A feed of its own for each member: no single fault takes two of them.
    const server = (number: number): ha.DirectoryServer =>
      new ha.DirectoryServer(d, `dsa${number}`, {
        host: new ha.Host(hq, `ldap${number}`, {
          interfaces: { eth0: lan.address(`192.168.1.${10 + number}`) },
          on: [new ha.PowerFeed(hq, `feed-${number}`)],
        }),
        identity: `cn=dsa${number},o=example`,
      });
    const [dsa1, dsa2, dsa3, dsa4] = [server(1), server(2), server(3), server(4)];

    const people = new ha.Directory(d, 'people', {
      suffix: 'dc=example,dc=com',
      purposes: ['availability', 'read-capacity'],
      writeFailover: true,
      schemaOwner: dsa1,
      load: { entries: 10_000 },
    });
    const group = { master: dsa1, mirrors: [dsa2, dsa3], groupIdentity: 'cn=people,o=example' };
    const members = new ha.FailoverGroup(people, 'members', group);
    // Follows whoever is master, also after a switch of the group.
    new ha.Consumer(people, 'shadow', { server: dsa4, from: members });
    // A mirror makes the dumps, so that the master has its time for clients.
    new ha.DirectoryBackup(people, 'dump', { server: dsa2, interval: ha.Duration.hours(1) });
    new SshTarget(this, 'ssh', { deployment: d });
  }
}
