import type { ConstructPath } from '../../topology/units';
import { headerComment } from '../header';
import { matching } from '../pattern';
import { quote } from '../shell/quote';
import type { ContainerEngine } from './engine';
import { PROGRAMS } from './places';

/** A reference of an image, as `docker pull` takes it. */
const REFERENCE = /^[a-z0-9][A-Za-z0-9._/:@-]*$/;

/**
 * What the image of all containers of a deployment is built from. It holds programs and no configuration, so it changes
 * seldom.
 * @throws FormatError for a base image that is none
 */
export function dockerfile(source: ConstructPath, engine: ContainerEngine, baseImage: string): string {
  const from = matching({
    format: 'Dockerfile',
    what: 'the base image',
    value: baseImage,
    pattern: REFERENCE,
    problem: 'is no reference of an image',
    remedy: "give one of Debian, for instance 'debian:bookworm-slim'",
  });
  const [entryPoint, take, health, systemctl] = Object.values(PROGRAMS).map(nameOf);
  const packages = [...engine.packages, 'openssl'].sort().join(' ');
  const commands = [
    ...engine.answers.map((answer) => `echo ${quote(answer)} | debconf-set-selections`),
    "printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d && chmod 0755 /usr/sbin/policy-rc.d",
    'apt-get -q update',
    `DEBIAN_FRONTEND=noninteractive apt-get -qy --no-install-recommends install ${packages}`,
    'rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb /usr/sbin/policy-rc.d',
    ...engine.afterwards,
  ];
  return `${headerComment(source)}FROM ${from}
RUN ${commands.join(' \\\n && ')}
COPY ${entryPoint} ${take} ${health} /usr/local/sbin/
COPY ${systemctl} /usr/local/bin/
RUN chmod 0755 ${Object.values(PROGRAMS).join(' ')}
ENTRYPOINT ["${PROGRAMS.entryPoint}"]
`;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
