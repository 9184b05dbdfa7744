import type { DirectoryServerFacts } from '../../topology/replication';
import { instanceName } from './words';

/** Below it is what Tandem renders for each instance. */
export const RENDERED = '/etc/tandem/ds389';

/** The directory with what Tandem renders for an instance. */
export const renderedDirectory = (server: DirectoryServerFacts): string => `${RENDERED}/${instanceName(server)}`;

export const SETUP = '/usr/local/sbin/tandem-ds389-setup';
export const INITIALIZE = '/usr/local/sbin/tandem-ds389-initialize';
