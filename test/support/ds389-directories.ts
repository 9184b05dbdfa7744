import {
  Consumer,
  type Deployment,
  DirectoryBackup,
  type DirectoryServer,
  Duration,
  FailoverGroup,
  Hub,
  MultiMasterGroup,
  UpdateMode,
  WindowsSync,
  ds389,
} from '../../lib/index';
import { DirectoryWorkshop } from './open-ldap-directories';

const interval = Duration.hours(1);

/** Servers of 389 Directory Server, each with ports of its own, so that one machine can run them all. */
function servers<N extends string>(workshop: DirectoryWorkshop, ...names: readonly N[]): Record<N, DirectoryServer> {
  return Object.fromEntries(
    names.map((name, index) => [
      name,
      workshop.server(name, { engine: ds389(), port: 3389 + index, tlsPort: 4636 + index }),
    ]),
  ) as Record<N, DirectoryServer>;
}

/** Two suppliers, a hub behind them, and a consumer without photos behind that. */
export function mesh(): Deployment {
  const workshop = new DirectoryWorkshop('ds389-mesh');
  const { one, two, hub, reader } = servers(workshop, 'one', 'two', 'hub', 'reader');
  const people = workshop.directory('people', {
    schemaOwner: one,
    schemaFiles: {
      groupware: [
        "attributeTypes: ( 1.3.6.1.4.1.32473.1.1 NAME 'groupwareQuota' DESC 'mégabytes' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )",
        "objectClasses: ( 1.3.6.1.4.1.32473.2.1 NAME 'groupwareUser' SUP top AUXILIARY MUST uid MAY ( groupwareQuota $ mail ) )",
      ],
    },
  });
  const group = new MultiMasterGroup(people, 'suppliers', { suppliers: [one, two], preferredWriter: one });
  const middle = new Hub(people, 'middle', { server: hub, from: group });
  new Consumer(people, 'end', {
    server: reader,
    from: middle,
    excludedAttributes: ['jpegPhoto', 'telephoneNumber'],
    authentication: 'simple',
  });
  new DirectoryBackup(people, 'dump', { server: two, interval });
  return workshop.deployment;
}

/** Two suppliers, one of which synchronises with a Windows domain (R49). */
export function withWindowsDomain(): Deployment {
  const workshop = new DirectoryWorkshop('ds389-windows');
  const { one, two } = servers(workshop, 'one', 'two');
  const people = workshop.directory('people', { schemaOwner: one });
  new MultiMasterGroup(people, 'suppliers', { suppliers: [one, two], preferredWriter: one });
  new WindowsSync(people, 'corp', {
    server: one,
    domainController: 'dc1.corp.example.com',
    windowsDomain: 'corp.example.com',
    windowsSubtree: 'OU=Staff\\, Paris,DC=corp,DC=example,DC=com',
    directorySubtree: 'ou=people,dc=example,dc=com',
  });
  new DirectoryBackup(people, 'dump', { server: two, interval });
  return workshop.deployment;
}

/** A failover group of three and a consumer that is fed at night. */
export function failover(): Deployment {
  const workshop = new DirectoryWorkshop('ds389-failover');
  const { one, two, three, four } = servers(workshop, 'one', 'two', 'three', 'four');
  const people = workshop.directory('people', { writeFailover: true, schemaOwner: one });
  const masters = new FailoverGroup(people, 'masters', { master: two, mirrors: [one, three] });
  new Consumer(people, 'shadow', {
    server: four,
    from: masters,
    updateMode: UpdateMode.during([
      { from: '22:00', to: '24:00', on: ['saturday', 'sunday'] },
      { from: '00:00', to: '04:30' },
    ]),
  });
  new DirectoryBackup(people, 'dump', { server: three, interval });
  return workshop.deployment;
}

/** One server without a directory. */
export function warm(): Deployment {
  const workshop = new DirectoryWorkshop('ds389-warm');
  servers(workshop, 'warm');
  return workshop.deployment;
}
