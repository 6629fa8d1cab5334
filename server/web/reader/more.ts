/**
 * Puts the next page of a list below the one there is, in place of going to it. What
 * was added is there again, at the same height, when the reader comes back.
 */
export function more() {
  const list = document.querySelector<HTMLElement>('[data-list]')
  const next = document.querySelector<HTMLElement>('.more')
  if (list && next) new Growing(list, next)
}

interface Kept {
  stories: string
  next: string
  height: number
}

class Growing {
  private added = ''
  private readonly key = 'more ' + location.pathname + location.search

  constructor(
    private readonly list: HTMLElement,
    private readonly next: HTMLElement,
  ) {
    next.addEventListener('click', (event) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>('a[rel="next"]')
      if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      void this.grow(link)
    })
    addEventListener('pagehide', () => this.keep())
    this.restore()
  }

  private async grow(link: HTMLAnchorElement) {
    if (link.ariaBusy === 'true') return
    link.ariaBusy = 'true'
    link.textContent = 'One moment…'
    try {
      const response = await fetch(link.href)
      if (!response.ok) throw new Error(response.statusText)
      const page = new DOMParser().parseFromString(await response.text(), 'text/html')
      const first = this.append([...page.querySelectorAll('[data-list] > li')])
      this.next.replaceChildren(...(page.querySelector('.more')?.childNodes ?? []))
      first?.querySelector<HTMLElement>('h3 a')?.focus({ preventScroll: true })
    } catch {
      location.assign(link.href) // the browser says what is wrong
    }
  }

  /** Appends the stories that the page does not show yet, and returns the first of them. */
  private append(stories: Element[]): Element | undefined {
    const shown = new Set([...document.querySelectorAll('main h2 a, main h3 a')].map((a) => a.getAttribute('href')))
    const fresh = stories.filter((story) => !shown.has(story.querySelector('h3 a')!.getAttribute('href')))
    this.list.append(...fresh)
    this.added += fresh.map((story) => story.outerHTML).join('')
    return fresh[0]
  }

  private keep() {
    if (!this.added) return
    const kept: Kept = { stories: this.added, next: this.next.innerHTML, height: scrollY }
    try {
      sessionStorage.setItem(this.key, JSON.stringify(kept))
    } catch {
      // Without storage the reader comes back to the top of the list.
    }
  }

  private restore() {
    const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    const stored = sessionStorage.getItem(this.key)
    if (!stored || visit?.type !== 'back_forward') return
    const kept = JSON.parse(stored) as Kept
    const page = new DOMParser().parseFromString(`<ol>${kept.stories}</ol>`, 'text/html')
    this.append([...page.querySelectorAll('ol > li')])
    this.next.innerHTML = kept.next
    history.scrollRestoration = 'manual'
    scrollTo({ top: kept.height, behavior: 'instant' })
  }
}
