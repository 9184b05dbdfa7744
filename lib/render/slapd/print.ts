import { secretMarker } from '../../topology/secret';
import { FormatError } from '../format-error';
import { isUnprintable } from '../text';
import type { LdifAttribute, LdifRecord, LdifValue } from './ldif';

/** Longest line before it is folded (RFC 2849, note 2 leaves the width to the writer; ldapsearch uses this one). */
const LINE_LENGTH = 76;

/**
 * Prints LDIF content records (RFC 2849), a blank line after each.
 * Values outside SAFE-STRING are written in base64, so any Unicode text can be a value.
 * @throws FormatError for an attribute name that is none, half a surrogate pair, and a file name that is no plain path
 */
export function print(records: readonly LdifRecord[]): string {
  return records.map((record) => `${record.kind === 'include' ? include(record.file) : entry(record)}\n`).join('');
}

function entry(record: Extract<LdifRecord, { kind: 'entry' }>): string {
  return (
    textLine('dn', record.dn) +
    record.attributes.map((attribute) => attributeLine(attribute)).join('') +
    record.comments.map(commentLine).join('')
  );
}

/** Not folded: whoever reads it reads one line. */
function commentLine(comment: LdifValue): string {
  // As a value of any attribute, which is written as it is or refused.
  const line = attributeLine({ name: 'comment', value: comment }, Number.POSITIVE_INFINITY);
  if (line.startsWith('comment: ')) return `# ${line.slice('comment: '.length)}`;
  throw new FormatError({
    format: 'ldif',
    what: 'a comment',
    problem: 'holds characters outside ASCII',
    remedy: 'escape them',
    value: line,
  });
}

function attributeLine({ name, value }: LdifAttribute, width = LINE_LENGTH): string {
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name)) {
    throw new FormatError({
      format: 'ldif',
      what: 'an attribute',
      problem: 'has a name outside letters, digits and hyphens',
      remedy: 'use the name from the schema',
      value: name,
    });
  }
  if (typeof value === 'string') return textLine(name, value, width);
  // A marker must stay in one piece for the target to find it, so its line is not folded.
  if ('hashedSecret' in value) return `${name}: {CRYPT}${secretMarker(value.hashedSecret, 'crypt')}\n`;
  if (isSafe(`${value.before}x${value.after}`))
    return `${name}: ${value.before}${secretMarker(value.secret)}${value.after}\n`;
  throw new FormatError({
    format: 'ldif',
    what: `the value of '${name}'`,
    problem: 'has a secret among characters that would have to be written in base64',
    remedy: 'escape them',
    value: `${value.before}...${value.after}`,
  });
}

function textLine(name: string, value: string, width = LINE_LENGTH): string {
  if (/\p{Surrogate}/u.test(value)) {
    throw new FormatError({
      format: 'ldif',
      what: `the value of '${name}'`,
      problem: 'holds half a surrogate pair, which UTF-8 can not express',
      remedy: 'remove it',
      value,
    });
  }
  return fold(
    isSafe(value) ? `${name}: ${value}` : `${name}:: ${Buffer.from(value, 'utf8').toString('base64')}`,
    width,
  );
}

/** SAFE-STRING of RFC 2849, without other controls, and without a space at the end (note 8). */
function isSafe(value: string): boolean {
  return /^(?:[!-9;=-~](?:[ -~]*[!-~])?)?$/.test(value);
}

/** A continuation line starts with one space. Both forms of a value are ASCII here, so bytes and characters agree. */
function fold(line: string, width: number): string {
  let folded = line.slice(0, width);
  for (let at = width; at < line.length; at += width - 1) {
    folded += `\n ${line.slice(at, at + width - 1)}`;
  }
  return `${folded}\n`;
}

function include(file: string): string {
  if (!file.startsWith('/') || isUnprintable(file)) {
    throw new FormatError({
      format: 'ldif',
      what: 'an included file',
      problem: 'is no absolute path',
      remedy: 'name the file from the root',
      value: file,
    });
  }
  return `include: file://${encodeURI(file)}\n`;
}
