import { sortedUnique } from '../../topology/order';
import type { ConstructPath } from '../../topology/units';
import { headerComment } from '../header';
import { matching } from '../pattern';
import { quote } from '../shell/quote';
import type { ContainerRole } from './container-role';
import { fileName, PROGRAMS, ROLE_FOLDER } from './places';

/** A reference of an image, as `docker pull` takes it. */
const REFERENCE = /^[a-z0-9][A-Za-z0-9._/:@-]*$/;

/**
 * What the image of all containers of a deployment is built from. It holds programs and no configuration, so it changes
 * seldom.
 * @throws FormatError for a base image that is none
 */
export function dockerfile(source: ConstructPath, roles: readonly ContainerRole[], baseImage: string): string {
  const from = matching({
    format: 'Dockerfile',
    what: 'the base image',
    value: baseImage,
    pattern: REFERENCE,
    problem: 'is no reference of an image',
    remedy: "give one of Debian, for instance 'debian:bookworm-slim'",
  });
  const [entryPoint, take, health, systemctl] = Object.values(PROGRAMS).map(fileName);
  const packages = sortedUnique([...roles.flatMap((role) => role.packages), 'openssl']).join(' ');
  const commands = [
    ...roles.flatMap(({ answers }) => answers).map((answer) => `echo ${quote(answer)} | debconf-set-selections`),
    "printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d && chmod 0755 /usr/sbin/policy-rc.d",
    'apt-get -q update',
    `DEBIAN_FRONTEND=noninteractive apt-get -qy --no-install-recommends install ${packages}`,
    'rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb /usr/sbin/policy-rc.d',
    ...roles.flatMap(({ afterwards }) => afterwards),
  ];
  return `${headerComment(source)}FROM ${from}
RUN ${commands.join(' \\\n && ')}
COPY ${entryPoint} ${take} ${health} /usr/local/sbin/
COPY ${systemctl} /usr/local/bin/
${copiedRoles(roles)}RUN chmod 0755 ${Object.values(PROGRAMS).join(' ')}${roles.length > 1 ? ` ${ROLE_FOLDER}/*/*` : ''}
ENTRYPOINT ["${PROGRAMS.entryPoint}"]
`;
}

const copiedRoles = (roles: readonly ContainerRole[]): string =>
  roles.length > 1 ? roles.map(({ name }) => `COPY ${name}/ ${ROLE_FOLDER}/${name}/\n`).join('') : '';
