import liveDocument from './document/live.graphql?raw'
import type { LiveSubscription, LiveSubscriptionVariables } from './operations'

/** Says how many stories were published since the page was opened. */
export function live() {
  const place = document.querySelector<HTMLElement>('[data-live]')
  if (place) new Announcer(place)
}

class Announcer {
  private readonly fresh = new Set<string>()
  private events: EventSource | undefined

  constructor(private readonly place: HTMLElement) {
    // A browser opens few connections to a host; pages that nobody looks at leave them to others.
    document.addEventListener('visibilitychange', () => this.follow())
    addEventListener('pagehide', () => this.leave())
    addEventListener('pageshow', () => this.follow())
  }

  private follow() {
    if (document.visibilityState === 'hidden') return this.leave()
    if (this.events) return
    const section = this.place.dataset.live
    const variables: LiveSubscriptionVariables = section ? { where: { section: { eq: section } } } : {}
    const query = new URLSearchParams({ query: liveDocument, variables: JSON.stringify(variables) })
    this.events = new EventSource(`/graphql?${query}`)
    this.events.addEventListener('next', ({ data }: MessageEvent<string>) => {
      const answer = JSON.parse(data) as { data?: LiveSubscription }
      if (answer.data) this.announce(answer.data.articlePublished.slug)
    })
    this.events.addEventListener('complete', () => this.leave())
  }

  private leave() {
    this.events?.close()
    this.events = undefined
  }

  private announce(slug: string) {
    this.fresh.add(slug)
    const link = document.createElement('a')
    link.href = location.pathname
    link.textContent = this.fresh.size === 1 ? '1 new story' : `${this.fresh.size} new stories`
    this.place.replaceChildren(link)
  }
}
