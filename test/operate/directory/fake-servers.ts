import type { DirectoryOperation } from '../../../lib/operate/directory/directory-operation';
import type { LdapChange, LdapEntry, LdapServers, LdapSession } from '../../../lib/operate/ldap/session';
import { LdapError } from '../../../lib/operate/ldap/session';
import type { Topology } from '../../../lib/topology/topology';

/** A server as a test has it: attributes of its database and of its log of changes, and the newest change that it holds. */
export interface FakeServer {
  readonly log?: Record<string, string[]>;
  readonly database: Record<string, string[]>;
  context: string[];
  down?: boolean;
  /** What becomes of a change of `cn=config`. */
  refuse?(changes: readonly LdapChange[]): Error | undefined;
}

const DATABASE = 'olcDatabase={2}mdb,cn=config';
const LOG = 'olcDatabase={1}mdb,cn=config';

/** The servers of a topology, in memory. */
export function fakeServers(topology: Topology, servers: Readonly<Record<string, FakeServer>>): LdapServers {
  const suffix = topology.directories[0]?.suffix ?? '';
  return {
    connect: (server) => {
      const fake = servers[server.name];
      if (!fake || fake.down) return Promise.reject(new LdapError('connection refused'));
      const session: LdapSession = {
        server,
        certificateEnds: new Date('2027-01-01'),
        bind: () => Promise.resolve(),
        search: ({ base, scope }): Promise<readonly LdapEntry[]> => {
          if (base === DATABASE && scope === 'one')
            return Promise.resolve(
              fake.log ? [{ dn: `olcOverlay={1}accesslog,${DATABASE}`, values: { olcaccesslogdb: ['cn=log'] } }] : [],
            );
          if (base === 'cn=config')
            return Promise.resolve(
              fake.log?.['olcRestrict']?.includes('all') ? [{ dn: LOG, values: { olcsuffix: ['cn=log'] } }] : [],
            );
          if (base === DATABASE)
            return Promise.resolve([
              {
                dn: DATABASE,
                values: {
                  objectclass: ['olcMdbConfig'],
                  olcsuffix: [suffix],
                  ...Object.fromEntries(
                    Object.entries(fake.database).map(([name, value]) => [name.toLowerCase(), value]),
                  ),
                },
              },
            ]);
          return Promise.resolve(base === suffix ? [{ dn: base, values: { contextcsn: fake.context } }] : []);
        },
        pages: async function* () {},
        modify: (name, changes) => {
          const entry = (name === LOG ? fake.log : undefined) ?? fake.database;
          const refusal = fake.refuse?.(changes);
          if (refusal) return Promise.reject(refusal);
          for (const { attribute, values } of changes) entry[attribute] = [...values];
          return Promise.resolve();
        },
        close: () => Promise.resolve(),
      };
      return Promise.resolve(session);
    },
  };
}

/** An operation among them that says yes; the clock runs with what it waits. */
export function workOn(
  topology: Topology,
  servers: Readonly<Record<string, FakeServer>>,
): { readonly work: DirectoryOperation; readonly said: string[] } {
  const said: string[] = [];
  let clock = 0;
  return {
    said,
    work: {
      topology,
      servers: fakeServers(topology, servers),
      secrets: () => 'password',
      rendered: () => undefined,
      operation: {
        remote: { run: () => Promise.reject(new Error('no host is asked')), close: () => Promise.resolve() },
        say: (line) => void said.push(line),
        confirm: () => Promise.resolve(true),
        now: () => clock,
        pause: (milliseconds) => {
          clock += milliseconds;
          return Promise.resolve();
        },
        interrupted: new AbortController().signal,
      },
    },
  };
}
