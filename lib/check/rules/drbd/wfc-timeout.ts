import type { DrbdResourceFacts, DrbdStartupFacts } from '../../../topology/drbd';
import type { Rule } from '../../rule';

type Wait = Exclude<keyof DrbdStartupFacts, 'extraOptions'>;

const keywords: Readonly<Record<Wait, string>> = {
  wfcTimeout: 'wfc-timeout',
  degrWfcTimeout: 'degr-wfc-timeout',
  outdatedWfcTimeout: 'outdated-wfc-timeout',
};

/** E11: a node that boots alone does not wait for ever. */
export const wfcTimeout: Rule = {
  id: 'drbd/wfc-timeout',
  severity: 'warning',
  requirements: ['E11'],
  title: 'The times that a booting node waits for its peer are finite.',
  rationale:
    'Unless a time is given DRBD waits without limit and blocks the boot: after a power cut that one node does not survive, the other waits for ever and nothing runs.',
  check: (topology) =>
    topology.drbdResources.flatMap((resource) => {
      const endless = waitsOf(resource).filter((wait) => isEndless(resource, wait));
      const [first] = endless;
      return first === undefined
        ? []
        : [
            {
              path: resource.path,
              problem: 'a booting node waits for its peer without limit',
              value: endless
                .map((wait) => `${keywords[wait]} ${resource.startup[wait] ?? 'not given: infinite'}`)
                .join(', '),
              remedy: 'give a finite time, for instance 120s',
              property: `startup.${first}`,
            },
          ];
    }),
};

function waitsOf(resource: DrbdResourceFacts): readonly Wait[] {
  return resource.version === '0.7'
    ? ['wfcTimeout', 'degrWfcTimeout']
    : ['wfcTimeout', 'degrWfcTimeout', 'outdatedWfcTimeout'];
}

/** Absent means without limit, but for degr-wfc-timeout of DRBD 0.7, whose default is 60 s. */
function isEndless(resource: DrbdResourceFacts, wait: Wait): boolean {
  const given = resource.startup[wait];
  if (given !== undefined) return given === 'infinite';
  return !(resource.version === '0.7' && wait === 'degrWfcTimeout');
}
