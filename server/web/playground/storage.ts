// GraphiQL keeps tabs and history in localStorage, and request headers with them.
// Headers may hold a token, which must not outlive the session.

function withoutHeaders(value: string): string {
  try {
    return JSON.stringify(JSON.parse(value), (key, inner: unknown) => (key === 'headers' ? null : inner))
  } catch {
    return value // it is not JSON, but a query or a setting
  }
}

const prefix = 'graphiql:'

/** How the page is divided before anybody moves a bar: one part to this many. */
const defaults: Record<string, string> = {
  [`${prefix}docExplorerFlex`]: '0.28',
}

const ours = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix))

/** A Storage that remembers all but request headers, and knows how to begin. */
export const storage: Storage = {
  get length() {
    return ours().length
  },
  key: (index) => ours()[index] ?? null,
  getItem: (key) => localStorage.getItem(key) ?? defaults[key] ?? null,
  setItem(key, value) {
    if (key === `${prefix}headers`) return
    localStorage.setItem(key, withoutHeaders(value))
  },
  removeItem: (key) => localStorage.removeItem(key),
  clear: () => ours().forEach((key) => localStorage.removeItem(key)),
}

/** What stood in front when the page was last left; null on a first visit. */
export function lastTab(): { query: string; variables: string } | null {
  try {
    const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem(`${prefix}tabState`) ?? '')
    const { query, variables } = tabs[activeTabIndex]
    return { query: query ?? '', variables: variables ?? '' }
  } catch {
    return null
  }
}
