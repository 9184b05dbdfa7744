/** A rule about files: what they must say together before a topology can be judged at all. */
export interface FileRule {
  readonly id: string;
  readonly severity: 'error' | 'warning';
  readonly requirements: readonly string[];
  /** One sentence: what must hold. */
  readonly title: string;
  /** Why it matters. */
  readonly rationale: string;
}

/** E8: Heartbeat needs ha.cf, haresources and authkeys. */
export const fileSet: FileRule = {
  id: 'files/complete',
  severity: 'error',
  requirements: ['E8'],
  title: 'Heartbeat has ha.cf, haresources and authkeys.',
  rationale: 'Heartbeat does not start when one of its three files is missing.',
};

/** E8: authkeys is for root alone. */
export const authkeysMode: FileRule = {
  id: 'files/authkeys-mode',
  severity: 'error',
  requirements: ['E8'],
  title: 'Only root may read authkeys.',
  rationale: 'Heartbeat refuses to start when the mode of authkeys is not 0600.',
};

/** E7: a line for the peer of one node. */
export const ucastPeer: FileRule = {
  id: 'files/ucast-peer',
  severity: 'warning',
  requirements: ['E7'],
  title: 'ha.cf names the addresses of both nodes in ucast lines, or is made for each node.',
  rationale:
    'ha.cf gets copied to the other node. There a line with only that node’s address sends its heartbeats to itself. Heartbeat ignores its own address, so both may be named.',
};

/** E17: one step per disk. */
export const activationSteps: FileRule = {
  id: 'files/activation-steps',
  severity: 'warning',
  requirements: ['E17'],
  title: 'Each disk is mounted directly after its activation.',
  rationale:
    'A list that activates several disks and then mounts several is read as one step and one mount is forgotten when a disk is added; when a step fails, what was activated stays behind.',
};

/** E3: what the files call a thing must be one thing. */
export const joins: FileRule = {
  id: 'files/join',
  severity: 'error',
  requirements: ['E3', 'X28'],
  title: 'haresources names devices and resources that drbd.conf has.',
  rationale: 'The start script fails at the name that does not exist, and Heartbeat gives up the whole group.',
};

/** A keyword that the program does not know. */
export const unknownKeyword: FileRule = {
  id: 'files/unknown-keyword',
  severity: 'warning',
  requirements: ['X22'],
  title: 'Every keyword is known to the program that reads the file.',
  rationale:
    'The program refuses the whole file, or the keyword does nothing; often it is misspelt or of another version.',
};

/** A value that the program does not take. */
export const unreadableValue: FileRule = {
  id: 'files/value',
  severity: 'error',
  requirements: ['X22', 'X27'],
  title: 'Numbers, times and addresses are written as the program reads them.',
  rationale: 'The program refuses the file, or takes something else than what was meant.',
};

/** What a resource cannot do without. */
export const incompleteResource: FileRule = {
  id: 'files/incomplete-resource',
  severity: 'error',
  requirements: ['X25'],
  title: 'Every host of a DRBD resource has a device, a disk, a place for metadata and an address.',
  rationale: 'drbdadm refuses the file, so that no resource comes up.',
};

/** Names of resources. */
export const repeatedResource: FileRule = {
  id: 'files/repeated-resource',
  severity: 'error',
  requirements: ['X26'],
  title: 'drbd.conf and its includes have one resource of a name.',
  rationale: 'drbdadm refuses the file; often a copied .res file still has the name of the original.',
};

/** haresources beside a cluster resource manager. */
export const unusedHaresources: FileRule = {
  id: 'files/haresources-unused',
  severity: 'warning',
  requirements: ['X28'],
  title: 'haresources is only there when Heartbeat reads it.',
  rationale: 'With `crm` on, resources live in the resource manager; a change in haresources has no effect.',
};

/** All rules about files, by id. */
export const fileRules: readonly FileRule[] = [
  activationSteps,
  authkeysMode,
  fileSet,
  unusedHaresources,
  incompleteResource,
  joins,
  repeatedResource,
  ucastPeer,
  unknownKeyword,
  unreadableValue,
];
