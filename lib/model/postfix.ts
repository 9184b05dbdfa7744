import type { CyrusImap } from './cyrus-imap';
import type { Deployment } from './deployment';
import type { Network } from './network';
import { Service, type ServiceDetails, type ServiceProps } from './service';
import { DataSize } from './values/data-size';
import { parseHostname } from './values/hostname';
import { parseNextHop } from './values/mail-address';
import { parseAbsolutePath } from './values/path';

/** Properties of `Postfix`. */
export interface PostfixProps extends ServiceProps {
  /** Name that it greets with, for instance `mail.example.com`: the group's name for clients, not a node's. */
  readonly hostname: string;
  /** Domains whose mail it delivers itself. @default - none besides its own name */
  readonly destinations?: readonly string[];
  /** Networks whose clients may relay. @default - none, only the node itself */
  readonly trustedNetworks?: readonly Network[];
  /** Where outgoing mail goes, for instance `[relay.example.com]:25`. @default - to its destination */
  readonly relayHost?: string;
  /** The mail queue; it must survive the node (E13). @default '/var/spool/postfix' */
  readonly queueDirectory?: string;
  /** Locks and caches that Postfix makes anew. @default '/var/lib/postfix' */
  readonly dataDirectory?: string;
  /** @default 50 MiB */
  readonly messageSizeLimit?: DataSize;
  /** The mail store that gets the mail of `destinations`. @default - local mailboxes */
  readonly deliverTo?: CyrusImap;
}

/** Postfix: takes, queues and delivers mail. */
export class Postfix extends Service {
  /** @throws ModelError `value/hostname`, `value/path`, `postfix/relay-host` */
  constructor(
    scope: Deployment,
    name: string,
    private readonly settings: PostfixProps,
  ) {
    super(scope, name, { initScript: 'postfix', ...settings });
    this.instances(DataSize, { messageSizeLimit: settings.messageSizeLimit });
    this.given('hostname', () => parseHostname(settings.hostname));
    settings.destinations?.forEach((domain) => this.given('destinations', () => parseHostname(domain)));
    this.optional('queueDirectory', settings.queueDirectory, parseAbsolutePath);
    this.optional('dataDirectory', settings.dataDirectory, parseAbsolutePath);
    this.optional('relayHost', settings.relayHost, parseNextHop);
  }

  /** @internal */
  protected override details(): ServiceDetails {
    const { settings } = this;
    const queueDirectory = settings.queueDirectory ?? '/var/spool/postfix';
    const dataDirectory = settings.dataDirectory ?? '/var/lib/postfix';
    const store = settings.deliverTo;
    return {
      initScript: 'postfix',
      settings: {
        kind: 'postfix',
        hostname: settings.hostname,
        destinations: settings.destinations ?? [],
        trustedNetworks: (settings.trustedNetworks ?? []).map((network) => network.cidr).sort(),
        relayHost: settings.relayHost,
        queueDirectory,
        dataDirectory,
        messageSizeLimit: (settings.messageSizeLimit ?? DataSize.mebibytes(50)).inBytes,
        delivery: store ? { kind: 'cyrus', service: store.entityId } : { kind: 'local' },
      },
      state: [
        { directory: queueDirectory, holds: 'mail queue' },
        { directory: dataDirectory, holds: 'caches', expendable: 'Postfix makes its locks and caches anew' },
      ],
      ports: [{ port: 25, protocol: 'tcp', from: 'clients' }],
      requires: store ? [store] : [],
    };
  }
}
