// Package search understands what readers type into a search box, and shows
// them where it stands in what was found. It is pure.
//
//	q := search.Parse(`harbour wall* "storm surge" -ferry`)
//	h := q.Highlight(article.Title, body.Text, article.Language)
package search
