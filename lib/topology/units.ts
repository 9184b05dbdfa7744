/** A span of time in milliseconds. */
export type Milliseconds = number;

/** An amount of data in bytes. */
export type Bytes = number;

/** A rate of replication or resynchronisation in bytes per second. */
export type BytesPerSecond = number;

/** The speed of a network in bits per second (E23: typed units, bits and bytes are never mixed). */
export type BitsPerSecond = number;

/** The path of an entity below its deployment, for instance `hq/ox1`. It is the entity's id in a topology. */
export type EntityId = string;

/** The full path of a construct in its tree, for instance `ox-cold-standby/groupware/hq/ox1`; messages name it. */
export type ConstructPath = string;

/** What every entity of a topology has. */
export interface EntityFacts {
  readonly id: EntityId;
  readonly path: ConstructPath;
}

/** Options that the model does not know, written as they are into one section of a file, sorted by name. */
export type ExtraOptions = Readonly<Record<string, string>>;
