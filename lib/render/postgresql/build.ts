import ipaddr from 'ipaddr.js';
import type { Topology } from '../../topology/topology';
import type { Bytes, EntityId } from '../../topology/units';
import { FormatError } from '../format-error';
import { hostedService, type ServiceOf } from '../hosted-service';
import type { HostBasedAuthentication, PostgreSqlParameter } from './syntax';

/** Everything that makes a host's PostgreSQL cluster `main` what it is. */
export interface PostgreSqlConfiguration {
  readonly service: ServiceOf<'postgresql'>;
  /** Folder of the configuration, as pg_ctlcluster(1) expects it. */
  readonly directory: string;
  readonly parameters: readonly PostgreSqlParameter[];
  readonly authentication: readonly HostBasedAuthentication[];
}

/** PostgreSQL counts buffers in pages of this size. */
const PAGE = 8192;

/** The configuration of a host's PostgreSQL; undefined where it runs none. */
export function build(topology: Topology, host: EntityId): PostgreSqlConfiguration | undefined {
  const service = hostedService(topology, host, 'postgresql');
  if (!service) return undefined;
  return FormatError.naming(service.path, () => {
    const directory = `/etc/postgresql/${version(service.settings.version)}/main`;
    return { service, directory, parameters: parameters(service, directory), authentication: authentication(service) };
  });
}

function parameters(service: ServiceOf<'postgresql'>, directory: string): PostgreSqlParameter[] {
  const { settings } = service;
  const cluster = `${settings.version}-main`;
  return [
    { name: 'data_directory', value: settings.dataDirectory },
    { name: 'hba_file', value: `${directory}/pg_hba.conf` },
    { name: 'ident_file', value: `${directory}/pg_ident.conf` },
    { name: 'external_pid_file', value: `/var/run/postgresql/${cluster}.pid` },
    { name: 'cluster_name', value: `${settings.version}/main` },
    // The address of the clients moves with the group, so the server listens on all; pg_hba.conf decides.
    { name: 'listen_addresses', value: settings.clients.length > 0 ? '*' : 'localhost' },
    { name: 'port', value: service.ports.find(({ protocol }) => protocol === 'tcp')?.port ?? 5432 },
    { name: 'unix_socket_directories', value: '/var/run/postgresql' },
    { name: 'max_connections', value: settings.maximumConnections },
    { name: 'password_encryption', value: 'scram-sha-256' },
    { name: 'ssl', value: false },
    { name: 'shared_buffers', value: `${buffers(settings.sharedBuffers)}kB` },
    { name: 'dynamic_shared_memory_type', value: 'posix' },
    // Defaults, written out: with any of them off, a takeover can find a database that was damaged by the crash (X2).
    { name: 'fsync', value: true },
    { name: 'full_page_writes', value: true },
    { name: 'synchronous_commit', value: settings.synchronousCommit },
    { name: 'log_line_prefix', value: '%m [%p] %q%u@%d ' },
    { name: 'log_timezone', value: 'Etc/UTC' },
    { name: 'timezone', value: 'Etc/UTC' },
    { name: 'lc_messages', value: 'C.UTF-8' },
  ];
}

/** Local users are those of the operating system; over the network only the declared clients come in, by password. */
function authentication(service: ServiceOf<'postgresql'>): HostBasedAuthentication[] {
  const networks = ['127.0.0.1/32', '::1/128', ...service.settings.clients.map(network)];
  return [
    { type: 'local', database: 'all', user: 'all', method: 'peer' },
    ...[...new Set(networks)].map((address): HostBasedAuthentication => ({
      type: 'host',
      database: 'all',
      user: 'all',
      address,
      method: 'scram-sha-256',
    })),
  ];
}

function network(cidr: string): string {
  return ipaddr.isValidCIDR(cidr) ? cidr : refuse('pg_hba.conf', 'a client network', 'is no CIDR', cidr);
}

function version(text: string): string {
  return /^\d+(\.\d+)?$/.test(text) ? text : refuse('postgresql.conf', 'the version', 'is no number like 15', text);
}

function buffers(size: Bytes): number {
  const kilobytes = Math.floor(size / PAGE) * (PAGE / 1024);
  // postgresql.conf(5): at least 128 kB
  return kilobytes >= 128 && Number.isSafeInteger(kilobytes)
    ? kilobytes
    : refuse('postgresql.conf', 'the size of the shared buffers', 'is below 128 kB', String(size));
}

function refuse(format: string, what: string, problem: string, value: string): never {
  throw new FormatError({ format, what, problem, remedy: 'correct it in the stack', value });
}
