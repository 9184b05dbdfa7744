import { lookup } from '../../../lib/topology/lookup';
import type { ResourceGroupFacts } from '../../../lib/topology/cluster';
import type { ServiceFacts } from '../../../lib/topology/service';
import type { Topology } from '../../../lib/topology/topology';
import type { EntityId } from '../../../lib/topology/units';
import { LabError } from '../topology-lab/plan';

/** What the clients of some groups do: plain data, handed to their process as a file. */
export interface ClientPlan {
  /** Every client, each with a ledger of its own. */
  readonly clients: readonly ClientFacts[];
}

/** One client: one operation at a time, numbered, each written down with what became of it. */
export type ClientFacts =
  LdapFacts | DirectoryWriteFacts | DirectoryReadFacts | SqlFacts | SmtpFacts | MailFacts | ImapFacts | ProbeFacts;

interface Named {
  /** Name of the ledger. */
  readonly name: string;
  /** The service that it needs; absent for the address itself. */
  readonly service?: EntityId;
  /** The virtual address of its group: clients know no other. */
  readonly address: string;
}

/** A directory on one server, and who may write to it. */
export interface DirectoryNames {
  readonly port: number;
  readonly suffix: string;
  readonly administrator: string;
  /** Name of the secret that holds the administrator's password. */
  readonly secret: string;
}

/** Adds entries below the suffix of a directory. */
export interface LdapFacts extends Named, DirectoryNames {
  readonly kind: 'ldap';
}

/** Adds entries to whichever of several servers takes them: to the one that took the last, else to the next of the list. */
export interface DirectoryWriteFacts extends Named, DirectoryNames {
  readonly kind: 'directory-write';
  /** Addresses; the first is that of the client. */
  readonly servers: readonly string[];
}

/** Looks up in one server what was added a while ago: an answer that lacks it is none. */
export interface DirectoryReadFacts extends Named, DirectoryNames {
  readonly kind: 'directory-read';
  /** Name of the client that adds. */
  readonly writer: string;
}

/** Inserts rows. The database serves its own node, so the client logs in there by way of the address. */
export interface SqlFacts extends Named {
  readonly kind: 'sql';
  readonly port: number;
}

/** Sends messages. */
export interface SmtpFacts extends Named {
  readonly kind: 'smtp';
  readonly port: number;
  readonly recipient: string;
}

/** Sends messages to the servers of a mail pair in turn; a sink writes down what arrives. */
export interface MailFacts extends Named {
  readonly kind: 'mail';
  /** Addresses; the first is that of the client. */
  readonly servers: readonly string[];
  readonly port: number;
  readonly domain: string;
  /** File of the sink. */
  readonly arrivals: string;
}

/** Opens the mailbox that gets the messages. */
export interface ImapFacts extends Named {
  readonly kind: 'imap';
  readonly port: number;
  readonly user: string;
  /** Who may make mailboxes. */
  readonly administrator: string;
}

/** Opens a connection (`tcp`), or sends an echo request (`ping`). */
export interface ProbeFacts extends Named {
  readonly kind: 'tcp' | 'ping';
  readonly port: number;
}

/** The user of the directory who gets the mail of the drills. */
export const MAIL_USER = 'tandem-drill';

/** The kinds of clients whose operations leave something behind that can be counted. */
export function writes({ kind }: ClientFacts): boolean {
  return kind === 'ldap' || kind === 'directory-write' || kind === 'sql' || isSender(kind);
}

/** The kinds of clients whose messages are on their way for a while after they were taken. */
export function isSender(kind: ClientFacts['kind']): boolean {
  return kind === 'smtp' || kind === 'mail';
}

/** The clients of groups. @throws LabError for a group without a virtual address */
export function planClients(topology: Topology, groups: readonly ResourceGroupFacts[]): ClientPlan {
  return {
    clients: groups.flatMap((group): readonly ClientFacts[] => {
      const address = group.members.find((member) => member.kind === 'address')?.address;
      if (address === undefined)
        throw new LabError(`group '${group.name}' has no virtual address, so that no client can follow it`);
      const services = lookup(topology).servicesOf(group);
      const name = groups.length === 1 ? 'address' : `address-${group.name}`;
      return [
        { kind: 'ping', name, address, port: 0 },
        ...services.flatMap((service) => clientsOf(service, services, address)),
      ];
    }),
  };
}

function clientsOf(service: ServiceFacts, all: readonly ServiceFacts[], address: string): readonly ClientFacts[] {
  const named = { name: service.name, service: service.id, address };
  const { settings } = service;
  switch (settings.kind) {
    case 'openldap': {
      const { suffix, administrator, administratorSecret: secret } = settings;
      return [{ kind: 'ldap', ...named, port: portOf(service, 389), suffix, administrator, secret }];
    }
    case 'postgresql':
      return [{ kind: 'sql', ...named, port: portOf(service, 5432) }];
    case 'cyrus-imap':
      return [
        {
          kind: 'imap',
          ...named,
          port: portOf(service, 143),
          user: MAIL_USER,
          administrator: settings.administrators[0] ?? 'cyrus',
        },
      ];
    case 'postfix': {
      const [destination] = settings.destinations;
      // Without a mail store that can be read nobody could count what arrived.
      const readable = settings.delivery.kind === 'cyrus' && all.some((one) => one.settings.kind === 'cyrus-imap');
      return destination === undefined || !readable
        ? probes(service, address)
        : [{ kind: 'smtp', ...named, port: portOf(service, 25), recipient: `${MAIL_USER}@${destination}` }];
    }
    case 'mail-server':
      // Clients of a mail pair know both of its servers and follow none.
      return [];
    case 'saslauthd':
      // Every login of the IMAP client asks it.
      return [];
    case 'generic':
      return probes(service, address);
  }
}

function probes(service: ServiceFacts, address: string): readonly ClientFacts[] {
  return service.ports
    .filter(({ protocol, from }) => protocol === 'tcp' && from === 'clients')
    .slice(0, 1)
    .map(({ port }) => ({ kind: 'tcp', name: service.name, service: service.id, address, port }));
}

function portOf(service: ServiceFacts, usual: number): number {
  return service.ports.find(({ port }) => port === usual)?.port ?? service.ports[0]?.port ?? usual;
}
