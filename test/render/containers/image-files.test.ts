import { imageFiles } from '../../../lib/render/containers/image-files';
import { mesh } from '../../support/ds389-directories';
import { failoverWithShadow } from '../../support/open-ldap-directories';

const topology = failoverWithShadow().topology();

test.each([
  ['OpenLDAP', topology, 'ldap-utils libnss-myhostname openssl slapd'],
  ['389 Directory Server', mesh().topology(), '389-ds-base ldap-utils libnss3-tools openssl'],
])('an image of %s is built from a Dockerfile and the programs that it copies', (_engine, of, packages) => {
  const files = imageFiles(of, 'debian:bookworm-slim');
  const text = files.get('Dockerfile') ?? '';
  const copied = [...text.matchAll(/^COPY (.*) \S+$/gm)].flatMap(([, names = '']) => names.split(' '));
  expect(copied.sort()).toEqual([...files.keys()].filter((name) => name !== 'Dockerfile').sort());
  expect(text).toContain(` install ${packages} \\\n`);
  expect(text).toMatch(/^FROM debian:bookworm-slim$/m);
});

test('fails on a base image that is none', () => {
  expect(() => imageFiles(topology, 'debian\nRUN true')).toThrow(
    /Dockerfile: the base image is no reference of an image/,
  );
});

test('the image holds no configuration, so a changed setting makes no new one', () => {
  const changed = failoverWithShadow({ load: { entries: 5_000_000 } }).topology();
  expect([...imageFiles(changed, 'debian')]).toEqual([...imageFiles(topology, 'debian')]);
});
