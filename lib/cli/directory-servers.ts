import { existsSync } from 'node:fs';
import path from 'node:path';
import { certificatesFolder } from '../certificates/certificate-folder';
import type { SecretValues } from '../operate/directory/administrator';
import { ldifEntries } from '../operate/directory/configuration';
import type { DirectoryOperation } from '../operate/directory/directory-operation';
import { openLdap } from '../operate/ldap/open-ldap';
import type { LdapEntry, LdapServers } from '../operate/ldap/session';
import type { Operation } from '../operate/pair/operation';
import { secretsFileName } from '../topology/secret';
import { lookup } from '../topology/lookup';
import type { Topology } from '../topology/topology';
import type { EntityId } from '../topology/units';
import { hostsFolder } from './deployment-file';
import type { DirectoryOptions } from './directory-options';
import { readInput } from './files';
import type { Io } from './io';
import { UserError } from './user-error';

/** The directory servers of a deployment, over TLS. @throws UserError when the authorities can not be read */
export function ldapOf(topology: Topology, { ca }: DirectoryOptions, io: Io): LdapServers {
  if (io.ldap) return io.ldap(topology);
  const usual = path.join(certificatesFolder(io.directory, topology.name), 'ca.pem');
  if (ca === undefined && !existsSync(usual))
    throw new UserError(
      `${path.relative(io.directory, usual)} is not there, so no directory server can be trusted; name the certificate of its authority with --ca`,
    );
  return openLdap(topology, { authorities: readInput(ca ?? usual, io.directory).text });
}

/** The values of secrets. A file that is named has to be there. */
export function secretsOf(topology: Topology, { secrets }: DirectoryOptions, io: Io): SecretValues {
  const usual = path.join(io.directory, secretsFileName(topology.name));
  if (secrets === undefined && !existsSync(usual)) return () => undefined;
  const file = secrets ?? usual;
  let values: unknown;
  try {
    values = JSON.parse(readInput(file, io.directory).text);
  } catch (error) {
    // The parser quotes the text in its message, and the text has passwords in it.
    if (!(error instanceof SyntaxError)) throw error;
    values = undefined;
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    throw new UserError(`${file} is no JSON object; name the file that 'tandem secrets init' wrote`);
  return (name) => {
    const value = (values as Record<string, unknown>)[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
}

/** The rendered `cn=config` of each server. */
export function renderedOf(
  deployment: string,
  topology: Topology,
  { output }: DirectoryOptions,
  io: Io,
): (server: EntityId) => readonly LdapEntry[] | undefined {
  const folder = hostsFolder(deployment, output, topology, io);
  return (id) => {
    const server = topology.directoryServers.find((one) => one.id === id);
    if (!server) return undefined;
    const file = path.join(folder, lookup(topology).host(server.host).name, 'etc/ldap/slapd.ldif');
    return existsSync(file) ? ldifEntries(readInput(file, io.directory).text) : undefined;
  };
}

/** What an operation on directory servers works with. */
export function directoryWork(
  deployment: string,
  options: DirectoryOptions,
  io: Io,
  operation: Operation,
  topology: Topology,
): DirectoryOperation {
  return {
    operation,
    topology,
    servers: ldapOf(topology, options, io),
    secrets: secretsOf(topology, options, io),
    rendered: renderedOf(deployment, topology, options, io),
  };
}
