import { buildProgram } from '../../../lib/cli/program';
import { runbook } from '../../../lib/render/runbook/build';
import { dumpCommand, restoreCommand } from '../../../lib/render/backup/names';
import { files as provision } from '../../../lib/render/provision/files';
import { PROVISION_COMMAND, restoreCommandOf } from '../../../lib/topology/host-commands';
import { groupwarePair } from '../../support/pair';

const topology = groupwarePair();
const text = runbook(topology);

/** Every line of a runbook that is a command of Tandem. */
function tandemCommands(markdown: string): readonly string[] {
  return [...markdown.matchAll(/(?:^|`)(tandem [^`\n]+)/gm)].map(([, command = '']) => command.trim());
}

/** The words of a command line without quotes, as a shell makes them. */
const words = (command: string): string[] => command.split(/\s+/).map((word) => word.replaceAll("'", ''));

/** Parses with the real command line; no command is carried out. */
function parse(command: string): { readonly name: string; readonly options: Record<string, unknown> } {
  let errors = '';
  const io = { out: () => undefined, err: (message: string) => void (errors += message), directory: '/' };
  const program = buildProgram(io, () => undefined);
  const found: { name: string; options: Record<string, unknown> }[] = [];
  const visit = (parent: typeof program): void => {
    for (const child of parent.commands) {
      visit(child);
      if (child.commands.length === 0)
        child.exitOverride().action((...given: unknown[]) => {
          found.push({ name: child.name(), options: given.at(-2) as Record<string, unknown> });
        });
    }
  };
  visit(program);
  try {
    program.parse(words(command).slice(1), { from: 'user' });
  } catch (error) {
    throw new Error(`${command}: ${(error as Error).message} ${errors}`, { cause: error });
  }
  const [only] = found;
  if (!only) throw new Error(`${command}: no command was found`);
  return only;
}

describe('the commands of a runbook', () => {
  const whole = tandemCommands(text).filter((command) => words(command).length > 2);

  test('are those of every task', () => {
    const kinds = new Set(whole.map((command) => parse(command).name));
    expect([...kinds].sort()).toEqual(['predict', 'restore', 'split-brain', 'status', 'switch']);
    expect(whole.length).toBeGreaterThan(20);
  });

  test.each(whole.map((command) => [command]))('%s is a command line of tandem', (command) => {
    expect(parse(command).name).not.toBe('');
    expect(words(command)).toContain('groupware');
  });

  test('name nodes, services and resources that there are', () => {
    const options = whole.map((command) => parse(command).options);
    const named = (option: string): Set<unknown> =>
      new Set(options.map((one) => one[option]).filter((value) => value !== undefined));
    expect([...named('to')].sort()).toEqual(['ox1', 'ox2']);
    expect([...named('discard')].sort()).toEqual(['ox1', 'ox2']);
    expect([...named('confirmOff')].sort()).toEqual(['ox1', 'ox2']);
    expect([...named('service')].sort()).toEqual(['postgresql', 'slapd']);
  });

  test('fail when one of them does not exist', () => {
    expect(() => parse('tandem switch groupware --to ox2 --towards ox2')).toThrow(/unknown option '--towards'/);
    expect(() => parse('tandem mend groupware')).toThrow(/unknown command 'mend'/);
  });
});

describe('a runbook', () => {
  test('has the manual way of a planned switch with the word that heartbeat knows (X1)', () => {
    expect(text).toMatch(/Then on ox1:\n\n```sh\n\/usr\/share\/heartbeat\/hb_standby local\n/);
    expect(text).toMatch(/Then on ox2:\n\n```sh\n\/usr\/share\/heartbeat\/hb_standby foreign\n/);
  });

  test('forces each resource on the node that is left (F15)', () => {
    expect(text).toContain('drbdadm primary --force ldap && drbdadm secondary ldap');
    expect(text).toContain('/usr/share/heartbeat/ResourceManager listkeys ox1');
    expect(text).toContain('touch /run/tandem-ha-force');
  });

  test('mounts, restores and unmounts in the order of the group (X11)', () => {
    const [, block = ''] = /On ox1, for group groupware;[^\n]*\n\n```sh\n([\s\S]*?)```/.exec(text) ?? [];
    const lines = block.trim().split('\n');
    expect(lines[0]).toBe('drbdadm primary ldap database imap-index imap-spool queue documents');
    expect(lines[1]).toBe('mount -t ext4 /dev/drbd0 /var/lib/ldap');
    expect(lines.slice(7, 9).sort()).toEqual([
      `${restoreCommand('database-dump')} --replace latest`,
      `${restoreCommand('directory-dump')} --replace latest`,
    ]);
    expect(lines[9]).toMatch(/^umount \/var\/opt\/openexchange .* \/var\/lib\/ldap$/);
  });

  test('has the addresses, mount points and fencing devices of the deployment', () => {
    expect(text).toContain('| groupware | ox1 | 192.168.1.160 |');
    expect(text).toContain('| ox1 | hq | 192.168.1.161 (lan), 192.168.180.10 (link) |');
    expect(text).toContain('| /dev/drbd0 | /var/lib/ldap | groupware |');
    expect(text).toContain('| ox1-ipmi | external/ipmi | ox1 |');
  });

  test('applies the stack in which the deployment is', () => {
    expect(runbook({ ...topology, path: 'office/groupware' })).toContain(
      'cd cdktf.out/stacks/office\nterraform plan -var-file="$OLDPWD"/groupware.secrets.tfvars.json',
    );
  });

  test('says of a deployment without a cluster how to look and nothing of a switch', () => {
    const lone = runbook({ ...topology, clusters: [], backups: [] });
    expect(lone).toContain('tandem status groupware');
    expect(lone).not.toContain('tandem switch groupware');
    expect(lone).toContain('nothing can be restored');
  });

  test('keeps text of users text', () => {
    const nasty = runbook({ ...topology, name: 'a*b <c> | d' });
    expect(nasty).toContain('# Runbook of a\\*b &lt;c&gt; \\| d');
    expect(nasty).toContain("tandem status 'a*b <c> | d'");
  });

  test('is the same for the same topology', () => {
    expect(runbook(groupwarePair())).toBe(text);
  });

  test('holds no secret and no place of one', () => {
    expect(text).not.toContain('@@');
  });
});

test('the commands on the hosts have the names that they are rendered with', () => {
  expect(provision(topology, 'hq/ox1').map(({ path }) => path)).toEqual([PROVISION_COMMAND]);
  expect(restoreCommandOf('a-dump')).toBe(restoreCommand('a-dump'));
  expect(dumpCommand('a-dump')).toBe('/usr/local/sbin/tandem-backup-a-dump');
});
