import type { DirectoryServerFacts } from '../../topology/replication';
import { entry } from '../slapd/entries';
import type { LdifRecord } from '../slapd/ldif';
import { attributeName } from '../slapd/words';
import type { Copy } from '../../topology/openldap-copies';

/** Attributes that hold names of entries, as the plug-in of 389 Directory Server has them. */
const REFERENCES = ['member', 'uniqueMember', 'owner', 'seeAlso'];

/** A plug-in as an overlay of slapd, and the attributes that it looks for. */
export interface Plugin {
  readonly overlay: 'unique' | 'refint';
  readonly attributes: readonly string[];
}

/**
 * The plug-ins of a copy. Values are unique where clients write or may come to. References are kept on every copy if on
 * any: what the overlay removes is not replicated (slapo-refint(5)), each server does it again (R41).
 */
export function pluginsOf({ replica: { role }, references }: Copy, server: DirectoryServerFacts): readonly Plugin[] {
  const { plugins, uniqueAttributes = ['uid'] } = server;
  const unique = plugins.includes('attribute-uniqueness') && (role === 'supplier' || role === 'mirror');
  return [
    ...(unique ? [{ overlay: 'unique' as const, attributes: uniqueAttributes.map(attributeName) }] : []),
    ...(references ? [{ overlay: 'refint' as const, attributes: REFERENCES }] : []),
  ];
}

/**
 * Overlays of a database. They come after those of replication and so before them in each operation: what they refuse
 * is not logged, and what they change is sent.
 * @param first number of the first one
 */
export function pluginOverlays(database: string, plugins: readonly Plugin[], first: number): readonly LdifRecord[] {
  return plugins.map((plugin, index) => {
    const name = `{${first + index}}${plugin.overlay}`;
    return entry(`olcOverlay=${name},${database}`, [['objectClass', 'olcOverlayConfig'], ...settings(plugin, name)]);
  });
}

function settings({ overlay, attributes }: Plugin, name: string): readonly (readonly [string, string])[] {
  return overlay === 'unique'
    ? [
        ['objectClass', 'olcUniqueConfig'],
        ['olcOverlay', name],
        // Without a base: the whole database (slapo-unique(5)).
        ...attributes.map((one): [string, string] => ['olcUniqueURI', `ldap:///?${one}?sub`]),
      ]
    : [
        ['objectClass', 'olcRefintConfig'],
        ['olcOverlay', name],
        ...attributes.map((one): [string, string] => ['olcRefintAttribute', one]),
        // A group must have a member: the last one that goes leaves this one behind.
        ['olcRefintNothing', 'cn=nobody'],
      ];
}
