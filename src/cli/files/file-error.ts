/** A file that cannot be read or written, or a line of it that is bad; the message names the file. */
export class FileError extends Error {}

const words: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'is a directory',
  ENOTDIR: 'no such file',
  EACCES: 'permission denied',
  ENOSPC: 'no space left on the disk',
  Z_BUF_ERROR: 'the gzip data end too early',
  Z_DATA_ERROR: 'no gzip data, or damaged'
}

/** What the system says about a file, in words. */
export function fileError(file: string, error: unknown): FileError {
  const { code = '', message } = error as NodeJS.ErrnoException
  return new FileError(`${file}: ${words[code] ?? message}`)
}
