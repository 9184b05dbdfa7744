import { Token } from 'cdktf';
import { ConnectionSettings, type SshConnection } from '../../lib/target/ssh/connection';
import { groupwarePair } from '../support/pair';
import { HOST_KEY, hostKey } from './stack';

const topology = groupwarePair();
const [ox1] = topology.hosts;

function settings(props: Partial<SshConnection> = {}): ConnectionSettings {
  const names = { privateKeyFile: 'private_key_file_ssh', hostKeys: 'host_keys_ssh' };
  return new ConnectionSettings('ox/ssh', { hostKey, ...props }, names);
}

function block(props: Partial<SshConnection> = {}): Record<string, unknown> {
  if (!ox1) throw new Error('the pair has a host');
  return settings(props).block(topology, ox1);
}

test('a host is reached as root on its service address, with its key known and by the agent', () => {
  expect(block()).toEqual({
    type: 'ssh',
    host: '192.168.1.161',
    port: 22,
    script_path: './.tandem-%RAND%.sh',
    user: 'root',
    host_key: HOST_KEY,
    timeout: '2m',
    agent: true,
  });
});

test('host keys that the stack does not hold come from a variable, and none is refused before Terraform connects', () => {
  if (!ox1) throw new Error('the pair has a host');
  const made = settings({ hostKey: undefined });
  expect(made.block(topology, ox1)['host_key']).toMatch(
    /^\$\{join\("\\n\* ", regexall\(.*lookup\(var\.host_keys_ssh, "ox1", ""\)\)\)\}$/,
  );
  expect(made.preconditions(ox1)).toHaveLength(1);
  expect(made.variables()).toMatchObject({ host_keys_ssh: { type: 'map(string)', default: {} } });
  expect(made.unknownHosts(topology.hosts)).toEqual([]);
  expect(settings().preconditions(ox1)).toEqual([]);
  expect(settings().variables()).toEqual({});
});

test('an address that is given counts more than the modelled one and may be a token', () => {
  const token = Token.asString({ resolve: () => '${aws_instance.ox1.public_ip}' });
  expect(block({ host: { ox1: token } })['host']).toBe(token);
});

test('a private key is read from a file that a variable names', () => {
  const props = { privateKeyFile: '~/.ssh/id_ed25519' };
  expect(block(props)).toMatchObject({
    agent: false,
    private_key: '${file(pathexpand(var.private_key_file_ssh))}',
  });
  expect(settings(props).variables()).toMatchObject({ private_key_file_ssh: { default: '~/.ssh/id_ed25519' } });
});

test('what ssh-keyscan prints is taken, each key but the first with a pattern of its own', () => {
  const other = HOST_KEY.replace('ssh-ed25519 ', '');
  const ox = `# ox1:22 SSH-2.0-OpenSSH\nox1 ssh-ed25519 ${other}\n\nox1 ssh-ed25519 ${other} comment\n`;
  expect(block({ hostKey: { ox1: ox } })['host_key']).toBe(`${HOST_KEY}\n* ${HOST_KEY}`);
});

test.each([
  ['', "the host keys of 'ox1' must be lines such as 'ssh-ed25519 AAAA...'"],
  ['ssh-ed25519 AAAA', 'must be lines'],
  [HOST_KEY.replace('ssh-ed25519', 'ssh-rsa'), 'must be lines'],
  [`${HOST_KEY}\nrubbish`, 'must be lines'],
])('fails for the host key %j', (key, message) => {
  expect(() => settings({ hostKey: { ox1: key } })).toThrow(message);
});

test.each<[Partial<SshConnection>, string]>([
  [{ user: 'root; reboot' }, '[ox/ssh] ssh/user: connection.user is no name of a Unix user (root; reboot); correct it'],
  [{ timeout: '5 minutes' }, 'ssh/timeout: connection.timeout is no time such as 90s or 5m (5 minutes)'],
  [{ port: 70000 }, 'ssh/port: connection.port must be 1 to 65535 (70000)'],
])('fails for %j', (props, message) => {
  expect(() => settings(props)).toThrow(message);
});
