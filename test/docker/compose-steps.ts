import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { failoverWithShadow } from '../support/open-ldap-directories';
import { DirectoryView } from './directory';
import { Project } from './project';
import type { Steps } from './steps';
import { Traffic } from './traffic';

const MASTER = 'one-host';
const MIRROR = 'two-host';

/** A failover group and its shadow, from compose.yaml. */
export async function composeSteps(endpoint: string, steps: Steps): Promise<void> {
  const project = new Project(endpoint);
  const directory = new DirectoryView(project, 'dc=example,dc=com');
  const body = async (): Promise<void> => {
    await bringUp(project, directory, steps);
    await steps.step('no container has a secret in its environment, its image or its log', async () => {
      for (const host of directory.hosts) {
        const container = project.container(host);
        const told =
          (await project.docker(['inspect', container])) + (await project.compose(['logs', '--no-color', host]));
        assert.ok(!told.includes(project.password), `${host} shows the secret`);
      }
      return undefined;
    });
    await steps.step('a container that is made anew has its data and its role', async () => {
      for (const host of [MIRROR, MASTER]) {
        await project.compose(['up', '-d', '--no-deps', '--force-recreate', host]);
        await directory.open(120);
        await directory.say(MASTER, `after ${host}`);
        await directory.allSay(`after ${host}`);
        assert.deepEqual(await directory.setting(MIRROR, 'olcReadOnly'), ['TRUE']);
      }
      return undefined;
    });
    await steps.step('one setting of each member changes under traffic, and no write or read is refused', async () => {
      const before = await directory.setting(MASTER, 'olcDbMaxSize');
      await project.synth(failoverWithShadow({ load: { entries: 5_000_000 } }));
      const traffic = await Traffic.start(project, MASTER, directory.suffix);
      for (const host of ['four-host', 'three-host', 'two-host', 'one-host'])
        await project.inside(
          host,
          ['tandem-take', 'files'],
          readFileSync(project.file(`containers/${host}/bundle`), 'utf8'),
        );
      const seen = await traffic.stop();
      const after = await directory.setting(MASTER, 'olcDbMaxSize');
      assert.notDeepEqual(after, before);
      for (const host of directory.hosts) assert.deepEqual(await directory.setting(host, 'olcDbMaxSize'), after);
      assert.deepEqual({ refused: seen.refused, unread: seen.unread }, { refused: [], unread: [] });
      await directory.assertEntries(traffic.names, seen.written);
      return `${seen.written} writes`;
    });
    await steps.step('a container ends with its server, in time and without an error', async () => {
      await project.compose(['stop', '-t', '60', 'four-host']);
      const code = await project.docker(['inspect', '-f', '{{.State.ExitCode}}', project.container('four-host')]);
      assert.equal(code.trim(), '0');
      return undefined;
    });
  };
  try {
    await steps.group(body, () => project.compose(['logs', '--no-color', '--tail', '25']));
  } finally {
    await project.compose(['down', '-v', '-t', '5']);
    project.remove();
  }
}

/** From a stack to a directory whose master takes writes. */
export async function bringUp(project: Project, directory: DirectoryView, steps: Steps): Promise<void> {
  await steps.step('compose.yaml is synthesized and docker-compose takes it', async () => {
    await project.synth(failoverWithShadow());
    const text = await project.compose(['config', '--services']);
    assert.deepEqual(text.trim().split('\n').sort(), ['four-host', 'one-host', 'three-host', 'two-host']);
    return undefined;
  });
  await steps.step('the image is built', async () => {
    await project.compose(['build', MASTER], 300);
    return undefined;
  });
  await steps.step('from nothing to servers that are all open', async () => {
    await project.compose(['up', '-d']);
    await directory.healthy(120);
    return undefined;
  });
  await steps.step('the master takes writes, and mirrors and shadow follow', async () => {
    await directory.addSuffix(MASTER);
    await directory.say(MASTER, 'first');
    await directory.allSay('first');
    return undefined;
  });
}
