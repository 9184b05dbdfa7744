import { by } from '../../topology/order';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { lineComment, printCode, text, type Code } from './code';
import { constantNames, constructName, Names } from './names';

/** What a generated stack is put together from. */
export class StackParts {
  readonly constants = constantNames();
  /** Names of constructs that stand directly in the deployment; resources keep theirs, others give way. */
  readonly constructs: Names;
  /** What the model cannot hold, in words. */
  readonly left: string[] = [];
  private readonly statements: string[] = [];
  private readonly imports = new Set<string>(['Deployment']);
  private readonly byEntity = new Map<EntityId, string>();

  constructor(readonly topology: Topology) {
    this.constructs = new Names([
      'site',
      'heartbeat',
      ...topology.drbdResources.map((resource) => constructName(resource.name)),
    ]);
  }

  /** Notes that a name of the public interface is used. */
  use(name: string): string {
    this.imports.add(name);
    return name;
  }

  /** The names of the public interface that are used, sorted. */
  get used(): readonly string[] {
    return [...this.imports].sort(by((name) => name.toLowerCase()));
  }

  /** The constant that holds an entity. */
  constantOf(kind: string, entity: EntityId): string | undefined {
    return this.byEntity.get(`${kind} ${entity}`);
  }

  /** Adds `const name = code;` for an entity. */
  define(kind: string, entity: EntityId, constant: string, code: Code, ...comments: readonly string[]): void {
    this.byEntity.set(`${kind} ${entity}`, constant);
    this.add(`const ${constant} = `, code, ...comments);
  }

  /** Adds a statement. */
  add(before: string, code: Code, ...comments: readonly string[]): void {
    const lines = comments.map((comment) => `    ${lineComment(comment)}\n`).join('');
    this.statements.push(`${lines}    ${before}${printCode(code, 4, before.length + 1)};\n`);
  }

  /** `Duration.seconds(10)`. */
  duration(milliseconds: number): string {
    this.use('Duration');
    return milliseconds % 1000 === 0
      ? `Duration.seconds(${milliseconds / 1000})`
      : `Duration.milliseconds(${milliseconds})`;
  }

  /** `DataRate.mebibytesPerSecond(5)`. */
  rate(bytesPerSecond: number): string {
    this.use('DataRate');
    const mebibytes = bytesPerSecond / 1024 ** 2;
    return Number.isInteger(mebibytes)
      ? `DataRate.mebibytesPerSecond(${mebibytes})`
      : `DataRate.kibibytesPerSecond(${bytesPerSecond / 1024})`;
  }

  /** `DataSize.kibibytes(512)`. */
  size(bytes: number): string {
    this.use('DataSize');
    return bytes % 1024 === 0 ? `DataSize.kibibytes(${bytes / 1024})` : `DataSize.bytes(${bytes})`;
  }

  /** `SecretRef.named('ipmi')`. */
  secret(name: string): string {
    this.use('SecretRef');
    return `SecretRef.named(${text(name)})`;
  }

  /** All statements, in order. */
  body(): string {
    return this.statements.join('');
  }
}
