import path from 'node:path';
import type { Topology } from '../../../lib/topology/topology';
import { DirectoryView, healthy } from '../directory';
import type { OwnEngine } from '../engine';
import { Project } from '../project';
import { connect, LINE, silence } from '../route';
import { MailView } from './pair';
import type { Program } from './program';
import { MailTraffic } from './traffic';

/** A site, as `mswitch-isp-dr` has it. */
export interface DrillSite {
  /** Its name, also that of its daemon. */
  readonly name: 'hq' | 'dr';
  readonly cidr: string;
  /** Host of its directory server. */
  readonly directory: string;
  /** Where its mail is delivered. */
  readonly store: string;
}

export const PRIMARY: DrillSite = { name: 'hq', cidr: '192.0.2.0/24', directory: 'hq-ldap', store: '192.0.2.1' };
export const RECOVERY: DrillSite = {
  name: 'dr',
  cidr: '198.51.100.0/24',
  directory: 'dr-ldap',
  store: '198.51.100.1',
};

const PORT = 2525;
const DOMAIN = 'example.com';

/** Two sites of a provider on two daemons with a line between them; senders and operators are beside the one that stays. */
export class TwoSites {
  readonly project: Project;
  readonly mail: MailView;
  readonly directory: DirectoryView;
  private started?: MailTraffic;
  private store?: Program;

  constructor(
    private readonly engines: Readonly<Record<DrillSite['name'], OwnEngine>>,
    { hosts }: Topology,
    private readonly repository: string,
  ) {
    const daemon = ({ name }: DrillSite): { readonly endpoint: string; readonly hosts: readonly string[] } => ({
      endpoint: engines[name].endpoint,
      hosts: hosts.filter(({ site }) => site === name).map((host) => host.name),
    });
    this.project = new Project({ hq: daemon(PRIMARY), dr: daemon(RECOVERY) });
    this.mail = new MailView(this.project);
    this.directory = new DirectoryView(this.project, 'dc=example,dc=com');
  }

  get traffic(): MailTraffic {
    if (!this.started) throw new Error('there is no traffic');
    return this.started;
  }

  /** Where mail of the primary site is delivered. */
  get primaryStore(): Program {
    if (!this.store) throw new Error('there is no traffic');
    return this.store;
  }

  /** Addresses of the mail servers of a site. */
  addresses({ name }: DrillSite): readonly string[] {
    const there = this.project.hostsOf(name);
    return this.mail.addresses(
      this.mail.servers.map((server) => server.name).filter((server) => there.includes(this.mail.host(server))),
    );
  }

  /** All of them as senders have them: those of the disaster-recovery site are asked when none of the primary one takes a message. */
  inOrder(): readonly string[] {
    return [...this.addresses(PRIMARY), '/', ...this.addresses(RECOVERY)];
  }

  /** Makes all containers, from an image that both daemons have. */
  async up(): Promise<void> {
    for (const { name } of [PRIMARY, RECOVERY]) await this.project.compose(['up', '-d', '--no-build'], 180, name);
    await this.line();
    await healthy(this.project, 180);
  }

  async startTraffic(): Promise<MailTraffic> {
    const { dr, hq } = this.engines;
    this.started = await MailTraffic.start(dr, this.repository, DOMAIN, { address: RECOVERY.store, port: PORT });
    this.store = await this.started.deliverAt(hq, { address: PRIMARY.store, port: PORT });
    return this.started;
  }

  /** Cuts the power of the primary site, and with it of where its mail is delivered. */
  async losePrimary(): Promise<void> {
    const { dr, hq } = this.engines;
    await silence(dr, PRIMARY.cidr, true);
    await Promise.all([hq.kill(), this.primaryStore.kill()]);
  }

  async bringPrimaryBack(): Promise<void> {
    const { dr, hq } = this.engines;
    await hq.start(false);
    await this.line();
    await silence(dr, PRIMARY.cidr, false);
    this.store = await this.traffic.deliverAt(hq, { address: PRIMARY.store, port: PORT });
  }

  /** The command line of the operator, on the machine of the daemon that stays; gives what it said. */
  switch(site: string, ...words: readonly string[]): Promise<string> {
    const { project } = this;
    const { name, hosts } = project.topology;
    const daemons = hosts.map((host) => `${host.name}=${project.endpointOf(host.name)}`);
    const tandem = ['node', path.join(this.repository, 'scripts/tandem.mjs'), 'switch', name, '--site', site, ...words];
    const args = ['env', '-C', project.folder, ...tandem, '--yes', '--docker', ...daemons];
    return this.engines.dr.run(args, { timeout: 300 });
  }

  /** What the containers of a site logged last, or one of them. */
  said({ name }: DrillSite, host?: string): Promise<string> {
    return this.project
      .compose(['logs', '--no-color', '--tail', '15', ...(host === undefined ? [] : [host])], 60, name)
      .catch((error: Error) => error.message);
  }

  async stop(): Promise<void> {
    await this.started?.stop();
  }

  private async line(): Promise<void> {
    const { hq, dr } = this.engines;
    await connect({ engine: hq, cidr: PRIMARY.cidr }, { engine: dr, cidr: RECOVERY.cidr });
    // There is no DNS, and Postfix asks for the name of who comes; that of its gateway Docker knows, as it is at the other site.
    await hq.run([
      ...['iptables', '-t', 'nat', '-I', 'POSTROUTING', '-s', LINE, '-d', PRIMARY.cidr, '-j', 'MASQUERADE'],
    ]);
  }
}
