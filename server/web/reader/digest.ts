import summaryDocument from './document/summary.graphql?raw'
import { ask } from './graphql'
import type { ArticleSummaryQuery, ArticleSummaryQueryVariables, SummaryLength } from './operations'
import { Letters } from './source'

type Answer = NonNullable<ArticleSummaryQuery['article']>
type Sentence = NonNullable<Answer['summary']>['sentences'][number]

const notes = {
  EXTRACTIVE: 'In the article’s own sentences, chosen by machine. Each leads to its place in the text.',
  EDITOR: 'Written by the editors.',
  MODEL: 'Written by a language model.',
}

/** Turns the links to the summary of an article into a panel that opens in place. */
export function digests() {
  const body = document.querySelector('.story .body')
  if (!body) return
  const source = new Source(body)
  const all = [...document.querySelectorAll<HTMLElement>('[data-digest]')].map((root) => new Digest(root, source))
  for (const digest of all) {
    digest.onOpen = () => all.forEach((other) => other !== digest && other.close())
  }
}

/** A place from which the summary is opened: above the text, or below it. */
class Digest {
  onOpen = () => {}
  private readonly panel: HTMLElement
  private readonly sentences: HTMLElement
  private readonly button = document.createElement('button')
  private readonly answers = new Map<SummaryLength, Promise<Answer>>()

  constructor(
    private readonly root: HTMLElement,
    private readonly source: Source,
  ) {
    this.panel = root.querySelector('.panel')!
    this.sentences = root.querySelector('.sentences')!
    this.replaceLink(root.querySelector<HTMLAnchorElement>('.ask a')!)
    for (const link of this.choices()) link.addEventListener('click', (event) => this.choose(event, link))
    root.querySelector('.close')!.addEventListener('click', (event) => {
      event.preventDefault()
      this.close()
      this.button.focus()
    })
    this.follow()
    if (!this.panel.hidden) void this.show(this.sentences.dataset.shows as SummaryLength)
  }

  close() {
    if (this.panel.hidden) return
    this.panel.hidden = true
    this.button.setAttribute('aria-expanded', 'false')
    this.root.classList.remove('following')
    this.source.unmark()
  }

  private choices() {
    return [...this.root.querySelectorAll<HTMLAnchorElement>('.lengths a')]
  }

  /** With a script it is a button: it leads nowhere. */
  private replaceLink(link: HTMLAnchorElement) {
    const usual = new URL(link.href).searchParams.get('summary')!.toUpperCase() as SummaryLength
    this.button.type = 'button'
    this.button.append(...link.childNodes)
    this.button.setAttribute('aria-expanded', String(!this.panel.hidden))
    this.button.setAttribute('aria-controls', this.panel.id)
    this.button.addEventListener('click', () => (this.panel.hidden ? void this.show(usual) : this.close()))
    // Whoever points at the button will press it: the answer is there by then.
    this.button.addEventListener('pointerenter', () => void this.load(usual).catch(() => {}), { once: true })
    link.replaceWith(this.button)
  }

  private choose(event: MouseEvent, link: HTMLAnchorElement) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    void this.show(link.dataset.length as SummaryLength)
  }

  private load(length: SummaryLength): Promise<Answer> {
    const known = this.answers.get(length)
    if (known) return known
    const variables: ArticleSummaryQueryVariables = { slug: this.root.dataset.digest!, length }
    const answer = ask<ArticleSummaryQuery, ArticleSummaryQueryVariables>(summaryDocument, variables).then(({ article }) => {
      if (!article) throw new Error('the article is gone')
      return article
    })
    this.answers.set(length, answer)
    answer.catch(() => this.answers.delete(length))
    return answer
  }

  private async show(length: SummaryLength) {
    this.onOpen()
    this.panel.hidden = false
    this.button.setAttribute('aria-expanded', 'true')
    for (const link of this.choices()) {
      if (link.dataset.length === length) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    }
    this.sentences.dataset.shows = length
    this.source.unmark()
    try {
      const { text, summary } = await this.load(length)
      if (this.sentences.dataset.shows === length) this.write(text, summary)
    } catch {
      this.sentences.replaceChildren(paragraph('The summary could not be fetched. Please try again.'))
    }
  }

  private write(text: string, summary: Answer['summary']) {
    if (!summary) return this.sentences.replaceChildren(paragraph('There is no summary of this length.'))
    const note = paragraph(notes[summary.origin] + (summary.isStale ? ' The article has changed since.' : ''))
    note.className = 'note'
    note.lang = 'en'
    const list = document.createElement('ul')
    list.append(...summary.sentences.flatMap((sentence) => [this.item(text, sentence), ' ']))
    this.sentences.replaceChildren(...(summary.sentences.length ? [list] : summary.text.split('\n').map(paragraph)), note)
  }

  private item(text: string, sentence: Sentence) {
    const link = document.createElement('a')
    link.href = '#text'
    link.textContent = sentence.text
    link.addEventListener('click', (event) => event.preventDefault())
    const reveal = () => this.reveal(link, text, sentence)
    link.addEventListener('focus', reveal)
    link.addEventListener('click', reveal)
    onPoint(link, reveal)
    const item = document.createElement('li')
    item.append(link)
    return item
  }

  /** Marks where a sentence stands in the text and brings it into view, beside this panel. */
  private reveal(link: HTMLElement, text: string, { start, end }: Sentence) {
    const range = this.source.mark(text, start, end)
    for (const other of this.sentences.querySelectorAll('.shown')) other.classList.remove('shown')
    if (!range) return
    link.classList.add('shown')
    this.root.classList.add('following')
    const below = this.root.classList.contains('below')
    const { height } = this.panel.getBoundingClientRect()
    const top = below ? 0 : height
    const bottom = innerHeight - (below ? height : 0)
    const at = range.getBoundingClientRect()
    if (at.top >= top + margin && at.bottom <= bottom - margin) return
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    scrollBy({ top: at.top - top - (bottom - top) / 4, behavior: calm ? 'instant' : 'smooth' })
  }

  /** The panel goes with the reader while its sentences are pointed at, and stays behind when the reader reads on. */
  private follow() {
    const leave = (event: Event) => {
      if (!this.root.contains(event.target as Node)) this.root.classList.remove('following')
    }
    addEventListener('wheel', leave, { passive: true })
    addEventListener('touchmove', leave, { passive: true })
  }
}

/** How far from the edges what is marked should stand, in pixels. */
const margin = 24

/** Calls back when the pointer rests on an element, but not when the page moved the element below the pointer. */
function onPoint(element: HTMLElement, then: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  element.addEventListener('pointermove', (event) => {
    if (event.pointerType !== 'mouse' || timer !== undefined || (event.movementX === 0 && event.movementY === 0)) return
    timer = setTimeout(then, 100)
  })
  element.addEventListener('pointerleave', () => {
    clearTimeout(timer)
    timer = undefined
  })
}

function paragraph(text: string) {
  const p = document.createElement('p')
  p.textContent = text
  return p
}

/** The text of the article, of which a part can be marked. */
class Source {
  private letters: Letters | undefined

  constructor(private readonly body: Element) {}

  /** Marks what text.slice(start, end) says and returns where it stands. Nothing in the page is changed. */
  mark(text: string, start: number, end: number): Range | undefined {
    this.letters ??= new Letters(this.body)
    const range = this.letters.find(text, start, end)
    this.unmark()
    if (range) CSS.highlights?.set('source', new Highlight(range))
    return range
  }

  unmark() {
    CSS.highlights?.delete('source')
  }
}
