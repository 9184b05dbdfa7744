import { restoreDirectory } from '../../../lib/operate/directory/restore/restore';
import { mesh } from '../../support/ds389-directories';
import { workOn } from './fake-servers';

test('a directory on 389 Directory Server is filled by hand, and the runbook is named', async () => {
  const { work } = workOn(mesh().topology(), {});
  await expect(restoreDirectory(work, { from: 'latest', replace: true, show: false })).rejects.toThrow(
    /people is on 389 Directory Server: RUNBOOK\.md has the commands/,
  );
});
