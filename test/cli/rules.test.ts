import { fileRules } from '../../lib/adopt/files/rules';
import { allRules } from '../../lib/check/rules';
import { targetRules } from '../../lib/check/target-rules';
import { tandem } from './support';

describe('tandem rules', () => {
  test('lists every rule with severity, requirements and title', async () => {
    const { code, out } = await tandem(['rules'], '.');
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(1 + allRules.length + targetRules.length + fileRules.length);
    expect(out).toMatch(/^cluster\/fencing +error +X4 E5 +Every node of a cluster/m);
    expect(out).toMatch(/^files\/ucast-peer +warning +E7 /m);
  });

  test('lists them as JSON with the reason for each', async () => {
    const rules = JSON.parse((await tandem(['rules', '--json'], '.')).out) as readonly {
      id: string;
      rationale: string;
    }[];
    expect(rules.map((rule) => rule.id)).toEqual(
      [...allRules, ...targetRules, ...fileRules].map((rule) => rule.id).sort(),
    );
    expect(rules.filter((rule) => rule.rationale === '')).toEqual([]);
  });
});
