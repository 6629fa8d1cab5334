package reader

// ShortenSitemaps gives sitemaps n addresses at most.
func ShortenSitemaps(rd *Reader, n int) { rd.maxSitemap = n }
