import type { DirectoryServerFacts } from '../../topology/replication';
import { instanceName } from './words';

/** The directory with what Tandem renders for an instance. */
export const renderedDirectory = (server: DirectoryServerFacts): string => `/etc/tandem/ds389/${instanceName(server)}`;

export const SETUP = '/usr/local/sbin/tandem-ds389-setup';
export const INITIALIZE = '/usr/local/sbin/tandem-ds389-initialize';
