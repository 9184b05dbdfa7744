import { comparableName } from '../../../topology/distinguished-name';
import { duplicates } from '../../collections';
import type { Rule } from '../../rule';

/** R2: a suffix is one database. */
export const uniqueSuffix: Rule = {
  id: 'directory/unique-suffix',
  severity: 'error',
  requirements: ['R1', 'R2'],
  title: 'A suffix belongs to one directory.',
  rationale: 'One database holds one suffix; a suffix that is spread over several can not be replicated.',
  check: ({ directories }) =>
    duplicates(directories, ({ suffix }) => comparableName(suffix)).flatMap(({ first, others }) =>
      others.map(({ path, suffix }) => ({
        path,
        problem: `the suffix belongs to directory ${first.name} already`,
        value: suffix,
        remedy: 'describe it once, with all of its servers',
        property: 'suffix',
      })),
    ),
};
