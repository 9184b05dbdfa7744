import type { InputFile } from '../../lib/adopt/input';
import { renderHost } from '../../lib/render/render';
import { groupwarePair } from '../support/pair';
import { judge } from './support';

const files = renderHost(groupwarePair({}, {}, { start: 'together' }), 'hq/ox1');
const file = (path: string): InputFile => ({ file: path, text: files.find((one) => one.path === path)!.content });

const { adoption, remarks } = judge({
  drbd: file('/etc/drbd.conf'),
  ha: file('/etc/ha.d/ha.cf'),
  haresources: file('/etc/ha.d/haresources'),
});

test('a group that starts together is kept as the script that haresources names', () => {
  const [group] = adoption.topology.clusters[0]!.groups;
  expect(group).toMatchObject({ name: 'groupware', start: 'in-turn' });
  expect(group!.members[0]).toMatchObject({ kind: 'other', script: 'tandem-group', arguments: ['groupware'] });
});

test('what it promotes and mounts is said to be unseen, and is not missed', () => {
  expect(adoption.notes.map(({ text }) => text)).toContain(
    'what group groupware promotes, mounts and starts stands in /etc/tandem/group, which is not read: none of it is judged',
  );
  const rules = remarks.map((remark) => remark.rule);
  expect(rules).not.toContain('drbd/without-group');
  expect(rules).not.toContain('drbd/without-mount');
});
