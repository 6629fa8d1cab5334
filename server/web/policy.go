package web

// What each route allows a browser to load, as a Content-Security-Policy. All
// begin by allowing nothing, and none allows an inline script, code made from
// text, or anything but pictures from another host.
const (
	// DefaultPolicy is for what is not a page: it is only ever read.
	DefaultPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	// The workers of the editor take their policy from their own address.
	assetPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'"
	// ReaderPolicy is for the pages of the newspaper. The pictures of articles are
	// wherever their authors have them. JSON-LD is data, which no policy stops.
	ReaderPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; " +
		"img-src 'self' https: http:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
	// The editor of the playground places each line by a style attribute, and makes
	// style elements for its colours: hence 'unsafe-inline', for styles alone.
	playgroundPolicy = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; " +
		"connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
