import { files } from '../../../lib/render/drbd-conf/files';
import { groupwarePair } from '../../support/pair';
import { FakeNode } from '../shell/fake-node';

const [drbdConf] = files(groupwarePair(), 'hq/ox1');
const COMMAND = drbdConf?.activation?.kind === 'command' ? drbdConf.activation.command : '';

/** Runs the activation of drbd.conf on a node with these overrides. @returns the overrides that it adds */
function added(overrides: string): string[] {
  const node = new FakeNode({
    'dpkg-statoverride': `test "$1" = --add || { cat "$node/overrides"; test -s "$node/overrides"; }`,
    modprobe: '',
    drbdadm: '',
  });
  try {
    node.write('overrides', overrides);
    expect(node.run(COMMAND)).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(node.calls('modprobe')).toEqual(['modprobe drbd']);
    return node.calls('dpkg-statoverride').filter((call) => call.includes('--add'));
  } finally {
    node.close();
  }
}

const DRBDSETUP = 'dpkg-statoverride --add --update root haclient 4750 /lib/drbd/drbdsetup-84';
const DRBDMETA = 'dpkg-statoverride --add --update root haclient 4750 /usr/sbin/drbdmeta';

test('lets the outdater work with the rights of root on a new node', () => {
  expect(added('')).toEqual([DRBDSETUP, DRBDMETA]);
});

test('leaves an override that an administrator made, and is not misled by a longer path', () => {
  expect(added('root haclient 4750 /usr/sbin/drbdmeta.old\nroot staff 4755 /lib/drbd/drbdsetup-84\n')).toEqual([
    DRBDMETA,
  ]);
  expect(added('root haclient 4750 /lib/drbd/drbdsetup-84\nroot haclient 4750 /usr/sbin/drbdmeta\n')).toEqual([]);
});
