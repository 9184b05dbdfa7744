import type { Deployment } from './deployment';
import { secretPrefix } from './drbd-defaults';
import { Service, type ServiceDetails, type ServiceProps } from './service';
import type { TopologyParts } from './topology-parts';
import { DataSize } from './values/data-size';
import { parseDistinguishedName, parseSuffix } from './values/distinguished-name';
import { parseAbsolutePath } from './values/path';
import { SecretRef } from './values/secret-ref';
import { parsePattern } from './values/text';

/** An index of slapd: attributes and the matches it speeds up. */
export interface LdapIndex {
  readonly attributes: readonly string[];
  readonly types: readonly ('pres' | 'eq' | 'sub' | 'approx')[];
}

/** Properties of `OpenLdap`. */
export interface OpenLdapProps extends ServiceProps {
  /** Suffix of the directory, for instance `dc=example,dc=com`. */
  readonly suffix: string;
  /** Directory of the database; it must lie on replicated storage. @default '/var/lib/ldap' */
  readonly dataDirectory?: string;
  /** Upper bound of the database; the file is sparse. @default 1 GiB */
  readonly maximumDatabaseSize?: DataSize;
  /** Name of the administrator. @default - `cn=admin` below the suffix */
  readonly administrator?: string;
  /** The administrator's password; files get its hash. @default - a secret named after deployment and service */
  readonly administratorPassword?: SecretRef;
  /** Schema files below /etc/ldap/schema, without `.ldif`, besides core. @default cosine, inetorgperson, nis */
  readonly schemas?: readonly string[];
  /** @default - equality on what groupware looks up */
  readonly indexes?: readonly LdapIndex[];
  /** slapd's `olcLogLevel`; `stats` halves the look-ups that a server can do. @default 'none' */
  readonly logLevel?: string;
}

const DEFAULT_INDEXES: readonly LdapIndex[] = [
  { attributes: ['objectClass', 'entryUUID', 'entryCSN'], types: ['eq'] },
  { attributes: ['uid', 'mail', 'cn', 'sn', 'memberUid', 'uidNumber', 'gidNumber'], types: ['eq'] },
];

/** slapd(8) with one directory (X9). */
export class OpenLdap extends Service {
  /** The suffix of its directory. */
  readonly suffix: string;

  /** @throws ModelError `value/distinguished-name`, `value/path`, `ldap/schema`, `ldap/attribute`, `ldap/log-level` */
  constructor(
    scope: Deployment,
    name: string,
    private readonly settings: OpenLdapProps,
  ) {
    super(scope, name, { initScript: 'slapd', ...settings });
    this.suffix = this.given('suffix', () => parseSuffix(settings.suffix));
    this.optional('administrator', settings.administrator, parseDistinguishedName);
    this.optional('dataDirectory', settings.dataDirectory, parseAbsolutePath);
    const word = (property: string, text: string, rule: string): void => {
      this.given(property, () =>
        parsePattern(text, /^[A-Za-z][A-Za-z0-9;_-]*$/, rule, 'a name must begin with a letter and have no spaces'),
      );
    };
    this.instances(DataSize, { maximumDatabaseSize: settings.maximumDatabaseSize });
    this.instances(SecretRef, { administratorPassword: settings.administratorPassword });
    settings.schemas?.forEach((schema) => word('schemas', schema, 'ldap/schema'));
    settings.indexes?.forEach((index) =>
      index.attributes.forEach((attribute) => word('indexes', attribute, 'ldap/attribute')),
    );
    if (settings.logLevel !== undefined) word('logLevel', settings.logLevel, 'ldap/log-level');
  }

  /** @internal */
  protected override details(parts: TopologyParts): ServiceDetails {
    const { settings } = this;
    const dataDirectory = settings.dataDirectory ?? '/var/lib/ldap';
    const secret =
      settings.administratorPassword ??
      SecretRef.named(`${secretPrefix(this.deployment.name)}_${secretPrefix(this.name)}_administrator`);
    return {
      initScript: 'slapd',
      settings: {
        kind: 'openldap',
        suffix: this.suffix,
        dataDirectory,
        maximumDatabaseSize: (settings.maximumDatabaseSize ?? DataSize.gibibytes(1)).inBytes,
        administrator: settings.administrator ?? `cn=admin,${this.suffix}`,
        administratorSecret: parts.secret(secret, 'password of the directory administrator', this.node.path),
        schemas: settings.schemas ?? ['cosine', 'inetorgperson', 'nis'],
        indexes: settings.indexes ?? DEFAULT_INDEXES,
        logLevel: settings.logLevel ?? 'none',
      },
      state: [{ directory: dataDirectory, holds: 'directory database' }],
      ports: [{ port: 389, protocol: 'tcp', from: 'clients' }],
    };
  }
}
