import { test } from 'node:test'
import { useBrowser } from './browser.mjs'

const browser = useBrowser()

test('the editor opens', () =>
  browser.visit('/playground', async (page) => {
    await page.getByRole('region', { name: 'Operation Editor' }).locator('.monaco-editor').waitFor()
  }))
