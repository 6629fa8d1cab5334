// Package content holds the nouns of a news archive (articles, authors, tags,
// sections, summaries, related edges), the rules each of them obeys, the
// errors a caller may see, and the paging that every list shares.
//
// It knows no storage, no transport and no other package of Nutgraph. Rules
// such as the form of a slug or what makes a title blank live here and nowhere
// else:
//
//	draft := content.Draft{Title: "Harbour wall breached", Body: "…"}
//	if err := draft.Validate(); err != nil { … } // *content.Error values, joined
package content
