/** A mistake of the user: shown as text, without a stack trace; exit code 2. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Why a file operation failed, in words that name the file. */
export function fileError(what: string, file: string, cause: unknown): UserError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  return new UserError(
    `${what} ${file} (${REASONS[code] ?? (code || String(cause))}); ${REMEDIES[code] ?? 'see that it is a readable text file'}`,
  );
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of its path is no directory',
  EEXIST: 'it exists already',
};

const REMEDIES: Readonly<Record<string, string>> = {
  ENOENT: 'check its name',
  EACCES: 'run as a user who may, or copy the file',
  EISDIR: 'name a file',
  EEXIST: 'remove it or name another file',
};
