import suggestDocument from './document/suggest.graphql?raw'
import { ask } from './graphql'
import type { SuggestQuery, SuggestQueryVariables } from './operations'

type Suggestion = SuggestQuery['suggest'][number]

/** Completes what is typed into the search box: a combobox with a list of places to go to. */
export function suggestions() {
  const input = document.querySelector<HTMLInputElement>('.find input')
  if (input) new Box(input)
}

class Box {
  private readonly list = document.createElement('div')
  private chosen = -1
  private typed = ''
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly input: HTMLInputElement) {
    this.list.id = 'suggestions'
    this.list.className = 'suggestions'
    this.list.role = 'listbox'
    this.list.ariaLabel = 'Suggestions'
    this.list.hidden = true
    input.after(this.list)
    input.role = 'combobox'
    input.setAttribute('aria-controls', this.list.id)
    input.setAttribute('aria-autocomplete', 'list')
    input.ariaExpanded = 'false'
    input.addEventListener('input', () => {
      clearTimeout(this.timer)
      this.timer = setTimeout(() => void this.suggest(), 120)
    })
    input.addEventListener('keydown', (event) => this.press(event))
    input.addEventListener('blur', () => this.show([]))
    // The box keeps the focus until the click has led somewhere.
    this.list.addEventListener('pointerdown', (event) => event.preventDefault())
  }

  private async suggest() {
    const prefix = this.input.value.trim()
    this.typed = prefix
    if (prefix.length < 2) return this.show([])
    try {
      const { suggest } = await ask<SuggestQuery, SuggestQueryVariables>(suggestDocument, { prefix })
      if (this.typed === prefix && document.activeElement === this.input) this.show(suggest)
    } catch {
      this.show([]) // the search itself works without
    }
  }

  private show(suggestions: Suggestion[]) {
    this.choose(-1)
    this.list.replaceChildren(...suggestions.map(option))
    this.list.hidden = suggestions.length === 0
    this.input.ariaExpanded = String(!this.list.hidden)
  }

  private choose(index: number) {
    this.chosen = index
    for (const [i, item] of [...this.list.children].entries()) item.ariaSelected = String(i === index)
    const item = this.list.children[index]
    if (item) this.input.setAttribute('aria-activedescendant', item.id)
    else this.input.removeAttribute('aria-activedescendant')
    item?.scrollIntoView({ block: 'nearest' })
  }

  private press(event: KeyboardEvent) {
    const count = this.list.children.length
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Escape' && count) {
      event.preventDefault()
      this.show([])
    } else if (event.key === 'Enter' && this.chosen >= 0) {
      const place = this.list.children[this.chosen] as HTMLElement
      event.preventDefault()
      place.click()
    } else if (step && count) {
      event.preventDefault()
      // Before the first and after the last stands the box itself, as -1.
      this.choose(((this.chosen + 1 + step + count + 1) % (count + 1)) - 1)
    }
  }
}

const folders = { Article: 'articles', Author: 'authors', Tag: 'tags' } as const
const kinds = { Article: '', Author: 'Author', Tag: 'Topic' } as const

function option({ text, count, node }: Suggestion, index: number) {
  const link = document.createElement('a')
  link.id = `suggestion-${index}`
  link.role = 'option'
  link.tabIndex = -1
  if (node.__typename in folders && 'slug' in node) {
    const kind = node.__typename as keyof typeof folders
    link.href = `/${folders[kind]}/${node.slug}`
    const note = document.createElement('small')
    note.textContent = [kinds[kind], count].filter(Boolean).join(' · ')
    link.append(text, ' ', note)
  }
  if ('language' in node) link.lang = node.language
  return link
}
