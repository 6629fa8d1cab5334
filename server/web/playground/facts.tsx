import { useGraphiQL } from '@graphiql/react'
import { type Facts, useAnswers } from './answers'
import { costLimit } from './config'

/** What is known of the answer, below it. */
export function AnswerFacts() {
  const tab = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]?.id ?? '')
  const facts = useAnswers((state) => state.facts[tab])
  const waiting = useGraphiQL(({ isFetching }) => isFetching)
  if (facts === undefined) return <p className="facts">{waiting ? 'Waiting for the answer…' : 'Run the operation to see its cost, time and size.'}</p>
  return (
    <dl className="facts" aria-label="About the answer">
      {rows(facts).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function rows(facts: Facts): [string, string][] {
  const cost = facts.cost !== null && `${number(facts.cost)} of ${number(facts.limit ?? costLimit)}`
  const all: [string, string | false][] = [
    ['Cost', cost],
    ['Time', facts.events === 0 ? false : time(facts.milliseconds)],
    ['Size', facts.bytes > 0 && size(facts)],
    ['Cache', facts.events === null && cache(facts.cache)],
    ['Events', facts.events !== null && `${facts.events === 0 ? 'none yet' : facts.events}, ${facts.done ? 'stopped' : 'listening'}`],
    ['Status', facts.status !== null && facts.status !== 200 && `HTTP ${facts.status}`],
  ]
  return all.filter((row): row is [string, string] => row[1] !== false)
}

const number = (n: number) => n.toLocaleString('en')

const time = (ms: number) => (ms < 1000 ? `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`)

function size({ bytes, bytesSent }: Facts): string {
  return bytesSent > 0 && bytesSent < bytes ? `${kilobytes(bytes)}, ${kilobytes(bytesSent)} sent` : kilobytes(bytes)
}

const kilobytes = (bytes: number) => (bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`)

/** Cache-Control in words. */
function cache(control: string): string {
  const seconds = /max-age=(\d+)/.exec(control)?.[1]
  if (/no-store/.test(control)) return 'not kept'
  if (/no-cache/.test(control) || seconds === '0') return 'asks again each time'
  if (seconds) return `${/private/.test(control) ? 'in the browser' : 'anywhere'}, ${seconds} s`
  return control || 'unspecified'
}
