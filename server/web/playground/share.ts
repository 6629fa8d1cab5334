// A link carries what is asked in its fragment, which browsers do not send to any
// server. It never carries headers or a token.

/** What a link says. */
export interface Shared {
  query: string
  variables: string
}

/** Makes a link to this page with a query in it. */
export function linkTo({ query, variables }: Shared): string {
  const link = new URL(location.pathname, location.origin)
  const fragment = new URLSearchParams({ query })
  if (variables.trim()) fragment.set('variables', variables)
  link.hash = fragment.toString()
  return link.href
}

/** Reads the fragment of an address; null when it carries no query. */
export function sharedIn(fragment: string): Shared | null {
  const values = new URLSearchParams(fragment.replace(/^#/, ''))
  const query = values.get('query')
  return query === null ? null : { query, variables: values.get('variables') ?? '' }
}
