import { create } from 'zustand'

const key = 'nutgraph:token'

interface TokenState {
  token: string
  setToken(token: string): void
}

/** The token that requests carry. It is forgotten with the tab of the browser. */
export const useToken = create<TokenState>((set) => ({
  token: sessionStorage.getItem(key) ?? '',
  setToken(token) {
    if (token) sessionStorage.setItem(key, token)
    else sessionStorage.removeItem(key)
    set({ token })
  },
}))

/** The headers that tell who asks. */
export function authorization(): Record<string, string> {
  const { token } = useToken.getState()
  return token ? { Authorization: `Bearer ${token}` } : {}
}
