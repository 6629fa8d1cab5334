package reader

// ShortenSitemaps gives sitemaps n addresses at most.
func ShortenSitemaps(rd *Reader, n int) { rd.maxSitemap = n }

// Document returns a document as it is sent.
func (rd *Reader) Document(name string) string { return rd.archive.documents[name] }
