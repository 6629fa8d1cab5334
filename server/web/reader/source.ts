/**
 * Where the letters of a page stand. The API counts the place of a sentence in the
 * plain text of an article; what is on the page is HTML, with other spaces, marks
 * around cells and quotations, and parts that the plain text leaves out. Letters and
 * digits are the same in both, so they alone are compared.
 */
export class Letters {
  private text = ''
  private nodes: Text[] = []
  private starts: number[] = [] // the place in text of the first letter of each node

  constructor(root: Element) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement?.closest(unread)) continue
      this.nodes.push(node as Text)
      this.starts.push(this.text.length)
      this.text += letters((node as Text).data)
    }
  }

  /** Finds what text.slice(start, end) says; of several places the one nearest to where it stands in text. */
  find(text: string, start: number, end: number): Range | undefined {
    const sentence = text.slice(start, end)
    const wanted = letters(sentence)
    if (!wanted) return undefined
    const expected = letters(text.slice(0, start)).length
    let best = -1
    for (let at = this.text.indexOf(wanted); at >= 0; at = this.text.indexOf(wanted, at + 1)) {
      if (best < 0 || Math.abs(at - expected) < Math.abs(best - expected)) best = at
    }
    if (best < 0) return undefined
    const [before, after] = edges(sentence)
    const range = document.createRange()
    range.setStart(...this.widen(best, before.reverse(), -1))
    range.setEnd(...this.widen(best + wanted.length - 1, after, 1))
    return range
  }

  /** The place beside a letter, and beside those of the marks that follow it in this direction. */
  private widen(place: number, marks: string[], step: 1 | -1): [Text, number] {
    let { node, offset } = this.place(place)
    const beside = step > 0 ? 1 : 0
    let end: [Text, number] = [this.nodes[node]!, offset + beside]
    while (marks.length) {
      offset += step
      const unit = this.nodes[node]?.data[offset]
      if (unit === undefined) {
        node += step
        if (!this.nodes[node]) break
        offset = step > 0 ? -1 : this.nodes[node]!.data.length
      } else if (unit === marks[0]) {
        marks.shift()
        end = [this.nodes[node]!, offset + beside]
      } else if (unit.trim()) break
    }
    return end
  }

  private place(place: number): { node: number; offset: number } {
    const node = this.starts.findLastIndex((start) => start <= place)
    const { data } = this.nodes[node]!
    let skip = place - this.starts[node]!
    for (let offset = 0; ; offset++) {
      if (letter.test(data[offset]!) && skip-- === 0) return { node, offset }
    }
  }
}

/** What body(format: TEXT) leaves out. */
const unread = 'pre, figcaption, aside, nav, del, s, strike, rt, rp, [aria-hidden="true"], sup[id^="fn"], li[id^="fn"]'

// What lies beyond the first 65,536 characters is two units, and each of them counts.
const notLetters = /[^\p{L}\p{N}\u{10000}-\u{10FFFF}]/gu
const letter = /[\p{L}\p{N}\p{Cs}]/u

const letters = (s: string) => s.replace(notLetters, '')

/** The quotation marks and stops before the first letter of a sentence, and those behind its last. */
function edges(sentence: string): [string[], string[]] {
  const units = [...Array(sentence.length).keys()].map((i) => sentence[i]!)
  const isLetter = (unit: string) => letter.test(unit)
  const marks = (some: string[]) => some.filter((unit) => unit.trim())
  return [marks(units.slice(0, units.findIndex(isLetter))), marks(units.slice(units.findLastIndex(isLetter) + 1))]
}
