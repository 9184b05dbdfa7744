import { strict as assert } from 'node:assert';
import path from 'node:path';
import type { StatusReport } from '../../../lib/operate/status/assess';
import { execute } from '../../lab/host/execute';
import type { Project } from '../project';
import type { Steps } from '../steps';
import type { MailView } from './pair';
import type { MailTraffic } from './traffic';

/** The commands of an operator, in the folder of a project. */
class Operator {
  constructor(
    private readonly project: Project,
    private readonly repository: string,
  ) {}

  /** Hands a queue over, or back. */
  async switch(...words: readonly string[]): Promise<string> {
    const { status, stdout, stderr } = await this.tandem('switch', ...words, '--yes');
    assert.equal(status, 0, stdout + stderr);
    return stdout;
  }

  /** What the command says when it refuses. */
  async refused(...words: readonly string[]): Promise<string> {
    const { status, stderr } = await this.tandem('switch', ...words, '--yes');
    assert.equal(status, 1);
    return stderr;
  }

  /** The state as status sees it. */
  async status(): Promise<StatusReport> {
    const { stdout, stderr } = await this.tandem('status', '--json');
    assert.ok(stdout.startsWith('{'), stderr);
    return JSON.parse(stdout) as StatusReport;
  }

  private tandem(command: string, ...words: readonly string[]): ReturnType<typeof execute> {
    const file = path.join(this.project.deployment, 'topology.json');
    const args = [path.join(this.repository, 'scripts/tandem.mjs'), command, file, ...words];
    return execute('node', [...args, '--docker', this.project.endpointOf('mail1')], { timeout: 150 });
  }
}

/** Who serves which queue, and what is found on mail. */
const seen = ({ findings, mailServers }: StatusReport): readonly string[] => [
  ...mailServers.map(({ server, now, servedBy }) => `${server} ${now} ${servedBy.join()}`.trim()),
  ...findings.filter(({ id }) => id.startsWith('mail/')).map(({ severity, id }) => `${severity} ${id}`),
];

/** Status and switch of the queues of a pair, as an operator works with them. */
export async function operateSteps(
  project: Project,
  mail: MailView,
  traffic: MailTraffic,
  repository: string,
  steps: Steps,
): Promise<void> {
  const operator = new Operator(project, repository);
  await steps.step(
    'mail: tandem switch hands a queue over and back under traffic, nothing lost and nothing twice',
    async () => {
      const before = traffic.seen();
      assert.deepEqual(seen(await operator.status()), ['mx1 home mail1', 'mx2 home mail2']);
      await traffic.tell('refuse');
      await traffic.sendAll(mail.addresses(), 40, 40);
      await traffic.tell('take');
      const sender = traffic.send(mail.addresses(['mx2']), 300, 15);
      const told = await operator.switch('--mail', 'mx1', '--to', 'mail2');
      assert.deepEqual(seen(await operator.status()), ['mx1 peer mail2', 'mx2 home mail2', 'degraded mail/at-peer']);
      await operator.switch('--mail', 'mx1', '--to', 'mail1');
      assert.deepEqual(seen(await operator.status()), ['mx1 home mail1', 'mx2 home mail2']);
      await sender.says('ended', 60);
      for (const server of ['mx1', 'mx2']) await mail.flush(server);
      const after = await traffic.delivered(60);
      assert.deepEqual([after.lost, after.twice], [[], before.twice]);
      return told.trim().split('\n').at(-2);
    },
  );
  await steps.step(
    'mail: tandem status tells a server that hangs from one that is lost, and a queue is not forced from either',
    async () => {
      await project.docker(['pause', project.container('mail1')]);
      try {
        const report = await operator.status();
        assert.deepEqual(seen(report), ['mx1 hangs', 'mx2 home mail2', 'failed mail/hangs']);
        assert.match(
          await operator.refused('--forced', '--mail', 'mx1', '--to', 'mail2'),
          /somebody has the lock of the queue: mail1 lives, or hangs/,
        );
      } finally {
        await project.docker(['unpause', project.container('mail1')]);
      }
      await mail.healthy(30);
      assert.match(
        await operator.refused('--forced', '--mail', 'mx1', '--to', 'mail2'),
        /mail1 answers: switch without --forced/,
      );
      return undefined;
    },
  );
}
