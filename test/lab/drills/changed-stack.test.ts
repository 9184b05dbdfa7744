import { withChangedFile, withTimeout } from './changed-stack';

const host = (bundle: string): object => ({
  triggers_replace: { bundle, files: { '/etc/one': 'a\nb\n', '/etc/two': 'c\n' } },
  connection: { timeout: '2m' },
  provisioner: [{ 'remote-exec': { inline: [`apply check ${bundle}`] } }],
});
const stack = JSON.stringify({
  resource: {
    terraform_data: {
      host_one: host('1111'),
      host_two: host('2222'),
      cluster_c: { triggers_replace: { bundles: { one: '1111', two: '2222' } } },
    },
  },
});

interface Parsed {
  readonly resource: {
    readonly terraform_data: Record<string, { readonly triggers_replace: { bundle: string; files: object } }>;
  };
}

test('a changed file gives its host another bundle, wherever that is named', () => {
  const text = withChangedFile(stack, ['one'], '/etc/one', (content) => content.replace('b', 'B'));
  const { host_one: one, host_two: two } = (JSON.parse(text) as Parsed).resource.terraform_data;
  expect(one?.triggers_replace.files).toEqual({ '/etc/one': 'a\nB\n', '/etc/two': 'c\n' });
  expect(text).not.toContain('1111');
  expect(text.split(one?.triggers_replace.bundle ?? '')).toHaveLength(4);
  expect(two).toEqual(host('2222'));
});

test('fails where a host does not get the file, or nothing changes', () => {
  expect(() => withChangedFile(stack, ['one'], '/etc/three', (content) => content)).toThrow(/one does not get/);
  expect(() => withChangedFile(stack, ['one'], '/etc/one', (content) => content)).toThrow(
    /nothing that can be changed/,
  );
});

test('connections are tried for another time', () => {
  expect(withTimeout(stack, '20s')).not.toContain('2m');
  expect(withTimeout(stack, '20s')).toContain('"timeout":"20s"');
});
