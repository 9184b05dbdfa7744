import { by } from '../../topology/order';
import type { ServiceFacts, ServicePortFacts, ServiceSettings } from '../../topology/service';
import type { SourceMap } from '../source-map';
import { UniqueNames } from '../unique-names';
import type { SourceLocation } from '../../render/source';

/** What an init script of a known name starts. */
interface KnownScript {
  readonly kind: ServiceSettings['kind'];
  readonly ports: readonly ServicePortFacts[];
}

const clients = (port: number): readonly ServicePortFacts[] => [{ port, protocol: 'tcp', from: 'clients' }];

const KNOWN: ReadonlyMap<string, KnownScript> = new Map([
  ...['ldap', 'slapd', 'openldap'].map((name): [string, KnownScript] => [
    name,
    { kind: 'openldap', ports: clients(389) },
  ]),
  ...['postgresql', 'postgres', 'pgsql'].map((name): [string, KnownScript] => [
    name,
    { kind: 'postgresql', ports: [{ port: 5432, protocol: 'tcp', from: 'node' }] },
  ]),
  ...['cyrus', 'cyrus-imapd', 'cyrus-imap', 'cyrus21', 'cyrus2.2'].map((name): [string, KnownScript] => [
    name,
    { kind: 'cyrus-imap', ports: clients(143) },
  ]),
  ['postfix', { kind: 'postfix', ports: clients(25) }],
  ['saslauthd', { kind: 'saslauthd', ports: [] }],
]);

/** The kind of service that an init script of this name starts; `generic` for all that are not known. */
export const kindOfScript = (script: string): ServiceSettings['kind'] =>
  KNOWN.get(script.toLowerCase())?.kind ?? 'generic';

/** The services that haresources starts. A script that is called twice is two services of one name. */
export class ServiceBook {
  private readonly services = new Map<string, ServiceFacts>();
  private readonly names = new UniqueNames();

  constructor(private readonly sources: SourceMap) {}

  /** The service behind a word of haresources. Its settings are in files of its own, which are not read. */
  add(script: string, location: SourceLocation | undefined): ServiceFacts {
    const id = this.names.give(script);
    const service: ServiceFacts = {
      id,
      path: `service ${id}`,
      name: script,
      unit: `${script}.service`,
      settings: { kind: 'generic' },
      state: [],
      ports: KNOWN.get(script.toLowerCase())?.ports ?? [],
      requires: [],
      enabledAtBoot: false,
    };
    this.services.set(id, service);
    this.sources.add(service.path, location);
    return service;
  }

  /** Sorted by id. */
  all(): readonly ServiceFacts[] {
    return [...this.services.values()].sort(by((entity) => entity.id));
  }
}
