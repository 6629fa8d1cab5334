import { endpoint } from './config'

// The examples are made for the sample archive, where these are to be found.
const sample = { slug: 'corvane-ends-the-route', other: 'the-wall-is-shut', words: 'harbour ferry' }

// What the example CreateDraft makes, for those who may see it.
const draft = 'a-note-from-the-playground'

/** What the variables of examples may name, as $slug or $cursor, in this archive. */
export type Names = Record<'slug' | 'id' | 'other' | 'draft' | 'section' | 'author' | 'cursor' | 'words', string>

interface Article {
  id: string
  slug: string
  title: string
  section: { slug: string } | null
  authors: { id: string }[]
}

interface Found {
  sample: Article | null
  other: Article | null
  draft: { id: string } | null
  articles: { nodes: Article[]; pageInfo: { endCursor: string | null } }
}

/**
 * Asks the archive for names that lead somewhere: those of the sample, or else of
 * its newest articles. Drafts have names for those whose headers say that they may
 * see them. Without an answer the examples keep those of the sample, and
 * the page opens all the same.
 */
export async function namesIn(headers: Record<string, string> = {}): Promise<Names> {
  const data = await ask(headers).catch(() => undefined)
  const [newest, second] = data?.articles?.nodes ?? []
  const main = data?.sample ?? newest
  return {
    slug: main?.slug ?? sample.slug,
    id: main?.id ?? '',
    other: (data?.other ?? second ?? main)?.id ?? '',
    draft: data?.draft?.id ?? '',
    section: main?.section?.slug ?? '',
    author: main?.authors[0]?.id ?? main?.id ?? '',
    cursor: data?.articles?.pageInfo.endCursor ?? '',
    words: main && !data?.sample ? longestWord(main.title) : sample.words,
  }
}

async function ask(headers: Record<string, string>): Promise<Partial<Found> | undefined> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({
      query: `query PlaygroundNames($slug: String!, $other: String!, $draft: String!) {
        sample: article(by: { slug: $slug }) { ...found }
        other: article(by: { slug: $other }) { ...found }
        draft: article(by: { slug: $draft }) { id }
        articles(first: 3) { nodes { ...found } pageInfo { endCursor } }
      }
      fragment found on Article { id slug title section { slug } authors { id } }`,
      variables: { slug: sample.slug, other: sample.other, draft },
    }),
  })
  const answer: { data?: Partial<Found> } = await response.json()
  return answer.data
}

function longestWord(title: string): string {
  const words = title.match(/\p{L}+/gu) ?? []
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '')
}
