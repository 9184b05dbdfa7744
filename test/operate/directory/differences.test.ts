import { contextOf } from '../../../lib/operate/directory/csn';
import { lostChanges, lostChangesLdif } from '../../../lib/operate/directory/rejoin/differences';
import { storedEntries } from '../../../lib/operate/directory/rejoin/stored-entries';

const csn = (second: number, serverId: number): string =>
  `202611272116${String(second).padStart(2, '0')}.000000Z#000000#00${serverId}#000000`;

const stored = (uid: string, second: number, serverId: number, more = ''): string =>
  `dn: uid=${uid},dc=x\nuid: ${uid}\n${more}entryUUID: u-${uid}\nentryCSN: ${csn(second, serverId)}\nmodifyTimestamp: x\n\n`;

const group = storedEntries(
  [
    stored('same', 1, 1),
    stored('changed', 2, 1, 'mail: old\ncn: a\n'),
    stored('changed-in-group', 30, 2),
    stored('deleted-there', 3, 1),
    stored('new-in-group', 31, 2),
  ].join(''),
);

const returned = storedEntries(
  [
    stored('same', 1, 1),
    stored('changed', 21, 1, 'mail: new\njpegPhoto:: AAEC\ncn: a\n'),
    stored('changed-in-group', 4, 1),
    stored('deleted-in-group', 5, 1),
    stored('added', 22, 1, 'description:: w6Q=\n'),
  ].join(''),
);

const changes = lostChanges({ returned, serverId: 1, group, context: contextOf([csn(20, 1), csn(31, 2)]) });

test('what never left the master is kept, and what the group did since is not (F26)', () => {
  expect(changes.map(({ kind, entry }) => `${kind} ${entry.dn}`)).toEqual([
    'changed : uid=changed,dc=x',
    'added : uid=added,dc=x',
    'deleted : uid=deleted-there,dc=x',
  ]);
});

test('the LDIF has values as they were printed, and no attribute that slapd writes itself', () => {
  expect(lostChangesLdif(changes, ['head'])).toBe(`# head

dn: uid=changed,dc=x
changetype: modify
replace: mail
mail: new
-
replace: jpegPhoto
jpegPhoto:: AAEC
-

dn: uid=added,dc=x
changetype: add
uid: added
description:: w6Q=

# deleted there, and still in the group
# dn: uid=deleted-there,dc=x
# changetype: delete
`);
});

test('without a difference nothing is kept', () => {
  expect(lostChanges({ returned: group, serverId: 1, group, context: contextOf([csn(20, 1), csn(31, 2)]) })).toEqual(
    [],
  );
});
