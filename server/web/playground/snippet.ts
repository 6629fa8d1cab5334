import { stripIgnoredCharacters } from 'graphql'
import { endpoint } from './config'

/** What is copied: the request as it stands in the editors. */
export interface Snippet {
  query: string
  /** An object, or undefined when there are none. */
  variables?: unknown
  operationName?: string
  /** Whether the request carries a token. The token itself is never written out. */
  authorized: boolean
}

/** The request as a shell command. */
export function curl({ authorized, ...body }: Snippet): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
  return [
    `curl ${endpoint}`,
    `-H 'Content-Type: application/json'`,
    ...(authorized ? [`-H "Authorization: Bearer $NUTGRAPH_TOKEN"`] : []),
    `-d ${quote(JSON.stringify(body))}`,
  ].join(' \\\n  ')
}

/** The request as JavaScript, for browsers and Node. */
export function fetchCall({ query, authorized, ...rest }: Snippet): string {
  const lines = [
    `const query = \`${query.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')}\``,
    '',
    `const response = await fetch(${JSON.stringify(endpoint)}, {`,
    `  method: 'POST',`,
    `  headers: { 'Content-Type': 'application/json'${authorized ? ', Authorization: `Bearer ${token}`' : ''} },`,
    `  body: JSON.stringify({ query${Object.entries(rest).filter(([, value]) => value !== undefined).map(([name, value]) => `, ${name}: ${JSON.stringify(value)}`).join('')} }),`,
    `})`,
    `const { data, errors } = await response.json()`,
  ]
  return lines.join('\n')
}

/** The address that answers a query by GET, and may be cached on its way. */
export function getURL({ query, variables, operationName }: Snippet): string {
  const url = new URL(endpoint)
  url.searchParams.set('query', shortened(query))
  if (variables !== undefined) url.searchParams.set('variables', JSON.stringify(variables))
  if (operationName) url.searchParams.set('operationName', operationName)
  return url.href
}

/** Leaves out blanks and comments, which mean nothing, for addresses have an end. */
function shortened(query: string): string {
  try {
    return stripIgnoredCharacters(query)
  } catch {
    return query // it does not parse, which the server will say better
  }
}
