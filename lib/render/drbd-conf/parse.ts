import type { Parsed, SourceLocation, SyntaxFault } from '../source';
import { sortFaults } from '../source';
import { isKnownKeyword, isKnownOption } from './keywords';
import { lex, skipBraces, type Token } from './lex';
import { isKnownSection, isNeverAnOption, isTopLevelSection, mayHold, needsName } from './placement';
import { headOf, raw, quoted, type DrbdConf, type DrbdItem, type DrbdOption, type DrbdValue } from './syntax';

interface OpenSection {
  readonly kind: 'section';
  readonly name: string;
  readonly arguments: readonly DrbdValue[];
  readonly body: DrbdItem[];
  readonly location: SourceLocation;
}

interface Frame {
  readonly section: OpenSection;
  /** The section had been closed already, at this line, and is open again because more of it followed. */
  readonly closedAt?: number;
  /** The brace has no name: what it holds belongs to the section around it. */
  readonly transparent?: true;
}

/** What was read from one keyword up to the mark behind it. */
interface Statement {
  readonly name: string;
  readonly values: readonly DrbdValue[];
  readonly location: SourceLocation;
  readonly opens: boolean;
  /** Index of the first token behind the statement. */
  readonly next: number;
}

/**
 * Reads drbd.conf(5) of any generation. Never throws: what is broken is reported, all of it, and the rest is
 * understood as its author most likely meant it (E1: braces; E2: strings over line ends; missing semicolons).
 */
export function parse(text: string, file?: string): Parsed<DrbdConf> {
  return new Parser(text, file).run();
}

class Parser {
  private readonly tokens: readonly Token[];
  private faults: SyntaxFault[];
  private readonly items: DrbdItem[] = [];
  private readonly stack: Frame[] = [];
  /** The outermost section that was closed last, and the line of its closing brace. */
  private last?: { readonly section: OpenSection; readonly closedAt: number };

  constructor(
    private readonly text: string,
    private readonly file: string | undefined,
  ) {
    const { tokens, faults } = lex(text, file);
    this.tokens = tokens;
    this.faults = faults;
  }

  run(): Parsed<DrbdConf> {
    let index = 0;
    for (let token = this.tokens[index]; token; token = this.tokens[index]) index = this.step(token, index);
    const end = this.tokens.at(-1)?.line ?? 1;
    while (this.stack.length > 0) this.closeUnclosed('the file ends', end);
    return { tree: { items: this.items }, errors: sortFaults(this.faults) };
  }

  private step(token: Token, index: number): number {
    switch (token.kind) {
      case 'comment':
        this.body.push({ kind: 'comment', text: token.text, location: this.at(token.line) });
        return index + 1;
      case '}':
        this.close(token.line);
        return index + 1;
      case ';':
        this.fault(token.line, "';' without a statement before it; remove it");
        return index + 1;
      case '{':
        this.openNameless(token.line);
        return index + 1;
      case 'word':
        return token.text === 'skip' ? this.skip(token, index) : this.place(this.statement(token, index));
      case 'string': {
        this.fault(token.line, `a quoted string stands where a keyword is expected ('${token.text}'); remove it`);
        const dropped = this.statement(token, index);
        if (dropped.opens) this.openNameless(token.line, false);
        return dropped.next;
      }
    }
  }

  /** Collects the words of a statement; comments between them go before it. */
  private statement(head: Token, index: number): Statement {
    const values: DrbdValue[] = [];
    const location = this.at(head.line);
    let line = head.line;
    let next = index + 1;
    for (let token = this.tokens[next]; token; token = this.tokens[next]) {
      if (token.kind === ';') return { name: head.text, values, location, opens: false, next: next + 1 };
      if (token.kind === '{') return { name: head.text, values, location, opens: true, next: next + 1 };
      if (token.kind === '}') break;
      if (token.kind === 'comment') {
        this.body.push({ kind: 'comment', text: token.text, location: this.at(token.line) });
      } else {
        if (token.kind === 'word' && token.line > line && isKnownKeyword(token.text)) break;
        values.push(token.kind === 'word' ? raw(token.text) : quoted(token.text));
        line = token.line;
      }
      next += 1;
    }
    const opens = this.tokens[next]?.kind === 'word' && (isNeverAnOption(head.text) || isBareDisk(head.text, values));
    this.fault(line, `'${head.text}' has no ${opens ? 'opening brace; add one' : "';' at its end; add one"}`);
    return { name: head.text, values, location, opens, next };
  }

  private place(statement: Statement): number {
    if (statement.opens) this.open(statement);
    else this.placeOption(statement);
    return statement.next;
  }

  private placeOption({ name, values, location }: Statement): void {
    const [first] = values;
    if (name === 'include' && first !== undefined && values.length === 1) {
      this.body.push({ kind: 'include', pattern: 'raw' in first ? first.raw : first.quoted, location });
      return;
    }
    if (this.stack.length === 0) {
      if (this.last && isKnownOption(this.last.section.name, name))
        this.reopen(this.last, `option '${name}'`, location);
      else this.fault(location.line, `option '${name}' stands outside every section; move it into one`, 'E1');
    }
    const option: DrbdOption = { kind: 'option', name, values, location };
    this.body.push(option);
  }

