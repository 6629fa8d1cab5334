import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The pages themselves are written by the server (see web.go); here is built what
// they load. dist is committed, so that the server builds without Node.
export default defineConfig({
  plugins: [react()],
  publicDir: false,
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2022',
    // A data: address would have to be allowed by the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 5000,
    rollupOptions: {
      input: { playground: 'playground/main.tsx', reader: 'reader/main.ts' },
      output: {
        chunkFileNames: ({ name }) => `assets/${name.split('~')[0]}-[hash].js`,
        assetFileNames: ({ names }) => `assets/${names[0]?.split('~')[0]?.replace(/\.\w+$/, '')}-[hash][extname]`,
        // Ours changes often and is small, the libraries of the playground are large.
        // What both entries use stays out of them.
        codeSplitting: { groups: [{ name: 'graphiql', test: /node_modules[\\/](?!graphql-ws|graphql-sse)/, entriesAware: true }] },
      },
    },
  },
})
