// How a person uses the playground, for its tests.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'

const folder = new URL('../playground/examples/', import.meta.url)

/** The examples as they are in their files. */
export const examples = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => {
    const query = readFileSync(new URL(file, folder), 'utf8').trimEnd()
    const [, kind, name] = /^(query|mutation|subscription) (\w+)/m.exec(query)
    return { name, kind, query }
  })

/** What stands in an editor: operation, variables, request-headers or response. */
export function text(page, editor) {
  return page.evaluate((editor) => {
    const { editor: monaco } = window.__MONACO
    return monaco.getModels().find(({ uri }) => uri.path.includes(editor))?.getValue() ?? ''
  }, editor)
}

/** Writes into an editor. */
export function write(page, editor, value) {
  return page.evaluate(
    ([editor, value]) => {
      const { editor: monaco } = window.__MONACO
      monaco.getModels().find(({ uri }) => uri.path.includes(editor)).setValue(value)
    },
    [editor, value],
  )
}

/** Waits for an answer in front, and returns it. */
export async function answer(page) {
  await page.waitForFunction(() => {
    const { editor: monaco } = window.__MONACO ?? {}
    return monaco?.getModels().find(({ uri }) => uri.path.includes('response'))?.getValue() && document.querySelector('dl.facts')
  })
  return JSON.parse(await text(page, 'response'))
}

/** The answer in front, which must be one without errors. */
export async function data(page) {
  const { data, errors } = await answer(page)
  assert.equal(errors, undefined, JSON.stringify(errors))
  return data
}

/** Runs what stands in front. */
export async function run(page) {
  await page.getByRole('button', { name: /^Execute query/ }).click()
  return answer(page)
}

/** What is said below the answer, by its name. */
export function facts(page) {
  return page.locator('dl.facts').evaluate((list) => Object.fromEntries([...list.children].map((row) => [row.children[0].textContent, row.children[1].textContent])))
}
