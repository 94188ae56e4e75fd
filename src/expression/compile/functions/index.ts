import { arrays } from './arrays'
import type { Builtin } from './builtin'
import { dates } from './dates'
import { formats } from './format-number'
import { higherOrder } from './higher-order'
import { integers } from './integers'
import { numbers } from './numbers'
import { objects } from './objects'
import { patterns } from './patterns'
import { strings } from './strings'

/** JSONata's own functions by name, as far as they are compiled. */
export const builtins: ReadonlyMap<string, Builtin> = new Map(
  Object.entries({
    ...arrays,
    ...dates,
    ...formats,
    ...higherOrder,
    ...integers,
    ...numbers,
    ...objects,
    ...patterns,
    ...strings
  })
)
