/** A small reader of RFC 2849 for tests: unfolds, drops comments, decodes base64. */
export function readLdif(text: string): { readonly name: string; readonly value: string }[][] {
  return text
    .replaceAll('\n ', '')
    .split('\n\n')
    .map((record) => record.split('\n').filter((line) => line !== '' && !line.startsWith('#')))
    .filter((lines) => lines.length > 0)
    .map((lines) =>
      lines.map((line) => {
        const match = /^([A-Za-z][A-Za-z0-9-]*):(:?) ?(.*)$/s.exec(line);
        if (!match) throw new Error(`no LDIF line: ${JSON.stringify(line)}`);
        const [, name = '', base64, value = ''] = match;
        return { name, value: base64 ? Buffer.from(value, 'base64').toString('utf8') : value };
      }),
    );
}
