import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, TerraformElement, TerraformStack } from 'cdktf';
import { Deployment, Host, Network, Site } from '../../lib/index';
import { renderHost } from '../../lib/render/render';
import { worksheets } from '../../lib/render/worksheet/build';
import { SshTarget } from '../../lib/target/index';
import { buildDirectories } from '../support/directories';
import { buildGroupwarePair } from '../support/pair';
import { appIn, filesBelow, HOST_KEY, hostKey, withFolder } from './stack';

/** A deployment of plain hosts. */
function plain(name: string, hosts: readonly string[]): Deployment {
  const deployment = new Deployment(undefined, name, { timeServers: ['192.0.2.1'] });
  const site = new Site(deployment, 'hq');
  const lan = new Network(site, 'lan', { cidr: '192.168.1.0/24' });
  hosts.forEach((host, index) => {
    new Host(site, host, { interfaces: { eth0: lan.address(`192.168.1.${index + 1}`) } });
  });
  return deployment;
}

/** Synthesizes each deployment in a stack of its own. */
function synth(folder: string, deployments: readonly Deployment[], change?: (stacks: TerraformStack[]) => void): void {
  const app = appIn(folder);
  const stacks = deployments.map((deployment, index) => {
    const stack = new TerraformStack(app, `s${index}`);
    const names = deployment.node.findAll().filter((node) => node instanceof Host);
    new SshTarget(stack, 'ssh', {
      deployment,
      connection: { hostKey: Object.fromEntries(names.map((host) => [host.node.id, HOST_KEY])) },
    });
    return stack;
  });
  change?.(stacks);
  app.synth();
}

const refused = (): Deployment => buildGroupwarePair({}, { fencing: [] }).deployment;

test('a deployment gets its topology, its reports, its runbook and every file of every host', () => {
  withFolder((folder) => {
    const { deployment } = buildGroupwarePair();
    synth(folder, [deployment]);
    const files = filesBelow(join(folder, 'cdktf.out/tandem/groupware'));
    const topology = deployment.topology();
    const expected = topology.hosts.flatMap((host) =>
      renderHost(topology, host.id).map((file) => [`hosts/${host.name}${file.path}`, file.content]),
    );
    expect(JSON.parse(files['topology.json'] ?? '')).toEqual(JSON.parse(JSON.stringify(topology)));
    expect(files).toMatchObject(Object.fromEntries(expected));
    expect(files['RUNBOOK.md']).toContain('tandem switch groupware --to ox2');
    expect(Object.keys(files)).toHaveLength(expected.length + 4);
  });
});

test('a deployment with directories gets a worksheet for each, and what is predicted of replication', () => {
  withFolder((folder) => {
    const deployment = buildDirectories();
    const [site] = deployment.node.findAll().filter((node): node is Site => node instanceof Site);
    const lan = site!.node.findChild('lan') as Network;
    const host = new Host(site!, 'console', { interfaces: { eth0: lan.address('192.0.2.100') } });
    const app = appIn(folder);
    const stack = new TerraformStack(app, 'stack');
    new SshTarget(stack, 'ssh', { deployment, hosts: [host], connection: { hostKey: { console: HOST_KEY } } });
    app.synth();
    const files = filesBelow(join(folder, 'cdktf.out/tandem/directories'));
    for (const [name, text] of worksheets(deployment.topology())) expect(files[name]).toBe(text);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['worksheets/people.md', 'worksheets/phones.md']));
    expect(files['report.md']).toContain('## Replication\n\n### Replication in a day\n');
    expect(files['report.md']).toMatch(/^\| suppliers \| 3 \| any \| 2 \| 0 of 3 \|/m);
  });
});

test('the same stack gives the same bytes', () => {
  withFolder((folder) => {
    const outputs = ['one', 'other'].map((name) => {
      synth(join(folder, name), [buildGroupwarePair().deployment]);
      return filesBelow(join(folder, name, 'cdktf.out/tandem'));
    });
    expect(outputs[0]).toEqual(outputs[1]);
  });
});

test('two targets of one deployment write its folder once, also from two stacks', () => {
  withFolder((folder) => {
    const { deployment, ox1, ox2 } = buildGroupwarePair();
    const app = appIn(folder);
    for (const host of [ox1, ox2]) {
      const stack = new TerraformStack(app, host.node.id);
      new SshTarget(stack, 'ssh', { deployment, hosts: [host], connection: { hostKey } });
    }
    app.synth();
    expect(Object.keys(filesBelow(join(folder, 'cdktf.out/tandem/groupware/hosts'))).length).toBeGreaterThan(50);
    expect(existsSync(join(folder, 'cdktf.out/stacks/ox2/cdk.tf.json'))).toBe(true);
  });
});

