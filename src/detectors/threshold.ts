import { ConfigError } from '../errors'
import { detectors, type MethodName } from './index'

/** The threshold of a method; `undefined`: its default. @throws ConfigError where it is none for the method */
export function toThreshold(threshold: number | undefined, method: MethodName): number {
  if (threshold === undefined) return detectors[method].threshold
  const isShare = method === 'auto'
  if (isShare && threshold >= 1) throw new ConfigError('threshold', 'must be below 1 (auto)', threshold)
  if (isShare && threshold < 0) throw new ConfigError('threshold', 'must not be negative', threshold)
  if (!isShare && threshold <= 0) throw new ConfigError('threshold', 'must be more than 0', threshold)
  return threshold
}
