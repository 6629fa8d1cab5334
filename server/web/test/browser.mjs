// What every browser test needs: a page in Chromium that fails its test when it
// writes an error to the console or asks another host for anything.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before as setUp } from 'node:test'
import { chromium } from 'playwright-core'

/** Where the server under test answers. */
export const origin = process.env.NUTGRAPH_URL

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Starts a browser for the tests of this file. */
export function useBrowser() {
  let browser
  setUp(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    })
  })
  after(() => browser?.close())
  return {
    /**
     * Opens path in a browser of its own, runs story with the page, and wants no
     * complaint but those that expected matches: browsers complain of each answer
     * that is not 200. What is to be done before the page opens, before does; the
     * other options are those of Playwright's newContext.
     */
    async visit(path, story, { before, expected, ...options } = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
      try {
        const page = await context.newPage()
        const complaints = listen(page)
        await before?.(page)
        await page.goto(origin + path)
        await story(page)
        assert.deepEqual(complaints.filter((complaint) => !expected?.test(complaint)), [], 'what the page complained of')
      } finally {
        await context.close()
      }
    },
  }
}

function listen(page) {
  const complaints = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => complaints.push(`exception: ${error.stack}`))
  page.context().on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol !== 'data:' && url.protocol !== 'blob:' && url.origin !== origin) complaints.push(`request to ${url}`)
  })
  return complaints
}

/** Wants axe to find nothing that keeps people from using the page. */
export async function accessible(page, { exclude = [] } = {}) {
  // Not addScriptTag: the page's policy refuses it, as it should.
  await page.evaluate(axe)
  const { violations } = await page.evaluate((exclude) => window.axe.run({ exclude }), exclude)
  const found = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  assert.deepEqual(found, [], 'what axe found')
}
