import { readFileSync } from 'node:fs'
import { fileError } from './file-error'

/** The text of a file, without its byte order mark. @throws FileError */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '')
  } catch (error) {
    throw fileError(file, error)
  }
}
