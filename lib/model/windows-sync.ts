import type { Directory } from './directory';
import type { DirectoryServer } from './directory-server';
import { Entity } from './entity';
import type { TopologyParts } from './topology-parts';
import { parseDistinguishedName } from './values/distinguished-name';
import { parseHostname } from './values/hostname';
import { parsePort } from './values/number';

/** Properties of a `WindowsSync`. */
export interface WindowsSyncProps {
  /** The server that keeps the agreement: a supplier on 389 Directory Server, which replicates onward what it gets. */
  readonly server: DirectoryServer;
  /** Host name of a domain controller. */
  readonly domainController: string;
  /** Port of LDAP over TLS: passwords are not taken over any other way. @default 636 */
  readonly port?: number;
  /** DNS name of the domain, for instance `corp.example.com`. */
  readonly windowsDomain: string;
  /** Distinguished name of the subtree of the domain. */
  readonly windowsSubtree: string;
  /** Distinguished name of the subtree of the directory. @default - the suffix */
  readonly directorySubtree?: string;
}

/** A synchronisation agreement with a Windows domain (R49). */
export class WindowsSync extends Entity {
  /** @throws ModelError `value/hostname`, `value/number`, `value/distinguished-name` */
  constructor(
    private readonly directory: Directory,
    name: string,
    private readonly props: WindowsSyncProps,
  ) {
    super(directory, name);
    this.given('domainController', () => parseHostname(props.domainController));
    this.given('windowsDomain', () => parseHostname(props.windowsDomain));
    this.optional('port', props.port, parsePort);
    this.given('windowsSubtree', () => parseDistinguishedName(props.windowsSubtree));
    this.optional('directorySubtree', props.directorySubtree, parseDistinguishedName);
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    const { props, directory } = this;
    parts.windowsSyncs.push({
      ...this.identity,
      name: this.name,
      directory: directory.entityId,
      server: props.server.entityId,
      domainController: props.domainController,
      port: props.port ?? 636,
      windowsDomain: props.windowsDomain,
      windowsSubtree: props.windowsSubtree,
      directorySubtree: props.directorySubtree ?? directory.suffix,
    });
  }
}