  private open({ name, values, location }: Statement): void {
    const section: OpenSection = { kind: 'section', name, arguments: values, body: [], location };
    if (needsName(name) && values.length === 0) this.fault(location.line, `section '${name}' has no name; add one`);
    this.makeRoom(section);
    this.body.push(section);
    this.stack.push({ section });
  }

  /** Closes what can not hold the new section, and opens again what was closed before it. */
  private makeRoom(section: OpenSection): void {
    const { name, location } = section;
    const fits = (frame: Frame): boolean => mayHold(frame.section.name, name);
    const why = `'${headOf(section)}' begins inside it`;
    if (isTopLevelSection(name)) {
      while (this.stack.length > 0) this.closeUnclosed(why, location.line);
      return;
    }
    if (this.stack.some(fits)) {
      for (let frame = this.stack.at(-1); frame && !fits(frame); frame = this.stack.at(-1))
        this.closeUnclosed(why, location.line);
      return;
    }
    if (!isKnownSection(name)) return;
    if (this.stack.length === 0 && this.last && mayHold(this.last.section.name, name))
      this.reopen(this.last, `section '${headOf(section)}'`, location);
    else if (this.stack.length === 0)
      this.fault(location.line, `section '${headOf(section)}' stands outside every resource; move it into one`, 'E1');
  }

  private close(line: number): void {
    const frame = this.stack.pop();
    if (!frame) {
      this.fault(line, 'closing brace without an open section; remove it', 'E1');
      return;
    }
    if (frame.closedAt !== undefined)
      this.fault(
        line,
        `closing brace without an open section: '${headOf(frame.section)}' was already closed at line ${frame.closedAt}; remove one of the two`,
        'E1',
      );
    this.remember(frame, line);
  }

  private closeUnclosed(why: string, noticed: number): void {
    const frame = this.stack.pop();
    if (!frame) return;
    this.remember(frame, noticed);
    if (frame.closedAt !== undefined) return;
    const name = frame.transparent ? 'a brace' : `section '${headOf(frame.section)}'`;
    this.faults.push({
      message: `${name} is not closed: ${why} (line ${noticed}); add the closing brace before it`,
      location: frame.section.location,
      noticedAt: this.at(noticed),
      requirement: 'E1',
    });
  }

  private remember(frame: Frame, closedAt: number): void {
    if (this.stack.length === 0 && !frame.transparent) this.last = { section: frame.section, closedAt };
  }

  private reopen(last: { section: OpenSection; closedAt: number }, what: string, noticedAt: SourceLocation): void {
    this.stack.push(last);
    this.faults.push({
      message: `closing brace ends '${headOf(last.section)}' too early: ${what} follows outside (line ${noticedAt.line}); move the brace behind it`,
      location: this.at(last.closedAt),
      noticedAt,
      requirement: 'E1',
    });
  }

  private openNameless(line: number, report = true): void {
    if (report) this.fault(line, 'opening brace without a section name; remove it with its closing brace', 'E1');
    const around = this.stack.at(-1)?.section;
    const section: OpenSection = {
      kind: 'section',
      name: around?.name ?? '',
      arguments: around?.arguments ?? [],
      body: this.body,
      location: this.at(line),
    };
    this.stack.push({ section, transparent: true });
  }

  /** `skip heading { ... }`; braces inside are counted, nothing else is understood. */
  private skip(head: Token, index: number): number {
    const braces = skipBraces(this.tokens, index);
    const brace = this.tokens[braces?.open ?? -1];
    if (!braces || !brace) return this.place(this.statement(head, index));
    const end = this.tokens[braces.close ?? -1];
    // What is passed over may be prose, with any number of quotes.
    const last = end?.line ?? Infinity;
    this.faults = this.faults.filter(({ location }) => location.line < head.line || location.line > last);
    if (!end) this.fault(head.line, "section 'skip' is not closed: the file ends; add the closing brace", 'E1');
    const heading = this.text.slice(head.end, brace.start).trim();
    const text = this.text.slice(brace.end, end?.start);
    this.body.push({ kind: 'skip', heading, text, location: this.at(head.line) });
    return (braces.close ?? this.tokens.length) + 1;
  }

  private get body(): DrbdItem[] {
    return this.stack.at(-1)?.section.body ?? this.items;
  }

  private at(line: number): SourceLocation {
    return this.file === undefined ? { line } : { file: this.file, line };
  }

  private fault(line: number, message: string, requirement?: string): void {
    this.faults.push({ message, location: this.at(line), ...(requirement === undefined ? {} : { requirement }) });
  }
}

/** `disk` names an option with a device, or a section without one. */
const isBareDisk = (name: string, values: readonly DrbdValue[]): boolean => name === 'disk' && values.length === 0;
