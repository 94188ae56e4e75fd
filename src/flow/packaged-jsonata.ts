import type { PrepareJsonata } from '../expression/jsonata'
import { withMsg } from '../expression/msg'

/** Prepares an expression outside Node-RED. The evaluator is loaded with the first one: it takes a tenth of the start. */
export const prepareWithPackage: PrepareJsonata = text => {
  const jsonata = require('jsonata') as typeof import('jsonata')
  return withMsg(jsonata(text), text)
}