describe('a second synth', () => {
  test('takes away the files of hosts that are gone', () => {
    withFolder((folder) => {
      synth(folder, [plain('mail', ['one', 'two'])]);
      synth(folder, [plain('mail', ['two'])]);
      const paths = Object.keys(filesBelow(join(folder, 'cdktf.out/tandem/mail')));
      expect(paths.some((path) => path.startsWith('hosts/two/'))).toBe(true);
      expect(paths.some((path) => path.startsWith('hosts/one/'))).toBe(false);
    });
  });

  test('leaves the folders of other deployments alone: each scenario may be an app of its own', () => {
    withFolder((folder) => {
      synth(folder, [plain('mail', ['one']), plain('news', ['two'])]);
      const tandem = join(folder, 'cdktf.out/tandem');
      mkdirSync(join(tandem, 'notes'));
      writeFileSync(join(tandem, 'notes/mine.txt'), 'mine');
      synth(folder, [plain('mail', ['one'])]);
      expect(existsSync(join(tandem, 'news/topology.json'))).toBe(true);
      expect(existsSync(join(tandem, 'notes/mine.txt'))).toBe(true);
    });
  });

  test('leaves a folder alone that is right already', () => {
    withFolder((folder) => {
      const inode = (): number => statSync(join(folder, 'cdktf.out/tandem/mail')).ino;
      synth(folder, [plain('mail', ['one'])]);
      const before = inode();
      synth(folder, [plain('mail', ['one'])]);
      expect(inode()).toBe(before);
    });
  });
});

describe('a synth that fails leaves the output of before', () => {
  /** The output before and after a synth that must throw. */
  function outputs(fail: (folder: string) => void): { error: string; before: object; after: object } {
    return withFolder((folder) => {
      synth(folder, [plain('mail', ['one']), buildGroupwarePair().deployment]);
      const output = join(folder, 'cdktf.out');
      const before = filesBelow(output);
      let error = '';
      try {
        fail(folder);
      } catch (thrown) {
        error = (thrown as Error).message;
      }
      return { error, before, after: filesBelow(output) };
    });
  }

  test('fails when the design of the second stack has errors', () => {
    const { error, before, after } = outputs((folder) => synth(folder, [plain('mail', ['two']), refused()]));
    expect(error).toContain('[groupware/ox] ');
    expect(error).toContain('fencing');
    expect(after).toEqual(before);
  });

  test('fails when a validation of the second stack has something to say', () => {
    const { error, before, after } = outputs((folder) =>
      synth(folder, [plain('mail', ['two']), buildGroupwarePair().deployment], (stacks) =>
        stacks[1]?.node.addValidation({ validate: () => ['not like this'] }),
      ),
    );
    expect(error).toContain('[s1] not like this');
    expect(after).toEqual(before);
  });

  test('fails when the second stack has an error annotation', () => {
    const { error, before, after } = outputs((folder) =>
      synth(folder, [plain('mail', ['two']), plain('news', ['three'])], (stacks) => {
        if (stacks[1]) Annotations.of(stacks[1]).addError('not like this');
      }),
    );
    expect(error).toContain('[s1] not like this');
    expect(after).toEqual(before);
  });

  test('fails when the second stack has a value that Terraform cannot have', () => {
    class Broken extends TerraformElement {
      override toTerraform(): object {
        return { output: { broken: () => 'a function' } };
      }
    }
    const { error, before, after } = outputs((folder) =>
      synth(folder, [plain('mail', ['two']), plain('news', ['three'])], (stacks) => {
        if (stacks[1]) new Broken(stacks[1], 'broken');
      }),
    );
    expect(error).toContain('broken');
    expect(after).toEqual(before);
  });
});

test('fails with the errors of all deployments at once', () => {
  withFolder((folder) => {
    const other = buildGroupwarePair({}, { fencing: [] }).deployment.topology();
    const renamed = JSON.parse(JSON.stringify(other).replaceAll('"groupware', '"second')) as typeof other;
    const app = appIn(folder, true);
    new SshTarget(new TerraformStack(app, 'one'), 'ssh', { deployment: refused(), connection: { hostKey } });
    new SshTarget(new TerraformStack(app, 'two'), 'ssh', {
      deployment: { node: { path: 'second' }, topology: () => renamed },
      connection: { hostKey },
    });
    expect(() => app.synth()).toThrow(/\[groupware\/.*\n(.*\n)*.*\[second\//);
  });
});

test('fails when two deployments of an app have one name', () => {
  withFolder((folder) => {
    expect(() => synth(folder, [plain('mail', ['one']), plain('mail', ['two'])])).toThrow(
      'target/deployment-name: the deployment has the same name as mail',
    );
  });
});

test('warnings do not stop a synth', () => {
  withFolder((folder) => {
    const deployment = new Deployment(undefined, 'mail');
    const site = new Site(deployment, 'hq');
    new Host(site, 'one', {
      interfaces: { eth0: new Network(site, 'lan', { cidr: '10.0.0.0/24' }).address('10.0.0.1') },
    });
    synth(folder, [deployment]);
    expect(filesBelow(join(folder, 'cdktf.out/tandem/mail'))['report.md']).toContain('### Warnings');
  });
});
