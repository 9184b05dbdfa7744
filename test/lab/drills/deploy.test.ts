import { configuredAfter } from './deploy';

test('the time in which hosts were configured is read from what Terraform prints', () => {
  const told = [
    'terraform_data.secrets: Creation complete after 0s [id=1]',
    'terraform_data.host_ox2: Creation complete after 6s [id=2]',
    'terraform_data.host_ox1: Creation complete after 7s [id=3]',
    'ox  terraform_data.cluster_ox: Creation complete after 1m9s [id=4]',
    'terraform_data.cluster_ox_provision: Creation complete after 2m0s [id=5]',
  ].join('\n');
  expect(configuredAfter(told)).toBe(76);
  expect(configuredAfter('terraform_data.secrets: Creation complete after 0s [id=1]')).toBeUndefined();
});
