import type { Deployment } from './deployment';
import { Service, type ServiceDetails, type ServiceProps } from './service';
import { parseAbsolutePath } from './values/path';
import { parsePattern } from './values/text';

/** Properties of `CyrusImap`. */
export interface CyrusImapProps extends ServiceProps {
  /** Mailbox list, quotas, seen state. @default '/var/lib/cyrus' */
  readonly configurationDirectory?: string;
  /** The messages. @default '/var/spool/cyrus/mail' */
  readonly mailPartition?: string;
  /** Administrators of the mail store. @default ['cyrus'] */
  readonly administrators?: readonly string[];
}

/** The Cyrus IMAP server (X9). */
export class CyrusImap extends Service {
  private readonly mailPartition: string;

  /** @throws ModelError `value/path`, `cyrus/administrator` */
  constructor(
    scope: Deployment,
    name: string,
    private readonly settings: CyrusImapProps = {},
  ) {
    super(scope, name, { initScript: 'cyrus-imapd', ...settings });
    this.optional('configurationDirectory', settings.configurationDirectory, parseAbsolutePath);
    this.mailPartition = this.given('mailPartition', () =>
      parseAbsolutePath(settings.mailPartition ?? '/var/spool/cyrus/mail'),
    );
    settings.administrators?.forEach((administrator) =>
      this.given('administrators', () =>
        parsePattern(administrator, /^[A-Za-z0-9._@-]+$/, 'cyrus/administrator', 'an administrator must be one word'),
      ),
    );
  }

  /**
   * A record is added to the index of a mailbox, then its head is overwritten.
   * @internal
   */
  override get orderedDirectories(): readonly string[] {
    return [this.mailPartition];
  }

  /** @internal */
  protected override details(): ServiceDetails {
    const { mailPartition } = this;
    const configurationDirectory = this.settings.configurationDirectory ?? '/var/lib/cyrus';
    return {
      initScript: 'cyrus-imapd',
      settings: {
        kind: 'cyrus-imap',
        configurationDirectory,
        mailPartition,
        administrators: this.settings.administrators ?? ['cyrus'],
      },
      state: [
        { directory: configurationDirectory, holds: 'mailbox list and indexes' },
        { directory: mailPartition, holds: 'messages' },
      ],
      ports: [{ port: 143, protocol: 'tcp', from: 'clients' }],
    };
  }
}
