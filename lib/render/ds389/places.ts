import type { DirectoryServerFacts } from '../../topology/replication';
import { instanceName } from './words';

/** Below it is what Tandem renders for each instance. */
export const RENDERED = '/etc/tandem/ds389';

/** The directory with what Tandem renders for an instance. */
export const renderedDirectory = (server: DirectoryServerFacts): string => `${RENDERED}/${instanceName(server)}`;

/** Where the server of an instance may write and read LDIF (`ldif_dir` of its defaults). */
export const ldifDirectory = (instance: string): string => `/var/lib/dirsrv/slapd-${instance}/ldif`;

/** How the local root reaches the server of an instance. */
export const localUrl = (instance: string): string => `ldapi://%2Frun%2Fslapd-${instance}.socket`;

export const SETUP = '/usr/local/sbin/tandem-ds389-setup';
export const INITIALIZE = '/usr/local/sbin/tandem-ds389-initialize';
