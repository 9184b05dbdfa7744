import { RENDERED, SETUP } from './places';

/** Where the setup of an instance finds the files of its certificate. */
export function certificatePlaces(instance: string): Readonly<Record<'authorities' | 'certificate' | 'key', string>> {
  const folder = `${RENDERED}/${instance}/tls`;
  return { authorities: `${folder}/ca.pem`, certificate: `${folder}/server.crt`, key: `${folder}/server.key` };
}

/**
 * Lines of a bundle: where the files of an instance's certificate belong, what checks them and what takes note of them.
 * The setup gives copies of them to the user of the server.
 */
export function certificateLines(instance: string): readonly string[] {
  const line = (path: string, mode: string): readonly string[] => [
    `file ${path} ${mode} root root certificate command`,
    `command ${path} ${SETUP} ${instance}`,
  ];
  const { authorities, certificate, key } = certificatePlaces(instance);
  return [...line(authorities, '0644'), ...line(certificate, '0644'), ...line(key, '0600')];
}
