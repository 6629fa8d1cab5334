import { readOnly } from './config'
import type { Names } from './archive'

/** A query that works and teaches something. */
export interface Example {
  /** The name of the operation, which is the title of its tab. */
  name: string
  /** What it shows, from the comment above it. */
  about: string
  kind: 'query' | 'mutation' | 'subscription'
  query: string
  /** JSON in which names of the archive stand as "$slug". */
  variables: string
}

const queries = import.meta.glob<string>('./examples/*.graphql', { query: '?raw', import: 'default', eager: true })
const variables = import.meta.glob<string>('./examples/*.json', { query: '?raw', import: 'default', eager: true })

function example(path: string): Example {
  const query = queries[path]!
  const [, kind, name] = /^(query|mutation|subscription) (\w+)/m.exec(query)!
  const about = query.slice(0, query.indexOf(`${kind} ${name}`)).replace(/^# ?/gm, '').replace(/\s+/g, ' ').trim()
  return { name: name!, about, kind: kind as Example['kind'], query: query.trimEnd(), variables: variables[path.replace('.graphql', '.json')] ?? '' }
}

/** The examples, in the order of their files. */
export const examples = Object.keys(queries).sort().map(example).filter(({ kind }) => kind !== 'mutation' || !readOnly)

/** The variables of an example with what is found in the archive. */
export function filled(example: Example, names: Names): string {
  if (!example.variables) return ''
  const value = JSON.parse(example.variables, (_, inner: unknown) => {
    const name = typeof inner === 'string' && inner.startsWith('$') && inner.slice(1)
    return name && name in names ? names[name as keyof Names] || null : inner
  })
  return JSON.stringify(value, null, 2)
}
