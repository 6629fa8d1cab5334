import { useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { readOnly, secret } from './config'
import { useToken } from './token'

/** The bar above everything. */
export function Header() {
  return (
    <header className="bar">
      <a className="brand" href="/">
        <img src="/icon.svg" alt="" width="22" height="22" />
        Nutgraph
      </a>
      <h1>Playground</h1>
      {readOnly ? <span className="mark">Read only</span> : <TokenField />}
      {!secret && (
        <nav aria-label="Nutgraph">
          <a href="/schema.graphqls">Schema</a>
        </nav>
      )}
      <ThemeButton />
    </header>
  )
}

function TokenField() {
  const { token, setToken } = useToken()
  return (
    <form className="token" onSubmit={(event) => event.preventDefault()}>
      <label htmlFor="token">Token</label>
      <input
        id="token"
        type="password"
        autoComplete="off"
        spellCheck={false}
        placeholder="none, as any reader"
        title="Sent as Authorization: Bearer. Kept until this tab is closed."
        value={token}
        onChange={(event) => setToken(event.target.value.trim())}
      />
      {token && (
        <button type="button" onClick={() => setToken('')}>
          Forget
        </button>
      )}
    </form>
  )
}

function ThemeButton() {
  const { setTheme } = useGraphiQLActions()
  const theme = useGraphiQL((state) => state.theme)
  const dark = theme === null ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark'
  return (
    <button type="button" className="theme" aria-label={dark ? 'Light theme' : 'Dark theme'} title={dark ? 'Light theme' : 'Dark theme'} onClick={() => setTheme(dark ? 'light' : 'dark')}>
      <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
        <circle cx="12" cy="12" r="8" fill="none" stroke="currentColor" strokeWidth="1.8" />
        <path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor" />
      </svg>
    </button>
  )
}
