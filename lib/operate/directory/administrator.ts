import { administratorOf } from '../../topology/openldap-names';
import type { DirectoryFacts, DirectoryServerFacts } from '../../topology/replication';
import { LdapError, RESULT, type LdapServers, type LdapSession } from '../ldap/session';

/** Values of secrets by name; undefined where nobody gave one. */
export type SecretValues = (name: string) => string | undefined;

/** Connects as the administrator of a directory. @throws LdapError, without the password in it */
export async function connectAsAdministrator(
  servers: LdapServers,
  secrets: SecretValues,
  directory: DirectoryFacts,
  server: DirectoryServerFacts,
): Promise<LdapSession> {
  const password = secrets(server.administratorSecret);
  if (password === undefined)
    throw new LdapError(`${server.name}: the secret ${server.administratorSecret} has no value`);
  const session = await servers.connect(server);
  try {
    await session.bind(administratorOf(directory), password);
    return session;
  } catch (error) {
    await session.close();
    if (error instanceof LdapError && error.code === RESULT.invalidCredentials)
      throw new LdapError(
        `${server.name}: does not take the password in secret ${server.administratorSecret}`,
        error.code,
      );
    throw error;
  }
}
