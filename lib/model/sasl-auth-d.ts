import type { Deployment } from './deployment';
import type { OpenLdap } from './open-ldap';
import { Service, type ServiceDetails, type ServiceProps } from './service';
import { parseWholeNumber } from './values/number';

/** Properties of `SaslAuthd`. */
export interface SaslAuthdProps extends ServiceProps {
  /** The directory that knows the passwords. @default - the node's own accounts, by PAM */
  readonly directory?: OpenLdap;
  /** Worker processes. @default 5 */
  readonly threads?: number;
}

/** saslauthd(8): checks passwords for the mail services. */
export class SaslAuthd extends Service {
  /** @throws ModelError `value/number` */
  constructor(
    scope: Deployment,
    name: string,
    private readonly settings: SaslAuthdProps = {},
  ) {
    super(scope, name, { initScript: 'saslauthd', ...settings });
    this.optional('threads', settings.threads, (count) => parseWholeNumber(count, 0, 1000));
  }

  /** @internal */
  protected override details(): ServiceDetails {
    const { directory, threads } = this.settings;
    return {
      initScript: 'saslauthd',
      settings: {
        kind: 'saslauthd',
        mechanism: directory ? 'ldap' : 'pam',
        directory: directory?.entityId,
        threads: threads ?? 5,
      },
      state: [],
      ports: [],
      requires: directory ? [directory] : [],
    };
  }
}
