import type { DirectoryEngine, DirectoryPlugin } from '../topology/replication';
import type { Deployment } from './deployment';
import { secretPrefix } from './drbd-defaults';
import { Entity } from './entity';
import type { Host } from './host';
import type { TopologyParts } from './topology-parts';
import { byCodeUnits } from '../topology/order';
import { parseAttributeType } from './values/attribute-type';
import { parseDistinguishedName, parseSuffix } from './values/distinguished-name';
import { parseHostname } from './values/hostname';
import { parsePort, parseWholeNumber } from './values/number';
import { SecretRef } from './values/secret-ref';
import { parsePattern } from './values/text';
import { parseVersion } from './values/version';

/** The software of a directory server and its version, for instance `{ name: 'openldap', version: '2.5' }`. */
export interface Engine {
  readonly name: DirectoryEngine;
  readonly version: string;
}

/** slapd(8) of OpenLDAP. @default version '2.5', that of Debian 12 */
export const openldap = (version = '2.5'): Engine => ({ name: 'openldap', version });

/** 389 Directory Server. @default version '2.3', that of Debian 12 */
export const ds389 = (version = '2.3'): Engine => ({ name: 'ds389', version });

/** The names in a certificate that a user brings along. */
export interface CertificateProps {
  /** Subject, for instance `cn=ldap1,o=Example`. */
  readonly subject: string;
  /** Distinguished names among the subject's alternative names. @default - none */
  readonly directoryNames?: readonly string[];
  /** Host names among the subject's alternative names. @default - none */
  readonly dnsNames?: readonly string[];
}

/** A subtree that a server fetches from another one: chaining (R43). */
export interface DatabaseLinkProps {
  /** Distinguished name of the subtree. */
  readonly suffix: string;
  /** LDAP URL of the server that has the data, without a name: `ldaps://ldap.example.net`. With `ldap` StartTLS is used. */
  readonly url: string;
  /** How the configuration of the link is backed up; replication does not do it. @default - it is not */
  readonly backedUpBy?: string;
}

/** Properties of a `DirectoryServer`. */
export interface DirectoryServerProps {
  /** The machine that it runs on: another one for each server of a directory (F29). */
  readonly host: Host;
  /** @default openldap() */
  readonly engine?: Engine;
  /** @default 389 */
  readonly port?: number;
  /** @default 636 */
  readonly tlsPort?: number;
  /** Distinguished name of the server among servers (F12). @default - `cn=` and its name */
  readonly identity?: string;
  /** Name by which other servers reach it, and that its certificate must hold. @default - the name of the host */
  readonly hostname?: string;
  /**
   * OpenLDAP's server id, which stands in the number of each of its changes: a server that runs must keep it.
   * @default - from 1 on in the order of the stack, so that a new server belongs at the end
   */
  readonly serverId?: number;
  /** Names in the certificate of the server. @default - Tandem makes one that holds all that are needed */
  readonly certificate?: CertificateProps;
  /** Plug-ins that are switched on (R42). @default - none */
  readonly plugins?: readonly DirectoryPlugin[];
  /**
   * Attributes whose values the plug-in `attribute-uniqueness` lets no two entries of a directory have.
   * @default ['uid'], as 389 Directory Server has it
   */
  readonly uniqueAttributes?: readonly string[];
  /** @default - none */
  readonly databaseLinks?: readonly DatabaseLinkProps[];
  /**
   * The password of the administrator; files get its hash. OpenLDAP: of `cn=admin` below each suffix.
   * @default - a secret named after the deployment, one for all its directory servers
   */
  readonly administratorPassword?: SecretRef;
}

/** One process of a directory server on a host. What it does for which directory, the directories say. */
export class DirectoryServer extends Entity {
  readonly engine: Engine;
  readonly host: Host;

  /**
   * @throws ModelError `value/version`, `value/number`, `value/distinguished-name`, `value/suffix`, `value/hostname`,
   * `value/choice`, `value/attribute-type`, `value/ldap-url`, `directory/plugin`
   */
  constructor(
    scope: Deployment,
    name: string,
    private readonly props: DirectoryServerProps,
  ) {
    super(scope, name);
    this.host = props.host;
    this.engine = props.engine ?? openldap();
    this.choice('engine', this.engine.name, ['openldap', 'ds389']);
    this.given('engine', () => parseVersion(this.engine.version));
    this.optional('port', props.port, parsePort);
    this.optional('tlsPort', props.tlsPort, parsePort);
    this.optional('identity', props.identity, parseDistinguishedName);
    this.optional('hostname', props.hostname, parseHostname);
    this.optional('serverId', props.serverId, (id) => parseWholeNumber(id, 0, 4095));
    const { certificate } = props;
    if (certificate) {
      this.given('certificate', () => parseDistinguishedName(certificate.subject));
      certificate.directoryNames?.forEach((text) => this.given('certificate', () => parseDistinguishedName(text)));
      certificate.dnsNames?.forEach((text) => this.given('certificate', () => parseHostname(text)));
    }
    props.plugins?.forEach((plugin) =>
      this.choice('plugins', plugin, ['attribute-uniqueness', 'referential-integrity']),
    );
    props.uniqueAttributes?.forEach((name) => this.given('uniqueAttributes', () => parseAttributeType(name)));
    if (props.uniqueAttributes && !props.plugins?.includes('attribute-uniqueness'))
      throw this.wrong(
        'directory/plugin',
        'uniqueAttributes: the plug-in that looks after them is off',
        props.uniqueAttributes.join(', '),
        "add 'attribute-uniqueness' to plugins",
      );
    this.instances(SecretRef, { administratorPassword: props.administratorPassword });
    props.databaseLinks?.forEach((link) => {
      this.given('databaseLinks', () => parseSuffix(link.suffix));
      this.given('databaseLinks', () => parseLdapUrl(link.url));
    });
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    const { props, engine } = this;
    const { certificate } = props;
    const password =
      props.administratorPassword ?? SecretRef.named(`${secretPrefix(this.deployment.name)}_directory_admin`);
    parts.directoryServers.push({
      ...this.identity,
      name: this.name,
      host: this.host.entityId,
      engine: engine.name,
      version: engine.version,
      port: props.port ?? 389,
      tlsPort: props.tlsPort ?? 636,
      identity: props.identity ?? `cn=${this.name}`,
      hostname: props.hostname ?? this.host.name,
      ...(engine.name === 'openldap' ? { serverId: props.serverId ?? parts.nextServerId() } : {}),
      administratorSecret: parts.secret(password, 'password of the directory administrator', this.node.path),
      ...(certificate
        ? {
            certificate: {
              subject: certificate.subject,
              directoryNames: [...(certificate.directoryNames ?? [])].sort(byCodeUnits),
              dnsNames: [...(certificate.dnsNames ?? [])].sort(byCodeUnits),
            },
          }
        : {}),
      plugins: [...new Set(props.plugins ?? [])].sort(byCodeUnits),
      ...(props.plugins?.includes('attribute-uniqueness')
        ? { uniqueAttributes: [...new Set(props.uniqueAttributes ?? ['uid'])].sort(byCodeUnits) }
        : {}),
      databaseLinks: props.databaseLinks ?? [],
    });
  }
}

function parseLdapUrl(text: string): string {
  return parsePattern(
    text,
    /^ldaps?:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?\/?$/,
    'value/ldap-url',
    "the address of a server must be like 'ldaps://ldap.example.net:636', in lower case",
  );
}
