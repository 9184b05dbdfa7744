import type { SourceLocation, SyntaxFault } from '../render/source';
import type { FileRule } from './files/rules';

/** What is wrong with files beyond what a topology shows; it has the shape of a rule's finding. */
export interface FileFinding {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly requirements: readonly string[];
  /** Entity of the topology that it belongs to. */
  readonly path: string;
  readonly problem: string;
  readonly value?: string;
  readonly remedy: string;
  readonly location?: SourceLocation;
}

/** Something the files leave open, or that was read in one of several ways. */
export interface Note {
  readonly text: string;
  readonly requirement?: string;
  readonly location?: SourceLocation;
}

/** A setting that the model cannot hold. */
export interface UnmodelledSetting {
  /** Where it stands, in words: `resource r0, section options`. */
  readonly where: string;
  readonly name: string;
  readonly value: string;
  readonly location?: SourceLocation;
}

/** Collects what there is to say while files are read. */
export class Remarks {
  readonly faults: SyntaxFault[] = [];
  readonly findings: FileFinding[] = [];
  readonly notes: Note[] = [];
  readonly unmodelled: UnmodelledSetting[] = [];

  finding(rule: FileRule, found: Pick<FileFinding, 'path' | 'problem' | 'value' | 'remedy' | 'location'>): void {
    this.findings.push({ ...found, rule: rule.id, severity: rule.severity, requirements: rule.requirements });
  }

  note(text: string, location?: SourceLocation, requirement?: string): void {
    this.notes.push({ text, location, requirement });
  }
}
