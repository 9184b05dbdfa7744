/** What a lab makes of one topology: plain data, written to `plan.json` of the lab. */
export interface LabPlan {
  /** Name of the deployment. */
  readonly name: string;
  readonly networks: readonly LabNetwork[];
  readonly nodes: readonly LabNode[];
  readonly cables: readonly LabCable[];
  readonly fencing: readonly LabFencingDevice[];
}

/** A network: one bridge in the lab's network namespace. */
export interface LabNetwork {
  /** Its name in the topology, with the site before it where several sites have one of that name. */
  readonly name: string;
  readonly bridge: string;
  /** What the bridge itself answers to: clients and ssh come from there. With prefix length. */
  readonly client: string;
}

/** A host: one User-Mode Linux process. */
export interface LabNode {
  readonly name: string;
  /** Where ssh reaches it. */
  readonly address: string;
  readonly interfaces: readonly LabInterface[];
  readonly disks: readonly LabDisk[];
  /** Block device with the archive that is unpacked at the first boot. */
  readonly setupDevice: string;
  /** Services of the topology that no package brings: the lab puts a stand-in there. */
  readonly standIns: readonly LabStandIn[];
}

/** A network interface of a node. */
export interface LabInterface {
  /** As the topology calls it. */
  readonly name: string;
  /** As User-Mode Linux calls it. */
  readonly device: string;
  readonly tap: string;
  readonly network: string;
  readonly bridge: string;
  readonly mac: string;
  /** With prefix length; an interface of several networks has several. */
  readonly addresses: readonly string[];
}

/** A disk of a node: one sparse file of the lab. */
export interface LabDisk {
  /** As the topology calls it, for instance `/dev/sdb`. */
  readonly path: string;
  /** As User-Mode Linux calls it. */
  readonly device: string;
  readonly file: string;
  /** Size in sectors of 512 bytes. */
  readonly sectors: number;
  /** Parts that the topology uses; the disk itself where it is used whole. */
  readonly parts: readonly LabPart[];
}

/** What a topology uses of a disk. */
export interface LabPart {
  readonly path: string;
  /** First sector. */
  readonly start: number;
  readonly sectors: number;
}

/** A null-modem cable. */
export interface LabCable {
  readonly name: string;
  /** Bits a second; ten bits make a byte. */
  readonly baud: number;
  readonly ends: readonly { readonly node: string; readonly port: number }[];
}

/** Where the power switch answers, and for which nodes. */
export interface LabFencingDevice {
  readonly name: string;
  readonly address: string;
  readonly nodes: readonly string[];
}

/** A service whose software is not in the image. */
export interface LabStandIn {
  readonly service: string;
  readonly ports: readonly number[];
}

/** What a topology does not say. */
export interface LabPlanOptions {
  /**
   * Size of each partition, in MiB.
   * @default 128
   */
  readonly partitionSize?: number;
}

/** A topology that a lab cannot be made of, or a lab that is not in the state for what was asked. */
export class LabError extends Error {}
