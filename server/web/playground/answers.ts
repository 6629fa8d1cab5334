import { create } from 'zustand'

/** What is known of an answer beside its content. */
export interface Facts {
  /** The HTTP status, or null where there is none, as over WebSocket. */
  status: number | null
  milliseconds: number
  /** Of the answer as text. */
  bytes: number
  /** As it was sent: compressed, mostly. 0 when the browser does not say. */
  bytesSent: number
  cost: number | null
  limit: number | null
  /** Cache-Control and its kin, as the server sent them. */
  cache: string
  /** How many events have arrived; null for what is not a subscription. */
  events: number | null
  /** Whether no more will come. */
  done: boolean
}

interface Answers {
  /** The id of the tab in front. */
  tab: string
  /** By the id of the tab. */
  facts: Record<string, Facts>
  setTab(tab: string): void
  note(tab: string, facts: Facts): void
}

/** The facts of the last answer in each tab. */
export const useAnswers = create<Answers>((set) => ({
  tab: '',
  facts: {},
  setTab: (tab) => set({ tab }),
  note: (tab, facts) => set((state) => ({ facts: { ...state.facts, [tab]: facts } })),
}))

/** Reads the cost out of an answer or of its refusal, wherever it stands there. */
export function costOf(answer: unknown): { cost: number | null; limit: number | null } {
  const { extensions, errors } = (answer ?? {}) as { extensions?: Record<string, unknown>; errors?: { extensions?: Record<string, unknown> }[] }
  for (const found of [extensions, ...(errors ?? []).map((error) => error.extensions)]) {
    const cost = found?.cost
    if (typeof cost === 'number') return { cost, limit: number(found?.limit) }
    if (cost !== null && typeof cost === 'object') {
      const { actual, requested, value, limit } = cost as Record<string, unknown>
      return { cost: number(actual ?? requested ?? value), limit: number(limit) }
    }
  }
  return { cost: null, limit: null }
}

const number = (value: unknown) => (typeof value === 'number' ? value : null)
