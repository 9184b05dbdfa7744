import type { RenderedFile } from '../../lib/render/file';
import { secretMarker } from '../../lib/topology/secret';
import { runInNamespace } from './support';

/** A server's LDIF under a name that says whose it is. */
export interface NamedLdif {
  readonly name: string;
  readonly file: RenderedFile;
}

// The directories of databases are there, as the start script makes them. Whatever slapadd says is a complaint.
const CHECK = `
mount -t tmpfs tmpfs /var/lib/ldap
mount -t tmpfs tmpfs /mnt
for ldif in "$1"/*.ldif; do
  sed -n 's/^olcDbDirectory: //p' "$ldif" | while read -r directory; do mkdir -p "$directory"; done
  rm -rf /mnt/config; mkdir /mnt/config
  slapadd -n 0 -F /mnt/config -l "$ldif" >/mnt/output 2>&1 && ! [ -s /mnt/output ] ||
    { echo "COMPLAINT $(basename "$ldif" .ldif)"; head -n 3 /mnt/output; }
done
echo "CHECKED $(ls "$1"/*.ldif | wc -l)"
`;

/** What slapadd says about each of the LDIF files, one namespace for all: nothing, if all is well. */
export function slapaddComplaints(ldifs: readonly NamedLdif[]): string {
  const { status, stdout, stderr } = runInNamespace(['sh', '-c', CHECK, 'sh', '{}'], {
    hostname: 'checked',
    files: Object.fromEntries(ldifs.map(({ name, file }) => [`${name.replaceAll('/', '_')}.ldif`, withAnyHash(file)])),
    timeout: 30_000 + ldifs.length * 2_000,
  });
  const done = `CHECKED ${ldifs.length}\n`;
  return status === 0 && stdout.endsWith(done) && stderr === ''
    ? stdout.slice(0, -done.length)
    : `${status} ${stdout}${stderr}`;
}

/** slapadd takes any text for a hash, and hashing takes longer than slapadd. */
function withAnyHash(file: RenderedFile): string {
  return file.secrets.reduce(
    (content, name) =>
      content
        .replaceAll(secretMarker(name), `secret-${name}`)
        .replaceAll(secretMarker(name, 'crypt'), () => '$6$salt$hash'),
    file.content,
  );
}
