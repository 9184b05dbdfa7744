import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { execute } from '../../lab/host/execute';
import { mailGraph } from '../../../lib/topology/mail-graph';
import type { MailServerFacts } from '../../../lib/topology/mail';
import { within } from '../engine';
import type { Project } from '../project';

/** The mail servers of a project, as clients and operators see them. */
export class MailView {
  constructor(private readonly project: Project) {}

  /** Servers in the order of the pairs. */
  get servers(): readonly MailServerFacts[] {
    const { topology } = this.project;
    return topology.mailPairs.flatMap((pair) => mailGraph(topology).serversOf(pair));
  }

  /** Addresses of servers for clients, of all or of those that are named. */
  addresses(names: readonly string[] = this.servers.map(({ name }) => name)): string[] {
    return names.map((name) => this.hostOf(name).interfaces[0]?.address ?? '');
  }

  /** Name of the host of a server. */
  host(server: string): string {
    return this.hostOf(server).name;
  }

  /** Waits until servers take mail. */
  async healthy(seconds: number, names: readonly string[] = this.servers.map(({ name }) => name)): Promise<void> {
    for (const name of names) await this.project.inside(this.host(name), ['tandem-health', String(seconds)]);
  }

  /** What the watch of a host notes of a server, and since which second. */
  async noted(host: string, server: string): Promise<{ readonly word: string; readonly since: number } | undefined> {
    const text = await this.project.inside(host, ['cat', '/run/tandem/mail-watch']);
    const [, word, since] =
      text
        .split('\n')
        .map((line) => line.split(' '))
        .find(([name]) => name === server) ?? [];
    return word === undefined ? undefined : { word, since: Number(since) };
  }

  /** Waits until the watch of a host notes a word of a server; gives the second since which it is so. */
  async notes(host: string, server: string, word: string, seconds: number): Promise<number> {
    let since = NaN;
    await within(seconds, `${host} notes '${server} ${word}'`, async () => {
      const noted = await this.noted(host, server);
      since = noted?.since ?? NaN;
      return noted?.word === word;
    });
    return since;
  }

  /** `running`, `stopped` or `held`, as a host sees a queue. */
  async state(host: string, server: string): Promise<string> {
    const { stdout } = await execute(
      'docker',
      ['exec', this.project.container(host), 'tandem-mail-queue', 'status', server],
      { env: { DOCKER_HOST: this.project.endpointOf(host) } },
    );
    return stdout.trim();
  }

  /** Values of `tandem-mail-queue show`. */
  async queue(host: string, server: string): Promise<ReadonlyMap<string, string>> {
    const text = await this.project.inside(host, ['tandem-mail-queue', 'show', server]);
    return new Map(
      text
        .trim()
        .split('\n')
        .map((line): [string, string] => {
          const [key = '', value = ''] = line.split(': ');
          return [key, value];
        }),
    );
  }

  /** A value of main.cf. */
  async setting(server: string, name: string): Promise<string> {
    const args = ['postconf', '-c', `/etc/postfix-${server}`, '-h', name];
    return (await this.project.inside(this.host(server), args)).trim();
  }

  /** Lets Postfix of a server try again what it could not deliver. */
  async flush(server: string): Promise<void> {
    await this.project.inside(this.host(server), ['postqueue', '-c', `/etc/postfix-${server}`, '-f']);
  }

  /** Lets the container of a server take what was synthesized last. */
  async take(server: string): Promise<void> {
    const host = this.host(server);
    const bundle = readFileSync(this.project.file(`containers/${host}/bundle`), 'utf8');
    await this.project.inside(host, ['tandem-take', 'files'], bundle);
  }

  private hostOf(name: string): Project['topology']['hosts'][number] {
    const server = this.servers.find((one) => one.name === name);
    const host = this.project.topology.hosts.find(({ id }) => id === server?.host);
    assert.ok(host, `no server ${name}`);
    return host;
  }
}
