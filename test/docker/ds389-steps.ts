import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { App } from 'cdktf';
import { RhdsSingleMaster } from '../../stacks/rhds-single-master';
import { Ds389View } from './ds389-directory';
import { within } from './engine';
import { Project } from './project';
import type { Steps } from './steps';

const SUPPLIER = 'a';
const CONSUMERS = ['b', 'c'] as const;

/** One supplier of 389 Directory Server and two consumers, from compose.yaml. */
export async function ds389Steps(endpoint: string, steps: Steps): Promise<void> {
  const project = new Project(endpoint);
  const directory = new Ds389View(project, 'dc=example,dc=com');
  const body = async (): Promise<void> => {
    await steps.step('389: the image is built', async () => {
      await project.synth(new RhdsSingleMaster(new App({ outdir: `${project.folder}/aside` })).deployment);
      await project.compose(['build', 'a-host'], 400);
      return undefined;
    });
    await steps.step('389: from nothing to instances that are all configured', async () => {
      await project.compose(['up', '-d']);
      await directory.healthy(240);
      return undefined;
    });
    await steps.step('389: what is written at the supplier fills the empty consumers, and is followed', async () => {
      await directory.addSuffix(SUPPLIER);
      for (const server of CONSUMERS)
        await within(60, `${server} is filled`, () => directory.has(server, directory.suffix));
      await directory.add(SUPPLIER, 'first');
      for (const server of CONSUMERS)
        await within(20, `${server} follows`, () => directory.has(server, directory.named('first')));
      return undefined;
    });
    await steps.step('389: a consumer refers whoever writes to the supplier', async () => {
      const { status, stdout, stderr } = await directory.tryToAdd('b', 'refused');
      assert.equal(status, 10, stderr);
      assert.match(stdout + stderr, /ldaps:\/\/a-host\b/);
      assert.ok(!(await directory.has(SUPPLIER, directory.named('refused'))));
      return undefined;
    });
    await steps.step('389: no container has a secret in its environment, its image or its log', async () => {
      for (const { name } of project.topology.hosts) {
        const container = project.container(name);
        const told = (await project.docker(['inspect', container])) + (await project.docker(['logs', container]));
        assert.ok(!told.includes(project.password), `${name} shows the secret`);
      }
      return undefined;
    });
    await steps.step('389: nothing that a killed supplier acknowledged is missing when it is back', async () => {
      const acknowledged: string[] = [];
      let ended = false;
      const writer = (async () => {
        for (let number = 1; !ended; number += 1) {
          const name = `w${number}`;
          if ((await directory.tryToAdd(SUPPLIER, name)).status === 0) acknowledged.push(name);
        }
      })();
      try {
        await within(30, 'ten writes', () => Promise.resolve(acknowledged.length >= 10));
        await project.inside('a-host', ['sh', '-c', 'kill -9 "$(cat /run/tandem/dirsrv.pid)"']);
      } finally {
        ended = true;
        await writer;
      }
      await directory.healthy(90);
      for (const server of [SUPPLIER, ...CONSUMERS])
        for (const name of acknowledged)
          await within(30, `${server} has ${name}`, () => directory.has(server, directory.named(name)));
      await directory.add(SUPPLIER, 'afterwards');
      for (const server of CONSUMERS)
        await within(30, `${server} follows again`, () => directory.has(server, directory.named('afterwards')));
      return `${acknowledged.length} writes`;
    });
    await steps.step(
      '389: a renewed certificate is served after a start of the server, not of the container',
      async () => {
        const before = await directory.served('b');
        const started = await project.docker(['inspect', '-f', '{{.State.StartedAt}}', project.container('b-host')]);
        await project.renewCertificate('b');
        const bundle = readFileSync(project.file('containers/b-host/bundle'), 'utf8');
        await project.inside('b-host', ['tandem-take', 'files'], bundle);
        assert.notEqual(await directory.served('b'), before);
        assert.equal(
          await project.docker(['inspect', '-f', '{{.State.StartedAt}}', project.container('b-host')]),
          started,
        );
        await directory.add(SUPPLIER, 'renewed');
        await within(30, 'b follows', () => directory.has('b', directory.named('renewed')));
        return undefined;
      },
    );
    await steps.step('389: a container that is made anew has its data and its role', async () => {
      await project.compose(['up', '-d', '--no-deps', '--force-recreate', 'b-host']);
      await directory.healthy(120);
      assert.ok(await directory.has('b', directory.named('afterwards')));
      await directory.add(SUPPLIER, 'last');
      await within(30, 'b follows', () => directory.has('b', directory.named('last')));
      return undefined;
    });
    await steps.step('389: a container ends with its server, in time and without an error', async () => {
      await project.compose(['stop', '-t', '60', 'c-host']);
      const code = await project.docker(['inspect', '-f', '{{.State.ExitCode}}', project.container('c-host')]);
      assert.equal(code.trim(), '0');
      return undefined;
    });
  };
  try {
    await steps.group(body, () => project.compose(['logs', '--no-color', '--tail', '40']));
  } finally {
    await project.compose(['down', '-v', '-t', '5']);
    project.remove();
  }
}
