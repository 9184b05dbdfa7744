import { allowedProcessors } from './processors';

test('the processors of a process are read from proc(5)', () => {
  expect(allowedProcessors('Cpus_allowed:\tff\nCpus_allowed_list:\t0-2,5\nMems_allowed_list:\t0\n')).toEqual([
    0, 1, 2, 5,
  ]);
  expect(allowedProcessors().length).toBeGreaterThan(0);
});
