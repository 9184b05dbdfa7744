import { failoverWithShadow } from '../../support/open-ldap-directories';
import { groupwarePair } from '../../support/pair';
import type { Lab } from '../lab';
import { DRILL_NAMES, exerciseOf } from './exercise';

const lab = {} as Lab;

test('a pair is switched before its drills, a directory is not', () => {
  const pair = exerciseOf(lab, groupwarePair());
  const directory = exerciseOf(lab, failoverWithShadow().topology());
  expect(pair.first).toEqual(['planned-switch']);
  expect(directory.first).toEqual([]);
  expect(DRILL_NAMES).toEqual(expect.arrayContaining([...pair.drills, ...directory.drills]));
  expect(new Set(DRILL_NAMES).size).toBe(DRILL_NAMES.length);
});

test('fails for a drill of another kind of deployment, naming those that there are', () => {
  const directory = exerciseOf(lab, failoverWithShadow().topology());
  expect(() => directory.run(['planned-switch'], () => undefined)).toThrow(
    /no drill 'planned-switch' of this deployment; there are mirror-power-cut, master-power-cut/,
  );
});
