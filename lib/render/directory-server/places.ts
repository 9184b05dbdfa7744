import { databaseFolder } from '../../topology/openldap-names';
import type { DirectoryFacts } from '../../topology/replication';
import { plainName } from '../pattern';

const nameOf = ({ name }: DirectoryFacts): string => plainName('slapd.ldif', 'the name of a directory', name);

/** Where the databases of a directory lie. */
export const directoryRoot = (directory: DirectoryFacts): string => databaseFolder({ name: nameOf(directory) });

/** Where its entries lie. */
export const dataDirectory = (directory: DirectoryFacts): string => `${directoryRoot(directory)}/data`;

/** Where its log of changes lies. */
export const logDirectory = (directory: DirectoryFacts): string => `${directoryRoot(directory)}/changes`;

/** The suffix of its log of changes. */
export const logSuffix = (directory: DirectoryFacts): string => `cn=changes of ${nameOf(directory)}`;
