import type * as Ldapts from 'ldapts' with { 'resolution-mode': 'import' };
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { lookup } from '../../topology/lookup';
import type { DirectoryServerFacts } from '../../topology/replication';
import type { Topology } from '../../topology/topology';
import { addressesOf } from '../remote/addresses';
import { firstAnswer } from '../remote/first-answer';
import { LdapError, RESULT, type LdapEntry, type LdapServers, type LdapSession } from './session';

/** How servers are reached. */
export interface OpenLdapOptions {
  /** Certificates of the authorities that are believed, as PEM. */
  readonly authorities: string;
  /** Milliseconds for a connection. @default 3000 */
  readonly connectTimeout?: number;
  /** Milliseconds for one request. @default 5000 */
  readonly timeout?: number;
}

/** Milliseconds after which the next address of a server is tried beside the last. */
const STAGGER = 250;

const PAGE = 1000;

/**
 * The directory servers of a deployment over TLS. A server is tried by its name and at each address of its host; its
 * certificate has to be for its name, whatever address answers.
 */
export function openLdap(topology: Topology, options: OpenLdapOptions): LdapServers {
  return {
    connect: async (server) => {
      const candidates = [...new Set([server.hostname, ...addressesOf(topology, lookup(topology).host(server.host))])];
      const { won } = firstAnswer(candidates, {
        attempt: (address) => connectTo(server, address, options),
        discard: (late) => late.close(),
        stagger: STAGGER,
      });
      try {
        return await won;
      } catch (error) {
        throw new LdapError(reasonOf(error, candidates));
      }
    },
  };
}

/** The reason of each address, without those that only repeat another one. */
function reasonOf(error: unknown, candidates: readonly string[]): string {
  if (!(error instanceof AggregateError)) return (error as Error).message;
  return error.errors
    .map((one: Error, index) => `${candidates[index]}: ${one.message}`)
    .filter((text, index, all) => all.indexOf(text) === index)
    .join(', ');
}

async function connectTo(
  server: DirectoryServerFacts,
  address: string,
  { authorities, connectTimeout = 3000, timeout = 5000 }: OpenLdapOptions,
): Promise<LdapSession> {
  const { Client, Change, Attribute } = await import('ldapts');
  const socket = await handshake(server, address, authorities, connectTimeout);
  const ends = new Date(socket.getPeerCertificate().valid_to);
  let used = false;
  const client = new Client({
    url: `ldaps://${address.includes(':') ? `[${address}]` : address}:${server.tlsPort}`,
    timeout,
    connectTimeout,
    strictDN: false,
    tlsOptions: { rejectUnauthorized: true },
    // The client would connect anew, and without an identity, when the server has closed the connection.
    createSecureConnection: (() => {
      if (used) throw new LdapError(`${server.name} has closed the connection`);
      used = true;
      return socket;
    }) as unknown as typeof connectTls,
  });
  return session(server, ends, client, socket, (change) => {
    const { operation, attribute: type, values } = change;
    return new Change({ operation, modification: new Attribute({ type, values: [...values] }) });
  });
}

function handshake(
  { hostname, tlsPort }: DirectoryServerFacts,
  host: string,
  ca: string,
  timeout: number,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host, port: tlsPort, servername: hostname, ca, minVersion: 'TLSv1.2' });
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new LdapError(`no answer within ${timeout / 1000} s`));
    }, timeout);
    socket.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(new LdapError(error.code === 'ECONNREFUSED' ? 'connection refused' : error.message));
    });
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      // Until the client listens; it sees that the connection is gone by itself.
      socket.on('error', () => undefined);
      socket.setNoDelay(true);
      resolve(socket);
    });
  });
}

function session(
  server: DirectoryServerFacts,
  certificateEnds: Date,
  client: Ldapts.Client,
  socket: TLSSocket,
  changeOf: (change: Parameters<LdapSession['modify']>[1][number]) => Ldapts.Change,
): LdapSession {
  const asked = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      // A search for what is not there, and a refusal, name no values.
      const { code, message } = error as { code?: unknown; message: string };
      throw new LdapError(`${server.name}: ${what}: ${message}`, typeof code === 'number' ? code : undefined);
    }
  };
  const optionsOf = ({ scope, filter, attributes, limit }: Parameters<LdapSession['search']>[0]): object => ({
    scope,
    filter: filter ?? '(objectClass=*)',
    attributes: [...attributes],
    sizeLimit: limit ?? 0,
  });
  return {
    server,
    certificateEnds,
    bind: (name, password) => asked(`bind as ${name}`, () => client.bind(name, password)),
    search: async (search) => {
      try {
        const { searchEntries } = await asked(`search in ${search.base}`, () =>
          client.search(search.base, optionsOf(search)),
        );
        return searchEntries.map(entryOf);
      } catch (error) {
        if (error instanceof LdapError && error.code === RESULT.noSuchObject) return [];
        throw error;
      }
    },
    pages: async function* (search) {
      const pages = client.searchPaginated(search.base, { ...optionsOf(search), paged: { pageSize: PAGE } });
      for (;;) {
        const { done, value } = await asked(`search in ${search.base}`, () => pages.next());
        if (done === true) return;
        yield value.searchEntries.map(entryOf);
      }
    },
    modify: (name, changes) =>
      asked(`change of ${name}`, () =>
        client.modify(
          name,
          changes.map((change) => changeOf(change)),
        ),
      ),
    close: async () => {
      // A connection that was never used is unknown to the client, and would keep the process alive.
      await client.unbind().catch(() => undefined);
      socket.destroy();
    },
  };
}

function entryOf({ dn, ...attributes }: Ldapts.Entry): LdapEntry {
  return {
    dn,
    values: Object.fromEntries(
      // The client gives an attribute that was asked for and is not there no values.
      Object.entries(attributes).flatMap(([name, value]) => {
        const values: readonly (string | Buffer)[] = Array.isArray(value) ? value : [value];
        if (values.length === 0) return [];
        return [[name.toLowerCase(), values.map((one) => (typeof one === 'string' ? one : one.toString('base64')))]];
      }),
    ),
  };
}
