import 'tandem-ha/testing';
import * as ha from 'tandem-ha';

const d = new ha.Deployment(undefined, 'people', { timeServers: ['192.0.2.1'] });
const [hq, far] = [new ha.Site(d, 'hq'), new ha.Site(d, 'far')];
const lan = new ha.Network(hq, 'lan', { cidr: '192.0.2.0/24' });
const remote = new ha.Network(far, 'lan', { cidr: '198.51.100.0/24' });
new ha.SiteLink(d, 'line', {
  sites: [hq, far],
  speed: ha.DataRate.megabitsPerSecond(100),
  roundTripTime: ha.Duration.milliseconds(20),
});
const server = (site: ha.Site, name: string, eth0: ha.NetworkAddress): ha.DirectoryServer =>
  new ha.DirectoryServer(d, name, { host: new ha.Host(site, `${name}-host`, { interfaces: { eth0 } }) });
const [one, two] = [server(hq, 'one', lan.address('192.0.2.11')), server(hq, 'two', lan.address('192.0.2.12'))];
const three = server(far, 'three', remote.address('198.51.100.11'));

const people = new ha.Directory(d, 'people', {
  suffix: 'dc=example,dc=com',
  purposes: ['availability', 'survivability'],
  writeFailover: true,
  schemaOwner: one,
});
const masters = new ha.FailoverGroup(people, 'masters', { master: one, mirrors: [two, three] });
new ha.Consumer(people, 'web', {
  server: server(hq, 'four', lan.address('192.0.2.14')),
  from: masters,
  excludedAttributes: ['jpegPhoto'],
});
new ha.DirectoryBackup(people, 'dump', { server: two, interval: ha.Duration.hours(1) });

test('the design has no findings', () => {
  expect(d).toHaveNoFindings();
});
